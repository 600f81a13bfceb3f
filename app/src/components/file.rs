//! Links to files of data, which are the same in both languages.

use domain::Locale;
use leptos::prelude::*;

use crate::visit::Visit;

/// A link to a file below `/data`, with parameters and at the moment of the visit.
pub fn named_file(visit: &Visit, name: &str, parameters: &[(&str, String)]) -> AnyView {
    let anywhere = Visit { locale: Locale::En, ..visit.clone() };
    let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
    view! { <a href=anywhere.href_with(&format!("/data/{name}"), &parameters)>{name.to_owned()}</a> }.into_any()
}
