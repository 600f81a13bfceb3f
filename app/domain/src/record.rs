//! A whole record as one file: read, checked in every field and every reference, or refused with the path of every error.
//!
//! The format is described in `docs/record-format.md`.

pub mod part;
#[expect(clippy::option_option, reason = "the outer one says that a field was there and wrong, which has been noted")]
mod read;
#[expect(clippy::option_option, reason = "the outer one says that a field was there and wrong, which has been noted")]
mod reader;
mod references;

pub use references::Names;

use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    errors::FieldErrors, locale::Localized, meeting::Meeting, party::Party, pledge::Pledge, source::Source, topic::Topic,
};

/// What the file calls its format.
pub const FORMAT: &str = "pledgebook-record";
/// The version of the format.
pub const VERSION: u64 = 1;

/// A record: its pledges and everything they refer to.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the record is about.
    pub title: Localized,
    /// The licence of its data, as an SPDX identifier.
    pub licence: String,
    /// The sources that its citations name.
    pub sources: Vec<Source>,
    /// The parties of its pledges.
    pub parties: Vec<Party>,
    /// The meetings at which its pledges were made.
    pub meetings: Vec<Meeting>,
    /// What its pledges are about.
    pub topics: Vec<Topic>,
    /// The pledges.
    pub pledges: Vec<Pledge>,
}

impl Record {
    /// Reads a record file on the day `today`, after which nothing in it can have happened yet.
    ///
    /// # Errors
    /// Every field that is wrong, with its path and what would be accepted; nothing of such a file is usable.
    pub fn from_json(text: &str, today: NaiveDate) -> Result<Self, FieldErrors> {
        match serde_json::from_str(text) {
            Ok(value) => Self::from_value(&value, today),
            Err(error) => Err(FieldErrors::one("", crate::errors::Problem::NotJson(error.to_string()))),
        }
    }

    /// Reads what a record file holds.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn from_value(value: &serde_json::Value, today: NaiveDate) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let record = read::record(value, &mut errors);
        if let Some(record) = &record {
            references::check(record, today, &mut errors);
        }
        match record {
            Some(record) => errors.or(record),
            None => Err(errors),
        }
    }
}

