//! What is counted of each pledge, in one row that is as short as can be: to count half a million pledges is to go through their rows.

use std::{
    collections::{BTreeMap, HashMap},
    ops::RangeBounds,
    panic, thread,
};

use chrono::{Datelike, NaiveDate};
use domain::Role;
use roaring::RoaringBitmap;

use super::{
    Entry, at,
    stands::{STATES, Stands},
};

/// What is counted of pledges whatever the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Many {
    /// A party, by its number, however many roles it has.
    Parties,
    /// A topic, by its number.
    Topics,
    /// A meeting, by its number.
    Meetings,
    /// All roles that anybody has in it, a bit for each, and above them the year in which it is due: both are few, and so are they
    /// together.
    RolesAndYears,
    /// All languages of its sources, a bit for each.
    Languages,
}

/// Something that is counted: of some kind, under a number or with some bits.
pub(super) type Thing = (Many, u64);

/// Above so many bits for roles stands the year.
const ROLES: u32 = 16;

/// The roles that anybody has, and the year in which a pledge is due. No year is nothing, and year 0 stands in the middle.
fn roles_and_year(parties: &[(u32, Role)], due: Option<NaiveDate>) -> u64 {
    let roles = parties.iter().fold(0, |bits, (_, role)| bits | 1 << *role as u32);
    due.map_or(roles, |day| roles | (i64::from(day.year()) + MIDDLE).cast_unsigned() << ROLES)
}

/// What is added to years, so that none is negative.
const MIDDLE: i64 = 1 << 31;

/// The year in what [`roles_and_year`] makes.
fn year_of(roles_and_year: u64) -> Option<i32> {
    let year = roles_and_year >> ROLES;
    (year != 0).then(|| i32::try_from(year.cast_signed() - MIDDLE).unwrap_or_default())
}

/// What is counted of a pledge, each thing once.
pub(super) fn things_of(entry: &Entry, parties: &[(u32, Role)], topics: &[u32], meeting: Option<u32>) -> Vec<Thing> {
    let mut things: Vec<Thing> = parties.iter().map(|(party, _)| (Many::Parties, u64::from(*party))).collect();
    things.sort_unstable_by_key(|(_, party)| *party);
    things.dedup();
    things.extend(topics.iter().map(|topic| (Many::Topics, u64::from(*topic))));
    things.extend(meeting.map(|meeting| (Many::Meetings, u64::from(meeting))));
    things.push((Many::RolesAndYears, roles_and_year(parties, entry.due_last())));
    things.push((Many::Languages, entry.languages));
    things
}

/// How many places there is room for in a row.
const ROOM: usize = 8;

/// Stands first in a row whose places do not fit; the next two tell where they stand in [`Counted::long`].
const LONG: u16 = u16::MAX;

/// The places in which a pledge is counted. Each free place is one of the first, in which nothing else is counted and which is its own:
/// so all rows are gone through in the same way, without asking how long they are.
#[derive(Clone, Copy, Debug)]
struct Row([u16; ROOM]);

impl Default for Row {
    fn default() -> Self {
        Self([0, 1, 2, 3, 4, 5, 6, 7])
    }
}

impl Row {
    /// One whose places stand elsewhere.
    fn long(stands: u32) -> Self {
        let mut row = Self::default();
        let [a, b, c, d] = stands.to_le_bytes();
        row.0[..3].copy_from_slice(&[LONG, u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])]);
        row
    }

    /// Where its places stand, if it is not here.
    fn stands(&self) -> Option<u32> {
        let [first, low, high, ..] = self.0;
        (first == LONG).then(|| u32::from(low) | u32::from(high) << 16)
    }
}

/// The places in which each pledge is counted, each once, by its number.
#[derive(Debug, Default)]
pub(super) struct Counted {
    rows: Vec<Row>,
    long: Vec<Vec<u32>>,
    /// Those of `long` in which nothing stands any more.
    free: Vec<u32>,
    /// Where each thing is counted, in the order in which they were first seen.
    places: HashMap<Thing, u32>,
    /// What is counted in each place behind the first.
    things: Vec<Thing>,
}

impl Counted {
    pub fn put(&mut self, number: u32, things: &[Thing]) {
        let places: Vec<u32> = things.iter().map(|thing| self.place(*thing)).collect();
        let before = at(&mut self.rows, number).stands();
        let mut row = Row::default();
        let short = places.iter().map(|place| u16::try_from(*place).ok().filter(|place| *place != LONG));
        if let Some(short) = short.collect::<Option<Vec<u16>>>().filter(|short| short.len() <= ROOM) {
            row.0[..short.len()].copy_from_slice(&short);
            if let Some(stands) = before {
                *at(&mut self.long, stands) = Vec::new();
                self.free.push(stands);
            }
        } else {
            let end = || u32::try_from(self.long.len()).unwrap_or(u32::MAX);
            let stands = before.or_else(|| self.free.pop()).unwrap_or_else(end);
            row = Row::long(stands);
            *at(&mut self.long, stands) = places;
        }
        self.rows[number as usize] = row;
    }

