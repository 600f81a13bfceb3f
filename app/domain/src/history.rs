//! A pledge's history: which order its changes stand in, and the state they amount to at a moment.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{date::FuzzyDate, joint, moment::Moment, status::PledgeStatus};

/// What the fold needs to know of a published status change.
///
/// `K` identifies a change and `P` a party, in whatever way the caller does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<K, P> {
    /// Its own identity.
    pub id: K,
    /// The party whose own status it is; `None` for the pledge's.
    pub party: Option<P>,
    /// The new status.
    pub status: PledgeStatus,
    /// When it happened.
    pub effective_on: FuzzyDate,
    /// When the record said so.
    pub recorded_at: DateTime<Utc>,
    /// The change that this one corrects.
    pub replaces: Option<K>,
    /// Whether this change of the pledge stands over what its parties' own statuses amount to.
    pub overrides: bool,
}

/// A change in its place, with the days between which it took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<'a, K, P> {
    /// The change.
    pub change: &'a Change<K, P>,
    /// The first day on which it can have taken effect.
    pub earliest: NaiveDate,
    /// The day by whose end it had certainly taken effect; from this day on it counts.
    pub certain: NaiveDate,
}

/// A stretch of time through which the pledge's status stayed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The status.
    pub status: PledgeStatus,
    /// The date given for the change that began it.
    pub effective_on: FuzzyDate,
    /// The first day on which it may have begun; before [`from`](Self::from) only where the date is not a day.
    pub earliest: NaiveDate,
    /// The first day on which it certainly held.
    pub from: NaiveDate,
    /// The first day on which it no longer held; `None` while it lasts.
    pub until: Option<NaiveDate>,
}

impl Span {
    /// Whether the status held at the end of the day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The changes that count at `known_at`, in the order in which they happened.
///
/// `changes` come in the order in which they were recorded. A change that was corrected by then is left out.
/// Where dates differ in precision and overlap (`2023-04-11`, then `2023`), the order of recording stands;
/// a date moves a change only before those that certainly came later.
#[must_use]
pub fn placed<K: PartialEq, P: PartialEq>(changes: &[Change<K, P>], known_at: DateTime<Utc>) -> Vec<Placed<'_, K, P>> {
    let known: Vec<_> = changes.iter().filter(|change| change.recorded_at <= known_at).collect();
    let corrected = |id: &K| known.iter().any(|other| other.replaces.as_ref() == Some(id));

    let mut order: Vec<&Change<K, P>> = Vec::with_capacity(known.len());
    for change in known.iter().copied().filter(|change| !corrected(&change.id)) {
        let later = order.iter().position(|other| change.effective_on.certainly_before(other.effective_on));
        order.insert(later.unwrap_or(order.len()), change);
    }

    // A neighbour narrows a fuzzy date: what comes before a change of 11 April had happened by then. Only a neighbour of the
    // same party does; what one party did says nothing of when another did its part.
    let mut result: Vec<Placed<'_, K, P>> = Vec::with_capacity(order.len());
    for change in order {
        let before = result.iter().rev().find(|placed| placed.change.party == change.party).map(|placed| placed.earliest);
        let earliest = change.effective_on.first_day().max(before.unwrap_or(NaiveDate::MIN));
        result.push(Placed { change, earliest, certain: latest_day(change.effective_on, change.recorded_at) });
    }
    for index in (0..result.len()).rev() {
        let party = &result[index].change.party;
        let after = result[index + 1..].iter().find(|placed| placed.change.party == *party).map(|placed| placed.certain);
        result[index].certain = result[index].certain.min(after.unwrap_or(NaiveDate::MAX));
    }
    for placed in &mut result {
        placed.earliest = placed.earliest.min(placed.certain);
    }
    result
}

