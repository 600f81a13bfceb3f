//! What is counted of each pledge, in one row that is as short as can be: to count half a million pledges is to go through their rows.

use std::{ops::RangeBounds, panic, thread};

use domain::Role;
use roaring::RoaringBitmap;

use super::at;

/// What may be so many that pledges are counted one by one and not set by set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    Parties,
    Topics,
    Meetings,
}

impl Many {
    const KINDS: u32 = 3;

    /// Where a party, topic or meeting is counted: each kind has every third place, so that all of them can become more.
    fn place(self, number: u32) -> u32 {
        number.saturating_mul(Self::KINDS).saturating_add(self as u32)
    }

    /// Which party, topic or meeting is counted in a place; `None` where it is of another kind.
    pub fn number_at(self, place: u32) -> Option<u32> {
        (place % Self::KINDS == self as u32).then_some(place / Self::KINDS)
    }

    /// Where a pledge is counted. A party with two roles counts once.
    pub fn places_of(parties: &[(u32, Role)], topics: &[u32], meeting: Option<u32>) -> Vec<u32> {
        let mut places: Vec<u32> = parties.iter().map(|(party, _)| Self::Parties.place(*party)).collect();
        places.sort_unstable();
        places.dedup();
        places.extend(topics.iter().map(|topic| Self::Topics.place(*topic)));
        places.extend(meeting.map(|meeting| Self::Meetings.place(meeting)));
        places
    }
}

/// How many places there is room for in a row, the last of which tells whether they fit.
const ROOM: usize = 8;

/// No place.
const NONE: u16 = u16::MAX;

/// The places in which a pledge is counted; what is free is [`NONE`]. Where they do not fit, the last is not free, and the first two
/// tell where they stand in [`Counted::long`].
#[derive(Clone, Copy, Debug)]
struct Row([u16; ROOM]);

impl Default for Row {
    fn default() -> Self {
        Self([NONE; ROOM])
    }
}

/// The places in which each pledge is counted, each once, by its number.
#[derive(Debug, Default)]
pub(super) struct Counted {
    rows: Vec<Row>,
    long: Vec<Vec<u32>>,
}

impl Counted {
    pub fn put(&mut self, number: u32, places: &[u32]) {
        let mut row = Row::default();
        let short = places.iter().map(|place| u16::try_from(*place).ok().filter(|place| *place != NONE));
        if let Some(short) = short.collect::<Option<Vec<u16>>>().filter(|short| short.len() < ROOM) {
            row.0[..short.len()].copy_from_slice(&short);
        } else {
            let stands = u32::try_from(self.long.len()).unwrap_or(u32::MAX).to_le_bytes();
            row.0[0] = u16::from_le_bytes([stands[0], stands[1]]);
            row.0[1] = u16::from_le_bytes([stands[2], stands[3]]);
            row.0[ROOM - 1] = 0;
            self.long.push(places.to_vec());
        }
        *at(&mut self.rows, number) = row;
    }

    /// Does something with each place of a pledge.
    fn each(&self, number: u32, mut to: impl FnMut(u32)) {
        let Some(Row(row)) = self.rows.get(number as usize) else { return };
        if row[ROOM - 1] == NONE {
            row.iter().take_while(|place| **place != NONE).for_each(|place| to(u32::from(*place)));
        } else {
            let stands = u32::from(row[0]) | u32::from(row[1]) << 16;
            self.long.get(stands as usize).into_iter().flatten().for_each(|place| to(*place));
        }
    }

    /// The numbers of the parties, topics or meetings of a pledge.
    pub fn of(&self, number: u32, many: Many) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.each(number, |place| numbers.extend(many.number_at(place)));
        numbers
    }

    /// Gives back the room that the lists took while they grew.
    pub fn fit(&mut self) {
        self.rows.shrink_to_fit();
        self.long.shrink_to_fit();
    }
}

/// Of so many pledges, each half is counted by itself, side by side: less is counted before another thread has begun.
const HALVED: u64 = 20_000;

/// How many pledges each party, topic and meeting has.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(Vec<i32>);

impl Tally {
    /// Those of one kind, by number. What stands behind the end has none.
    pub fn of(&self, many: Many) -> Vec<u64> {
        let counts = self.0.iter().skip(many as usize).step_by(Many::KINDS as usize);
        counts.map(|count| u64::try_from(*count).unwrap_or_default()).collect()
    }

