//! How the values of the desk's fields are told, once for reviews and for corrections in public.

use domain::{Localized, Party, Record, desk_form::Known, meeting::Meeting, topic::Topic};
use store::{Dossier, Named};

use crate::{i18n, visit::Visit};

/// What parties, meetings and topics are called that fields name by their names in addresses.
#[derive(Debug, Default)]
pub struct Names<'a>(Vec<(Thing, &'a str, &'a Localized)>);

/// What a field may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Party,
    Meeting,
    Topic,
}

impl Thing {
    /// What a field names, if it names something: `parties[1].party` a party.
    fn named_by(field: &str) -> Option<Self> {
        Some(match field.rsplit('.').next()? {
            "party" => Self::Party,
            "meeting" => Self::Meeting,
            "topic" => Self::Topic,
            _ => return None,
        })
    }
}

impl<'a> Names<'a> {
    /// Those of a record.
    pub fn of_record(record: &'a Record) -> Self {
        Self::of_things(&record.parties, &record.meetings, &record.topics)
    }

    /// Those of what the record knows that a form may name.
    pub fn of_known(known: &'a Known) -> Self {
        Self::of_things(&known.parties, &known.meetings, &known.topics)
    }

    fn of_things(parties: &'a [Party], meetings: &'a [Meeting], topics: &'a [Topic]) -> Self {
        let parties = parties.iter().map(|party| (Thing::Party, party.id.as_str(), &party.name));
        let meetings = meetings.iter().map(|meeting| (Thing::Meeting, meeting.id.as_str(), &meeting.name));
        let topics = topics.iter().map(|topic| (Thing::Topic, topic.id.as_str(), &topic.name));
        Self(parties.chain(meetings).chain(topics).collect())
    }

    /// Those of what a pledge names, and of what corrections have taken from it.
    pub fn of_pledge(pledge: &'a Dossier) -> Self {
        let former = &*pledge.former_names;
        let parties = pledge.parties.iter().map(|(party, _)| party).chain(former.parties.values());
        let meetings = pledge.meeting.iter().chain(former.meetings.values()).map(|meeting| &meeting.named);
        let topics = pledge.topics.iter().chain(former.topics.values());
        let named = |thing, named: &'a Named| (thing, named.slug.as_str(), &named.name);
        let parties = parties.map(|party| named(Thing::Party, party));
        let meetings = meetings.map(|meeting| named(Thing::Meeting, meeting));
        Self(parties.chain(meetings).chain(topics.map(|topic| named(Thing::Topic, topic))).collect())
    }

    /// What is called that a field names by its name in addresses; `None` where it names nothing, or nothing that is known.
    pub fn called(&self, field: &str, slug: &str) -> Option<&'a Localized> {
        let thing = Thing::named_by(field)?;
        self.0.iter().find(|(kind, known, _)| *kind == thing && *known == slug).map(|(.., name)| *name)
    }
}

/// A value in the words of the page: codes, dates and things of the record as they are called, texts as they are.
#[must_use]
pub fn value_words(visit: &Visit, names: &Names<'_>, field: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let date = |value: &str| value.parse().map_or_else(|_| value.to_owned(), |date| i18n::date(visit.texts(), date));
    if let Some(name) = names.called(field, value) {
        return visit.words(name).to_owned();
    }
    match field.rsplit('.').next().unwrap_or_default() {
        _ if field.starts_with("originals.") => visit.t_code("form-original", value),
        _ if field.starts_with("still_right.") => visit.t("form-yes"),
        "status" => visit.t_code("status", value),
        "confidence" => visit.t_code("confidence", value),
        "role" => visit.t_code("form-role", value),
        "stance" => visit.t_code("form-stance", value),
        "authority" => visit.t_code("authority", value),
        "kind" if field.contains("source") => visit.t_code("source-kind", value),
        "field" => visit.t_code("field", value),
        "made_on" | "due_on" | "effective_on" | "published_on" | "value_on" => date(value),
        "replaces" => value.parse::<u64>().map_or_else(|_| value.to_owned(), |index| (index + 1).to_string()),
        "taken" => visit.t("form-yes"),
        _ => value.to_owned(),
    }
}
