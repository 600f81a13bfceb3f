//! Tokens: what a program may do that acts in somebody's name, and for how long.

use std::{fmt, str::FromStr};

use crate::{
    codes::codes,
    errors::{FieldErrors, Problem},
    form::Fields,
    person::{Act, DeskRole, one_line},
};

codes! {
    /// What a token is good for, as far as the role of its owner allows it too. In the order of the roles that may have each.
    Scope {
        /// Reading and writing drafts, and handing them in. Nothing of it becomes public without a review.
        Draft = "draft",
        /// Saying in public that a pledge was looked at and nothing has changed.
        Check = "check",
        /// Reading drafts, approving and returning them.
        Review = "review",
    }
}

impl Scope {
    /// The act for which somebody has such a token: who may not do it gets none.
    const fn act(self) -> Act {
        match self {
            Self::Draft => Act::Draft,
            Self::Check => Act::Check,
            Self::Review => Act::Review,
        }
    }

    /// Whether a token of this scope is good for an act.
    #[must_use]
    pub const fn allows(self, act: Act) -> bool {
        match self {
            Self::Draft => matches!(act, Act::ReadDrafts | Act::Draft | Act::ChangePublished),
            Self::Check => matches!(act, Act::Check),
            Self::Review => matches!(act, Act::ReadDrafts | Act::Review | Act::OverrideReview),
        }
    }

    /// The scopes that a token of somebody in this role can have.
    #[must_use]
    pub fn of_role(role: DeskRole) -> &'static [Self] {
        let count = Self::ALL.iter().take_while(|scope| role.may(scope.act())).count();
        &Self::ALL[..count]
    }

    /// The scopes of which a token needs one to be good for an act; none is good for acts that people do themselves.
    pub fn good_for(act: Act) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |scope| scope.allows(act))
    }
}

/// The scopes of a token, each once, at least one. Written with spaces between them (RFC 6749, section 3.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Whether one of them is good for an act.
    #[must_use]
    pub fn allow(&self, act: Act) -> bool {
        self.0.iter().any(|scope| scope.allows(act))
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self.0.iter().map(|scope| scope.code()).collect();
        f.write_str(&codes.join(" "))
    }
}

impl FromStr for Scopes {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut scopes = text.split_whitespace().map(str::parse).collect::<Result<Vec<Scope>, _>>()?;
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() { Err(Problem::Missing) } else { Ok(Self(scopes)) }
    }
}

codes! {
    /// For how long a token is good, in days. None is good for ever: what is forgotten ends by itself.
    Lifetime {
        /// A week.
        Week = "7",
        /// A month.
        Month = "30",
        /// A quarter of a year.
        Quarter = "90",
        /// A year.
        Year = "365",
    }
}

impl Lifetime {
    /// How many days that is.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }
}

/// The longest name of a token, in characters.
const NAME: usize = 80;

/// A token that somebody asks for, as a form says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for, in its owner's words.
    pub name: String,
    /// What it is good for.
    pub scopes: Scopes,
    /// For how long.
    pub lifetime: Lifetime,
}

impl NewToken {
    /// Reads the fields `name`, `scope.draft`, `scope.check`… (each `true` or absent) and `days`, for somebody in this role: no
    /// token may more than its owner.
    ///
    /// # Errors
    /// Every field that is wrong, and what would be accepted.
    pub fn read(fields: &Fields, role: DeskRole) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = one_line(fields.get("name"), NAME);
        let ticked = fields.below("scope");
        let ticked: Vec<&str> = ticked.iter().map(|(scope, _)| scope).collect();
        let accepted = &Scope::CODES[..Scope::of_role(role).len()];
        let scopes = match ticked.iter().find(|scope| !accepted.contains(*scope)) {
            Some(given) => Err(Problem::NotOneOf { given: (*given).to_owned(), accepted }),
            None => ticked.join(" ").parse(),
        };
        let lifetime = match fields.get("days") {
            "" => Err(Problem::Missing),
            days => days.parse(),
        };
        for (field, problem) in
            [("name", name.as_ref().err()), ("scope", scopes.as_ref().err()), ("days", lifetime.as_ref().err())]
        {
            if let Some(problem) = problem {
                errors.push(field, problem.clone());
            }
        }
        match (name, scopes, lifetime) {
            (Ok(name), Ok(scopes), Ok(lifetime)) => Ok(Self { name, scopes, lifetime }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)], role: DeskRole) -> Result<NewToken, FieldErrors> {
        NewToken::read(&Fields::sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))), role)
    }

    #[test]
    fn no_token_may_more_than_its_owner() {
        let counts: Vec<_> = DeskRole::ALL.iter().map(|role| Scope::of_role(*role).len()).collect();
        assert_eq!(counts, [1, 2, 3, 3]);
        let review = [("name", "x"), ("scope.review", "true"), ("days", "7")];
        assert!(asked(&review, DeskRole::Reviewer).is_ok());
        let errors = asked(&review, DeskRole::Editor).unwrap_err();
        let problem = Problem::NotOneOf { given: "review".into(), accepted: &["draft", "check"] };
        assert_eq!(errors, FieldErrors::one("scope", problem));
    }

    #[test]
    fn every_field_is_checked_at_once() {
        let errors = asked(&[("name", "a\nb"), ("days", "8")], DeskRole::Editor).unwrap_err();
        let wrong: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(wrong, ["name", "scope", "days"]);
    }

    #[test]
    fn scopes_are_read_back_as_they_were_written_and_nothing_else_is() {
        let scopes: Scopes = "review draft draft".parse().unwrap();
        assert_eq!(scopes.to_string(), "draft review");
        assert!(scopes.allow(Act::Review) && scopes.allow(Act::ChangePublished) && !scopes.allow(Act::Check));
        for wrong in ["", " ", "draft all"] {
            assert!(wrong.parse::<Scopes>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_people_do_themselves_no_token_does() {
        for act in [Act::MakeTokens, Act::ManagePeople, Act::ReadAudit, Act::SortTips, Act::Import] {
            assert_eq!(Scope::good_for(act).count(), 0, "{act:?}");
        }
    }

    #[test]
    fn lifetimes_last_as_long_as_their_codes_say() {
        assert!(Lifetime::ALL.iter().all(|lifetime| lifetime.days().to_string() == lifetime.code()));
    }
}
