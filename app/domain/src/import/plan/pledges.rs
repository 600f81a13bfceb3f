//! What becomes of pledges.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::{Known, Outcome, Place, PlannedRow, Proposal, RowError, Thing, short, things::title_of};
use crate::{
    errors::{FieldErrors, Problem},
    import::{
        Asked, Given, Incoming, PledgeItem,
        assemble::Assembled,
        column::holding,
        compare::{self, to_value},
        draft,
        sheet::Row,
    },
    pledge::Pledge,
    record::{Names, part},
    text::Slug,
};

/// Plans pledges one after the other.
pub(super) struct Planner<'a> {
    incoming: &'a Incoming,
    known: &'a Known,
    new: &'a Known,
    names: Names<'a>,
    today: NaiveDate,
    seen: HashSet<String>,
    /// What the proposals refer to.
    used: Asked,
    proposals: Vec<Proposal>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(incoming: &'a Incoming, known: &'a Known, new: &'a Known, today: NaiveDate) -> Self {
        let names = Names {
            sources: known.sources.keys().chain(new.sources.keys()).collect(),
            parties: known.parties.keys().chain(new.parties.keys()).collect(),
            meetings: known.meetings.keys().chain(new.meetings.keys()).collect(),
            topics: known.topics.keys().chain(new.topics.keys()).collect(),
        };
        let (seen, used) = (HashSet::new(), Asked::default());
        Self { incoming, known, new, names, today, seen, used, proposals: Vec::new() }
    }

    /// The drafts to be made, and what of the import they have need of.
    pub(super) fn end(mut self) -> (Vec<Proposal>, HashSet<(Thing, &'a str)>) {
        // A source is needed by its translations too, however far back.
        let mut cited: Vec<Slug> = self.used.sources.iter().cloned().collect();
        while let Some(name) = cited.pop() {
            if let Some(original) = self.new.sources.get(&name).and_then(|source| source.translation_of.as_ref())
                && self.used.sources.insert(original.clone())
            {
                cited.push(original.clone());
            }
        }
        let new = self.new;
        let mut used = HashSet::new();
        used.extend(
            new.sources.keys().filter(|name| self.used.sources.contains(*name)).map(|name| (Thing::Source, name.as_str())),
        );
        used.extend(
            new.parties.keys().filter(|name| self.used.parties.contains(*name)).map(|name| (Thing::Party, name.as_str())),
        );
        let meetings = new.meetings.keys().filter(|name| self.used.meetings.contains(*name));
        used.extend(meetings.map(|name| (Thing::Meeting, name.as_str())));
        used.extend(new.topics.keys().filter(|name| self.used.topics.contains(*name)).map(|name| (Thing::Topic, name.as_str())));
        (self.proposals, used)
    }

    /// Plans one.
    pub(super) fn row(&mut self, item: &'a PledgeItem) -> PlannedRow {
        let (id, made) = match &item.given {
            Given::Astray(errors) => return refused(item.place, "", &Value::Null, errors.clone()),
            Given::Whole(value) => {
                let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
                (id, Assembled { value: value.clone(), ..Assembled::default() })
            }
            Given::Rows(rows) => {
                let id = rows.id().unwrap_or_default();
                let current = self.current(id).map(to_value);
                if rows.own.is_none() && current.is_none() {
                    let errors = rows.all().map(|row| {
                        let problem = Problem::NoSuch { given: short(id), what: "pledge" };
                        RowError { place: row.place, field: "pledge".to_owned(), problem }
                    });
                    return refused(item.place, id, &Value::Null, errors.collect());
                }
                (id, rows.assemble(self.incoming.carried, current.as_ref()))
            }
        };
        let current = self.current(id);
        let mut errors = FieldErrors::default();
        let slug: Option<Slug> = id.parse().ok();
        let taken = current.is_none() && slug.is_some_and(|slug| self.known.taken.contains(&slug));
        if taken || (!id.is_empty() && !self.seen.insert(id.to_owned())) {
            errors.push("id", Problem::Twice(short(id)));
        }
        let pledge = part::pledge(&made.value, &self.names, self.today, &mut errors);
        // Most rows of a large import say what the record says: of these nothing is compared field by field.
        let same = pledge.is_some() && pledge.as_ref() == current;
        let values = || (current.map(to_value).unwrap_or_default(), pledge.as_ref().map(to_value).unwrap_or_default());
        let (before, after) = if same { (Value::Null, Value::Null) } else { values() };
        if !same && pledge.is_some() && current.is_some() {
            compare::keeps_published(&before, &after, &mut errors);
        }
        let mut told = made.errors;
        told.extend(errors.iter().map(|error| {
            let (place, field) = origin(&made.origins, &error.path, item.place);
            RowError { place, field, problem: error.problem.clone() }
        }));
        match pledge {
            Some(pledge) if told.is_empty() => {
                let changes = compare::changes(&before, &after);
                let outcome = match (current.is_some(), changes.is_empty()) {
                    (true, true) => Outcome::Same,
                    (true, false) => Outcome::Changed,
                    (false, _) => Outcome::Added,
                };
                if outcome != Outcome::Same {
                    self.propose(&pledge, current);
                }
                PlannedRow {
                    thing: Thing::Pledge,
                    id: short(id),
                    title: pledge.title,
                    place: item.place,
                    outcome,
                    changes,
                    errors: Vec::new(),
                }
            }
            _ => refused(item.place, id, &made.value, told),
        }
    }

    fn current(&self, id: &str) -> Option<&'a Pledge> {
        self.known.pledges.get(&id.parse().ok()?)
    }

    fn propose(&mut self, pledge: &Pledge, published: Option<&Pledge>) {
        self.used.of_pledge(pledge);
        let named = draft::Named { new: self.new, known: self.known };
        self.proposals.extend(named.proposals(pledge, published));
    }
}

fn refused(place: Place, id: &str, value: &Value, errors: Vec<RowError>) -> PlannedRow {
    let (thing, outcome) = (Thing::Pledge, Outcome::Refused);
    PlannedRow { thing, id: short(id), title: title_of(value), place, outcome, changes: Vec::new(), errors }
}

/// Where a field stands, and what it is called there: in the row that the nearest part of the pledge around it came from.
fn origin(origins: &[(String, &Row)], path: &str, pledge: Place) -> (Place, String) {
    let mut nearest: Option<(usize, Place, Option<&'static str>)> = None;
    for (at, row) in origins {
        let Some(rest) = path.strip_prefix(at.as_str()) else { continue };
        if !at.is_empty() && !rest.is_empty() && !rest.starts_with(['.', '[']) {
            continue;
        }
        let column = holding(&row.table, rest.trim_start_matches('.'));
        // A variant comes from two rows; of these the one counts that has the field.
        let nearer = nearest
            .is_none_or(|(length, _, before)| at.len() > length || (at.len() == length && before.is_none() && column.is_some()));
        if nearer {
            nearest = Some((at.len(), row.place, column));
        }
    }
    let (place, column) = nearest.map_or((pledge, None), |(_, place, column)| (place, column));
    (place, column.map_or_else(|| path.to_owned(), str::to_owned))
}
