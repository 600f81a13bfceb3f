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
}
