//! Drafts: what the desk proposes to publish, and how far each has come.

use crate::{codes::codes, person::Act};

codes! {
    /// What a draft would do to the record.
    DraftKind {
        /// Add a pledge.
        Pledge = "pledge",
        /// Correct what is said of a published pledge.
        Edit = "edit",
        /// Add a status change to a published pledge.
        StatusChange = "status_change",
        /// Take a published pledge out of the record, with a notice in its place.
        Withdrawal = "withdrawal",
    }
}

impl DraftKind {
    /// What somebody must be allowed to do to write such a draft.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Pledge => Act::Draft,
            Self::Edit | Self::StatusChange | Self::Withdrawal => Act::ChangePublished,
        }
    }
}

codes! {
    /// How far a draft has come.
    DraftState {
        /// Somebody is writing it.
        Draft = "draft",
        /// It waits for a reviewer.
        Submitted = "submitted",
        /// A reviewer has asked for changes.
        Returned = "returned",
        /// It was approved, and is published at a time that was set.
        Scheduled = "scheduled",
        /// It is public.
        Published = "published",
        /// It was given up.
        Discarded = "discarded",
    }
}

impl DraftState {
    /// Whether it can still be written in.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::Returned)
    }

    /// Whether nothing more becomes of it: it is public, or was given up.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Published | Self::Discarded)
    }
}
