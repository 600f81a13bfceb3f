//! Which field of the record file a column of a table holds, and the other way round.

use serde_json::{Map, Value};

use crate::open_data::{Column, Table};

/// The path of what a column holds, within the thing that its row is about: `title.en` for `title_en`.
pub(super) fn path_of(column: &Column) -> String {
    if let Some(text) = column.name.strip_suffix("_original") {
        return format!("originals.{text}");
    }
    let base = match column.meaning() {
        "due_words" => "due_on",
        "quantity_value" => "quantity.value",
        "quantity_unit" => "quantity.unit",
        "value_on" => "value",
        other => other,
    };
    match column.name.strip_prefix(column.meaning()) {
        Some(language) if !language.is_empty() => format!("{base}.{}", language.trim_start_matches('_')),
        _ => base.to_owned(),
    }
}

/// The column that holds a path, or the first that holds a part of it; one that a path runs through counts too, for a cell
/// can hold a whole list.
pub(super) fn holding(table: &Table, path: &str) -> Option<&'static str> {
    let list = path.split(['[', '.']).next().unwrap_or(path);
    let own = || table.columns.iter().filter(|column| !column.computed);
    let exactly = own().find(|column| path_of(column) == path);
    let below = || own().find(|column| path_of(column).strip_prefix(path).is_some_and(|rest| rest.starts_with('.')));
    let around = || own().find(|column| column.name == list);
    exactly.or_else(below).or_else(around).map(|column| column.name)
}

/// What stands at a path of an object.
pub(super) fn get<'a>(object: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(object, |here, name| here.as_object()?.get(name))
}

/// Puts a value at a path, unless something is in its way; says whether it could.
pub(super) fn put(object: &mut Value, path: &str, value: Value) -> bool {
    let mut here = object;
    for name in path.split('.') {
        if here.is_null() {
            *here = Value::Object(Map::new());
        }
        let Some(fields) = here.as_object_mut() else { return false };
        here = fields.entry(name).or_insert(Value::Null);
    }
    if !here.is_null() {
        return false;
    }
    *here = value;
    true
}
