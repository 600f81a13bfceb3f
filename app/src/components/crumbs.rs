//! Where a page stands.

use leptos::prelude::*;

use crate::visit::Visit;

/// The way to a page: each step a link, from the widest to the nearest; the page itself is not among them.
pub fn crumbs(visit: &Visit, steps: Vec<(String, String)>) -> AnyView {
    let label = visit.t("breadcrumb");
    let steps = steps.into_iter().map(|(href, name)| view! { <li><a href=href>{name}</a></li> });
    view! { <nav aria-label=label><ol class="crumbs meta">{steps.collect_view()}</ol></nav> }.into_any()
}