/// Written as the file that [`Record::from_json`] reads.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_struct("Record", 9)?;
        file.serialize_field("format", FORMAT)?;
        file.serialize_field("version", &VERSION)?;
        file.serialize_field("licence", &self.licence)?;
        file.serialize_field("title", &self.title)?;
        file.serialize_field("sources", &self.sources)?;
        file.serialize_field("parties", &self.parties)?;
        file.serialize_field("meetings", &self.meetings)?;
        file.serialize_field("topics", &self.topics)?;
        file.serialize_field("pledges", &self.pledges)?;
        file.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::errors::Problem;

    fn smallest() -> Value {
        json!({
            "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "en": "A record" },
            "sources": [{ "id": "s", "url": "https://example.org/s", "title": "S", "publisher": "P", "language": "en", "kind": "news" }],
            "parties": [{ "id": "guatemala", "name": { "en": "Guatemala" }, "kind": "country", "iso": "GT" }],
            "meetings": [{ "id": "m", "name": { "en": "M" }, "held_on": "2024-02", "place": { "en": "Washington" } }],
            "topics": [{ "id": "t", "name": { "es": "T" } }],
            "pledges": [{
                "id": "host", "title": { "en": "Host" }, "summary": { "en": "Host it." }, "made_on": "2024-02-28", "meeting": "m",
                "parties": [{ "party": "guatemala", "role": "host" }], "topics": ["t"], "due_on": "2024-04",
                "citations": [{ "source": "s", "language": "en" }],
                "history": [{
                    "status": "announced", "effective_on": "2024-02-28", "rationale": { "en": "Announced." },
                    "citations": [{ "source": "s", "language": "en", "quote": "will host" }],
                }],
            }],
        })
    }

    fn read(value: &Value) -> Result<Record, FieldErrors> {
        Record::from_json(&value.to_string(), "2026-11-23".parse().unwrap())
    }

    /// Reads the smallest record after one change to it and gives the paths of what is wrong.
    fn paths_after(pointer: &str, value: Value) -> Vec<String> {
        let mut record = smallest();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        record.pointer_mut(parent).unwrap()[name] = value;
        read(&record).unwrap_err().iter().map(|error| error.path.clone()).collect()
    }

    #[test]
    fn the_smallest_record_is_read() {
        let record = read(&smallest()).unwrap();
        assert_eq!(record.pledges[0].history[0].citations[0].quote.as_deref(), Some("will host"));
        assert_eq!(record.pledges[0].citations[0].quote, None);
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let mut record = smallest();
        let citation = json!({ "source": "s", "language": "en", "quote": "q", "locator": "p. 1", "stance": "contradicts", "authority": "press" });
        let variant = |field: &str, value: Value, taken: bool| {
            let mut variant = citation.clone();
            (variant["field"], variant["value"], variant["taken"]) = (json!(field), value, json!(taken));
            variant
        };
        record["pledges"][0]["variants"] =
            json!([variant("due_on", json!("2024-04"), true), variant("title", json!({ "es": "Otra" }), false)]);
        record["pledges"][0]["originals"] = json!({ "title": "en", "summary": "both" });
        record["pledges"][0]["quantity"] = json!({ "value": 2.5, "unit": { "en": "people" } });
        record["pledges"][0]["history"].as_array_mut().unwrap().push(json!({
            "status": "fulfilled", "effective_on": "2024-05", "rationale": { "es": "Hecho." }, "confidence": "low",
            "searched": { "en": "Everywhere." }, "override_reason": { "en": "Why." }, "replaces": 0, "reason": { "en": "A slip." },
            "party": "guatemala",
        }));
        let record = read(&record).unwrap_or_else(|errors| panic!("{errors}"));
        let written = serde_json::to_string(&record).unwrap();
        assert_eq!(Record::from_json(&written, "2026-11-23".parse().unwrap()), Ok(record));
    }

    #[test]
    fn every_error_is_found_and_named_by_its_path() {
        let mut record = smallest();
        record["pledges"][0]["made_on"] = json!("April 2024");
        record["pledges"][0]["history"][0]["status"] = json!("broken");
        record["sources"][0]["url"] = json!("javascript:alert(1)");
        record["parties"][0]["nmae"] = json!("x");
        let paths: Vec<_> = read(&record).unwrap_err().iter().map(|error| error.path.clone()).collect();
        assert_eq!(paths, ["sources[0].url", "parties[0].nmae", "pledges[0].made_on", "pledges[0].history[0].status"]);
    }

    #[test]
    fn a_change_without_evidence_is_refused_unless_it_says_where_was_searched() {
        assert_eq!(paths_after("/pledges/0/history/0/citations", json!([])), ["pledges[0].history[0].citations"]);
        let mut record = smallest();
        record["pledges"][0]["history"][0]["citations"] = json!([]);
        record["pledges"][0]["history"][0]["searched"] = json!({ "en": "The gazette of 2024." });
        assert!(read(&record).is_ok());
    }

    #[test]
    fn names_must_lead_somewhere_and_stand_once() {
        assert_eq!(paths_after("/pledges/0/meeting", json!("nowhere")), ["pledges[0].meeting"]);
        assert_eq!(paths_after("/pledges/0/topics", json!(["t", "t"])), ["pledges[0].topics[1]"]);
        assert_eq!(paths_after("/pledges/0/citations/0/source", json!("x")), ["pledges[0].citations[0].source"]);
        assert_eq!(paths_after("/pledges/0/parties", json!([])), ["pledges[0].parties"]);
    }

    #[test]
    fn what_is_said_of_originals_is_said_of_a_text_that_is_there() {
        assert_eq!(paths_after("/pledges/0/originals", json!({ "title": "fr" })), ["pledges[0].originals.title"]);
        assert_eq!(paths_after("/pledges/0/originals", json!({ "wording": "es" })), ["pledges[0].originals.wording"]);
        assert_eq!(paths_after("/pledges/0/originals", json!({ "due_on": "es" })), ["pledges[0].originals.due_on"]);
        let mut record = smallest();
        record["pledges"][0]["originals"] = json!({ "title": "es" });
        assert_eq!(read(&record).unwrap().pledges[0].originals.title, Some(crate::Original::Es));
    }

    #[test]
    fn time_runs_forward() {
        assert_eq!(paths_after("/pledges/0/history/0/effective_on", json!("2024-01")), ["pledges[0].history[0].effective_on"]);
        assert_eq!(paths_after("/pledges/0/history/0/effective_on", json!("2026-11-24")), ["pledges[0].history[0].effective_on"]);
    }

    #[test]
    fn a_correction_names_an_earlier_change_and_gives_a_reason() {
        assert_eq!(paths_after("/pledges/0/history/0/replaces", json!(0)), ["pledges[0].history[0].replaces"; 2]);
        assert_eq!(paths_after("/pledges/0/history/0/reason", json!({ "en": "why" })), ["pledges[0].history[0].replaces"]);
    }

    #[test]
    fn what_is_not_json_is_refused_as_a_whole() {
        let error = Record::from_json("{", "2026-11-23".parse().unwrap()).unwrap_err();
        assert!(matches!(error.iter().next().unwrap().problem, Problem::NotJson(_)));
    }
}
