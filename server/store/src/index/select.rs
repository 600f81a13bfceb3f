//! Choosing pledges by what is asked for, and counting what other choices would leave.

use std::{borrow::Cow, cell::LazyCell, sync::Arc};

use chrono::NaiveDate;
use domain::{PledgeQuery, Role, Search, Timely};
use roaring::RoaringBitmap;

use super::{
    Index,
    counted::Many,
    day::{Alone, Day},
    numbered,
    stands::{by_status, by_timeliness},
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
    /// What is searched, if that is all that narrows the list without being a choice, and was found in this state of the record.
    search: Option<&'a Search>,
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
        let settled = wanted.hits.is_some_and(|hits| hits.revision == index.revision) && query.changed_since.is_none();
        let search = query.search.as_ref().filter(|_| settled);
        Self { meant, search, choices }
    }

    fn has(&self, choice: Choice) -> bool {
        self.choices.iter().any(|Narrowing(made, ..)| *made == choice)
    }

    /// The choices that were made, but one.
    fn but(&self, left_out: Option<Choice>) -> impl Iterator<Item = &Narrowing<'a>> {
        self.choices.iter().filter(move |Narrowing(choice, ..)| Some(*choice) != left_out)
    }

    /// The one choice that is left without another, or the search that is, if nothing else narrows the list.
    fn alone(&self, left_out: Option<Choice>) -> Option<Alone> {
        let mut left = self.but(left_out);
        match (left.next(), left.next()) {
            (Some(Narrowing(_, alone, _)), None) if self.meant.len() == 1 => alone.clone(),
            (None, None) => self.search.map(|search| Alone::Found(search.terms.clone())),
            _ => None,
        }
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
        // Those chosen are counted once for all that was not chosen by.
        let of_chosen = day.tally(self, narrowed.alone(None), || Cow::Borrowed(&numbers));
        // What another choice would leave is counted among those that meet all else.
        let among = |choice: Choice| {
            if narrowed.has(choice) { Cow::Owned(narrowed.without(Some(choice))) } else { Cow::Borrowed(&numbers) }
        };
        let tally = |choice: Choice| {
            if narrowed.has(choice) {
                day.tally(self, narrowed.alone(Some(choice)), || among(choice))
            } else {
                Arc::clone(&of_chosen)
            }
        };
        let of_party = tally(Choice::Party);
        // A party in a role, and the roles of a party, are in no row.
        let with_party = LazyCell::new(|| among(Choice::Party));
        let in_role = |party: u32, role: Role| self.sets.of_party(party, Some(role)).intersection_len(&with_party);
        let parties = match wanted.query.role {
            Some(role) => numbered(self.parties.all()).map(|party| in_role(party, role)).collect(),
            None => of_party.of(&self.counted, Many::Parties),
        };
        let roles = match wanted.party {
            Some(party) => Role::ALL.iter().map(|role| in_role(party, *role)).collect(),
            None => of_party.of_bits(&self.counted, Many::RolesAndYears, Role::ALL.len()),
        };
        Selection {
            statuses: by_status(tally(Choice::Status).states()),
            timeliness: by_timeliness(tally(Choice::Timeliness).states()),
            parties,
            roles,
            topics: tally(Choice::Topic).of(&self.counted, Many::Topics),
            meetings: tally(Choice::Meeting).of(&self.counted, Many::Meetings),
            languages: tally(Choice::Language).of_bits(&self.counted, Many::Languages, self.languages.len()),
            due: tally(Choice::Due).due(&self.counted),
            by_status: by_status(of_chosen.states()),
            overdue: by_timeliness(of_chosen.states())[Timely::Overdue as usize],
            numbers,
        }
    }
}
