//! What differs between a thing of the record and the same thing as an import has it, field by field.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    errors::{FieldErrors, Problem},
    form::Fields,
    record::part::PLEDGE_FIELDS,
};

/// A field that an import changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its path: `title.en`.
    pub field: String,
    /// What the record says; empty where it says nothing.
    pub before: String,
    /// What it would say; empty where it would say nothing.
    pub after: String,
}

/// The fields in which two differ, in the order in which people should meet them.
pub(super) fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let (before, after) = (Fields::from_json(before), Fields::from_json(after));
    let mut names: Vec<&str> = before.iter().chain(after.iter()).map(|(name, _)| name).collect();
    names.sort_by_cached_key(|name| order(name));
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(name) != after.get(name))
        .map(|name| Change { field: name.to_owned(), before: before.get(name).to_owned(), after: after.get(name).to_owned() })
        .collect()
}

/// Fields as a record file has them, rows of lists by their number.
fn order(name: &str) -> (usize, Vec<(usize, &str)>) {
    let top = name.split(['.', '[']).next().unwrap_or(name);
    let place = PLEDGE_FIELDS.iter().position(|field| *field == top).unwrap_or(PLEDGE_FIELDS.len());
    let parts = name.split(['.', '[', ']']).filter(|part| !part.is_empty());
    (place, parts.map(|part| (part.parse().unwrap_or_default(), part)).collect())
}

/// Notes where published evidence, or a published change of status, would be changed or left out: these only grow.
pub(super) fn keeps_published(before: &Value, after: &Value, errors: &mut FieldErrors) {
    for name in ["citations", "variants", "history"] {
        let list = |of: &Value| of.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let (before, after) = (list(before), list(after));
        for (index, was) in before.iter().enumerate() {
            let at = format!("{name}[{index}]");
            match after.get(index) {
                None => errors.push(at, Problem::Published),
                Some(is) => {
                    for change in changes(was, is) {
                        errors.push(format!("{at}.{}", change.field), Problem::Published);
                    }
                }
            }
        }
    }
}

/// A thing as a record file has it.
pub(super) fn to_value(thing: &impl serde::Serialize) -> Value {
    // What the domain serializes are objects with texts as keys, which nothing can be wrong with.
    serde_json::to_value(thing).unwrap_or_default()
}

/// Notes every field in which a thing differs from what the record has under its name.
pub(super) fn same(known: &Value, given: &Value, errors: &mut FieldErrors) {
    for Change { field, before, after } in changes(known, given) {
        errors.push(field, Problem::DiffersFromRecord { given: excerpt(&after), has: excerpt(&before) });
    }
}

fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
