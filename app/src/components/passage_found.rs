//! Where what was searched was found: a passage with the words marked.

use domain::{
    Search,
    search::{Excerpt, Piece},
};
use leptos::prelude::*;
use store::PledgeRow;

use crate::{i18n, visit::Visit};

/// A text of the record with what was searched marked in it.
pub fn marked(search: Option<&Search>, text: &str) -> AnyView {
    let whole = search.and_then(|search| search.excerpt(text, usize::MAX));
    match whole {
        Some(excerpt) => pieces(excerpt.pieces),
        None => text.to_owned().into_any(),
    }
}

/// Why a pledge was found, where the title that is shown does not say it all: the best passage, in the reader's language if that is as
/// good as the other; or its title in the other language, if that says more.
pub fn passage_found(visit: &Visit, search: Option<&Search>, row: &PledgeRow) -> AnyView {
    let best = row.passages.first().map_or(0, |passage| passage.terms);
    let Some(search) = search else { return ().into_any() };
    let (title, shown) = row.title.for_reader(visit.locale);
    let other = row.title.in_language(shown.other()).unwrap_or_default();
    if search.terms_in(other) > best.max(search.terms_in(title)) {
        return search.excerpt(other, usize::MAX).map(|excerpt| found(visit, shown.other().code(), &excerpt)).into_any();
    }
    let own = row.passages.iter().find(|passage| passage.terms == best && passage.language == visit.locale.code());
    own.or(row.passages.first()).map(|passage| found(visit, &passage.language, &passage.excerpt)).into_any()
}

fn found(visit: &Visit, language: &str, excerpt: &Excerpt) -> AnyView {
    let lang = (language != visit.locale.code()).then(|| language.to_owned());
    let named = lang.is_some().then(|| {
        let name = i18n::language(visit.texts(), language);
        view! { <span class="said-in" lang=visit.locale.code()>{name}</span>" " }
    });
    let (before, after) = (excerpt.cut_before.then_some("… "), excerpt.cut_after.then_some(" …"));
    view! { <p class="found" lang=lang>{named}{before}{pieces(excerpt.pieces.clone())}{after}</p> }.into_any()
}

fn pieces(pieces: Vec<Piece>) -> AnyView {
    let pieces = pieces
        .into_iter()
        .map(|piece| if piece.found { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() });
    pieces.collect_view().into_any()
}
