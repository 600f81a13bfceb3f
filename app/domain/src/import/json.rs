//! Record files and pledges in JSON: each thing with the line on which it begins.

use std::collections::BTreeMap;

use serde_json::{Map, Value, value::RawValue};

use super::{Given, Incoming, Item, Place, PledgeItem, Thing, text::Lines};
use crate::{
    errors::{FieldErrors, Problem},
    record::part,
};

/// The lists of a record file.
const LISTS: [(&str, Thing); 5] = [
    ("sources", Thing::Source),
    ("parties", Thing::Party),
    ("meetings", Thing::Meeting),
    ("topics", Thing::Topic),
    ("pledges", Thing::Pledge),
];

/// What pledges have beside themselves in exports that give a pledge a line: their state, which is computed.
const COMPUTED: &str = "current";

/// Reads a file: a record, a list of pledges, or a pledge a line.
pub(super) fn read(file: usize, text: &str, incoming: &mut Incoming) -> Result<(), FieldErrors> {
    let lines = Lines::of(text);
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let values: Vec<&RawValue> = stream.by_ref().collect::<Result<_, _>>().map_err(|error| not_json(&error))?;
    if let [only] = values.as_slice() {
        if only.get().starts_with('[') {
            return take(file, Thing::Pledge, only, &lines, incoming);
        }
        let fields: BTreeMap<String, &RawValue> = serde_json::from_str(only.get()).map_err(|error| not_json(&error))?;
        if fields.contains_key("format") || fields.contains_key("pledges") {
            return record(file, &fields, &lines, incoming);
        }
    }
    for value in values {
        put(file, Thing::Pledge, value, &lines, incoming)?;
    }
    Ok(())
}

fn record(
    file: usize,
    fields: &BTreeMap<String, &RawValue>,
    lines: &Lines<'_>,
    incoming: &mut Incoming,
) -> Result<(), FieldErrors> {
    let mut heading = Map::new();
    for (name, value) in fields.iter().filter(|(name, _)| !LISTS.iter().any(|(list, _)| list == name)) {
        heading.insert(name.clone(), parsed(value)?);
    }
    let mut errors = FieldErrors::default();
    part::heading(&Value::Object(heading), &mut errors);
    errors.or(())?;
    for (list, thing) in LISTS {
        let Some(items) = fields.get(list).filter(|items| items.get() != "null") else { continue };
        take(file, thing, items, lines, incoming).map_err(|errors| {
            let mut of_list = FieldErrors::default();
            for error in errors.iter() {
                of_list.push(list, error.problem.clone());
            }
            of_list
        })?;
    }
    Ok(())
}

fn take(file: usize, thing: Thing, items: &RawValue, lines: &Lines<'_>, incoming: &mut Incoming) -> Result<(), FieldErrors> {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(items.get()) else {
        return Err(FieldErrors::one("", Problem::WrongType("a list")));
    };
    items.into_iter().try_for_each(|item| put(file, thing, item, lines, incoming))
}

fn put(file: usize, thing: Thing, item: &RawValue, lines: &Lines<'_>, incoming: &mut Incoming) -> Result<(), FieldErrors> {
    let place = Place { file, line: lines.begin_of(item.get()) };
    let mut value = parsed(item)?;
    if thing == Thing::Pledge {
        if let Some(fields) = value.as_object_mut() {
            fields.shift_remove(COMPUTED);
        }
        incoming.pledges.push(PledgeItem { place, given: Given::Whole(value) });
    } else {
        incoming.things.push(Item { thing, place, value, row: None });
    }
    Ok(())
}

fn parsed(value: &RawValue) -> Result<Value, FieldErrors> {
    serde_json::from_str(value.get()).map_err(|error| not_json(&error))
}

fn not_json(error: &serde_json::Error) -> FieldErrors {
    FieldErrors::one("", Problem::NotJson(error.to_string()))
}
