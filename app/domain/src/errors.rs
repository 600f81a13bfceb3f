//! What can be wrong with an input, and where: the same for a form, the API and an import.

mod kept;

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

// By these names serde does not take them for parts of what is read.
type Word = &'static str;
type Words = &'static [&'static str];

/// What is wrong with one value, said so that the writer knows what would be accepted.
///
/// It can be kept and read again, for what an import would do is shown long after its files were read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was given where something must be.
    #[error("is missing")]
    Missing,
    /// Another kind of value was given.
    #[error("must be {0}")]
    WrongType(#[serde(deserialize_with = "kept::word")] Word),
    /// The field is not known here.
    #[error("is not a known field; known here: {}", .0.join(", "))]
    UnknownField(#[serde(deserialize_with = "kept::words")] Words),
    /// The code is none of those that are accepted.
    #[error("“{given}” is not accepted; accepted: {}", .accepted.join(", "))]
    NotOneOf {
        /// What was given.
        given: String,
        /// The codes that are accepted.
        #[serde(deserialize_with = "kept::words")]
        accepted: Words,
    },
    /// The text is longer than allowed.
    #[error("is {length} characters long; at most {limit} are accepted")]
    TooLong {
        /// How many characters were given.
        length: usize,
        /// How many are accepted.
        limit: usize,
    },
    /// The text has control characters.
    #[error("holds a control character (only line breaks and tabs are accepted)")]
    ControlCharacter,
    /// The date is none.
    #[error("“{0}” is not a date; accepted: 2024, 2024-04 or 2024-04-30")]
    NotADate(String),
    /// The day is none.
    #[error("“{0}” is not a day; accepted: a date such as 2024-04-15")]
    NotADay(String),
    /// The stretch of time is none.
    #[error("“{0}” is not accepted; accepted: 2024, 2024-04, 2024-01/2024-06, ../2024, 2025/.. or none")]
    NotARange(String),
    /// The moment is none.
    #[error("“{0}” is not a moment; accepted: 2024-04-15T12:00:00Z or 2024-04-15")]
    NotATimestamp(String),
    /// The moment comes after one that it should not come after.
    #[error("must not be later than `{0}`")]
    LaterThan(#[serde(deserialize_with = "kept::word")] Word),
    /// The slug is none.
    #[error("“{0}” is not accepted; accepted: 1 to 80 lower-case letters a–z, digits and single hyphens between them")]
    NotASlug(String),
    /// The language tag is none.
    #[error("“{0}” is not a language tag; accepted: en, es, pt-BR and the like")]
    NotALanguage(String),
    /// The URL is none that the record accepts.
    #[error("“{given}” is not accepted: {reason}; accepted: an http or https address without a user name")]
    NotAUrl {
        /// What was given.
        given: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The country code is none.
    #[error("“{0}” is not a country code; accepted: two capital letters (ISO 3166-1)")]
    NotACountry(String),
    /// The same value stands in another place too.
    #[error("“{0}” is given twice")]
    Twice(String),
    /// The value names something that is not there.
    #[error("“{given}” names no {what} of this record")]
    NoSuch {
        /// What was named.
        given: String,
        /// What it should name.
        #[serde(deserialize_with = "kept::word")]
        what: Word,
    },
    /// A status change rests on nothing.
    #[error("needs at least one citation, or `searched`: where was looked and nothing found")]
    NoEvidence,
    /// A change is dated before the pledge was made.
    #[error("{effective} is before the pledge was made ({made})")]
    BeforeMade {
        /// The date of the change.
        effective: String,
        /// The date of the pledge.
        made: String,
    },
    /// The change is dated in the future.
    #[error("{0} has not come yet; a status says what has happened")]
    InFuture(String),
    /// A day is asked for that has not come yet.
    #[error("{given} has not come yet; accepted: a day up to {today}")]
    NotYet {
        /// What was given.
        given: String,
        /// The day it is, in UTC.
        today: String,
    },
    /// A time at which something is to be done is over.
    #[error("{0} is over; accepted: a time to come, or none, for at once")]
    Over(String),
    /// A change that replaces another does not say why, or says why and replaces none.
    #[error("a correction names what it `replaces` and gives a `reason`; one without the other is not accepted")]
    HalfCorrection,
    /// A change of the whole joint pledge, over statuses of its parties, gives no reason.
    #[error("the pledge's status follows from those of its parties; to say otherwise needs an `override_reason`")]
    OverrideWithoutReason,
    /// A number out of bounds.
    #[error("must be a finite number of 0 or more")]
    NotAQuantity,
    /// The e-mail address is none.
    #[error("“{0}” is not an e-mail address; accepted: name@example.org")]
    NotAnEmail(String),
    /// The text is shorter than allowed.
    #[error("is {length} characters long; at least {least} are needed")]
    TooShort {
        /// How many characters were given.
        length: usize,
        /// How many are needed.
        least: usize,
    },
    /// The password is among those that are tried first.
    #[error("is among the passwords that are tried first; choose one that nobody else has")]
    TooCommon,
    /// The password is the name or the address of who chooses it.
    #[error("is your own name or address, which are tried first")]
    NamesYou,
    /// The second typing of a password differs from the first.
    #[error("is not what was typed before")]
    Differs,
    /// The password or code that was typed is not the right one. It is never repeated.
    #[error("is not right")]
    NotRight,
    /// Nobody who may look after people would be left.
    #[error("is the last administrator; somebody else must be one first")]
    LastAdministrator,
    /// Somebody has published another text for this since the writer read it.
    #[error("says “{now}” in public by now, which was published after this was written; save what it should say from now on")]
    ChangedSince {
        /// What is public now; empty where there is nothing.
        now: String,
    },
    /// A tip has neither a link nor a text.
    #[error("says nothing yet; accepted: a link, a text, or both")]
    NothingSaid,
    /// The file says it is of another format or version.
    #[error("must be {0}")]
    MustBe(#[serde(deserialize_with = "kept::word")] Word),
    /// The input is not JSON at all.
    #[error("is not JSON: {0}")]
    NotJson(String),
    /// A file is not text in UTF-8.
    #[error("is not text in UTF-8, from its byte {0} on; save it as UTF-8 and try again")]
    NotUtf8(usize),
    /// The first line of a file names the columns of no table.
    #[error("is no table that is known here: “{0}” has not the columns of one; accepted: the files of /data, by their columns")]
    NotATable(String),
    /// What is published would be edited or left out.
    #[error("is published and stays as it is; a correction is added beside it")]
    Published,
    /// The record knows something under this name already, and says otherwise of it.
    #[error("is “{given}” here and “{has}” in the record, which an import of pledges does not change")]
    DiffersFromRecord {
        /// What is given.
        given: String,
        /// What the record has.
        has: String,
    },
}

/// A problem and the path of the field that has it, such as `pledges[3].history[0].effective_on`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The path of the field; empty for the whole input.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the input" } else { &self.path };
        write!(f, "{path}: {}", self.problem)
    }
}

/// Everything that is wrong with an input, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// A single problem.
    #[must_use]
    pub fn one(path: impl Into<String>, problem: Problem) -> Self {
        Self(vec![FieldError { path: path.into(), problem }])
    }

    /// Notes one more problem.
    pub fn push(&mut self, path: impl Into<String>, problem: Problem) {
        self.0.push(FieldError { path: path.into(), problem });
    }

    /// Brings them into the order of their fields; what is wrong with the same field stays as it was noted.
    pub fn sort_by(&mut self, order: impl Fn(&str, &str) -> Ordering) {
        self.0.sort_by(|one, other| order(&one.path, &other.path));
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems one by one.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// `value` if nothing is wrong, else the problems.
    ///
    /// # Errors
    /// These problems, if there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_as_it_was() {
        let codes = crate::status::PledgeStatus::CODES;
        for problem in [
            Problem::Missing,
            Problem::NotOneOf { given: "broken".into(), accepted: codes },
            Problem::UnknownField(&["id"]),
            Problem::NoSuch { given: "x".into(), what: "party" },
            Problem::WrongType("a number"),
            Problem::NotUtf8(7),
        ] {
            let kept = serde_json::to_string(&problem).unwrap();
            assert_eq!(serde_json::from_str::<Problem>(&kept).unwrap(), problem, "{kept}");
        }
    }
}
