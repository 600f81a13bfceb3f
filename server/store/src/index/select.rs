//! Choosing pledges by what is asked for, and counting what other choices would leave.

use std::{borrow::Cow, cell::OnceCell};

use chrono::NaiveDate;
use domain::{PledgeQuery, Timely};
use roaring::RoaringBitmap;

use super::{
    Index,
    counted::Many,
    day::{Alone, Day, roles, sizes},
};
use crate::search::Hits;

/// The number of what is asked for and is not in the index: nothing has it.
const NOBODY: u32 = u32::MAX;

/// What is asked for, in the numbers of an index.
pub(crate) struct Wanted<'a> {
    pub(super) query: &'a PledgeQuery,
    pub(super) hits: Option<&'a Hits>,
    pub(super) day: NaiveDate,
    party: Option<u32>,
    topic: Option<u32>,
    meeting: Option<u32>,
    language: Option<usize>,
}

/// The pledges that were chosen, and how many each other choice would leave.
#[derive(Debug)]
pub(crate) struct Selection {
    /// Their numbers.
    pub numbers: RoaringBitmap,
    /// How many would be left with each status in place of the one asked for; and so on for the other choices. What stands behind
    /// the end of a list has none.
    pub statuses: Vec<u64>,
    pub timeliness: Vec<u64>,
    pub parties: Vec<u64>,
    pub roles: Vec<u64>,
    pub topics: Vec<u64>,
    pub meetings: Vec<u64>,
    pub languages: Vec<u64>,
    /// By year due; `None` is on no date.
    pub due: Vec<(Option<i32>, u64)>,
    /// Of those chosen, by status, and how many are overdue.
    pub by_status: Vec<u64>,
    pub overdue: u64,
}

/// What lists are narrowed by, one choice of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Status,
    Timeliness,
    Party,
    Topic,
    Meeting,
    Due,
    Language,
}

impl<'a> Wanted<'a> {
    pub fn new(index: &Index, query: &'a PledgeQuery, hits: Option<&'a Hits>, day: NaiveDate) -> Self {
        Self {
            query,
            hits,
            day,
            party: query.party.as_ref().map(|slug| index.parties.number(slug).unwrap_or(NOBODY)),
            topic: query.topic.as_ref().map(|slug| index.topics.number(slug).unwrap_or(NOBODY)),
            meeting: query.meeting.as_ref().map(|slug| index.meetings.number(slug).unwrap_or(NOBODY)),
            language: query
                .source_language
                .as_ref()
                .map(|language| index.languages.iter().position(|known| known == language).unwrap_or(usize::MAX)),
        }
    }
}

/// The pledges that meet each of the choices made.
struct Narrowed<'a> {
    /// What narrows the list and is no choice among others.
    meant: Vec<Cow<'a, RoaringBitmap>>,
    choices: Vec<Narrowing<'a>>,
}

/// A choice that was made, what it is called where it is the only one, and the pledges that meet it.
struct Narrowing<'a>(Choice, Option<Alone>, Cow<'a, RoaringBitmap>);

impl<'a> Narrowed<'a> {
    fn by(index: &'a Index, day: &'a Day, wanted: &Wanted<'a>) -> Self {
        let (query, sets) = (wanted.query, &index.sets);
        let mut meant = vec![Cow::Borrowed(&day.standing)];
        meant.extend(wanted.hits.map(|hits| Cow::Borrowed(hits.all())));
        meant.extend(query.changed_since.map(|day| Cow::Owned(sets.changed_since(day))));
        let party = match (wanted.party, query.role) {
            (Some(party), role) => Some(sets.of_party(party, role)),
            (None, role) => role.map(|role| sets.of_role(role)),
        };
        let of_party = wanted.party.filter(|_| query.role.is_none()).map(Alone::Party);
        let status = query.status.map(|status| Cow::Borrowed(&day.statuses[status as usize]));
        let timely = query.timeliness.map(|timely| Cow::Borrowed(&day.timely[timely as usize]));
        let choices = [
            (Choice::Status, query.status.map(Alone::Status), status),
            (Choice::Timeliness, query.timeliness.map(Alone::Timeliness), timely),
            (Choice::Party, of_party, party),
            (Choice::Topic, wanted.topic.map(Alone::Topic), wanted.topic.map(|topic| sets.of_topic(topic))),
            (Choice::Meeting, wanted.meeting.map(Alone::Meeting), wanted.meeting.map(|meeting| sets.of_meeting(meeting))),
            (Choice::Due, None, query.due.map(|due| Cow::Owned(sets.due(due)))),
            (Choice::Language, wanted.language.map(Alone::Language), wanted.language.map(|place| sets.of_language(place))),
        ];
        let choices = choices.into_iter().filter_map(|(choice, alone, met)| Some(Narrowing(choice, alone, met?))).collect();
        Self { meant, choices }
    }

