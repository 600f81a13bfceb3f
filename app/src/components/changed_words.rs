//! What of a text was changed, word by word.

use domain::word_diff::Fate;
use leptos::prelude::*;

/// One of two texts, with the words marked that the other has not: the old one with what went, the new one with what came.
pub fn changed_words(then: &str, now: &str, side: Fate) -> AnyView {
    let pieces = domain::word_diff::word_diff(then, now);
    let pieces = pieces.into_iter().filter(|(fate, _)| *fate == Fate::Kept || *fate == side).map(|(fate, text)| match fate {
        Fate::Kept => text.into_any(),
        Fate::Removed => view! { <del>{text}</del> }.into_any(),
        Fate::Added => view! { <ins>{text}</ins> }.into_any(),
    });
    pieces.collect_view().into_any()
}
