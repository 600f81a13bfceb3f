//! Chance that falls the same way every time.

use chrono::{Datelike, Days, NaiveDate};
use domain::FuzzyDate;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

/// A row of throws that depends on its seed alone.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from 0 to `limit` - 1; 0 for a limit of 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // The upper half of the product of a throw and the limit, as Lemire does it, without his second throw: an unevenness of
        // less than one in a million for the limits asked for here.
        let product = u64::from(self.0.next_u32()) * u64::try_from(limit).unwrap_or(0).min(u64::from(u32::MAX));
        usize::try_from(product >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something happens that does so in so many cases of a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some things, each as likely.
    pub(super) fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// One of some things by its weight.
    pub(super) fn weighed<T: Copy>(&mut self, things: &[(T, usize)]) -> T {
        let mut left = self.below(things.iter().map(|(_, weight)| weight).sum());
        for (thing, weight) in things {
            if left < *weight {
                return *thing;
            }
            left -= weight;
        }
        things[0].0
    }

    /// A date that holds the day, as precise as sources are.
    pub(super) fn dated(&mut self, day: NaiveDate) -> FuzzyDate {
        match self.below(100) {
            0..74 => FuzzyDate::Day(day),
            74..91 => FuzzyDate::Month(day.year(), day.month()),
            _ => FuzzyDate::Year(day.year()),
        }
    }

    /// A day from `first` to `last`, both included; `first` if it comes after `last`.
    pub(super) fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = usize::try_from((last - first).num_days()).unwrap_or(0);
        later(first, self.between(0, days))
    }
}

/// The day so many days later.
pub(super) fn later(day: NaiveDate, days: usize) -> NaiveDate {
    day.checked_add_days(Days::new(u64::try_from(days).unwrap_or(0))).unwrap_or(day)
}

/// How often each of some things comes up, after Zipf: the second half as often as the first, the third a third as often.
pub(super) struct Skew(Vec<usize>);

impl Skew {
    pub(super) fn over(things: usize) -> Self {
        let shares = (1..=things).scan(0, |sum, rank| {
            *sum += (1 << 24) / rank;
            Some(*sum)
        });
        Self(shares.collect())
    }

    /// The place of one of them, from 0.
    pub(super) fn pick(&self, dice: &mut Dice) -> usize {
        let throw = dice.below(self.0.last().copied().unwrap_or(0));
        self.0.partition_point(|share| *share <= throw)
    }
}
