//! Choosing pledges by what is asked for, counting what other choices would leave, and putting them in order.

use chrono::{Datelike, NaiveDate};
use domain::{FuzzyDate, PledgeQuery, PledgeSort, PledgeStatus, Role, Timely};

use super::{Entry, Index};
use crate::search::{Fit, Hits};

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
    language: Option<u64>,
}

/// The pledges that were chosen, and how many each other choice would leave.
#[derive(Debug)]
pub(crate) struct Selection {
    /// Their numbers, ascending.
    pub numbers: Vec<u32>,
    /// How many would be left with each status in place of the one asked for; and so on for the other choices.
    pub statuses: Vec<u64>,
    pub timeliness: Vec<u64>,
    pub parties: Vec<u64>,
    pub roles: Vec<u64>,
    pub topics: Vec<u64>,
    pub meetings: Vec<u64>,
    pub languages: Vec<u64>,
    /// By year due; what is due on no date stands at [`UNDATED`].
    pub due: Vec<u64>,
    /// Of those chosen, by status, and how many are overdue.
    pub by_status: Vec<u64>,
    pub overdue: u64,
}

/// Where in [`Selection::due`] stands what is due on no date: behind the last year of four digits.
pub(crate) const UNDATED: usize = 10_000;

/// The choices, each a bit: which of them a pledge does not meet.
mod unmet {
    pub const STATUS: u8 = 1;
    pub const TIMELINESS: u8 = 2;
    pub const PARTY: u8 = 4;
    pub const TOPIC: u8 = 8;
    pub const MEETING: u8 = 16;
    pub const DUE: u8 = 32;
    pub const LANGUAGE: u8 = 64;
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
            language: query.source_language.as_ref().map(|language| {
                let at = index.languages.iter().position(|known| known == language);
                at.map_or(0, |at| 1 << at.min(63))
            }),
        }
    }

    fn is_party(&self, party: u32) -> bool {
        self.party.is_none_or(|wanted| wanted == party)
    }

    fn is_role(&self, role: Role) -> bool {
        self.query.role.is_none_or(|wanted| wanted == role)
    }

    /// What narrows the list and is no choice among others.
    fn is_meant(&self, entry: &Entry) -> bool {
        self.hits.is_none_or(|hits| hits.get(entry.number).is_some())
            && self.query.changed_since.is_none_or(|day| entry.changed_at.date_naive() >= day)
    }

    fn unmet(&self, index: &Index, entry: &Entry, status: PledgeStatus, timely: Option<Timely>) -> u8 {
        let mut bits = 0;
        let mut need = |met: bool, bit: u8| {
            if !met {
                bits |= bit;
            }
        };
        let query = self.query;
        need(query.status.is_none_or(|wanted| wanted == status), unmet::STATUS);
        need(query.timeliness.is_none_or(|wanted| timely == Some(wanted)), unmet::TIMELINESS);
        if self.party.is_some() || query.role.is_some() {
            need(index.parties_of(entry).iter().any(|(party, role)| self.is_party(*party) && self.is_role(*role)), unmet::PARTY);
        }
        need(self.topic.is_none_or(|wanted| index.topics_of(entry).contains(&wanted)), unmet::TOPIC);
        need(self.meeting.is_none_or(|wanted| entry.meeting == Some(wanted)), unmet::MEETING);
        need(query.due.is_none_or(|due| due.holds(entry.due_last)), unmet::DUE);
        need(self.language.is_none_or(|bit| entry.languages & bit != 0), unmet::LANGUAGE);
        bits
    }
}

