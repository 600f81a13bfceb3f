//! How long ago somebody last looked: always computed.

use chrono::NaiveDate;

/// When a pledge was last checked, seen from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The day of the last check: of the newest entry that the record had by then.
    pub checked_on: NaiveDate,
    /// Whether somebody noted on that day that they looked and found nothing new. Else the day is that of an entry, made by somebody
    /// who looked at what they entered.
    pub noted: bool,
    /// Whole days since, never negative.
    pub days: i64,
}

impl Freshness {
    /// After so many days without a check a page says so plainly.
    pub const STALE_DAYS: i64 = 365;

    /// The freshness on the day `on` of what was last entered and last checked on some days.
    #[must_use]
    pub fn of(entered_on: NaiveDate, checked_on: Option<NaiveDate>, on: NaiveDate) -> Self {
        let noted = checked_on.filter(|checked_on| *checked_on >= entered_on);
        let checked_on = noted.unwrap_or(entered_on);
        Self { checked_on, noted: noted.is_some(), days: (on - checked_on).num_days().max(0) }
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
        let on = |on: &str| Freshness::of(checked, None, on.parse().unwrap());
        assert!(!on("2025-12-31").is_stale());
        assert!(on("2026-01-01").is_stale());
        assert_eq!(on("2024-01-01").days, 0);
    }

    #[test]
    fn an_entry_is_no_check_that_somebody_noted() {
        let [first, second, third] = ["2025-01-01", "2025-02-01", "2025-02-11"].map(|day| day.parse::<NaiveDate>().unwrap());
        assert_eq!(Freshness::of(first, None, third), Freshness { checked_on: first, noted: false, days: 41 });
        assert_eq!(Freshness::of(first, Some(second), third), Freshness { checked_on: second, noted: true, days: 10 });
        assert_eq!(Freshness::of(second, Some(first), third), Freshness { checked_on: second, noted: false, days: 10 });
    }
}
