//! Where what was searched was found: a passage with the words marked.

use domain::{Search, search::Piece};
use leptos::prelude::*;
use store::Passage;

use crate::visit::Visit;

/// A text of the record with what was searched marked in it.
pub fn marked(search: Option<&Search>, text: &str) -> AnyView {
    let whole = search.and_then(|search| search.excerpt(text, usize::MAX));
    match whole {
        Some(excerpt) => pieces(excerpt.pieces),
        None => text.to_owned().into_any(),
    }
}

/// The best passage, in the reader's language if that is as good as the other.
pub fn passage_found(visit: &Visit, passages: &[Passage]) -> AnyView {
    let best = passages.first().map_or(0, |passage| passage.terms);
    let own = passages.iter().find(|passage| passage.terms == best && passage.language == visit.locale.code());
    let Some(passage) = own.or(passages.first()) else { return ().into_any() };
    let lang = (passage.language != visit.locale.code()).then(|| passage.language.clone());
    let (before, after) = (passage.excerpt.cut_before.then_some("… "), passage.excerpt.cut_after.then_some(" …"));
    view! { <p class="found" lang=lang>{before}{pieces(passage.excerpt.pieces.clone())}{after}</p> }.into_any()
}

fn pieces(pieces: Vec<Piece>) -> AnyView {
    let pieces = pieces
        .into_iter()
        .map(|piece| if piece.found { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() });
    pieces.collect_view().into_any()
}
