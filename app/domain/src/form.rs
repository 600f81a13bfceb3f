//! What somebody has typed into a form, as it was typed: texts by the path of their field.
//!
//! A field's name is the path under which the record file has it (`title.en`, `parties[0].role`,
//! `citations[1].quote`), so that an error of the record leads to its field, and a form, a file and the API are read by the
//! same rules.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields of a form that have something in them, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, String>);

/// The most rows that a list in a form may have; whatever comes with a higher number is left out.
pub const ROWS: usize = 200;

impl Fields {
    /// The fields of a form that was sent: line ends as one character, empty ones left out, lists without holes. Control
    /// characters stay, so that whoever sent them is told; what is named as no field is, is left out.
    #[must_use]
    pub fn sent(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            let value = value.replace("\r\n", "\n");
            if is_path(&name) && !value.trim().is_empty() {
                fields.0.insert(name, value);
            }
        }
        fields.compact()
    }

    /// What is in a field; empty where nothing is.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Puts a text into a field; an empty one empties it.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        if value.trim().is_empty() {
            self.0.remove(&name);
        } else {
            self.0.insert(name, value);
        }
    }

    /// Takes a field out of the form, with what was in it.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    /// Undoes a change that is told by the fields in which it differs, as they were and as they became.
    pub fn undo(&mut self, before: &Self, after: &Self) {
        for name in before.0.keys().chain(after.0.keys()) {
            self.set(name.clone(), before.get(name));
        }
    }

    /// Every field that has something in it, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rows a list has: `rows("parties")` counts `parties[0]…`.
    #[must_use]
    pub fn rows(&self, list: &str) -> usize {
        let of = |name: &str| name.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?.0.parse::<usize>().ok();
        self.0.keys().filter_map(|name| of(name)).map(|index| index + 1).max().unwrap_or(0)
    }

    /// The fields below a path, with names relative to it: those of `citations[0]` are `quote`, `source.url`…
    #[must_use]
    pub fn below(&self, path: &str) -> Self {
        let relative = |name: &str| name.strip_prefix(path)?.strip_prefix('.').map(str::to_owned);
        Self(self.0.iter().filter_map(|(name, value)| Some((relative(name)?, value.clone()))).collect())
    }

    /// The same fields with every row of every list numbered from 0 on, without holes; rows beyond [`ROWS`] are left out.
    #[must_use]
    fn compact(self) -> Self {
        // The numbers that the rows of each list have, by the list's old name.
        let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for name in self.0.keys() {
            for (list, index) in lists_in(name) {
                let of = numbers.entry(list.to_owned()).or_default();
                if !of.contains(&index) {
                    of.push(index);
                }
            }
        }
        for of in numbers.values_mut() {
            of.sort_unstable();
            of.truncate(ROWS);
        }
        let renamed = |name: &str| {
            let (mut new, mut old_end) = (String::with_capacity(name.len()), 0);
            for (list, index) in lists_in(name) {
                let position = numbers.get(list)?.iter().position(|of| *of == index)?;
                new += &name[old_end..list.len()];
                _ = write!(new, "[{position}]");
                old_end = list.len() + name[list.len()..].find(']')? + 1;
            }
            new += &name[old_end..];
            Some(new)
        };
        Self(self.0.iter().filter_map(|(name, value)| Some((renamed(name)?, value.clone()))).collect())
    }

    /// The fields as the object that a record file would have, every value a text.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut root = Value::Object(Map::new());
        for (name, value) in &self.0 {
            if let Some(place) = place(&mut root, name) {
                *place = Value::String(value.clone());
            }
        }
        root
    }

    /// The fields of an object as a record file has it; numbers and `true` become texts, `false` and null nothing.
    #[must_use]
    pub fn from_json(value: &Value) -> Self {
        let mut fields = Self::default();
        gather(String::new(), value, &mut fields);
        fields
    }

    /// The fields as they are kept: a JSON object of texts.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Reads fields as they are kept; `None` if the text holds none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Three ways of the same form brought together: what one side alone changed since `base` is taken from it; where both
    /// changed it differently, `mine` stays and the field is named.
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> (Self, Vec<String>) {
        let mut merged = Self::default();
        let mut contested = Vec::new();
        let names: std::collections::BTreeSet<&String> = base.0.keys().chain(mine.0.keys()).chain(theirs.0.keys()).collect();
        for name in names {
            let (was, mine, theirs) = (base.get(name), mine.get(name), theirs.get(name));
            if mine == was {
                merged.set(name.clone(), theirs);
            } else {
                if theirs != was && theirs != mine {
                    contested.push(name.clone());
                }
                merged.set(name.clone(), mine);
            }
        }
        (merged, contested)
    }
}

