//! The order in which the fields of the desk's forms stand on their pages: what is wrong with them, and what they would change,
//! is told in the same.

use std::{cmp::Ordering, iter};

use crate::form::Fields;

/// The parts of the names of fields, as the forms have them one below the other. What stands within a row has the same order there.
const ORDER: [&str; 49] = [
    "",
    // Of a source; nothing else that has a title has an address.
    "url",
    "title",
    "summary",
    "wording",
    "made_on",
    "due_on",
    "due_words",
    "quantity",
    "parties",
    "meeting",
    "new_meeting",
    "topics",
    // Of a status or a variant, and then of the source that bears it out.
    "field",
    "status",
    "effective_on",
    "confidence",
    "rationale",
    "value_on",
    "value",
    "unit",
    "taken",
    "source",
    "publisher",
    "language",
    "published_on",
    "kind",
    "translation_of",
    "archive_url",
    "quote",
    "locator",
    "stance",
    "authority",
    "citations",
    "searched",
    "history",
    "variants",
    "party",
    "role",
    "topic",
    "new",
    "iso",
    "name",
    "held_on",
    "place",
    "override_reason",
    "replaces",
    "reason",
    "id",
];

/// One part of the name of a field.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    /// What it is called, by its place among all; those that are not known come last, in the order of the alphabet.
    Named(usize, &'a str),
    /// Which row it stands in.
    Row(usize),
}

/// The parts of a name: `parties[1].new.name.es` has `parties`, 1, `new`, `name` and `es`. What is said about a text, such as that
/// it is the original (`originals.title`), stands below that text.
fn parts(name: &str) -> impl Iterator<Item = Part<'_>> {
    let about = ["originals.", "still_right."].iter().find_map(|about| Some((name.strip_prefix(about)?, *about)));
    let (name, about) = about.unwrap_or((name, ""));
    let named = |part| Part::Named(ORDER.iter().position(|known| *known == part).unwrap_or(ORDER.len()), part);
    let parts = name.split('.').flat_map(move |part| {
        let (part, row) = part.split_once('[').map_or((part, None), |(part, row)| (part, row.trim_end_matches(']').parse().ok()));
        iter::once(named(part)).chain(row.map(Part::Row))
    });
    parts.chain((!about.is_empty()).then(|| named(about)))
}

/// The names of the fields that either of two forms has, each once, in order.
#[must_use]
pub fn names_of<'a>(one: &'a Fields, other: &'a Fields) -> Vec<&'a str> {
    let mut names: Vec<&str> = one.iter().chain(other.iter()).map(|(name, _)| name).collect();
    names.sort_unstable_by(|one, other| in_order(one, other));
    names.dedup();
    names
}

/// Which of two fields comes first on the page of a form.
#[must_use]
pub fn in_order(one: &str, other: &str) -> Ordering {
    parts(one).cmp(parts(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_as_on_the_page_and_rows_by_their_number() {
        let page = [
            "title.en",
            "title.es",
            "originals.title",
            "summary.en",
            "still_right.summary",
            "made_on",
            "due_on",
            "due_words.en",
            "parties[0].party",
            "parties[0].role",
            "parties[0].new.kind",
            "parties[0].new.name.en",
            "parties[1].party",
            "meeting",
            "new_meeting.name.en",
            "topics[0].topic",
            "citations[0].source.url",
            "citations[0].source.title",
            "citations[0].source.publisher",
            "citations[0].quote",
            "citations[2].source.url",
            "citations[10].source.url",
            "history[0].status",
            "history[0].effective_on",
            "history[0].rationale.en",
            "history[0].citations[0].source.url",
            "history[0].searched.en",
            "variants[0].field",
            "variants[0].value_on",
            "variants[0].source.url",
            "reason.en",
            "id",
        ];
        let mut sorted = page;
        sorted.reverse();
        sorted.sort_by(|one, other| in_order(one, other));
        assert_eq!(sorted, page);
        let change =
            ["status", "effective_on", "rationale.en", "citations[0].quote", "searched.en", "party", "override_reason.en"];
        assert!(change.is_sorted_by(|one, other| in_order(one, other).is_lt()));
    }

    #[test]
    fn a_field_that_no_form_has_comes_last() {
        assert_eq!(in_order("elsewhere", "id"), Ordering::Greater);
        assert_eq!(in_order("elsewhere", "another"), Ordering::Greater);
        assert_eq!(in_order("title.en", "title.en"), Ordering::Equal);
    }
}
