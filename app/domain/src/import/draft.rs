//! A pledge as the form of the desk has it: names that are new to the record come with what they stand for.

use serde_json::{Value, json};

use super::known::Known;
use crate::{form::Fields, pledge::Pledge};

/// The fields of a draft for a pledge. `new` is what the import itself brings; `known` is what the record has.
pub(super) fn fields(pledge: &Pledge, new: &Known, known: &Known) -> Fields {
    let mut value = to_value(pledge);
    let sources = |name: &str| {
        let slug = name.parse().ok()?;
        new.sources.get(&slug).or_else(|| known.sources.get(&slug)).map(to_value)
    };
    each(&mut value, "citations", |citation| cite(citation, &sources));
    each(&mut value, "variants", |variant| cite(variant, &sources));
    each(&mut value, "history", |change| each(change, "citations", |citation| cite(citation, &sources)));
    each(&mut value, "parties", |of| {
        let party = of["party"].as_str().and_then(|name| new.parties.get(&name.parse().ok()?));
        if let Some(party) = party {
            of["new"] = without_id(to_value(party));
        }
    });
    each(&mut value, "topics", |topic| {
        let brought = topic.as_str().and_then(|name| new.topics.get(&name.parse().ok()?));
        *topic = match brought {
            Some(brought) => json!({ "topic": topic, "new": without_id(to_value(brought)) }),
            None => json!({ "topic": topic }),
        };
    });
    if let Some(meeting) = pledge.meeting.as_ref().and_then(|name| new.meetings.get(name)) {
        value["new_meeting"] = without_id(to_value(meeting));
    }
    Fields::from_json(&value)
}

/// A citation names its source by all that the form asks of one.
fn cite(citation: &mut Value, source: &impl Fn(&str) -> Option<Value>) {
    if let Some(source) = citation["source"].as_str().and_then(source) {
        citation["source"] = source;
    }
}

fn each(value: &mut Value, list: &str, change: impl FnMut(&mut Value)) {
    if let Some(items) = value.get_mut(list).and_then(Value::as_array_mut) {
        items.iter_mut().for_each(change);
    }
}

fn without_id(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.shift_remove("id");
    }
    value
}

/// A thing as a record file has it.
pub(super) fn to_value(thing: &impl serde::Serialize) -> Value {
    // What the domain serializes are objects with texts as keys, which nothing can be wrong with.
    serde_json::to_value(thing).unwrap_or_default()
}
