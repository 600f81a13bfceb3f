//! What becomes of sources, parties, meetings and topics.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{super::Item, Known, Outcome, PlannedRow, RowError, Thing, short};
use crate::{
    errors::{FieldErrors, Problem},
    import::{
        Incoming,
        assemble::fill,
        column::holding,
        compare::{self, to_value},
    },
    locale::Localized,
    meeting::Meeting,
    party::Party,
    record::part,
    source::Source,
    text::Slug,
    topic::Topic,
};

/// Plans them all; those that are new are put into `new`.
pub(super) fn plan(incoming: &Incoming, known: &Known, new: &mut Known) -> Vec<PlannedRow> {
    let mut planner = Planner {
        known,
        new,
        brought: incoming
            .things
            .iter()
            .filter(|item| item.thing == Thing::Source)
            .filter_map(|item| item.value.get("id")?.as_str())
            .collect(),
        seen: HashSet::new(),
        addresses: known.sources.values().map(|source| (source.url.as_str().to_owned(), source.id.clone())).collect(),
    };
    incoming.things.iter().map(|item| planner.row(item)).collect()
}

struct Planner<'a, 'n> {
    known: &'a Known,
    new: &'n mut Known,
    /// The names of all sources of the import.
    brought: HashSet<&'a str>,
    seen: HashSet<(Thing, &'a str)>,
    /// The sources of the record, and those before in the import, by their addresses.
    addresses: HashMap<String, Slug>,
}

impl<'a> Planner<'a, '_> {
    fn row(&mut self, item: &'a Item) -> PlannedRow {
        let id = item.value.get("id").and_then(Value::as_str).unwrap_or_default();
        let known = id.parse().ok().and_then(|slug| self.known(item.thing, &slug));
        let mut value = item.value.clone();
        if let Some(row) = &item.row {
            fill(&mut value, row, known.as_ref());
        }
        let mut errors = FieldErrors::default();
        if !id.is_empty() && !self.seen.insert((item.thing, id)) {
            errors.push("id", Problem::Twice(id.to_owned()));
        }
        // What was written before somebody found an archive has none, and differs by nothing else.
        if let Some(archive) = known.as_ref().and_then(|known| known.get("archive_url"))
            && let Some(given) = value.as_object_mut()
        {
            given.entry("archive_url").or_insert_with(|| archive.clone());
        }
        let read = Brought::read(item.thing, &value, &mut errors);
        if let Some(Brought::Source(source)) = &read {
            self.source_refers(source, &mut errors);
        }
        let clean = read.as_ref().map(Brought::value).unwrap_or_default();
        if let Some(known) = known.as_ref().filter(|_| read.is_some()) {
            compare::same(known, &clean, &mut errors);
        }
        let errors = row_errors(item, &errors);
        let (mut outcome, mut changes) = (Outcome::Same, Vec::new());
        if !errors.is_empty() {
            outcome = Outcome::Refused;
        } else if known.is_none() {
            outcome = Outcome::Added;
            changes = compare::changes(&Value::Null, &clean);
            if let Some(read) = read {
                read.keep(self.new);
            }
        }
        let title = title_of(&item.value);
        PlannedRow { thing: item.thing, id: short(id), title, place: item.place, outcome, changes, errors }
    }

    /// What the record has under a name.
    fn known(&self, thing: Thing, slug: &Slug) -> Option<Value> {
        match thing {
            Thing::Source => self.known.sources.get(slug).map(to_value),
            Thing::Party => self.known.parties.get(slug).map(to_value),
            Thing::Meeting => self.known.meetings.get(slug).map(to_value),
            Thing::Topic => self.known.topics.get(slug).map(to_value),
            Thing::Pledge => None,
        }
    }

    /// What a source owes the others: no two share an address, and it translates one that is there.
    fn source_refers(&mut self, source: &Source, errors: &mut FieldErrors) {
        let holder = self.addresses.entry(source.url.to_string()).or_insert_with(|| source.id.clone());
        if *holder != source.id {
            errors.push("url", Problem::Twice(source.url.to_string()));
        }
        if let Some(original) = &source.translation_of {
            let there = self.known.sources.contains_key(original) || self.brought.contains(original.as_str());
            if *original == source.id || !there {
                errors.push("translation_of", Problem::NoSuch { given: original.to_string(), what: "other source" });
            }
        }
    }
}

/// A thing that was read.
enum Brought {
    Source(Source),
    Party(Party),
    Meeting(Meeting),
    Topic(Topic),
}

impl Brought {
    fn read(thing: Thing, value: &Value, errors: &mut FieldErrors) -> Option<Self> {
        match thing {
            Thing::Source => part::source(value, errors).map(Self::Source),
            Thing::Party => part::party(value, errors).map(Self::Party),
            Thing::Meeting => part::meeting(value, errors).map(Self::Meeting),
            Thing::Topic => part::topic(value, errors).map(Self::Topic),
            Thing::Pledge => None,
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Source(source) => to_value(source),
            Self::Party(party) => to_value(party),
            Self::Meeting(meeting) => to_value(meeting),
            Self::Topic(topic) => to_value(topic),
        }
    }

    fn keep(self, new: &mut Known) {
        match self {
            Self::Source(source) => _ = new.sources.insert(source.id.clone(), source),
            Self::Party(party) => _ = new.parties.insert(party.id.clone(), party),
            Self::Meeting(meeting) => _ = new.meetings.insert(meeting.id.clone(), meeting),
            Self::Topic(topic) => _ = new.topics.insert(topic.id.clone(), topic),
        }
    }
}

fn row_errors(item: &Item, errors: &FieldErrors) -> Vec<RowError> {
    let of_row = item.row.iter().flat_map(|row| row.errors.iter().cloned());
    let of_fields = errors.iter().map(|error| {
        let column = item.row.as_ref().and_then(|row| holding(&row.table, &error.path));
        let field = column.map_or_else(|| error.path.clone(), str::to_owned);
        RowError { place: item.place, field, problem: error.problem.clone() }
    });
    of_row.chain(of_fields).collect()
}

/// What a thing is called, as far as that can be told of what nobody has checked.
pub(super) fn title_of(value: &Value) -> Localized {
    let Some(title) = value.get("title").or_else(|| value.get("name")) else { return Localized::default() };
    let of = |language: &str| title.get(language).and_then(Value::as_str).map(short);
    match title.as_str().map(short) {
        Some(title) => Localized { en: Some(title), es: None },
        None => Localized { en: of("en"), es: of("es") },
    }
}
