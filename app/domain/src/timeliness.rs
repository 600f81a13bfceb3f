//! Whether a pledge is on time: always computed, never typed in.

use chrono::NaiveDate;

use crate::{date::FuzzyDate, history::Span, status::PledgeStatus};

/// How many days before the last day a pledge counts as due soon.
pub const SOON_DAYS: i64 = 30;

/// How a pledge stands to its due date on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// The due date is more than [`SOON_DAYS`] away.
    NotDue,
    /// The due date is near or running, and not past.
    DueSoon,
    /// The due date is past and something is still awaited.
    Overdue {
        /// The first day on which it was overdue.
        since: NaiveDate,
        /// How many days past the last day on which it was due.
        days: i64,
    },
    /// Fulfilled by the due date.
    OnTime,
    /// Fulfilled after the due date: by so many days, as precisely as both dates allow.
    Late {
        /// At least so many.
        at_least: i64,
        /// At most so many; the same where the day is known.
        at_most: i64,
    },
}

impl Timeliness {
    /// The code used in URLs and data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotDue => "not_due",
            Self::DueSoon => "due_soon",
            Self::Overdue { .. } => "overdue",
            Self::OnTime => "on_time",
            Self::Late { .. } => "late",
        }
    }

    /// The timeliness of a pledge due on `due` in the given state, on the day `on`.
    ///
    /// `None` where the question has no answer: the pledge was withdrawn, superseded, not fulfilled or can't be judged,
    /// or it was fulfilled on a date too vague to tell (`2024` for something due in `2024-04`).
    #[must_use]
    pub fn of(due: FuzzyDate, state: &Span, on: NaiveDate) -> Option<Self> {
        let last = due.last_day();
        if state.status == PledgeStatus::Fulfilled {
            let (first_possible, last_possible) = (state.effective_on.first_day(), state.effective_on.last_day());
            let days_after = |day: NaiveDate| (day - last).num_days();
            return if last_possible <= last {
                Some(Self::OnTime)
            } else if first_possible > last {
                Some(Self::Late { at_least: days_after(first_possible), at_most: days_after(last_possible) })
            } else {
                None
            };
        }
        if !state.status.is_open() {
            return None;
        }
        let days = (on - last).num_days();
        Some(match days {
            1.. => Self::Overdue { since: due.overdue_since(), days },
            days if days >= -SOON_DAYS => Self::DueSoon,
            _ => Self::NotDue,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn state(status: PledgeStatus, effective_on: &str) -> Span {
        let effective_on: FuzzyDate = effective_on.parse().unwrap();
        Span { status, effective_on, earliest: effective_on.first_day(), from: effective_on.last_day(), until: None }
    }

    fn due(text: &str) -> FuzzyDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_summit_was_seven_days_late() {
        let fulfilled = state(PledgeStatus::Fulfilled, "2024-05-07");
        assert_eq!(
            Timeliness::of(due("2024-04"), &fulfilled, day("2026-11-23")),
            Some(Timeliness::Late { at_least: 7, at_most: 7 })
        );
    }

    #[test]
    fn due_in_april_is_due_soon_in_april_and_overdue_on_the_first_of_may() {
        let announced = state(PledgeStatus::Announced, "2024-02-28");
        let on = |text| Timeliness::of(due("2024-04"), &announced, day(text));
        assert_eq!(on("2024-03-30"), Some(Timeliness::NotDue));
        assert_eq!(on("2024-03-31"), Some(Timeliness::DueSoon));
        assert_eq!(on("2024-04-30"), Some(Timeliness::DueSoon));
        assert_eq!(on("2024-05-01"), Some(Timeliness::Overdue { since: day("2024-05-01"), days: 1 }));
    }

    #[test]
    fn what_the_dates_cannot_tell_is_not_told() {
        assert_eq!(Timeliness::of(due("2024-04"), &state(PledgeStatus::Fulfilled, "2024"), day("2026-01-01")), None);
        assert_eq!(
            Timeliness::of(due("2024-04"), &state(PledgeStatus::Fulfilled, "2024-06"), day("2026-01-01")),
            Some(Timeliness::Late { at_least: 32, at_most: 61 })
        );
        assert_eq!(Timeliness::of(due("2024"), &state(PledgeStatus::Withdrawn, "2023"), day("2026-01-01")), None);
    }

    proptest! {
        #[test]
        fn overdue_begins_the_day_after_the_last_day_and_never_ends_by_itself(
            status in select(PledgeStatus::open().collect::<Vec<_>>()), offset in -900i64..900,
        ) {
            let on = due("2024-04").last_day() + chrono::TimeDelta::days(offset);
            let overdue = matches!(Timeliness::of(due("2024-04"), &state(status, "2022"), on), Some(Timeliness::Overdue { .. }));
            prop_assert_eq!(overdue, offset > 0);
        }
    }
}