    /// Counts some pledges.
    pub fn of_all(counted: &Counted, some: &RoaringBitmap) -> Self {
        let middle = u32::try_from(some.len() / 2).ok().filter(|_| some.len() >= HALVED).and_then(|half| some.select(half));
        let Some(middle) = middle else { return Self::of_those(counted, some, ..) };
        let (mut tally, others) = thread::scope(|scope| {
            let others = scope.spawn(|| Self::of_those(counted, some, middle..));
            (Self::of_those(counted, some, ..middle), others.join())
        });
        tally.add(&others.unwrap_or_else(|panicked| panic::resume_unwind(panicked)), 1);
        tally
    }

    /// Counts those of some pledges whose numbers lie in a range.
    fn of_those(counted: &Counted, some: &RoaringBitmap, range: impl RangeBounds<u32>) -> Self {
        let mut tally = Self::default();
        some.range(range).for_each(|number| tally.count(counted, number, 1));
        tally
    }

    /// Counts a pledge so many times.
    pub fn count(&mut self, counted: &Counted, number: u32, times: i32) {
        counted.each(number, |place| self.add_at(place as usize, times));
    }

    /// Adds what else was counted, so many times.
    pub fn add(&mut self, other: &Self, times: i32) {
        other.0.iter().enumerate().rev().for_each(|(place, count)| self.add_at(place, count * times));
    }

    fn add_at(&mut self, place: usize, times: i32) {
        if let Some(count) = self.0.get_mut(place) {
            *count += times;
        } else {
            self.0.resize(place + 1, 0);
            self.0[place] = times;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pledges_are_counted_whether_their_places_fit_or_not() {
        let parties = |numbers: &[u32]| numbers.iter().map(|number| (*number, Role::Lead)).collect::<Vec<_>>();
        let mut counted = Counted::default();
        counted.put(1, &Many::places_of(&[(7, Role::Lead), (2, Role::Beneficiary), (7, Role::Beneficiary)], &[0, 3], Some(1)));
        counted.put(2, &Many::places_of(&parties(&[2, 21_844, 21_845, 90_000]), &[], None));
        counted.put(3, &Many::places_of(&parties(&[0, 1, 2, 3, 4, 5, 6]), &[], None));
        counted.put(4, &Many::places_of(&parties(&[0, 1, 2, 3, 4, 5, 6]), &[3], Some(1)));
        assert_eq!(counted.long.len(), 2, "what does not fit");
        assert_eq!(counted.of(1, Many::Parties), [2, 7]);
        assert_eq!(counted.of(1, Many::Topics), [0, 3]);
        assert_eq!(counted.of(2, Many::Parties), [2, 21_844, 21_845, 90_000]);
        assert_eq!(counted.of(4, Many::Meetings), [1]);
        assert_eq!(counted.of(9, Many::Parties), [0; 0]);
        let mut tally = Tally::of_all(&counted, &(1..=4).collect());
        let parties = tally.of(Many::Parties);
        assert_eq!((&parties[..8], parties[21_844], parties[90_000]), (&[2, 2, 4, 2, 2, 2, 2, 1][..], 1, 1));
        assert_eq!((tally.of(Many::Topics)[..4].to_vec(), tally.of(Many::Meetings)[1]), (vec![1, 0, 0, 2], 2));
        tally.count(&counted, 4, -1);
        assert_eq!((tally.of(Many::Parties)[6], tally.of(Many::Topics)[3], tally.of(Many::Meetings)[1]), (1, 1, 1));
    }

    #[test]
    fn many_pledges_are_counted_in_two_halves_each_once() {
        let mut counted = Counted::default();
        let last = u32::try_from(HALVED).unwrap() * 2;
        for number in 0..last {
            counted.put(number, &Many::places_of(&[(number % 7, Role::Lead)], &[number % 3], None));
        }
        // What only the second half has, and what only the first has.
        counted.put(last, &Many::places_of(&[(40, Role::Lead)], &[], None));
        counted.put(0, &Many::places_of(&[(90, Role::Lead)], &[], None));
        let all: RoaringBitmap = (0..=last).collect();
        let mut tally = Tally::of_all(&counted, &all);
        assert_eq!(tally.of(Many::Topics).iter().sum::<u64>(), u64::from(last) - 1);
        let parties = tally.of(Many::Parties);
        assert_eq!([0, 1, 40, 90].map(|party| parties[party]), [5714, 5715, 1, 1]);
        tally.add(&Tally::of_all(&counted, &all), -1);
        assert!(tally.of(Many::Parties).iter().all(|count| *count == 0));
    }
}
