//! How all pledges stand at the end of a day.

use chrono::NaiveDate;
use domain::{PledgeStatus, Role, Timely};
use roaring::RoaringBitmap;

use super::{Entry, Index, order::Order};

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
    pub tally: Tally,
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
        self.tally.count(index, entry.number, 1);
    }

    /// Forgets a pledge as it is in the index until then.
    pub fn take_out(&mut self, index: &Index, entry: &Entry) {
        if self.standing.remove(entry.number) {
            self.statuses.iter_mut().chain(&mut self.timely).for_each(|set| _ = set.remove(entry.number));
            self.tally.count(index, entry.number, -1);
        }
    }
}

/// What may be so many that pledges are counted one by one and not set by set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
pub(super) struct Tally([Vec<i64>; Many::ALL.len()]);

impl Tally {
    /// Counts some of the pledges that stand on a day: these or, if those are fewer, all but the others.
    pub fn of(index: &Index, day: &Day, some: &RoaringBitmap, many: Many) -> Vec<u64> {
        let counts = if some.len() * 2 <= day.standing.len() {
            let mut counts = Vec::new();
            some.iter().for_each(|number| count(&mut counts, index, number, many, 1));
            counts
        } else {
            let mut counts = day.tally.0[many as usize].clone();
            (&day.standing - some).iter().for_each(|number| count(&mut counts, index, number, many, -1));
            counts
        };
        counts.into_iter().map(|count| u64::try_from(count).unwrap_or_default()).collect()
    }

    fn count(&mut self, index: &Index, number: u32, times: i64) {
        for many in Many::ALL {
            count(&mut self.0[many as usize], index, number, many, times);
        }
    }
}

/// Counts one pledge so many times. There may be half a million to count: each is looked up in a list that has nothing else.
fn count(counts: &mut Vec<i64>, index: &Index, number: u32, many: Many, times: i64) {
    let mut add = |place: u32| {
        let place = place as usize;
        if counts.len() <= place {
            counts.resize(place + 1, 0);
        }
        counts[place] += times;
    };
    match many {
        Many::Parties => {
            let parties = index.parties_of(number);
            for (place, (party, _)) in parties.iter().enumerate() {
                // A party with two roles counts once.
                if !parties[..place].iter().any(|(other, _)| other == party) {
                    add(*party);
                }
            }
        }
        Many::Topics => index.topics_of(number).iter().copied().for_each(add),
        Many::Meetings => index.meeting_of(number).into_iter().for_each(add),
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
