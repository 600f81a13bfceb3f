//! How long ago somebody last looked: always computed.

use chrono::NaiveDate;

/// When a pledge was last checked, seen from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The day of the last check: of the newest entry that the record had by then.
    pub checked_on: NaiveDate,
    /// Whole days since, never negative.
    pub days: i64,
}

impl Freshness {
    /// After so many days without a check a page says so plainly.
    pub const STALE_DAYS: i64 = 365;

    /// The freshness on the day `on` of what was last checked on `checked_on`.
    #[must_use]
    pub fn of(checked_on: NaiveDate, on: NaiveDate) -> Self {
        Self { checked_on, days: (on - checked_on).num_days().max(0) }
    }

    /// Whether nobody has looked for a year.
    #[must_use]
    pub const fn is_stale(self) -> bool {
        self.days >= Self::STALE_DAYS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_without_a_check_is_stale() {
        let checked: NaiveDate = "2025-01-01".parse().unwrap();
        assert!(!Freshness::of(checked, "2025-12-31".parse().unwrap()).is_stale());
        assert!(Freshness::of(checked, "2026-01-01".parse().unwrap()).is_stale());
        assert_eq!(Freshness::of(checked, "2024-01-01".parse().unwrap()).days, 0);
    }
}
