//! Beside a text of a pledge: that it is a translation, where its original stands, and whether that was changed since.

use domain::PledgeText;
use leptos::prelude::*;
use store::Dossier;

use super::moment_dated;
use crate::{i18n, visit::Visit};

/// The mark of a text in the page's language; nothing where it is no translation or nobody has said so.
pub fn translation_mark(visit: &Visit, pledge: &Dossier, text: PledgeText) -> AnyView {
    let Some(translation) = pledge.translation(text, visit.locale) else { return ().into_any() };
    let original = translation.from;
    let said = visit.t_with("translation-from", &[("language", i18n::language(visit.texts(), original.code()).into())]);
    // The original may not be in the record at all.
    let there = pledge.text(text).is_some_and(|text| text.in_language(original).is_some());
    let said = if there {
        view! { <a href=visit.in_language(original) hreflang=original.code()>{said}</a> }.into_any()
    } else {
        said.into_any()
    };
    let outdated = translation.outdated_since.map(|since| {
        view! { ". "<strong>{visit.t("translation-outdated")}</strong>": "{visit.t("translation-changed")}" "{moment_dated(visit, since)}"." }
    });
    view! { <span class="translation">{said}{outdated}</span> }.into_any()
}
