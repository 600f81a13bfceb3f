//! What is wrong with an input, in the reader's language.

use domain::Problem;

use crate::{i18n::Arg, visit::Visit};

/// Says what is wrong and what would be accepted.
pub fn problem(visit: &Visit, problem: &Problem) -> String {
    let given = |given: &str| ("given", Arg::from(given));
    let number = |n: usize| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
    match problem {
        Problem::Missing => visit.t("problem-missing"),
        Problem::NotOneOf { given: text, accepted } => {
            visit.t_with("problem-not-one-of", &[given(text), ("accepted", accepted.join(", ").into())])
        }
        Problem::TooLong { length, limit } => {
            visit.t_with("problem-too-long", &[("length", number(*length)), ("limit", number(*limit))])
        }
        Problem::ControlCharacter => visit.t("problem-control-character"),
        Problem::NotADate(text) => visit.t_with("problem-not-a-date", &[given(text)]),
        Problem::NotASlug(text) => visit.t_with("problem-not-a-slug", &[given(text)]),
        Problem::NotARange(text) => visit.t_with("problem-not-a-range", &[given(text)]),
        Problem::NotALanguage(text) => visit.t_with("problem-not-a-language", &[given(text)]),
        Problem::NotADay(text) => visit.t_with("problem-not-a-day", &[given(text)]),
        Problem::NotATimestamp(text) => visit.t_with("problem-not-a-timestamp", &[given(text)]),
        Problem::NotAUrl { given: text, .. } => visit.t_with("problem-not-a-url", &[given(text)]),
        Problem::NotACountry(text) => visit.t_with("problem-not-a-country", &[given(text)]),
        Problem::LaterThan(other) => visit.t_with("problem-later-than", &[("other", (*other).into())]),
        Problem::Twice(text) => visit.t_with("problem-twice", &[given(text)]),
        Problem::NoSuch { given: text, .. } => visit.t_with("problem-no-such", &[given(text)]),
        Problem::NoEvidence => visit.t("problem-no-evidence"),
        Problem::BeforeMade { effective, made } => {
            visit.t_with("problem-before-made", &[("effective", effective.as_str().into()), ("made", made.as_str().into())])
        }
        Problem::InFuture(text) => visit.t_with("problem-in-future", &[given(text)]),
        Problem::NotYet { given: text, today } => {
            visit.t_with("problem-not-yet", &[given(text), ("today", today.as_str().into())])
        }
        Problem::Over(text) => visit.t_with("problem-over", &[given(text)]),
        Problem::HalfCorrection => visit.t("problem-half-correction"),
        Problem::OverrideWithoutReason => visit.t("problem-override-without-reason"),
        Problem::NotAQuantity => visit.t("problem-not-a-quantity"),
        Problem::NotAnEmail(text) => visit.t_with("problem-not-an-email", &[given(text)]),
        Problem::TooShort { length, least } => {
            visit.t_with("problem-too-short", &[("length", number(*length)), ("least", number(*least))])
        }
        Problem::TooCommon => visit.t("problem-too-common"),
        Problem::NamesYou => visit.t("problem-names-you"),
        Problem::Differs => visit.t("problem-differs"),
        Problem::NotRight => visit.t("problem-not-right"),
        Problem::LastAdministrator => visit.t("problem-last-administrator"),
        Problem::ChangedSince { now } => visit.t_with("problem-changed-since", &[("now", now.as_str().into())]),
        Problem::NothingSaid => visit.t("problem-nothing-said"),
        Problem::NotUtf8(byte) => visit.t_with("problem-not-utf8", &[("byte", number(*byte))]),
        Problem::NotATable(text) => visit.t_with("problem-not-a-table", &[given(text)]),
        Problem::Published => visit.t("problem-published"),
        Problem::DiffersFromRecord { given: text, has } => {
            visit.t_with("problem-differs-from-record", &[given(text), ("has", has.as_str().into())])
        }
        // What only a file or a program can send; it is told in the words of the format.
        Problem::WrongType(_) | Problem::UnknownField(_) | Problem::MustBe(_) | Problem::NotJson(_) => problem.to_string(),
    }
}
