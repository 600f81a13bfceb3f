//! What the record has of that which an import speaks of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Given, Incoming, Thing};
use crate::{meeting::Meeting, party::Party, pledge::Pledge, record::Record, source::Source, text::Slug, topic::Topic};

/// What must be known of the record for a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The pledges of these names.
    pub pledges: BTreeSet<Slug>,
    /// The sources of these names.
    pub sources: BTreeSet<Slug>,
    /// The sources of these addresses.
    pub addresses: BTreeSet<String>,
    /// The parties of these names.
    pub parties: BTreeSet<Slug>,
    /// The meetings of these names.
    pub meetings: BTreeSet<Slug>,
    /// The topics of these names.
    pub topics: BTreeSet<Slug>,
}

/// What the record has of it, in public.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Pledges.
    pub pledges: BTreeMap<Slug, Pledge>,
    /// Names that no new pledge can have: a pledge had them before, or is no longer public.
    pub taken: BTreeSet<Slug>,
    /// Sources.
    pub sources: BTreeMap<Slug, Source>,
    /// Parties.
    pub parties: BTreeMap<Slug, Party>,
    /// Meetings.
    pub meetings: BTreeMap<Slug, Meeting>,
    /// Topics.
    pub topics: BTreeMap<Slug, Topic>,
}

impl Known {
    /// A whole record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self {
            pledges: record.pledges.iter().map(|pledge| (pledge.id.clone(), pledge.clone())).collect(),
            taken: BTreeSet::new(),
            sources: record.sources.iter().map(|source| (source.id.clone(), source.clone())).collect(),
            parties: record.parties.iter().map(|party| (party.id.clone(), party.clone())).collect(),
            meetings: record.meetings.iter().map(|meeting| (meeting.id.clone(), meeting.clone())).collect(),
            topics: record.topics.iter().map(|topic| (topic.id.clone(), topic.clone())).collect(),
        }
    }
}

impl Asked {
    /// What a pledge refers to.
    pub fn of_pledge(&mut self, pledge: &Pledge) {
        let of_variants = pledge.variants.iter().map(|variant| &variant.citation);
        let of_changes = pledge.history.iter().flat_map(|change| &change.citations);
        let cited = pledge.citations.iter().chain(of_variants).chain(of_changes);
        self.sources.extend(cited.map(|citation| citation.source.clone()));
        self.parties.extend(pledge.parties.iter().map(|party| party.party.clone()));
        self.parties.extend(pledge.history.iter().filter_map(|change| change.party.clone()));
        self.meetings.extend(pledge.meeting.clone());
        self.topics.extend(pledge.topics.iter().cloned());
    }

    /// The same of a pledge as it was given, of which nothing is certain.
    fn of_value(&mut self, pledge: &Value) {
        let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        self.pledges.extend(name(pledge.get("id")));
        self.meetings.extend(name(pledge.get("meeting")));
        self.topics.extend(list(pledge, "topics").iter().filter_map(|topic| name(Some(topic))));
        self.parties.extend(list(pledge, "parties").iter().filter_map(|party| name(party.get("party"))));
        let mut cited = list(pledge, "citations");
        cited.extend(list(pledge, "variants"));
        for change in list(pledge, "history") {
            self.parties.extend(name(change.get("party")));
            cited.extend(list(&change, "citations"));
        }
        self.sources.extend(cited.iter().filter_map(|citation| name(citation.get("source"))));
    }
}

impl Incoming {
    /// What must be known of the record before this can be compared with it. What pledges of the record itself refer to must
    /// be known too: see [`Asked::of_pledge`].
    #[must_use]
    pub fn asks(&self) -> Asked {
        let mut asked = Asked::default();
        for item in &self.things {
            let id = name(item.value.get("id"));
            match item.thing {
                Thing::Source => {
                    asked.sources.extend(id);
                    asked.sources.extend(name(item.value.get("translation_of")));
                    asked.addresses.extend(item.value.get("url").and_then(Value::as_str).map(str::to_owned));
                }
                Thing::Party => asked.parties.extend(id),
                Thing::Meeting => asked.meetings.extend(id),
                Thing::Topic => asked.topics.extend(id),
                Thing::Pledge => {}
            }
        }
        for item in &self.pledges {
            match &item.given {
                Given::Whole(value) => asked.of_value(value),
                Given::Rows(rows) => {
                    asked.pledges.extend(rows.id().and_then(|id| id.parse::<Slug>().ok()));
                    for row in rows.all() {
                        let value = super::assemble::value_of(row);
                        asked.of_value(&value);
                        asked.sources.extend(name(value.get("source")));
                        asked.parties.extend(name(value.get("party")));
                    }
                }
                Given::Astray(_) => {}
            }
        }
        asked
    }
}

fn name(value: Option<&Value>) -> Option<Slug> {
    value.and_then(Value::as_str)?.parse().ok()
}
