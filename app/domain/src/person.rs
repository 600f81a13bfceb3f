//! The people of the desk: what each role may do. Whoever asks "may they?" asks here.

use crate::{
    codes::codes,
    date::excerpt,
    errors::{FieldErrors, Problem},
    form::Fields,
    text::clean,
};

codes! {
    /// The role of a person at the desk; each may do all that those before it may.
    DeskRole {
        /// Writes drafts of new pledges.
        Contributor = "contributor",
        /// Changes what is public too, through drafts of their own, and sorts the tips of the public.
        Editor = "editor",
        /// Approves what others have written, and publishes it.
        Reviewer = "reviewer",
        /// Looks after people and their tokens, and reads the log of what everybody did.
        Administrator = "administrator",
    }
}

/// What can be done at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read drafts: one's own, and those of others as far as one may write in them.
    ReadDrafts,
    /// See the desk, and write drafts of new pledges.
    Draft,
    /// Make tokens, by which programs act in one's own name.
    MakeTokens,
    /// Propose changes to what is public, and work on drafts of others.
    ChangePublished,
    /// Say in public that one has looked at a pledge and nothing has changed.
    Check,
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
    /// Read who did what and when.
    ReadAudit,
}

impl DeskRole {
    /// Whether somebody in this role may do it.
    #[must_use]
    pub const fn may(self, act: Act) -> bool {
        let least = match act {
            Act::ReadDrafts | Act::Draft | Act::MakeTokens => Self::Contributor,
            Act::ChangePublished | Act::Check | Act::SortTips | Act::Import => Self::Editor,
            Act::Review => Self::Reviewer,
            Act::OverrideReview | Act::ManagePeople | Act::ReadAudit => Self::Administrator,
        };
        self as u8 >= least as u8
    }
}

/// Somebody who is to be let in, as a form says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Their e-mail address, in lower case.
    pub email: String,
    /// What they are called at the desk.
    pub name: String,
    /// What they may do.
    pub role: DeskRole,
}

impl NewPerson {
    /// Reads the fields `email`, `name` and `role`.
    ///
    /// # Errors
    /// Every field that is wrong, and what would be accepted.
    pub fn read(fields: &Fields) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = email(fields.get("email")).unwrap_or_else(|problem| note(&mut errors, "email", problem));
        let name = one_line(fields.get("name"), 80).unwrap_or_else(|problem| note(&mut errors, "name", problem));
        let role = match fields.get("role") {
            "" => Err(Problem::Missing),
            role => role.parse(),
        };
        let role = role.unwrap_or_else(|problem| {
            errors.push("role", problem);
            DeskRole::Contributor
        });
        errors.or(Self { email, name, role })
    }
}

fn note(errors: &mut FieldErrors, field: &str, problem: Problem) -> String {
    errors.push(field, problem);
    String::new()
}

/// A text of one line.
pub(crate) fn one_line(text: &str, limit: usize) -> Result<String, Problem> {
    let text = clean(text, limit)?;
    if text.contains(['\n', '\t']) { Err(Problem::ControlCharacter) } else { Ok(text) }
}

/// An e-mail address as accounts have it: in lower case, for nobody's mail provider tells them apart by that.
///
/// # Errors
/// [`Problem::Missing`], [`Problem::TooLong`] or [`Problem::NotAnEmail`].
pub fn email(text: &str) -> Result<String, Problem> {
    let text = one_line(text, 254)?.to_lowercase();
    let well_formed = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.contains('@') && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
    });
    if well_formed && !text.contains(char::is_whitespace) { Ok(text) } else { Err(Problem::NotAnEmail(excerpt(&text))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_words() {
        assert_eq!(email(" Ana@Example.org "), Ok("ana@example.org".to_owned()));
        for wrong in ["ana", "ana@", "@example.org", "a@b@c.org", "ana@localhost", "a na@example.org", "a@example..org"] {
            assert!(matches!(email(wrong), Err(Problem::NotAnEmail(_))), "{wrong}");
        }
    }

    #[test]
    fn every_field_of_a_new_person_is_checked_at_once() {
        let errors = NewPerson::read(&Fields::sent([("email".to_owned(), "ana".to_owned())])).unwrap_err();
        let wrong: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(wrong, ["email", "name", "role"]);
    }

    #[test]
    fn each_role_may_what_those_before_it_may_and_more() {
        let acts = [
            Act::ReadDrafts,
            Act::Draft,
            Act::MakeTokens,
            Act::ChangePublished,
            Act::Check,
            Act::SortTips,
            Act::Import,
            Act::Review,
            Act::OverrideReview,
            Act::ManagePeople,
            Act::ReadAudit,
        ];
        let allowed = |role: DeskRole| acts.iter().filter(|act| role.may(**act)).count();
        let counts: Vec<_> = DeskRole::ALL.iter().map(|role| allowed(*role)).collect();
        assert_eq!(counts, [3, 7, 8, 11]);
        assert!(!DeskRole::Reviewer.may(Act::OverrideReview));
    }
}
