//! What a request asks for, read strictly: a parameter that is unknown, given twice or empty is refused, so that a filter
//! that is misspelt is never answered with everything.

use std::sync::LazyLock;

use domain::{DueRange, FieldErrors, FuzzyDate, Moment, Params, PledgeQuery, Problem};
use store::Cursor;
use url::form_urlencoded;

/// How many items stand on a piece of a list where nobody says.
pub(super) const USUAL_LIMIT: u32 = 25;
/// How many stand on it at most.
pub(super) const HIGHEST_LIMIT: u32 = 100;
/// The longest search, in characters.
pub(super) const LONGEST_SEARCH: usize = 200;

/// The parameters of the two clocks.
pub(super) const MOMENT: [&str; 2] = ["as_of", "known_at"];
/// The parameters that go through a list piece by piece.
pub(super) const PAGING: [&str; 2] = ["limit", "cursor"];

static FILTERED: LazyLock<Vec<&'static str>> = LazyLock::new(|| [&PledgeQuery::PARAMETERS[..], &MOMENT].concat());
static PAGED: LazyLock<Vec<&'static str>> = LazyLock::new(|| [&PledgeQuery::PARAMETERS[..], &PAGING, &MOMENT].concat());

/// Which parameters an operation takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Takes {
    /// Those of the two clocks alone.
    Moment,
    /// Those that choose pledges, too.
    Filters,
    /// And those that go through a list.
    Pages,
}

impl Takes {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Moment => &MOMENT,
            Self::Filters => &FILTERED,
            Self::Pages => &PAGED,
        }
    }
}

/// What a request asks for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Which pledges.
    pub query: PledgeQuery,
    /// At which moment.
    pub moment: Moment,
    /// How many items at most.
    pub limit: u32,
    /// Behind which item.
    pub cursor: Option<Cursor>,
    /// The parameters as they were sent.
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// Reads a query string.
    ///
    /// # Errors
    /// Every parameter that is wrong, and what would be accepted.
    pub(super) fn read(query: &str, takes: Takes, now: chrono::DateTime<chrono::Utc>) -> Result<Self, FieldErrors> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        sound(&pairs, takes.names())?;
        let params: Params = pairs.iter().cloned().collect();
        let mut errors = FieldErrors::default();
        let moment = noted(Moment::asked(params.get("as_of"), params.get("known_at"), now), &mut errors);
        let others: Params = pairs.iter().filter(|(name, _)| name != "due").cloned().collect();
        let query = noted(PledgeQuery::asked(&others), &mut errors);
        let due = params.read_with("due", due, &mut errors);
        let limit = params.read_with("limit", limit, &mut errors).unwrap_or(USUAL_LIMIT);
        let cursor = params.read_with("cursor", cursor, &mut errors);
        let moment = moment.unwrap_or(Moment::now(now));
        let query = PledgeQuery { due, ..query.unwrap_or_default() };
        errors.or(Self { query, moment, limit, cursor, pairs })
    }

    /// The query string that asks for the same, behind another item, or from the beginning.
    pub(super) fn behind(&self, cursor: Option<Cursor>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs.iter().filter(|(name, _)| name != "cursor"));
        if let Some(cursor) = cursor {
            query.append_pair("cursor", &cursor.to_string());
        }
        query.finish()
    }
}

/// A value, or nothing and its errors among the others.
fn noted<T>(read: Result<T, FieldErrors>, errors: &mut FieldErrors) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(found) => {
            for error in found.iter() {
                errors.push(error.path.clone(), error.problem.clone());
            }
            None
        }
    }
}

