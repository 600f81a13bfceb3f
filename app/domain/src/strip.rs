//! The history strip: a pledge's whole life as one bar, from the day it was made to the day it is seen from.

use chrono::NaiveDate;

use crate::{date::FuzzyDate, history::Span, status::PledgeStatus};

/// A part of the strip in one status; positions are in hundredths of a percent of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The status.
    pub status: PledgeStatus,
    /// Where it begins.
    pub start: u32,
    /// How long it is.
    pub length: u32,
    /// Whether the status may not have held yet, because the date it began on is known to the month or year only.
    pub uncertain: bool,
}

/// The geometry of a history strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The parts, in order, without gap; what is left to the full length lies in the future.
    pub segments: Vec<Segment>,
    /// Where the pledge is due: the end of the last day on which it is in time.
    pub due: Option<u32>,
    /// The first day of the strip.
    pub from: NaiveDate,
    /// The last day of the strip.
    pub to: NaiveDate,
}

/// The full length of a strip.
pub const FULL: u32 = 10_000;

impl Strip {
    /// The strip of a history as seen from `on`; `None` if nothing had begun by then.
    #[must_use]
    pub fn new(spans: &[Span], due: Option<FuzzyDate>, on: NaiveDate) -> Option<Self> {
        let begun: Vec<_> = spans.iter().filter(|span| span.from <= on).collect();
        let from = begun.first()?.earliest;
        let to = due.map_or(on, |due| due.last_day().max(on));
        let length = (to - from).num_days() + 1;
        let at = |day: NaiveDate| {
            let days = (day - from).num_days().clamp(0, length);
            u32::try_from(days * i64::from(FULL) / length).unwrap_or(FULL)
        };
        let end = at(on.succ_opt().unwrap_or(on));

        let mut segments: Vec<Segment> = Vec::new();
        let mut add = |status, start: u32, stop: u32, uncertain| {
            if start < stop {
                segments.push(Segment { status, start, length: stop - start, uncertain });
            }
        };
        for (index, span) in begun.iter().enumerate() {
            let floor = index.checked_sub(1).map_or(0, |before| at(begun[before].from));
            add(span.status, at(span.earliest).max(floor), at(span.from), true);
            let next = begun.get(index + 1);
            let stop = next.map_or(end, |next| at(next.earliest.max(span.from)));
            add(span.status, at(span.from), stop, false);
        }
        let due = due.map(|due| at(due.overdue_since()));
        Some(Self { segments, due, from, to })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(status: &str, earliest: &str, from: &str, until: Option<&str>) -> Span {
        let from: NaiveDate = from.parse().unwrap();
        Span {
            status: status.parse().unwrap(),
            effective_on: from.into(),
            earliest: earliest.parse().unwrap(),
            from,
            until: until.map(|day| day.parse().unwrap()),
        }
    }

    #[test]
    fn a_strip_shows_the_future_up_to_the_due_date_as_empty() {
        let spans = [span("announced", "2024-01-01", "2024-01-01", None)];
        let strip = Strip::new(&spans, Some("2024".parse().unwrap()), "2024-06-30".parse().unwrap()).unwrap();
        assert_eq!(strip.segments, [Segment { status: PledgeStatus::Announced, start: 0, length: 4972, uncertain: false }]);
        assert_eq!(strip.due, Some(FULL));
        assert_eq!(strip.to.to_string(), "2024-12-31");
    }

    #[test]
    fn a_change_dated_to_the_year_is_uncertain_through_it() {
        let spans = [
            span("announced", "2023-04-11", "2023-04-11", Some("2023-12-31")),
            span("partly_fulfilled", "2023-04-11", "2023-12-31", None),
        ];
        let strip = Strip::new(&spans, None, "2024-04-10".parse().unwrap()).unwrap();
        let shape: Vec<_> = strip.segments.iter().map(|segment| (segment.status.code(), segment.uncertain)).collect();
        assert_eq!(shape, [("partly_fulfilled", true), ("partly_fulfilled", false)]);
    }

    #[test]
    fn nothing_is_drawn_before_the_beginning() {
        assert_eq!(Strip::new(&[span("announced", "2024-01-01", "2024-01-01", None)], None, "2023-12-31".parse().unwrap()), None);
    }

    proptest! {
        #[test]
        fn segments_touch_and_stay_within(starts in prop::collection::btree_set(0u64..2000, 1..6), fuzz in 0u64..90, on in 0u64..3000, due in prop::option::of(0u64..3000)) {
            let day = |days: u64| NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(days);
            let spans: Vec<_> = starts.iter().map(|start| Span {
                status: PledgeStatus::InProgress, effective_on: day(*start + fuzz).into(), earliest: day(*start), from: day(*start + fuzz), until: None,
            }).collect();
            let Some(strip) = Strip::new(&spans, due.map(|due| day(due).into()), day(on)) else {
                prop_assert!(day(on) < spans[0].from);
                return Ok(());
            };
            let mut end = strip.segments.first().map_or(0, |segment| segment.start);
            for segment in &strip.segments {
                prop_assert_eq!(segment.start, end);
                end = segment.start + segment.length;
            }
            prop_assert!(end <= FULL);
            if let Some(due) = strip.due { prop_assert!(due <= FULL); }
        }
    }
}
