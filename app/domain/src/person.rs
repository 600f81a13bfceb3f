//! The people of the desk: what each role may do. Whoever asks "may they?" asks here.

use crate::codes::codes;

codes! {
    /// The role of a person at the desk; each may do all that those before it may.
    DeskRole {
        /// Writes drafts of new pledges.
        Contributor = "contributor",
        /// Changes what is public too, through drafts of their own, and sorts the tips of the public.
        Editor = "editor",
        /// Approves what others have written, and publishes it.
        Reviewer = "reviewer",
        /// Looks after people, tokens and settings, and reads the log of what everybody did.
        Administrator = "administrator",
    }
}

/// What can be done at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// See the desk, and write drafts of new pledges.
    Draft,
    /// Propose changes to what is public, and work on drafts of others.
    ChangePublished,
    /// Sort what the public sends in.
    SortTips,
    /// Bring in many pledges at once.
    Import,
    /// Approve drafts of others, return them, publish them.
    Review,
    /// Approve a draft of one's own, for a reason that is shown in public.
    OverrideReview,
    /// Invite people, change their roles, let nobody in who should not be.
    ManagePeople,
    /// Make and revoke tokens of the API.
    ManageTokens,
    /// Read who did what and when.
    ReadAudit,
}

impl DeskRole {
    /// Whether somebody in this role may do it.
    #[must_use]
    pub const fn may(self, act: Act) -> bool {
        let least = match act {
            Act::Draft => Self::Contributor,
            Act::ChangePublished | Act::SortTips | Act::Import => Self::Editor,
            Act::Review => Self::Reviewer,
            Act::OverrideReview | Act::ManagePeople | Act::ManageTokens | Act::ReadAudit => Self::Administrator,
        };
        self as u8 >= least as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_what_those_before_it_may_and_more() {
        let acts = [
            Act::Draft,
            Act::ChangePublished,
            Act::SortTips,
            Act::Import,
            Act::Review,
            Act::OverrideReview,
            Act::ManagePeople,
            Act::ManageTokens,
            Act::ReadAudit,
        ];
        let allowed = |role: DeskRole| acts.iter().filter(|act| role.may(**act)).count();
        let counts: Vec<_> = DeskRole::ALL.iter().map(|role| allowed(*role)).collect();
        assert_eq!(counts, [1, 4, 5, 9]);
        assert!(!DeskRole::Reviewer.may(Act::OverrideReview));
    }
}