/// Checks what holds for every parameter, whatever it means.
pub(super) fn sound(pairs: &[(String, String)], known: &'static [&'static str]) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for (index, (name, value)) in pairs.iter().enumerate() {
        let problem = if !known.contains(&name.as_str()) {
            Some(Problem::UnknownField(known))
        } else if pairs[..index].iter().any(|(before, _)| before == name) {
            Some(Problem::Twice(excerpt(name)))
        } else if value.contains('\u{fffd}') {
            // What is not UTF-8 was read as this character.
            Some(Problem::MustBe("text in UTF-8"))
        } else if value.chars().any(char::is_control) {
            Some(Problem::ControlCharacter)
        } else if value.is_empty() || (name != "q" && value.trim() != value) {
            Some(Problem::MustBe("a value without spaces around it; to ask for nothing, leave the parameter out"))
        } else if name == "q" {
            let length = value.chars().count();
            (length > LONGEST_SEARCH).then_some(Problem::TooLong { length, limit: LONGEST_SEARCH })
        } else {
            None
        };
        if let Some(problem) = problem {
            errors.push(name.clone(), problem);
        }
    }
    errors.or(())
}

/// A range as the domain reads it; here one that ends before it begins is accepted too, and holds nothing. A description can
/// say what a date looks like, and not which of two comes first.
fn due(text: &str) -> Result<DueRange, Problem> {
    let date = |text: &str| text.parse::<FuzzyDate>().ok();
    let backwards = || {
        let (from, until) = text.split_once('/')?;
        Some(DueRange::Within { from: Some(date(from)?), until: Some(date(until)?) })
    };
    text.parse().or_else(|problem| backwards().ok_or(problem))
}

fn limit(text: &str) -> Result<u32, Problem> {
    // Digits alone: a number may not come with a sign.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| digits && (1..=HIGHEST_LIMIT).contains(number));
    number.ok_or(Problem::MustBe("a whole number from 1 to 100"))
}

fn cursor(text: &str) -> Result<Cursor, Problem> {
    let cursor: Cursor = text.parse()?;
    // Only as it was given: one place in a list has one cursor.
    if cursor.to_string() == text { Ok(cursor) } else { Err(Problem::MustBe("a cursor as a `next` link has it")) }
}

/// The beginning of a text that came from outside, as long as a message can bear.
pub(super) fn excerpt(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Result<Asked, FieldErrors> {
        Asked::read(query, Takes::Pages, "2026-11-23T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_parameter_that_is_not_understood_is_named() {
        for (query, field) in [
            ("statsu=stalled", "statsu"),
            ("status=stalled&status=fulfilled", "status"),
            ("q=%FF", "q"),
            ("q=a%00b", "q"),
            ("q=", "q"),
            ("status=", "status"),
            ("status=+stalled", "status"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=%2B5", "limit"),
            ("cursor=1", "cursor"),
            ("cursor=00.1", "cursor"),
            ("as_of=2024-04", "as_of"),
        ] {
            let errors = asked(query).unwrap_err();
            assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), [field], "{query}");
        }
        assert!(asked(&format!("q={}", "a".repeat(201))).is_err() && asked(&format!("q={}", "ñ".repeat(200))).is_ok());
    }

    #[test]
    fn a_range_that_ends_before_it_begins_holds_nothing() {
        let due = asked("due=2025%2F2024").unwrap().query.due.unwrap();
        assert!(["2024-06-01", "2025-06-01"].iter().all(|day| !due.holds(day.parse().ok())) && !due.holds(None));
        assert!(asked("due=2025%2Fsoon").is_err() && asked("due=..%2F..").is_err());
    }

    #[test]
    fn the_next_piece_is_asked_for_as_this_one_was() {
        let first = asked("q=c%C3%A9lula+a&limit=2&as_of=2024-04-15").unwrap();
        assert_eq!((first.limit, first.cursor), (2, None));
        let next = first.behind("0.2".parse().ok());
        assert_eq!(next, "q=c%C3%A9lula+a&limit=2&as_of=2024-04-15&cursor=0.2");
        let second = asked(&next).unwrap();
        assert_eq!(second.behind(None), "q=c%C3%A9lula+a&limit=2&as_of=2024-04-15");
        assert_eq!(second.query, first.query);
    }
}
