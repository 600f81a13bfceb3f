//! The two clocks: what was true on a day, and what the record said at a moment.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use crate::{
    date::{excerpt, parse_day},
    errors::{FieldErrors, Problem},
};

/// The point from which the record is read: the state of the world on `as_of`, as the record told it at `known_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day whose truth is asked for, to its end.
    pub as_of: NaiveDate,
    /// The moment whose knowledge is asked with.
    pub known_at: DateTime<Utc>,
    /// Whether `as_of` was asked for, and is not simply today.
    pub asked_as_of: bool,
    /// Whether `known_at` was asked for, and is not simply now.
    pub asked_known_at: bool,
}

impl Moment {
    /// Now: today's truth as known now.
    #[must_use]
    pub fn now(now: DateTime<Utc>) -> Self {
        Self { as_of: now.date_naive(), known_at: now, asked_as_of: false, asked_known_at: false }
    }

    /// The moment that a reader asked for, where an empty or absent text asks for now.
    ///
    /// `as_of` is a day that has come (UTC); `known_at` is read by [`parse_timestamp`]. Who asks only what the record said at a time is told it as
    /// it was told then: `as_of` is the day of that time, so that what is computed from it does not change any more.
    ///
    /// # Errors
    /// Names `as_of` or `known_at` and what would be accepted.
    pub fn asked(as_of: Option<&str>, known_at: Option<&str>, now: DateTime<Utc>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut moment = Self::now(now);
        match as_of.filter(|text| !text.is_empty()).map(parse_day) {
            Some(Ok(day)) if day > moment.as_of => {
                errors.push("as_of", Problem::NotYet { given: day.to_string(), today: moment.as_of.to_string() });
            }
            Some(Ok(day)) => (moment.as_of, moment.asked_as_of) = (day, true),
            Some(Err(problem)) => errors.push("as_of", problem),
            None => {}
        }
        match known_at.filter(|text| !text.is_empty()).map(parse_timestamp) {
            Some(Ok(instant)) => {
                (moment.known_at, moment.asked_known_at) = (instant, true);
                if !moment.asked_as_of {
                    moment.as_of = instant.date_naive().min(now.date_naive());
                }
            }
            Some(Err(problem)) => errors.push("known_at", problem),
            None => {}
        }
        errors.or(moment)
    }

    /// Whether this is another moment than now.
    #[must_use]
    pub fn is_past(self) -> bool {
        self.asked_as_of || self.asked_known_at
    }
}

/// The last instant of the second in which an instant lies: HTTP dates are no finer than a second, the record is.
#[must_use]
pub fn end_of_second(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.with_nanosecond(999_999_999).unwrap_or(instant)
}

/// Reads a time: an RFC 3339 timestamp; or one without an offset as forms send it (`datetime-local` of HTML), which is in UTC;
/// or a day. What is less precise than a timestamp means the end of its second, minute or day.
///
/// # Errors
/// [`Problem::NotATimestamp`] if it is none.
pub fn parse_timestamp(text: &str) -> Result<DateTime<Utc>, Problem> {
    let end_of_day = || {
        let last = NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999)?;
        parse_day(text).ok().map(|day| day.and_time(last).and_utc())
    };
    let local = |format: &str| NaiveDateTime::parse_from_str(text, format).ok().map(|local| local.and_utc());
    let end_of_local = || {
        let minute = local("%Y-%m-%dT%H:%M").and_then(|minute| minute.with_second(59));
        minute.or_else(|| local("%Y-%m-%dT%H:%M:%S")).map(end_of_second)
    };
    // In a query string an unescaped `+` has become a space.
    DateTime::parse_from_rfc3339(&text.replace(' ', "+"))
        .map(|instant| instant.to_utc())
        .ok()
        .or_else(end_of_day)
        .or_else(end_of_local)
        .filter(|instant| (1000..=9999).contains(&chrono::Datelike::year(instant)))
        .ok_or_else(|| Problem::NotATimestamp(excerpt(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn nothing_asked_is_now() {
        let moment = Moment::asked(None, Some(""), now()).unwrap();
        assert_eq!(moment, Moment::now(now()));
        assert!(!moment.is_past());
    }

    #[test]
    fn a_day_as_known_at_means_its_end() {
        let moment = Moment::asked(Some("2024-04-15"), Some("2024-05-01"), now()).unwrap();
        assert_eq!(moment.as_of.to_string(), "2024-04-15");
        assert_eq!(moment.known_at.to_rfc3339(), "2024-05-01T23:59:59.999999+00:00");
        assert!(moment.is_past());
    }

    #[test]
    fn timestamps_with_an_offset_are_turned_to_utc_even_when_the_plus_was_lost() {
        let moment = Moment::asked(None, Some("2024-05-01T10:00:00 02:00"), now()).unwrap();
        assert_eq!(moment.known_at.to_rfc3339(), "2024-05-01T08:00:00+00:00");
    }

    #[test]
    fn what_the_record_said_then_is_seen_from_then() {
        let moment = |as_of, known_at| Moment::asked(as_of, Some(known_at), now()).unwrap();
        assert_eq!(moment(None, "2024-05-01T10:00:00Z").as_of.to_string(), "2024-05-01");
        assert_eq!(moment(Some("2024-04-15"), "2024-05-01T10:00:00Z").as_of.to_string(), "2024-04-15");
        assert_eq!(moment(None, "9999-12-31").as_of, now().date_naive(), "the future has not come yet");
    }

    #[test]
    fn what_a_form_sends_means_its_end_in_utc() {
        let read = |text: &str| parse_timestamp(text).map(|instant| instant.to_rfc3339());
        assert_eq!(read("2024-05-01T10:00").unwrap(), "2024-05-01T10:00:59.999999999+00:00");
        assert_eq!(read("2024-05-01T10:00:07").unwrap(), "2024-05-01T10:00:07.999999999+00:00");
        assert_eq!(read("2024-05-01T10:00:07Z").unwrap(), "2024-05-01T10:00:07+00:00");
        for wrong in ["2024-05-01T", "2024-05-01T25:00", "T10:00", "99999-05-01T10:00", "10:00"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nobody_knows_what_is_true_on_a_day_to_come() {
        assert!(Moment::asked(Some("2026-11-23"), None, now()).is_ok());
        let errors = Moment::asked(Some("2026-11-24"), None, now()).unwrap_err();
        assert_eq!(errors.to_string(), "as_of: 2026-11-24 has not come yet; accepted: a day up to 2026-11-23");
    }

    #[test]
    fn both_fields_are_named_when_both_are_wrong() {
        let errors = Moment::asked(Some("2024-04"), Some("soon"), now()).unwrap_err();
        let paths: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, ["as_of", "known_at"]);
    }
}
