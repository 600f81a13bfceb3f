//! What the parts of a record owe one another: every name it uses is there, none twice, every change has evidence.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::Record;
use crate::{
    citation::Citation,
    errors::{FieldErrors, Problem},
    pledge::{Due, Pledge, StatusChange},
    text::Slug,
};

/// The names that can be referred to.
#[derive(Clone, Debug, Default)]
pub struct Names<'a> {
    /// Those of sources.
    pub sources: HashSet<&'a Slug>,
    /// Those of parties.
    pub parties: HashSet<&'a Slug>,
    /// Those of meetings.
    pub meetings: HashSet<&'a Slug>,
    /// Those of topics.
    pub topics: HashSet<&'a Slug>,
}

pub fn check(record: &Record, today: NaiveDate, errors: &mut FieldErrors) {
    let names = Names {
        sources: unique("sources", record.sources.iter().map(|source| &source.id), errors),
        parties: unique("parties", record.parties.iter().map(|party| &party.id), errors),
        meetings: unique("meetings", record.meetings.iter().map(|meeting| &meeting.id), errors),
        topics: unique("topics", record.topics.iter().map(|topic| &topic.id), errors),
    };
    unique("pledges", record.pledges.iter().map(|pledge| &pledge.id), errors);
    let mut urls = HashSet::new();
    for (index, source) in record.sources.iter().enumerate() {
        if !urls.insert(source.url.as_str()) {
            errors.push(format!("sources[{index}].url"), Problem::Twice(source.url.to_string()));
        }
        if let Some(original) = &source.translation_of {
            let path = format!("sources[{index}].translation_of");
            if *original == source.id {
                errors.push(path, Problem::NoSuch { given: original.to_string(), what: "other source" });
            } else {
                exists(original, &names.sources, "source", || path, errors);
            }
        }
    }
    for (index, pledge) in record.pledges.iter().enumerate() {
        pledge_refers(pledge, &format!("pledges[{index}]"), &names, today, errors);
    }
}

/// The identifiers of a list, each noted if it is there twice.
fn unique<'a>(list: &str, ids: impl Iterator<Item = &'a Slug>, errors: &mut FieldErrors) -> HashSet<&'a Slug> {
    let mut seen = HashSet::new();
    for (index, id) in ids.enumerate() {
        if !seen.insert(id) {
            errors.push(format!("{list}[{index}].id"), Problem::Twice(id.to_string()));
        }
    }
    seen
}

fn exists(name: &Slug, names: &HashSet<&Slug>, what: &'static str, path: impl FnOnce() -> String, errors: &mut FieldErrors) {
    if !names.contains(name) {
        errors.push(path(), Problem::NoSuch { given: name.to_string(), what });
    }
}

/// What a pledge owes the names around it and itself, by the day `today`.
pub(super) fn pledge_refers(pledge: &Pledge, path: &str, names: &Names<'_>, today: NaiveDate, errors: &mut FieldErrors) {
    if pledge.parties.is_empty() {
        errors.push(format!("{path}.parties"), Problem::Missing);
    }
    let mut seen = HashSet::new();
    for (index, party) in pledge.parties.iter().enumerate() {
        exists(&party.party, &names.parties, "party", || format!("{path}.parties[{index}].party"), errors);
        if !seen.insert(party) {
            errors.push(format!("{path}.parties[{index}]"), Problem::Twice(format!("{} as {}", party.party, party.role)));
        }
    }
    if let Some(meeting) = &pledge.meeting {
        exists(meeting, &names.meetings, "meeting", || format!("{path}.meeting"), errors);
    }
    let mut seen = HashSet::new();
    for (index, topic) in pledge.topics.iter().enumerate() {
        exists(topic, &names.topics, "topic", || format!("{path}.topics[{index}]"), errors);
        if !seen.insert(topic) {
            errors.push(format!("{path}.topics[{index}]"), Problem::Twice(topic.to_string()));
        }
    }
    if let Some(due) = pledge.due_on.as_ref().and_then(Due::date).filter(|due| due.certainly_before(pledge.made_on)) {
        let (effective, made) = (due.to_string(), pledge.made_on.to_string());
        errors.push(format!("{path}.due_on"), Problem::BeforeMade { effective, made });
    }
    citations_refer(&pledge.citations, path, names, errors);
    let mut taken = HashSet::new();
    for (index, variant) in pledge.variants.iter().enumerate() {
        exists(&variant.citation.source, &names.sources, "source", || format!("{path}.variants[{index}].source"), errors);
        if variant.taken && !taken.insert(variant.field) {
            errors.push(format!("{path}.variants[{index}].taken"), Problem::Twice(format!("{} taken", variant.field)));
        }
    }
    for (index, change) in pledge.history.iter().enumerate() {
        change_refers(pledge, index, change, &format!("{path}.history[{index}]"), names, errors);
    }
    for (index, change) in pledge.history.iter().enumerate().filter(|(_, change)| change.effective_on.first_day() > today) {
        let path = format!("{path}.history[{index}].effective_on");
        errors.push(path, Problem::InFuture(change.effective_on.to_string()));
    }
}

fn citations_refer(citations: &[Citation], path: &str, names: &Names<'_>, errors: &mut FieldErrors) {
    let mut seen = HashSet::new();
    for (index, citation) in citations.iter().enumerate() {
        let path = format!("{path}.citations[{index}]");
        exists(&citation.source, &names.sources, "source", || format!("{path}.source"), errors);
        if !seen.insert((&citation.source, &citation.quote, &citation.locator)) {
            errors.push(path, Problem::Twice(citation.source.to_string()));
        }
    }
}

fn change_refers(pledge: &Pledge, index: usize, change: &StatusChange, path: &str, names: &Names<'_>, errors: &mut FieldErrors) {
    citations_refer(&change.citations, path, names, errors);
    if change.citations.is_empty() && change.searched.is_none() {
        errors.push(format!("{path}.citations"), Problem::NoEvidence);
    }
    if change.effective_on.certainly_before(pledge.made_on) {
        let (effective, made) = (change.effective_on.to_string(), pledge.made_on.to_string());
        errors.push(format!("{path}.effective_on"), Problem::BeforeMade { effective, made });
    }
    if let Some(party) = &change.party
        && !pledge.parties.iter().any(|of| of.party == *party && of.role.owes())
    {
        errors.push(format!("{path}.party"), Problem::NoSuch { given: party.to_string(), what: "party that owes this pledge" });
    }
    let earlier_party_status = pledge.history[..index].iter().any(|earlier| earlier.party.is_some());
    if change.party.is_none() && earlier_party_status && change.override_reason.is_none() {
        errors.push(format!("{path}.override_reason"), Problem::OverrideWithoutReason);
    }
    if change.replaces.is_some() != change.reason.is_some() {
        errors.push(format!("{path}.replaces"), Problem::HalfCorrection);
    }
    if change.replaces.is_some() && pledge.history[..index].iter().any(|earlier| earlier.replaces == change.replaces) {
        errors.push(
            format!("{path}.replaces"),
            Problem::Twice(format!("a correction of change {}", change.replaces.unwrap_or_default())),
        );
    }
    if let Some(replaced) = change.replaces
        && replaced >= index
    {
        errors.push(format!("{path}.replaces"), Problem::NoSuch { given: replaced.to_string(), what: "earlier change" });
    }
}