    /// Where a thing is counted.
    fn place(&mut self, thing: Thing) -> u32 {
        let things = &mut self.things;
        *self.places.entry(thing).or_insert_with(|| {
            things.push(thing);
            u32::try_from(ROOM + things.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// How many places there are.
    fn end(&self) -> usize {
        ROOM + self.things.len()
    }

    /// Does something with each place of a pledge, the free ones too.
    fn each(&self, number: u32, mut to: impl FnMut(usize)) {
        let Some(row) = self.rows.get(number as usize) else { return };
        if let Some(stands) = row.stands() {
            self.long.get(stands as usize).into_iter().flatten().for_each(|place| to(*place as usize));
        } else {
            for place in row.0 {
                to(usize::from(place));
            }
        }
    }

    /// The numbers of the parties, topics or meetings of a pledge.
    pub fn of(&self, number: u32, many: Many) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.each(number, |place| {
            let thing = place.checked_sub(ROOM).and_then(|place| self.things.get(place));
            numbers.extend(thing.filter(|(kind, _)| *kind == many).and_then(|(_, number)| u32::try_from(*number).ok()));
        });
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

/// How many of some pledges each thing has, and how they stand on a day.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    places: Vec<i32>,
    states: [i32; STATES],
}

impl Default for Tally {
    fn default() -> Self {
        Self { places: Vec::new(), states: [0; STATES] }
    }
}

impl Tally {
    /// The things of one kind, each with how many have it.
    fn things<'a>(&'a self, counted: &'a Counted, many: Many) -> impl Iterator<Item = (u64, u64)> + 'a {
        let things = counted.things.iter().zip(self.places.iter().skip(ROOM));
        things
            .filter(move |((kind, _), _)| *kind == many)
            .map(|((_, thing), count)| (*thing, u64::try_from(*count).unwrap_or_default()))
    }

    /// How many have each party, topic or meeting, by number. What stands behind the end has none.
    pub fn of(&self, counted: &Counted, many: Many) -> Vec<u64> {
        let mut counts = Vec::new();
        for (number, count) in self.things(counted, many) {
            *at(&mut counts, u32::try_from(number).unwrap_or_default()) = count;
        }
        counts
    }

    /// How many have each of the first few roles or languages.
    pub fn of_bits(&self, counted: &Counted, many: Many, few: usize) -> Vec<u64> {
        let mut counts = vec![0; few];
        for (bits, count) in self.things(counted, many) {
            counts.iter_mut().enumerate().filter(|(bit, _)| bits & (1 << bit.min(&63)) != 0).for_each(|(_, sum)| *sum += count);
        }
        counts
    }

    /// How many are due in each year, in order; `None` is on no date, and first.
    pub fn due(&self, counted: &Counted) -> Vec<(Option<i32>, u64)> {
        let mut due: BTreeMap<Option<i32>, u64> = BTreeMap::new();
        for (thing, count) in self.things(counted, Many::RolesAndYears) {
            *due.entry(year_of(thing)).or_default() += count;
        }
        due.into_iter().collect()
    }

    /// How they stand.
    pub fn states(&self) -> &[i32; STATES] {
        &self.states
    }

    /// Counts some pledges.
    pub fn of_all(counted: &Counted, stands: &Stands, some: &RoaringBitmap) -> Self {
        let middle = u32::try_from(some.len() / 2).ok().filter(|_| some.len() >= HALVED).and_then(|half| some.select(half));
        let Some(middle) = middle else { return Self::of_those(counted, stands, some, ..) };
        let (mut tally, others) = thread::scope(|scope| {
            let others = scope.spawn(|| Self::of_those(counted, stands, some, middle..));
            (Self::of_those(counted, stands, some, ..middle), others.join())
        });
        tally.add(&others.unwrap_or_else(|panicked| panic::resume_unwind(panicked)), 1);
        tally
    }

    /// Counts those of some pledges whose numbers lie in a range.
    fn of_those(counted: &Counted, stands: &Stands, some: &RoaringBitmap, range: impl RangeBounds<u32>) -> Self {
        let mut tally = Self { places: vec![0; counted.end()], ..Self::default() };
        some.range(range).for_each(|number| tally.count(counted, stands, number, 1));
        tally
    }

    /// Counts a pledge so many times.
    pub fn count(&mut self, counted: &Counted, stands: &Stands, number: u32, times: i32) {
        self.states[stands.of(number)] += times;
        counted.each(number, |place| self.add_at(place, times));
    }

    /// Adds what else was counted, so many times.
    pub fn add(&mut self, other: &Self, times: i32) {
        other.places.iter().enumerate().rev().for_each(|(place, count)| self.add_at(place, count * times));
        self.states.iter_mut().zip(&other.states).for_each(|(state, count)| *state += count * times);
    }

    fn add_at(&mut self, place: usize, times: i32) {
        if let Some(count) = self.places.get_mut(place) {
            *count += times;
        } else {
            self.places.resize(place + 1, 0);
            self.places[place] = times;
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::FuzzyDate;
    use sea_orm::prelude::Uuid;

    use super::{super::Stretch, *};

    /// What is counted of a pledge with these parties, topics and meeting.
    fn things(parties: &[(u32, Role)], topics: &[u32], meeting: Option<u32>) -> Vec<Thing> {
        let entry = Entry {
            id: Uuid::nil(),
            number: 1,
            made_on: FuzzyDate::Year(2024),
            due: None,
            spans: Stretch::default(),
            languages: 0b101,
            sources: 0,
            settled_on: NaiveDate::default(),
            changed_at: DateTime::default(),
        };
        things_of(&entry, parties, topics, meeting)
    }

    #[test]
    fn pledges_are_counted_whether_their_places_fit_or_not() {
        let parties = |numbers: &[u32]| numbers.iter().map(|number| (*number, Role::Lead)).collect::<Vec<_>>();
        let mut counted = Counted::default();
        counted.put(1, &things(&[(7, Role::Lead), (2, Role::Beneficiary), (7, Role::Beneficiary)], &[0, 3], Some(1)));
        counted.put(2, &things(&parties(&[2, 21_844, 90_000]), &[], None));
        // As many as fit, and one more.
        counted.put(3, &things(&parties(&[0, 1, 2, 3, 4, 6]), &[], None));
        for shorter in [&[0, 1, 2][..], &[0, 1, 2, 3, 4, 6]] {
            counted.put(4, &things(&parties(shorter), &[2], None));
            counted.put(4, &things(&parties(&[0, 1, 2, 3, 4, 6]), &[3], None));
        }
        assert_eq!(counted.long.len(), 1, "what does not fit");
        assert_eq!(counted.of(1, Many::Parties), [2, 7]);
        assert_eq!(counted.of(1, Many::Topics), [0, 3]);
        assert_eq!(counted.of(2, Many::Parties), [2, 21_844, 90_000]);
        assert_eq!((counted.of(1, Many::Meetings), counted.of(4, Many::Meetings)), (vec![1], vec![]));
        assert_eq!(counted.of(9, Many::Parties), [0; 0]);
        let stands = Stands::default();
        let mut tally = Tally::of_all(&counted, &stands, &(1..=4).collect());
        let parties = tally.of(&counted, Many::Parties);
        assert_eq!((&parties[..8], parties[21_844], parties[90_000]), (&[2, 2, 4, 2, 2, 0, 2, 1][..], 1, 1));
        assert_eq!((tally.of(&counted, Many::Topics), tally.of(&counted, Many::Meetings)), (vec![1, 0, 0, 2], vec![0, 1]));
        assert_eq!(tally.of_bits(&counted, Many::Languages, 3), [4, 0, 4]);
        let roles = tally.of_bits(&counted, Many::RolesAndYears, Role::ALL.len());
        assert_eq!((roles[Role::Lead as usize], roles[Role::Beneficiary as usize]), (4, 1));
        assert_eq!(tally.due(&counted), [(None, 4)]);
        tally.count(&counted, &stands, 4, -1);
        let of = |tally: &Tally, many: Many, number: usize| tally.of(&counted, many)[number];
        assert_eq!((of(&tally, Many::Parties, 6), of(&tally, Many::Topics, 3)), (1, 1));
    }

    #[test]
    fn years_stand_above_roles() {
        let day = |year: i32| NaiveDate::from_ymd_opt(year, 12, 31);
        for year in [-4000, -1, 0, 1, 2024, 9999] {
            let both = roles_and_year(&[(1, Role::Lead)], day(year));
            assert_eq!((year_of(both), both & 0xffff), (Some(year), 1 << Role::Lead as u32));
        }
        assert_eq!(year_of(roles_and_year(&[(1, Role::Lead)], None)), None);
        assert!(Role::ALL.len() <= ROLES as usize);
    }

    #[test]
    fn many_pledges_are_counted_in_two_halves_each_once() {
        let mut counted = Counted::default();
        let last = u32::try_from(HALVED).unwrap() * 2;
        for number in 0..last {
            counted.put(number, &things(&[(number % 7, Role::Lead)], &[number % 3], None));
        }
        // What only the second half has, and what only the first has.
        counted.put(last, &things(&[(40, Role::Lead)], &[], None));
        counted.put(0, &things(&[(90, Role::Lead)], &[], None));
        let (all, stands): (RoaringBitmap, _) = ((0..=last).collect(), Stands::default());
        let mut tally = Tally::of_all(&counted, &stands, &all);
        assert_eq!(tally.of(&counted, Many::Topics).iter().sum::<u64>(), u64::from(last) - 1);
        let parties = tally.of(&counted, Many::Parties);
        assert_eq!([0, 1, 40, 90].map(|party| parties[party]), [5714, 5715, 1, 1]);
        tally.add(&Tally::of_all(&counted, &stands, &all), -1);
        assert!(tally.of(&counted, Many::Parties).iter().all(|count| *count == 0));
    }
}
