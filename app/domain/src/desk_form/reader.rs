//! Reading a form into the shape of the record file, noting which field each part came from.

mod fields;
mod things;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{Known, Proposal, order::in_order};
use crate::{
    errors::{FieldErrors, Problem},
    form::Fields,
    locale::Localized,
    pledge::Pledge,
    record::{FORMAT, Record, VERSION},
    text::{PROSE, Slug, clean, slug_of},
};

/// What is said of a pledge that was announced, where the editor adds nothing.
const ANNOUNCED: (&str, &str) = ("The pledge was announced.", "Se anunció el compromiso.");

pub(super) struct Reader<'a> {
    fields: &'a Fields,
    known: &'a Known,
    sources: Vec<Value>,
    parties: Vec<Value>,
    meetings: Vec<Value>,
    topics: Vec<Value>,
    /// Where in the form the parts of the record come from, the longest path last.
    paths: Vec<(String, String)>,
    errors: FieldErrors,
}

impl<'a> Reader<'a> {
    pub fn new(fields: &'a Fields, known: &'a Known) -> Self {
        Self {
            fields,
            known,
            sources: Vec::new(),
            parties: Vec::new(),
            meetings: Vec::new(),
            topics: Vec::new(),
            paths: vec![("pledges[0]".to_owned(), String::new())],
            errors: FieldErrors::default(),
        }
    }

    /// The fields of the pledge itself; what it has beyond them stays as it is published.
    pub fn pledge(&mut self, published: Option<&Pledge>) -> Value {
        let mut pledge = Map::new();
        let texts = ["title", "summary", "wording"];
        for name in texts {
            put(&mut pledge, name, self.localized(name));
        }
        put(&mut pledge, "originals", self.fields.below("originals").to_json());
        put(&mut pledge, "id", Value::String(self.pledge_name(published)));
        put(&mut pledge, "made_on", self.text("made_on"));
        put(&mut pledge, "meeting", self.meeting());
        pledge.insert("parties".into(), (0..self.fields.rows("parties")).map(|row| self.party(row)).collect());
        pledge.insert("topics".into(), (0..self.fields.rows("topics")).filter_map(|row| self.topic(row)).collect());
        put(&mut pledge, "due_on", self.date_or_words("due_on", "due_words"));
        if !self.fields.below("quantity").is_empty() {
            let value = self.fields.get("quantity.value").trim().replace([',', ' '], "").parse().unwrap_or(-1.0_f64);
            pledge.insert("quantity".into(), json!({ "value": value, "unit": self.localized("quantity.unit") }));
        }
        let (cited, varied) = published.map_or((0, 0), |published| (published.citations.len(), published.variants.len()));
        let mut citations: Vec<Value> =
            published.map_or_else(Vec::new, |published| published.citations.iter().map(|c| json!(c)).collect());
        for row in 0..self.fields.rows("citations") {
            let path = format!("citations[{row}]");
            citations.push(self.citation(&path, &format!("pledges[0].citations[{}]", cited + row)));
        }
        pledge.insert("citations".into(), citations.into());
        let mut variants: Vec<Value> =
            published.map_or_else(Vec::new, |published| published.variants.iter().map(|v| json!(v)).collect());
        for row in 0..self.fields.rows("variants") {
            variants.push(self.variant(row, varied + row));
        }
        pledge.insert("variants".into(), variants.into());
        pledge.into()
    }

    /// A row of the history of a new pledge. The first may be left empty: then the pledge was announced when it was made, as
    /// its own sources show.
    pub fn first_change(&mut self, row: usize, made_on: &Value, citations: &Value) -> Value {
        let path = format!("history[{row}]");
        let mut change = self.change(&format!("{path}."), &format!("pledges[0].{path}"));
        if row == 0 {
            if change["status"].is_null() {
                change["status"] = "announced".into();
            }
            if change["effective_on"].is_null() {
                change["effective_on"] = made_on.clone();
                self.paths.push((format!("pledges[0].{path}.effective_on"), "made_on".to_owned()));
            }
            if change["rationale"].is_null() && change["status"] == "announced" {
                change["rationale"] = json!(Localized::both(ANNOUNCED.0, ANNOUNCED.1));
            }
            if change["searched"].is_null() && change["citations"].as_array().is_none_or(Vec::is_empty) {
                change["citations"] = citations.clone();
                self.paths.push((format!("pledges[0].{path}.citations"), "citations".to_owned()));
            }
        }
        change
    }

