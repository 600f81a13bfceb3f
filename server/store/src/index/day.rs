//! How all pledges stand at the end of a day.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::NaiveDate;
use domain::{PledgeStatus, Role, Timely};
use roaring::RoaringBitmap;

use super::{Entry, Index, order::Order};

/// What is counted of those that meet one choice is kept where they are at least one pledge in so many: these are long to count, and
/// there can't be many such choices.
const KEPT_FROM: u64 = 64;

/// How all pledges of a state of the record stand at the end of a day.
#[derive(Debug)]
pub(super) struct Day {
    pub end: NaiveDate,
    /// Those that have a status by then.
    pub standing: RoaringBitmap,
    /// By status, in the order of [`PledgeStatus::ALL`].
    pub statuses: Vec<RoaringBitmap>,
    /// By timeliness, in the order of [`Timely::ALL`].
    pub timely: Vec<RoaringBitmap>,
    /// Of all of them.
    tally: Tally,
    /// Of those that meet one choice and need meet no other, as far as it was asked for.
    alone: Mutex<HashMap<(Alone, Many), Vec<i64>>>,
    /// The last changed first.
    pub changed: Order,
}

impl Day {
    pub fn of(index: &Index, day: NaiveDate) -> Self {
        let mut made = Self {
            end: day,
            standing: RoaringBitmap::new(),
            statuses: vec![RoaringBitmap::new(); PledgeStatus::ALL.len()],
            timely: vec![RoaringBitmap::new(); Timely::ALL.len()],
            tally: Tally::default(),
            alone: Mutex::default(),
            changed: Order::default(),
        };
        index.entries().for_each(|entry| made.put(index, entry));
        made
    }

    /// Takes in a pledge; the orders are not its matter.
    pub fn put(&mut self, index: &Index, entry: &Entry) {
        let Some(state) = index.state(entry, self.end) else { return };
        self.standing.insert(entry.number);
        self.statuses[state.status as usize].insert(entry.number);
        if let Some(timely) = entry.timeliness(state, self.end) {
            self.timely[Timely::from(timely) as usize].insert(entry.number);
        }
        self.count(index, entry, 1);
    }

    /// Forgets a pledge as it is in the index until then.
    pub fn take_out(&mut self, index: &Index, entry: &Entry) {
        if self.standing.contains(entry.number) {
            self.count(index, entry, -1);
            self.standing.remove(entry.number);
            self.statuses.iter_mut().chain(&mut self.timely).for_each(|set| _ = set.remove(entry.number));
        }
    }

    /// Counts a pledge in whatever is counted, so many times.
    fn count(&mut self, index: &Index, entry: &Entry, times: i64) {
        self.tally.count(index, entry.number, times);
        let mut alone = std::mem::take(self.alone.get_mut().unwrap_or_else(PoisonError::into_inner));
        for ((choice, many), counts) in &mut alone {
            if self.meets(index, entry, *choice) {
                count(counts, index, entry.number, *many, times);
            }
        }
        self.alone = Mutex::new(alone);
    }

    fn meets(&self, index: &Index, entry: &Entry, choice: Alone) -> bool {
        match choice {
            Alone::Status(status) => self.statuses[status as usize].contains(entry.number),
            Alone::Timeliness(timely) => self.timely[timely as usize].contains(entry.number),
            Alone::Party(party) => index.parties_of(entry.number).iter().any(|(other, _)| *other == party),
            Alone::Topic(topic) => index.topics_of(entry.number).contains(&topic),
            Alone::Meeting(meeting) => index.meeting_of(entry.number) == Some(meeting),
            Alone::Language(place) => entry.languages & (1 << place.min(63)) != 0,
        }
    }