/// Whether a name is a path: words with dots between them, each with the number of a row behind it or none. No form of ours has
/// another.
fn is_path(name: &str) -> bool {
    let row = |rest: &str| {
        rest.strip_suffix(']')
            .is_some_and(|index| index.len() <= 6 && index.bytes().all(|b| b.is_ascii_digit()) && !index.is_empty())
    };
    name.split('.').all(|part| match part.split_once('[') {
        Some((word, rest)) => !word.is_empty() && row(rest),
        None => !part.is_empty() && !part.contains(']'),
    })
}

/// The lists that a name goes through, with the row in each: `a[1].b[2].c` goes through `a` by 1 and `a[1].b` by 2.
fn lists_in(name: &str) -> Vec<(&str, usize)> {
    let bracket = |(start, _): (usize, &str)| {
        let digits = name[start + 1..].split(']').next()?;
        Some((&name[..start], digits.parse().ok()?))
    };
    name.match_indices('[').filter_map(bracket).collect()
}

/// The place of a name in an object, made if it is not there; `None` where something else is in the way.
fn place<'a>(root: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    let mut here = root;
    for part in name.split('.') {
        let (field, index) = match part.split_once('[') {
            Some((field, index)) => (field, Some(index.strip_suffix(']')?.parse::<usize>().ok().filter(|index| *index < ROWS)?)),
            None => (part, None),
        };
        if here.is_null() {
            *here = Value::Object(Map::new());
        }
        here = here.as_object_mut()?.entry(field).or_insert(Value::Null);
        if let Some(index) = index {
            if here.is_null() {
                *here = Value::Array(Vec::new());
            }
            let items = here.as_array_mut()?;
            if items.len() <= index {
                items.resize(index + 1, Value::Null);
            }
            here = &mut items[index];
        }
    }
    here.is_null().then_some(here)
}

fn gather(path: String, value: &Value, fields: &mut Fields) {
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => fields.set(path, "true"),
        Value::Number(number) => fields.set(path, number.to_string()),
        Value::String(text) => fields.set(path, text),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(format!("{path}[{index}]"), item, fields);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                gather(if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value, fields);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    proptest! {
        #[test]
        fn no_name_makes_it_panic(names in prop::collection::vec("[a-b.\\[\\]0-9]{0,12}", 0..6)) {
            let sent = Fields::sent(names.into_iter().map(|name| (name, "x".to_owned())));
            let _ = sent.to_json();
            prop_assert_eq!(sent.clone().compact(), sent);
        }

        #[test]
        fn nothing_that_only_one_side_changed_is_contested(mine in "[a-c]{0,2}", base in "[a-c]{0,2}") {
            let (base, mine) = (fields(&[("t", &base)]), fields(&[("t", &mine)]));
            prop_assert_eq!(Fields::merge(&base, &mine, &base), (mine.clone(), vec![]));
            prop_assert_eq!(Fields::merge(&base, &base, &mine), (mine, vec![]));
        }
    }

    #[test]
    fn a_form_becomes_what_the_record_file_has_and_back() {
        let sent = fields(&[("title.en", "Host"), ("parties[0].party", "gt"), ("parties[0].role", "host"), ("summary.en", "  ")]);
        let object = json!({ "title": { "en": "Host" }, "parties": [{ "party": "gt", "role": "host" }] });
        assert_eq!(sent.to_json(), object);
        assert_eq!(Fields::from_json(&object), sent);
    }

    #[test]
    fn rows_that_were_left_empty_leave_no_hole() {
        let sent = fields(&[("c[3].quote", "a"), ("c[7].quote", "b"), ("c[7].s[2].url", "u"), ("c[1].quote", "")]);
        assert_eq!(sent, fields(&[("c[0].quote", "a"), ("c[1].quote", "b"), ("c[1].s[0].url", "u")]));
        assert_eq!(sent.rows("c"), 2);
        assert_eq!(sent.below("c[1]").get("s[0].url"), "u");
    }

    #[test]
    fn where_both_changed_a_field_it_is_named_and_nothing_is_lost() {
        let (base, mine, theirs) = (
            fields(&[("a", "1"), ("b", "1"), ("c", "1")]),
            fields(&[("a", "2"), ("b", "1"), ("c", "2")]),
            fields(&[("a", "1"), ("b", "3"), ("c", "3")]),
        );
        let (merged, contested) = Fields::merge(&base, &mine, &theirs);
        assert_eq!(merged, fields(&[("a", "2"), ("b", "3"), ("c", "2")]));
        assert_eq!(contested, ["c"]);
    }
}