    /// A status change whose fields begin with `prefix`, and which stands at `place` in the record.
    pub fn change(&mut self, prefix: &str, place: &str) -> Value {
        let mut change = Map::new();
        for name in ["status", "effective_on", "confidence"] {
            put(&mut change, name, self.text(&format!("{prefix}{name}")));
        }
        for name in ["rationale", "searched", "override_reason", "reason"] {
            put(&mut change, name, self.localized(&format!("{prefix}{name}")));
        }
        let party = self.fields.get(&format!("{prefix}party")).trim().to_owned();
        if !party.is_empty() {
            let slug = self.known_party(&party).map_or(party, ToString::to_string);
            change.insert("party".into(), slug.into());
        }
        let replaces = self.fields.get(&format!("{prefix}replaces")).trim();
        if !replaces.is_empty() {
            change.insert("replaces".into(), replaces.parse::<u64>().map_or_else(|_| replaces.into(), Value::from));
        }
        self.paths.push((place.to_owned(), prefix.trim_end_matches('.').to_owned()));
        let list = format!("{prefix}citations");
        let citations = (0..self.fields.rows(&list))
            .map(|row| self.citation(&format!("{list}[{row}]"), &format!("{place}.citations[{row}]")));
        change.insert("citations".into(), citations.collect());
        change.into()
    }

    /// Takes what a published pledge names into the record, so that its references lead somewhere.
    pub fn keep(&mut self, published: &Pledge) {
        let cited = published.citations.iter().chain(published.variants.iter().map(|variant| &variant.citation));
        let cited = cited.chain(published.history.iter().flat_map(|change| &change.citations));
        for citation in cited {
            if let Some(source) = self.known.sources.iter().find(|source| source.id == citation.source) {
                add(&mut self.sources, json!(source));
            }
        }
        let parties = published.parties.iter().map(|party| &party.party);
        for slug in parties.chain(published.history.iter().filter_map(|change| change.party.as_ref())) {
            if let Some(party) = self.known.parties.iter().find(|party| party.id == *slug) {
                add(&mut self.parties, json!(party));
            }
        }
        if let Some(meeting) = self.known.meetings.iter().find(|meeting| Some(&meeting.id) == published.meeting.as_ref()) {
            add(&mut self.meetings, json!(meeting));
        }
        for topic in self.known.topics.iter().filter(|topic| published.topics.contains(&topic.id)) {
            add(&mut self.topics, json!(topic));
        }
    }

    /// Makes sure that there is a reason.
    pub fn reason(&mut self) {
        if self.fields.below("reason").is_empty() {
            self.errors.push("reason.en", Problem::Missing);
        }
    }

    /// Makes sure that there is a notice, no longer than prose may be.
    pub fn notice(&mut self) {
        let notice = self.fields.below("notice");
        if notice.is_empty() {
            self.errors.push("notice.en", Problem::Missing);
        }
        for language in ["en", "es"].into_iter().filter(|language| !notice.get(language).is_empty()) {
            if let Err(problem) = clean(notice.get(language), PROSE) {
                self.errors.push(format!("notice.{language}"), problem);
            }
        }
    }