    fn has(&self, choice: Choice) -> bool {
        self.choices.iter().any(|Narrowing(made, ..)| *made == choice)
    }

    /// The choices that were made, but one.
    fn but(&self, left_out: Option<Choice>) -> impl Iterator<Item = &Narrowing<'a>> {
        self.choices.iter().filter(move |Narrowing(choice, ..)| Some(*choice) != left_out)
    }

    /// The one choice that is left without another, if nothing else narrows the list.
    fn alone(&self, left_out: Option<Choice>) -> Option<Alone> {
        let mut left = self.but(left_out);
        let Narrowing(_, alone, _) = left.next()?;
        alone.filter(|_| left.next().is_none() && self.meant.len() == 1)
    }

    /// Those that meet all choices but one.
    fn without(&self, left_out: Option<Choice>) -> RoaringBitmap {
        let choices = self.but(left_out).map(|Narrowing(.., met)| met);
        let mut sets: Vec<&RoaringBitmap> = self.meant.iter().chain(choices).map(Cow::as_ref).collect();
        sets.sort_by_key(|set| set.len());
        let Some((smallest, others)) = sets.split_first() else { return RoaringBitmap::new() };
        others.iter().fold((*smallest).clone(), |left, set| left & *set)
    }
}

impl Index {
    /// Chooses the pledges asked for, as they stood at the end of a day.
    pub(super) fn select(&self, wanted: &Wanted<'_>) -> Selection {
        let day = self.day(wanted.day);
        let narrowed = Narrowed::by(self, &day, wanted);
        let numbers = narrowed.without(None);
        // What another choice would leave is counted among those that meet all else.
        let among = |choice: Choice| {
            if narrowed.has(choice) { Cow::Owned(narrowed.without(Some(choice))) } else { Cow::Borrowed(&numbers) }
        };
        // Those chosen are counted once for all that was not chosen by.
        let of_chosen = OnceCell::new();
        let tally = |choice: Choice, many: Many| {
            if narrowed.has(choice) {
                return day.tally(self, &among(choice), narrowed.alone(Some(choice))).of(many);
            }
            of_chosen.get_or_init(|| day.tally(self, &numbers, narrowed.alone(None))).of(many)
        };
        let with_party = among(Choice::Party);
        let parties = match wanted.query.role {
            Some(role) => {
                let parties = 0..u32::try_from(self.parties.all().len()).unwrap_or(u32::MAX);
                parties.map(|party| self.sets.of_party(party, Some(role)).intersection_len(&with_party)).collect()
            }
            None => tally(Choice::Party, Many::Parties),
        };
        let due = among(Choice::Due);
        let by_status = sizes(&numbers, &day.statuses);
        Selection {
            statuses: if narrowed.has(Choice::Status) { sizes(&among(Choice::Status), &day.statuses) } else { by_status.clone() },
            timeliness: sizes(&among(Choice::Timeliness), &day.timely),
            parties,
            roles: roles(self, &with_party, wanted.party),
            topics: tally(Choice::Topic, Many::Topics),
            meetings: tally(Choice::Meeting, Many::Meetings),
            languages: sizes(&among(Choice::Language), &self.sets.languages),
            due: self.sets.due_years.iter().map(|(year, set)| (*year, set.intersection_len(&due))).collect(),
            by_status,
            overdue: day.timely[Timely::Overdue as usize].intersection_len(&numbers),
            numbers,
        }
    }
}
