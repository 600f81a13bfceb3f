//! The eleven statuses of a pledge and what follows from each.

use crate::codes::codes;

codes! {
    /// What came of a pledge. Each is shown with its definition beside it (`status-*-meaning` in the catalogues).
    PledgeStatus {
        /// Nobody looked yet.
        NotAssessed = "not_assessed",
        /// Made; nothing more is known.
        Announced = "announced",
        /// Looked for, none found.
        NoActionFound = "no_action_found",
        /// Something is being done.
        InProgress = "in_progress",
        /// Done in part.
        PartlyFulfilled = "partly_fulfilled",
        /// Done as said.
        Fulfilled = "fulfilled",
        /// Begun and stopped, or blocked.
        Stalled = "stalled",
        /// Not done, and it can't be done any more as said.
        NotFulfilled = "not_fulfilled",
        /// Replaced by another pledge.
        Superseded = "superseded",
        /// Given up by those who made it.
        Withdrawn = "withdrawn",
        /// Too vague to judge.
        NotAssessable = "not_assessable",
    }
}

impl PledgeStatus {
    /// Whether something is still awaited, so that the pledge can be due or overdue.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Fulfilled | Self::NotFulfilled | Self::Superseded | Self::Withdrawn | Self::NotAssessable)
    }

    /// The statuses in which something is still awaited.
    pub fn open() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|status| status.is_open())
    }

    /// Whether somebody has judged what came of the pledge. One that was only announced, that nobody looked at, or that is too
    /// vague, has not been judged.
    #[must_use]
    pub const fn is_assessed(self) -> bool {
        !matches!(self, Self::NotAssessed | Self::Announced | Self::NotAssessable)
    }

    /// How far the promise was kept, from 1, not at all, to 5, wholly, for programs that compare ratings of several publishers
    /// (`reviewRating` of schema.org's `ClaimReview`). `None` where no place on that scale would be true: that no action was
    /// found is no proof that there was none, and what was superseded or withdrawn was neither kept nor broken.
    #[must_use]
    pub const fn rating(self) -> Option<u8> {
        match self {
            Self::Fulfilled => Some(5),
            Self::PartlyFulfilled => Some(4),
            Self::InProgress => Some(3),
            Self::Stalled => Some(2),
            Self::NotFulfilled => Some(1),
            _ => None,
        }
    }
}

codes! {
    /// How sure the record is of a status.
    Confidence {
        /// Several good sources agree.
        High = "high",
        /// One good source, or several that differ in detail.
        Medium = "medium",
        /// Thin or indirect evidence.
        Low = "low",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_parses_back_and_no_other_does() {
        for status in PledgeStatus::ALL {
            assert_eq!(status.code().parse(), Ok(*status));
        }
        assert!("broken".parse::<PledgeStatus>().is_err());
        assert_eq!(PledgeStatus::ALL.len(), 11);
    }

    #[test]
    fn only_what_was_judged_has_a_rating_and_no_two_have_the_same() {
        let mut ratings: Vec<u8> = PledgeStatus::ALL.iter().filter_map(|status| status.rating()).collect();
        assert!(PledgeStatus::ALL.iter().all(|status| status.is_assessed() || status.rating().is_none()));
        ratings.sort_unstable();
        assert_eq!(ratings, [1, 2, 3, 4, 5]);
    }
}
