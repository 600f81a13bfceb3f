//! The status of a joint pledge, computed from those of its parties.

use crate::status::PledgeStatus;

/// The one rule for the overall status of a pledge that several parties owe.
///
/// 1. Parties that withdrew or whose part was superseded no longer count, unless that is so of all;
///    then the pledge is withdrawn if any withdrew, else superseded.
/// 2. Parties not assessed or not assessable don't count either, unless that is so of all that are left;
///    then it is not assessed if any is, else not assessable.
/// 3. Where all that are left agree, that is the status.
/// 4. Where some fulfilled their part, wholly or partly, the pledge is partly fulfilled.
/// 5. Else it is the first of these that any has: in progress, stalled, not fulfilled, announced, no action found.
///
/// `None` for no parties at all.
#[must_use]
pub fn overall(parties: &[PledgeStatus]) -> Option<PledgeStatus> {
    use PledgeStatus as S;
    let first_of = |statuses: &[S], order: &[S]| order.iter().copied().find(|status| statuses.contains(status));

    let committed = without(parties, &[S::Withdrawn, S::Superseded]);
    if committed.is_empty() {
        return first_of(parties, &[S::Withdrawn, S::Superseded]);
    }
    let judged = without(&committed, &[S::NotAssessed, S::NotAssessable]);
    if judged.is_empty() {
        return first_of(&committed, &[S::NotAssessed, S::NotAssessable]);
    }
    if judged.iter().all(|status| *status == judged[0]) {
        return Some(judged[0]);
    }
    if judged.iter().any(|status| matches!(status, S::Fulfilled | S::PartlyFulfilled)) {
        return Some(S::PartlyFulfilled);
    }
    first_of(&judged, &[S::InProgress, S::Stalled, S::NotFulfilled, S::Announced, S::NoActionFound])
}

fn without(statuses: &[PledgeStatus], left_out: &[PledgeStatus]) -> Vec<PledgeStatus> {
    statuses.iter().copied().filter(|status| !left_out.contains(status)).collect()
}

#[cfg(test)]
mod tests {
    use PledgeStatus as S;
    use proptest::{prelude::*, sample::select};

    use super::*;

    proptest! {
        #[test]
        fn the_order_of_the_parties_does_not_matter(mut parties in prop::collection::vec(select(S::ALL), 1..6)) {
            let before = overall(&parties);
            parties.reverse();
            prop_assert_eq!(overall(&parties), before);
            parties.sort();
            prop_assert_eq!(overall(&parties), before);
        }

        #[test]
        fn parties_that_agree_are_the_pledge(status in select(S::ALL), count in 1usize..6) {
            prop_assert_eq!(overall(&vec![status; count]), Some(status));
        }

        #[test]
        fn it_is_fulfilled_only_if_every_party_that_counts_fulfilled(parties in prop::collection::vec(select(S::ALL), 1..6)) {
            let counted = [S::Fulfilled, S::Withdrawn, S::Superseded, S::NotAssessed, S::NotAssessable];
            let all = parties.contains(&S::Fulfilled) && parties.iter().all(|status| counted.contains(status));
            prop_assert_eq!(overall(&parties) == Some(S::Fulfilled), all);
        }
    }

    #[test]
    fn the_steps_of_the_rule() {
        assert_eq!(overall(&[]), None);
        assert_eq!(overall(&[S::Withdrawn, S::Superseded]), Some(S::Withdrawn));
        assert_eq!(overall(&[S::Withdrawn, S::InProgress]), Some(S::InProgress));
        assert_eq!(overall(&[S::NotAssessed, S::NotAssessable]), Some(S::NotAssessed));
        assert_eq!(overall(&[S::Fulfilled, S::NotFulfilled]), Some(S::PartlyFulfilled));
        assert_eq!(overall(&[S::Announced, S::InProgress, S::Stalled]), Some(S::InProgress));
        assert_eq!(overall(&[S::Announced, S::NoActionFound]), Some(S::Announced));
    }
}
