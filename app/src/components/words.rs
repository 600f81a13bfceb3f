//! Texts of the record, in the reader's language or marked as being in the other.

use domain::Localized;
use leptos::prelude::*;
use store::Named;

use crate::visit::Visit;

/// A text in the page's language; where only the other one has it, it is marked with its language, for people and machines.
pub fn words(visit: &Visit, text: &Localized) -> AnyView {
    let (text, language) = text.for_reader(visit.locale);
    let text = text.to_owned();
    if language == visit.locale {
        return text.into_any();
    }
    let mark = visit.t("only-in-other-language");
    view! { <span lang=language.code()>{text}</span>" "<span class="untranslated">{mark}</span> }.into_any()
}

/// A link to the page of a named thing below `section`.
pub fn named_link(visit: &Visit, section: &str, named: &Named) -> AnyView {
    let (_, language) = named.name.for_reader(visit.locale);
    let lang = (language != visit.locale).then(|| language.code());
    view! { <a href=visit.href(&format!("/{section}/{}", named.slug)) lang=lang>{visit.words(&named.name).to_owned()}</a> }
        .into_any()
}

/// Links with commas between them.
pub fn named_links(visit: &Visit, section: &str, all: &[Named]) -> AnyView {
    let links = all.iter().enumerate().map(|(index, named)| {
        let comma = (index > 0).then_some(", ");
        view! { {comma}{named_link(visit, section, named)} }
    });
    links.collect_view().into_any()
}