/// The last day on which a change can have happened: the end of its date, or the day of recording where that is earlier.
#[must_use]
pub fn latest_day(effective_on: FuzzyDate, recorded_at: DateTime<Utc>) -> NaiveDate {
    effective_on.last_day().min(recorded_at.date_naive().max(effective_on.first_day()))
}

/// The pledge's own status through time, as known at `known_at`.
///
/// `owing` are the parties that owe the pledge; where any has a status of its own, the pledge's follows from theirs by
/// [`joint::overall`], a party without one having that of the pledge, until a change of the pledge overrides it.
#[must_use]
pub fn spans<K: PartialEq, P: Eq + std::hash::Hash + Clone>(
    changes: &[Change<K, P>],
    owing: &[P],
    known_at: DateTime<Utc>,
) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut own = PledgeStatus::NotAssessed;
    let mut of_party: HashMap<P, PledgeStatus> = HashMap::new();

    let mut placed = placed(changes, known_at);
    placed.sort_by_key(|placed| placed.certain);
    for Placed { change, earliest, certain } in placed {
        match &change.party {
            Some(party) => _ = of_party.insert(party.clone(), change.status),
            None => own = change.status,
        }
        let overridden = change.party.is_none() && change.overrides;
        let status = if overridden || of_party.is_empty() {
            own
        } else {
            let all: Vec<_> = owing.iter().map(|party| of_party.get(party).copied().unwrap_or(own)).collect();
            joint::overall(&all).unwrap_or(own)
        };
        let span = Span { status, effective_on: change.effective_on, earliest, from: certain, until: None };
        match spans.last_mut() {
            // Several changes on one day: the last one is what the day ended with.
            Some(last) if last.from == certain => {
                *last = Span { earliest: last.earliest.min(earliest), ..span };
                // The day may have ended as it began; then what was before simply went on.
                if let [.., before, last] = spans.as_mut_slice()
                    && before.status == last.status
                {
                    before.until = None;
                    spans.pop();
                }
            }
            Some(last) if last.status == status => {}
            Some(last) => {
                last.until = Some(certain);
                spans.push(span);
            }
            None => spans.push(span),
        }
    }
    spans
}

