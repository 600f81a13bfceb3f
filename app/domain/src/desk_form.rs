//! From a form of the desk to the record and back: who types names and addresses gets the things of those names, known or new,
//! and every error comes back to the field that has it. The rules themselves are those of the record file.

pub mod order;
mod reader;
pub mod shapes;

use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use self::reader::Reader;
use crate::{
    citation::Citation,
    errors::FieldErrors,
    form::Fields,
    meeting::Meeting,
    party::Party,
    pledge::{Due, Pledge},
    record::Record,
    source::Source,
    text::Slug,
    topic::Topic,
};

/// The field in which the form of an edit says which revision of the pledge its writer had before them. What was published since
/// is kept, unless the edit says otherwise.
pub const BASE: &str = "base";

/// What the record knows that a form may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The sources at the addresses that the form has, and those that the pledge cites.
    pub sources: Vec<Source>,
    /// All parties.
    pub parties: Vec<Party>,
    /// All meetings.
    pub meetings: Vec<Meeting>,
    /// All topics.
    pub topics: Vec<Topic>,
    /// Names that pledges have or had, as far as they are like the one that the form would take.
    pub pledges: HashSet<Slug>,
}

/// What a form amounts to: a record of one pledge and all that it names, new or known. See [`Self::pledge`].
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The pledge, and the things that it names.
    pub record: Record,
}

impl Proposal {
    /// The pledge as it would be.
    ///
    /// # Panics
    /// Never: whoever makes a proposal gives it one pledge.
    #[must_use]
    pub fn pledge(&self) -> &Pledge {
        &self.record.pledges[0]
    }
}

/// Reads the form of a new pledge.
///
/// # Errors
/// Every field that is wrong.
pub fn new_pledge(fields: &Fields, known: &Known, today: NaiveDate) -> Result<Proposal, FieldErrors> {
    let mut reader = Reader::new(fields, known);
    let mut pledge = reader.pledge(None);
    let rows = fields.rows("history").max(1);
    let citations = pledge["citations"].clone();
    pledge["history"] = (0..rows).map(|row| reader.first_change(row, &pledge["made_on"], &citations)).collect();
    reader.read(&pledge, today)
}

/// Reads the form in which a published pledge is edited. Its history stays; citations and variants are added to those that it
/// has, which nobody can take away.
///
/// # Errors
/// Every field that is wrong.
pub fn edited_pledge(fields: &Fields, published: &Pledge, known: &Known, today: NaiveDate) -> Result<Proposal, FieldErrors> {
    let mut reader = Reader::new(fields, known);
    let mut pledge = reader.pledge(Some(published));
    pledge["history"] = json!(published.history);
    reader.reason();
    reader.keep(published);
    reader.read(&pledge, today)
}

/// Reads the form of a status change of a published pledge: in the proposal it is the last of the pledge's history.
///
/// # Errors
/// Every field that is wrong.
pub fn status_change(fields: &Fields, published: &Pledge, known: &Known, today: NaiveDate) -> Result<Proposal, FieldErrors> {
    let mut reader = Reader::new(fields, known);
    let mut pledge = json!(published);
    let change = reader.change("", &format!("pledges[0].history[{}]", published.history.len()));
    match &mut pledge["history"] {
        Value::Array(history) => history.push(change),
        history => *history = json!([change]),
    }
    reader.keep(published);
    reader.read(&pledge, today)
}

/// Reads the form by which a published pledge is taken out of the record: it has a notice for the public. The proposal is the
/// pledge as it is.
///
/// # Errors
/// Every field that is wrong.
pub fn withdrawal(fields: &Fields, published: &Pledge, known: &Known, today: NaiveDate) -> Result<Proposal, FieldErrors> {
    let mut reader = Reader::new(fields, known);
    reader.notice();
    reader.keep(published);
    reader.read(&json!(published), today)
}

/// A published pledge as the form has it in which it is edited: without its history, and without the citations and variants
/// that it keeps.
#[must_use]
pub fn fields_of(pledge: &Pledge) -> Fields {
    let mut object = json!(pledge);
    for kept in ["history", "citations", "variants", "due_on", "topics"] {
        if let Some(object) = object.as_object_mut() {
            object.remove(kept);
        }
    }
    let mut fields = Fields::from_json(&object);
    match &pledge.due_on {
        Some(Due::On(date)) => fields.set("due_on", date.to_string()),
        Some(Due::Words(words)) => {
            fields.set("due_words.en", words.en.clone().unwrap_or_default());
            fields.set("due_words.es", words.es.clone().unwrap_or_default());
        }
        None => {}
    }
    for (index, topic) in pledge.topics.iter().enumerate() {
        fields.set(format!("topics[{index}].topic"), topic.as_str());
    }
    fields
}

/// Everything that a proposal would say of its pledge, as fields to be read and compared: with sources by their address,
/// parties, meetings and topics by their names in the record.
#[must_use]
pub fn told(proposal: &Proposal) -> Fields {
    let (record, pledge) = (&proposal.record, proposal.pledge());
    let mut fields = fields_of(pledge);
    for (index, citation) in pledge.citations.iter().enumerate() {
        tell_citation(record, citation, &format!("citations[{index}]"), &mut fields);
    }
    for (index, variant) in pledge.variants.iter().enumerate() {
        let path = format!("variants[{index}]");
        fields.set(format!("{path}.field"), variant.field.code());
        match &variant.value {
            Due::On(date) => fields.set(format!("{path}.value_on"), date.to_string()),
            Due::Words(words) => {
                fields.set(format!("{path}.value.en"), words.en.clone().unwrap_or_default());
                fields.set(format!("{path}.value.es"), words.es.clone().unwrap_or_default());
            }
        }
        fields.set(format!("{path}.taken"), if variant.taken { "true" } else { "" });
        tell_citation(record, &variant.citation, &path, &mut fields);
    }
    for (index, change) in pledge.history.iter().enumerate() {
        let path = format!("history[{index}]");
        let mut object = json!(change);
        if let Some(object) = object.as_object_mut() {
            object.remove("citations");
        }
        for (name, value) in Fields::from_json(&object).iter() {
            fields.set(format!("{path}.{name}"), value);
        }
        for (index, citation) in change.citations.iter().enumerate() {
            tell_citation(record, citation, &format!("{path}.citations[{index}]"), &mut fields);
        }
    }
    fields
}

fn tell_citation(record: &Record, citation: &Citation, path: &str, fields: &mut Fields) {
    if let Some(source) = record.sources.iter().find(|source| source.id == citation.source) {
        for (name, value) in Fields::from_json(&json!(source)).iter().filter(|(name, _)| *name != "id") {
            fields.set(format!("{path}.source.{name}"), value);
        }
    }
    for (name, value) in Fields::from_json(&json!(citation)).iter().filter(|(name, _)| *name != "source") {
        fields.set(format!("{path}.{name}"), value);
    }
}

#[cfg(test)]
mod tests;