    /// Reads the record of this pledge by the rules of the record file.
    pub fn read(self, pledge: &Value, today: NaiveDate) -> Result<Proposal, FieldErrors> {
        // An original that a known source is a translation of need not be here: nothing is changed in what is known.
        let sources: Vec<Value> = self
            .sources
            .iter()
            .cloned()
            .map(|mut source| {
                if !self.sources.iter().any(|original| original["id"] == source["translation_of"]) {
                    source.as_object_mut().map(|source| source.remove("translation_of"));
                }
                source
            })
            .collect();
        let record = json!({
            "format": FORMAT, "version": VERSION, "licence": crate::open_data::LICENCE, "title": { "en": "Draft" },
            "sources": sources, "parties": self.parties, "meetings": self.meetings, "topics": self.topics, "pledges": [pledge],
        });
        let read = Record::from_value(&record, today);
        let mut errors = self.errors.clone();
        if let Err(found) = &read {
            for error in found.iter() {
                let path = self.field_of(&error.path);
                // One error a field, and the plainer one first: what was not found is not missing too.
                if !errors.iter().any(|noted| noted.path == path) {
                    errors.push(path, error.problem.clone());
                }
            }
        }
        errors.sort_by(in_order);
        match read {
            Ok(record) => errors.or(Proposal { record }),
            Err(_) => Err(errors),
        }
    }

    fn text(&self, name: &str) -> Value {
        match self.fields.get(name).trim() {
            "" => Value::Null,
            text => text.into(),
        }
    }

    fn localized(&self, name: &str) -> Value {
        let texts = self.fields.below(name);
        let mut object = Map::new();
        put(&mut object, "en", texts.get("en").into());
        put(&mut object, "es", texts.get("es").into());
        if object.is_empty() { Value::Null } else { object.into() }
    }

    /// A date, or the words that stand in its place; both would be one too many.
    fn date_or_words(&mut self, date: &str, words: &str) -> Value {
        let (on, said) = (self.text(date), self.localized(words));
        if !on.is_null() && !said.is_null() {
            self.errors.push(format!("{words}.en"), Problem::Twice(self.fields.get(date).trim().to_owned()));
        }
        if on.is_null() { said } else { on }
    }

    fn pledge_name(&mut self, published: Option<&Pledge>) -> String {
        let typed = self.fields.get("id").trim();
        if !typed.is_empty() {
            if typed.parse().is_ok_and(|slug: Slug| self.known.pledges.contains(&slug)) {
                self.errors.push("id", Problem::Twice(typed.to_owned()));
            }
            return typed.to_owned();
        }
        if let Some(published) = published {
            return published.id.to_string();
        }
        let title = [self.fields.get("title.en"), self.fields.get("title.es")].into_iter().find_map(slug_of);
        free(title.as_ref().map_or("pledge", Slug::as_str), |slug| self.known.pledges.contains(slug))
    }

    fn variant(&mut self, row: usize, place: usize) -> Value {
        let path = format!("variants[{row}]");
        let place = format!("pledges[0].variants[{place}]");
        let mut variant = self.citation(&path, &place);
        let value = self.date_or_words(&format!("{path}.value_on"), &format!("{path}.value"));
        let field = self.text(&format!("{path}.field"));
        if let Some(variant) = variant.as_object_mut() {
            put(variant, "field", field);
            put(variant, "value", value);
            variant.insert("taken".into(), (self.fields.get(&format!("{path}.taken")) == "true").into());
        }
        variant
    }
}

/// Puts a value into an object unless there is nothing in it.
fn put(object: &mut Map<String, Value>, name: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !empty {
        object.insert(name.to_owned(), value);
    }
}

/// Adds a known thing to a list, once.
fn add(list: &mut Vec<Value>, thing: Value) {
    if !list.iter().any(|there| there["id"] == thing["id"]) {
        list.push(thing);
    }
}

/// A name that is free: the base, or the base with a number behind it.
fn free(base: &str, taken: impl Fn(&Slug) -> bool) -> String {
    let mut names = std::iter::once(base.to_owned()).chain((2..).map(|number| format!("{base}-{number}")));
    names.find(|name| name.parse().is_ok_and(|slug| !taken(&slug))).unwrap_or_else(|| base.to_owned())
}
