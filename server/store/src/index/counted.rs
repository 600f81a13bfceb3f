//! What is counted of each pledge, in one row that is as short as can be: to count half a million pledges is to go through their rows.

use domain::Role;

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

/// How many pledges each party, topic and meeting has.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(Vec<i32>);

impl Tally {
    /// Those of one kind, by number. What stands behind the end has none.
    pub fn of(&self, many: Many) -> Vec<u64> {
        let counts = self.0.iter().skip(many as usize).step_by(Many::KINDS as usize);
        counts.map(|count| u64::try_from(*count).unwrap_or_default()).collect()
    }

    /// Counts pledges so many times each.
    pub fn count(&mut self, counted: &Counted, numbers: impl Iterator<Item = u32>, times: i32) {
        for number in numbers {
            counted.each(number, |place| {
                let place = place as usize;
                if let Some(count) = self.0.get_mut(place) {
                    *count += times;
                } else {
                    self.0.resize(place + 1, 0);
                    self.0[place] = times;
                }
            });
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
        let mut tally = Tally::default();
        tally.count(&counted, 1..=4, 1);
        let parties = tally.of(Many::Parties);
        assert_eq!((&parties[..8], parties[21_844], parties[90_000]), (&[2, 2, 4, 2, 2, 2, 2, 1][..], 1, 1));
        assert_eq!((tally.of(Many::Topics)[..4].to_vec(), tally.of(Many::Meetings)[1]), (vec![1, 0, 0, 2], 2));
        tally.count(&counted, std::iter::once(4), -1);
        assert_eq!((tally.of(Many::Parties)[6], tally.of(Many::Topics)[3], tally.of(Many::Meetings)[1]), (1, 1, 1));
    }
}