/// The stretch in which a moment falls: what was true then, as known then. `None` before the pledge was made or recorded.
#[must_use]
pub fn state<K: PartialEq, P: Eq + std::hash::Hash + Clone>(
    changes: &[Change<K, P>],
    owing: &[P],
    moment: Moment,
) -> Option<Span> {
    spans(changes, owing, moment.known_at).into_iter().find(|span| span.holds_on(moment.as_of))
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    type TestChange = Change<usize, u8>;

    fn recorded(day: &str) -> DateTime<Utc> {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    fn change(id: usize, status: &str, effective_on: &str) -> TestChange {
        Change {
            id,
            party: None,
            status: status.parse().unwrap(),
            effective_on: effective_on.parse().unwrap(),
            recorded_at: recorded("2026-01-01"),
            replaces: None,
            overrides: false,
        }
    }

    fn at(as_of: &str, known_at: &str) -> Moment {
        Moment::asked(Some(as_of), Some(known_at), recorded("2026-11-23")).unwrap()
    }

    fn status_at(changes: &[TestChange], as_of: &str, known_at: &str) -> Option<&'static str> {
        state(changes, &[1, 2], at(as_of, known_at)).map(|span| span.status.code())
    }

    #[test]
    fn the_summit_was_announced_on_15_april_and_fulfilled_on_7_may() {
        let changes = [change(1, "announced", "2024-02-28"), change(2, "fulfilled", "2024-05-07")];
        assert_eq!(status_at(&changes, "2024-02-27", "2026-02-01"), None);
        assert_eq!(status_at(&changes, "2024-04-15", "2026-02-01"), Some("announced"));
        assert_eq!(status_at(&changes, "2024-05-07", "2026-02-01"), Some("fulfilled"));
        assert_eq!(status_at(&changes, "2024-05-07", "2025-12-31"), None, "nothing was recorded yet");
    }

    #[test]
    fn changes_of_different_precision_keep_the_order_they_were_recorded_in() {
        let darien = [change(1, "announced", "2023-04-11"), change(2, "partly_fulfilled", "2023")];
        assert_eq!(status_at(&darien, "2023-12-30", "2026-02-01"), Some("announced"));
        assert_eq!(status_at(&darien, "2023-12-31", "2026-02-01"), Some("partly_fulfilled"));

        let biden = [change(1, "announced", "2021"), change(2, "stalled", "2021-02"), change(3, "not_fulfilled", "2024-12-18")];
        assert_eq!(status_at(&biden, "2021-03-01", "2026-02-01"), Some("stalled"));
        assert_eq!(spans(&biden, &[], recorded("2026-02-01"))[0].earliest.to_string(), "2021-01-01");
    }

    #[test]
    fn a_change_recorded_late_is_put_before_what_certainly_came_later() {
        let changes =
            [change(1, "announced", "2024-01-01"), change(2, "fulfilled", "2024-06-01"), change(3, "in_progress", "2024-03")];
        assert_eq!(status_at(&changes, "2024-04-01", "2026-02-01"), Some("in_progress"));
        assert_eq!(status_at(&changes, "2024-06-01", "2026-02-01"), Some("fulfilled"));
    }

    #[test]
    fn a_vague_change_between_two_others_does_not_hold_up_a_third() {
        let changes = [
            change(1, "announced", "2024-01-01"),
            change(2, "fulfilled", "2024-06-01"),
            change(3, "partly_fulfilled", "2024"),
            change(4, "in_progress", "2024-03-01"),
        ];
        assert_eq!(status_at(&changes, "2024-03-15", "2026-02-01"), Some("in_progress"));
        assert_eq!(status_at(&changes, "2024-06-15", "2026-02-01"), Some("fulfilled"));
        assert_eq!(status_at(&changes, "2024-12-31", "2026-02-01"), Some("partly_fulfilled"));
    }

    #[test]
    fn the_date_of_one_party_does_not_narrow_that_of_another() {
        let of_party = |id, party, status, on| TestChange { party: Some(party), ..change(id, status, on) };
        let changes = [
            change(1, "announced", "2024-01-01"),
            of_party(2, 1, "fulfilled", "2024"),
            of_party(3, 2, "in_progress", "2024-02-01"),
        ];
        assert_eq!(status_at(&changes, "2024-02-15", "2026-02-01"), Some("in_progress"));
        assert_eq!(status_at(&changes, "2024-12-31", "2026-02-01"), Some("partly_fulfilled"));
    }

    #[test]
    fn a_day_that_ends_as_it_began_changes_nothing() {
        let changes =
            [change(1, "fulfilled", "2024-04-01"), change(2, "stalled", "2024-06-01"), change(3, "fulfilled", "2024-06-01")];
        let spans = spans(&changes, &[], recorded("2026-02-01"));
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0].effective_on.to_string(), "2024-04-01");
    }

    #[test]
    fn what_was_recorded_within_a_fuzzy_date_counts_from_the_day_of_recording() {
        let mut stalled = change(2, "stalled", "2025");
        stalled.recorded_at = recorded("2025-07-01");
        let changes = [TestChange { recorded_at: recorded("2025-01-02"), ..change(1, "announced", "2024-01-01") }, stalled];
        assert_eq!(status_at(&changes, "2025-06-30", "2026-02-01"), Some("announced"));
        assert_eq!(status_at(&changes, "2025-07-01", "2026-02-01"), Some("stalled"));
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_corrects_from_when_it_was_recorded() {
        let wrong = change(1, "fulfilled", "2024-05-01");
        let right = TestChange { replaces: Some(1), recorded_at: recorded("2026-03-01"), ..change(2, "announced", "2024-05-01") };
        let changes = [wrong, right];
        assert_eq!(status_at(&changes, "2024-06-01", "2026-02-01"), Some("fulfilled"), "what the record said then");
        assert_eq!(status_at(&changes, "2024-06-01", "2026-04-01"), Some("announced"), "what it says now");
    }

    #[test]
    fn a_joint_pledge_follows_its_parties_until_an_editor_overrides() {
        let of_party = |id, party, status, on| TestChange { party: Some(party), ..change(id, status, on) };
        let changes = [
            change(1, "announced", "2024-01-01"),
            of_party(2, 1, "fulfilled", "2024-02-01"),
            of_party(3, 2, "fulfilled", "2024-03-01"),
            TestChange { overrides: true, ..change(4, "partly_fulfilled", "2024-04-01") },
        ];
        assert_eq!(status_at(&changes, "2024-01-15", "2026-02-01"), Some("announced"));
        assert_eq!(status_at(&changes, "2024-02-15", "2026-02-01"), Some("partly_fulfilled"));
        assert_eq!(status_at(&changes, "2024-03-15", "2026-02-01"), Some("fulfilled"));
        assert_eq!(status_at(&changes, "2024-04-15", "2026-02-01"), Some("partly_fulfilled"));
    }

    prop_compose! {
        fn any_date()(year in 2022i32..2025, month in 1u32..=12, day in 1u32..=28, precision in 0u8..3) -> FuzzyDate {
            match precision {
                0 => FuzzyDate::Year(year),
                1 => FuzzyDate::Month(year, month),
                _ => FuzzyDate::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()),
            }
        }
    }

    prop_compose! {
        fn any_change()(
            status in select(PledgeStatus::ALL), effective_on in any_date(), party in prop::option::of(1u8..=2), days in 0u64..900,
        ) -> TestChange {
            // Nothing is recorded before it can have happened.
            let first = effective_on.first_day().and_hms_opt(12, 0, 0).unwrap().and_utc();
            let recorded_at = first.max(recorded("2022-01-01") + chrono::Days::new(days));
            Change { id: 0, party, status, effective_on, recorded_at, replaces: None, overrides: false }
        }
    }

    fn any_changes() -> impl Strategy<Value = Vec<TestChange>> {
        prop::collection::vec(any_change(), 0..8).prop_map(|mut changes| {
            changes.sort_by_key(|change| change.recorded_at);
            changes.into_iter().enumerate().map(|(id, change)| TestChange { id, ..change }).collect()
        })
    }

    proptest! {
        #[test]
        fn spans_follow_one_another_without_gap_or_overlap(changes in any_changes()) {
            let spans = spans(&changes, &[1, 2], recorded("2030-01-01"));
            prop_assert_eq!(spans.is_empty(), changes.is_empty());
            for pair in spans.windows(2) {
                prop_assert_eq!(pair[0].until, Some(pair[1].from));
                prop_assert!(pair[0].from < pair[1].from);
            }
            for span in &spans { prop_assert!(span.earliest <= span.from); }
            if let Some(last) = spans.last() { prop_assert_eq!(last.until, None); }
        }

        #[test]
        fn what_is_recorded_later_changes_nothing_of_what_was_known(changes in any_changes(), days in 0u64..900) {
            let known_at = recorded("2022-01-01") + chrono::Days::new(days);
            let then: Vec<_> = changes.iter().filter(|change| change.recorded_at <= known_at).cloned().collect();
            prop_assert_eq!(spans(&changes, &[1, 2], known_at), spans(&then, &[1, 2], recorded("2030-01-01")));
        }

        #[test]
        fn a_change_dated_to_a_day_never_counts_before_it(changes in any_changes()) {
            for placed in placed(&changes, recorded("2030-01-01")) {
                prop_assert!(placed.earliest <= placed.certain);
                prop_assert!(placed.certain <= placed.change.effective_on.last_day());
                prop_assert!(placed.certain >= placed.change.effective_on.first_day());
            }
        }
    }
}
