//! How each pledge stands on a day, in one byte: to count how half a million stand is to go through their bytes.

use domain::{PledgeStatus, Timeliness, Timely};

use super::at;

/// In how many ways a pledge can stand: with no status yet, or with one and in some way to its due date, or in none.
pub(super) const STATES: usize = 1 + PledgeStatus::ALL.len() * WAYS;

/// In how many ways it can stand to its due date.
const WAYS: usize = 1 + Timely::ALL.len();

/// How each pledge stands, by its number.
#[derive(Debug, Default)]
pub(super) struct Stands(Vec<u8>);

impl Stands {
    /// How a pledge stands: a place below [`STATES`].
    pub fn of(&self, number: u32) -> usize {
        usize::from(self.0.get(number as usize).copied().unwrap_or_default()).min(STATES - 1)
    }

    /// Notes how a pledge stands now; `None` is with no status yet.
    pub fn put(&mut self, number: u32, state: Option<(PledgeStatus, Option<Timeliness>)>) {
        let state = state.map_or(0, |(status, timeliness)| {
            1 + status as usize * WAYS + timeliness.map_or(0, |timeliness| 1 + Timely::from(timeliness) as usize)
        });
        *at(&mut self.0, number) = u8::try_from(state).unwrap_or_default();
    }
}

/// How many of those counted by how they stand have each status, in the order of [`PledgeStatus::ALL`].
pub(super) fn by_status(states: &[i32; STATES]) -> Vec<u64> {
    states[1..].chunks(WAYS).map(|ways| ways.iter().map(|count| u64::try_from(*count).unwrap_or_default()).sum()).collect()
}

/// How many stand in each way to their due date, in the order of [`Timely::ALL`].
pub(super) fn by_timeliness(states: &[i32; STATES]) -> Vec<u64> {
    let of = |way: usize| states[1..].chunks(WAYS).map(|ways| u64::try_from(ways[way]).unwrap_or_default()).sum();
    (1..WAYS).map(of).collect()
}