    /// How many parties, topics or meetings some of the pledges that stand on this day have; `alone` where they are those that meet
    /// one choice.
    pub fn tally(&self, index: &Index, some: &RoaringBitmap, alone: Option<Alone>, many: Many) -> Vec<u64> {
        let told = |counts: &[i64]| counts.iter().map(|count| u64::try_from(*count).unwrap_or_default()).collect();
        let Some(alone) = alone.filter(|_| some.len() * KEPT_FROM >= self.standing.len()) else {
            return told(&self.counted(index, some, many));
        };
        let kept = || self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counts) = kept().get(&(alone, many)) {
            return told(counts);
        }
        // Not under the lock: who asks for something else need not wait.
        let counts = self.counted(index, some, many);
        let answer = told(&counts);
        kept().insert((alone, many), counts);
        answer
    }

    /// Counts some of the pledges that stand: these or, if those are fewer, all but the others.
    fn counted(&self, index: &Index, some: &RoaringBitmap, many: Many) -> Vec<i64> {
        if some.len() * 2 <= self.standing.len() {
            let mut counts = vec![0; index.known(many)];
            count_each(&mut counts, index, some.iter(), many, 1);
            counts
        } else {
            let mut counts = self.tally.0[many as usize].clone();
            count_each(&mut counts, index, (&self.standing - some).iter(), many, -1);
            counts
        }
    }
}

/// A choice that is the only one made. In roles and days pledges are told apart in too many ways to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Alone {
    Status(PledgeStatus),
    Timeliness(Timely),
    Party(u32),
    Topic(u32),
    Meeting(u32),
    /// By its place in [`Index::languages`].
    Language(usize),
}

/// What may be so many that pledges are counted one by one and not set by set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Many {
    Parties,
    Topics,
    Meetings,
}

impl Many {
    pub const ALL: [Self; 3] = [Self::Parties, Self::Topics, Self::Meetings];
}

/// How many pledges each party, topic and meeting has, by [`Many`].
#[derive(Clone, Debug, Default)]
struct Tally([Vec<i64>; Many::ALL.len()]);

impl Tally {
    fn count(&mut self, index: &Index, number: u32, times: i64) {
        for many in Many::ALL {
            count(&mut self.0[many as usize], index, number, many, times);
        }
    }
}

/// Counts one pledge so many times.
fn count(counts: &mut Vec<i64>, index: &Index, number: u32, many: Many, times: i64) {
    let known = index.known(many);
    if counts.len() < known {
        counts.resize(known, 0);
    }
    count_each(counts, index, std::iter::once(number), many, times);
}

/// Counts pledges so many times each. There may be half a million: of each only what is counted is looked at, in lists that have
/// nothing else.
fn count_each(counts: &mut [i64], index: &Index, numbers: impl Iterator<Item = u32>, many: Many, times: i64) {
    let add = |counts: &mut [i64], place: u32| {
        if let Some(count) = counts.get_mut(place as usize) {
            *count += times;
        }
    };
    match many {
        Many::Parties => numbers.for_each(|number| {
            // A party with two roles counts once; its roles stand together.
            let mut before = None;
            for (party, _) in index.parties_of(number) {
                if before.replace(*party) != Some(*party) {
                    add(counts, *party);
                }
            }
        }),
        Many::Topics => numbers.for_each(|number| index.topics_of(number).iter().for_each(|topic| add(counts, *topic))),
        Many::Meetings => numbers.filter_map(|number| index.meeting_of(number)).for_each(|meeting| add(counts, meeting)),
    }
}

/// How many of some pledges each set has.
pub(super) fn sizes<'a>(of: &RoaringBitmap, sets: impl IntoIterator<Item = &'a RoaringBitmap>) -> Vec<u64> {
    sets.into_iter().map(|set| set.intersection_len(of)).collect()
}

/// The roles that a party has in some pledges, or any party if none is named.
pub(super) fn roles(index: &Index, of: &RoaringBitmap, party: Option<u32>) -> Vec<u64> {
    let with = |role: &Role| match party {
        Some(party) => index.sets.of_party(party, Some(*role)).intersection_len(of),
        None => index.sets.of_role(*role).intersection_len(of),
    };
    Role::ALL.iter().map(with).collect()
}
