//! Dates as precise as their source: a day, a month or a year, and never more.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

use crate::errors::Problem;

/// A date of day, month or year precision, written as in EDTF level 0 (ISO 8601-2): `2024-04-30`, `2024-04`, `2024`.
///
/// A day is never invented: whatever needs one asks for [`first_day`](Self::first_day) or [`last_day`](Self::last_day).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FuzzyDate {
    /// A year, 1000 to 9999.
    Year(i32),
    /// A month of a year, 1 to 12.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

impl FuzzyDate {
    /// The first day the date can mean.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Year(year) => first_of(year, 1),
            Self::Month(year, month) => first_of(year, month),
            Self::Day(day) => day,
        }
    }

    /// The last day the date can mean.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Year(year) => first_of(year + 1, 1).pred_opt().unwrap_or(NaiveDate::MAX),
            Self::Month(year, 12) => Self::Year(year).last_day(),
            Self::Month(year, month) => first_of(year, month + 1).pred_opt().unwrap_or(NaiveDate::MAX),
            Self::Day(day) => day,
        }
    }

    /// The first day on which something due by this date is overdue: `2024-04` is overdue on 2024-05-01, not before.
    #[must_use]
    pub fn overdue_since(self) -> NaiveDate {
        self.last_day().succ_opt().unwrap_or(NaiveDate::MAX)
    }

    /// Whether every day this date can mean comes before every day the other can mean.
    #[must_use]
    pub fn certainly_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    /// Whether the date names a day.
    #[must_use]
    pub fn is_day(self) -> bool {
        matches!(self, Self::Day(_))
    }
}

/// The first of a month; both callers hold a year of four digits and a month of 1 to 12.
fn first_of(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX)
}

impl From<NaiveDate> for FuzzyDate {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl fmt::Display for FuzzyDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
        }
    }
}

impl FromStr for FuzzyDate {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        parse(text).ok_or_else(|| Problem::NotADate(excerpt(text)))
    }
}

fn parse(text: &str) -> Option<FuzzyDate> {
    let number = |digits: &str, width: usize| {
        (digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse::<u32>().ok())?
    };
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4).filter(|year| *year >= 1000)?.cast_signed();
    let Some(month) = parts.next() else { return Some(FuzzyDate::Year(year)) };
    let month = number(month, 2).filter(|month| (1..=12).contains(month))?;
    let Some(day) = parts.next() else { return Some(FuzzyDate::Month(year, month)) };
    let day = NaiveDate::from_ymd_opt(year, month, number(day, 2)?)?;
    parts.next().is_none().then_some(FuzzyDate::Day(day))
}

/// Parses a day of the form `2024-04-15`.
///
/// # Errors
/// [`Problem::NotADay`] if it is none.
pub fn parse_day(text: &str) -> Result<NaiveDate, Problem> {
    match parse(text) {
        Some(FuzzyDate::Day(day)) => Ok(day),
        _ => Err(Problem::NotADay(excerpt(text))),
    }
}

/// The start of a text that was not understood: enough to recognise it, not enough to flood a page.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

impl serde::Serialize for FuzzyDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for FuzzyDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_date() -> impl Strategy<Value = FuzzyDate> {
        (1000i32..=9999, 1u32..=12, 1u32..=31, 0u8..3).prop_map(|(year, month, day, precision)| match precision {
            0 => FuzzyDate::Year(year),
            1 => FuzzyDate::Month(year, month),
            _ => FuzzyDate::Day((1..=day).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap()),
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(date in any_date()) {
            prop_assert_eq!(date.to_string().parse::<FuzzyDate>(), Ok(date));
        }

        #[test]
        fn the_first_day_is_not_after_the_last_and_both_are_within(date in any_date()) {
            prop_assert!(date.first_day() <= date.last_day());
            prop_assert!(date.first_day().to_string().starts_with(&date.to_string()));
            prop_assert!(date.last_day().to_string().starts_with(&date.to_string()));
            prop_assert!(!date.overdue_since().to_string().starts_with(&date.to_string()));
        }

        #[test]
        fn certainly_before_is_a_strict_order(a in any_date(), b in any_date(), c in any_date()) {
            prop_assert!(!a.certainly_before(a));
            prop_assert!(!(a.certainly_before(b) && b.certainly_before(a)));
            if a.certainly_before(b) && b.certainly_before(c) { prop_assert!(a.certainly_before(c)); }
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            if let Ok(date) = text.parse::<FuzzyDate>() { prop_assert_eq!(date.to_string(), text); }
        }
    }

    #[test]
    fn a_month_is_overdue_on_the_first_of_the_next_and_not_before() {
        let due: FuzzyDate = "2024-04".parse().unwrap();
        assert_eq!(due.overdue_since().to_string(), "2024-05-01");
        assert_eq!("2023-12".parse::<FuzzyDate>().unwrap().overdue_since().to_string(), "2024-01-01");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "24", "2024-4", "2024-13", "2024-00", "2024-02-30", "2024-04-30-1", "+2024", "0999", "2024-04-3x", "april"]
        {
            assert!(text.parse::<FuzzyDate>().is_err(), "{text} was accepted");
        }
    }
}