impl Index {
    /// Chooses the pledges asked for, as they stood at the end of a day.
    pub fn select(&self, wanted: &Wanted<'_>) -> Selection {
        let mut chosen = Selection {
            numbers: Vec::new(),
            statuses: vec![0; PledgeStatus::ALL.len()],
            timeliness: vec![0; Timely::ALL.len()],
            parties: vec![0; self.parties.all().len()],
            roles: vec![0; Role::ALL.len()],
            topics: vec![0; self.topics.all().len()],
            meetings: vec![0; self.meetings.all().len()],
            languages: vec![0; self.languages.len()],
            due: vec![0; UNDATED + 1],
            by_status: vec![0; PledgeStatus::ALL.len()],
            overdue: 0,
        };
        for entry in self.entries() {
            let Some(state) = entry.state(wanted.day) else { continue };
            if !wanted.is_meant(entry) {
                continue;
            }
            let timely = entry.timeliness(state, wanted.day).map(Timely::from);
            let unmet = wanted.unmet(self, entry, state.status, timely);
            if unmet == 0 {
                chosen.numbers.push(entry.number);
                chosen.by_status[state.status as usize] += 1;
                chosen.overdue += u64::from(timely == Some(Timely::Overdue));
            }
            // Where all else is met, the pledge would be left by the choice that it has.
            if unmet & !unmet::STATUS == 0 {
                chosen.statuses[state.status as usize] += 1;
            }
            if unmet & !unmet::TIMELINESS == 0
                && let Some(timely) = timely
            {
                chosen.timeliness[timely as usize] += 1;
            }
            if unmet & !unmet::PARTY == 0 {
                chosen.count_parties(self.parties_of(entry), wanted);
            }
            if unmet & !unmet::TOPIC == 0 {
                self.topics_of(entry).iter().for_each(|topic| chosen.topics[*topic as usize] += 1);
            }
            if unmet & !unmet::MEETING == 0
                && let Some(meeting) = entry.meeting
            {
                chosen.meetings[meeting as usize] += 1;
            }
            if unmet & !unmet::DUE == 0 {
                chosen.due
                    [entry.due_last.map_or(UNDATED, |day| usize::try_from(day.year()).unwrap_or_default().min(UNDATED - 1))] += 1;
            }
            if unmet & !unmet::LANGUAGE == 0 {
                let has = |at: &usize| entry.languages & (1 << (*at).min(63)) != 0;
                (0..self.languages.len()).filter(has).for_each(|at| chosen.languages[at] += 1);
            }
        }
        chosen
    }

    /// What comes first in an order has the smaller key; pledges of the same key come by number.
    fn key(entry: &Entry, order: PledgeSort, day: NaiveDate, hits: Option<&Hits>) -> i64 {
        let days = |date: NaiveDate| i64::from(date.num_days_from_ce());
        let made = || {
            let precision = match entry.made_on {
                FuzzyDate::Year(_) => 0,
                FuzzyDate::Month(..) => 1,
                FuzzyDate::Day(_) => 2,
            };
            days(entry.made_on.first_day()) * 4 + precision
        };
        match order {
            PledgeSort::Newest => -made(),
            PledgeSort::Oldest => made(),
            PledgeSort::Due => entry.due_last.map_or(i64::MAX, days),
            PledgeSort::Changed => entry.state(day).map_or(i64::MAX, |state| -days(state.from)),
            PledgeSort::Relevance => {
                let fit = hits.and_then(|hits| hits.get(entry.number)).unwrap_or(Fit::Evidence);
                // Among those that fit equally well, the newest first.
                (fit as i64) * (1 << 40) - made()
            }
        }
    }

    /// A stretch of the pledges chosen, in order, and the key of each: `skip` of them left out, at most `take`, and all of
    /// them behind `after`.
    pub fn ordered(
        &self,
        numbers: &[u32],
        wanted: &Wanted<'_>,
        after: Option<(i64, u32)>,
        skip: usize,
        take: usize,
    ) -> Vec<(i64, u32)> {
        let order = wanted.query.order();
        let mut keys: Vec<(i64, u32)> = numbers
            .iter()
            .filter_map(|number| Some((Self::key(self.entry(*number)?, order, wanted.day, wanted.hits), *number)))
            .filter(|key| after.is_none_or(|after| *key > after))
            .collect();
        let end = skip.saturating_add(take).min(keys.len());
        if skip >= keys.len() {
            return Vec::new();
        }
        // Only what is shown is sorted.
        if end < keys.len() {
            keys.select_nth_unstable(end);
            keys.truncate(end);
        }
        keys.sort_unstable();
        keys.split_off(skip)
    }
}

impl Selection {
    fn count_parties(&mut self, parties: &[(u32, Role)], wanted: &Wanted<'_>) {
        for (at, (party, role)) in parties.iter().enumerate() {
            let before = &parties[..at];
            // A party with two roles counts once, as does a role that two parties have.
            if wanted.is_role(*role) && !before.iter().any(|(other, as_)| other == party && wanted.is_role(*as_)) {
                self.parties[*party as usize] += 1;
            }
            if wanted.is_party(*party) && !before.iter().any(|(other, as_)| as_ == role && wanted.is_party(*other)) {
                self.roles[*role as usize] += 1;
            }
        }
    }
}
