//! Validators: which answers are the same as the one that a client has (RFC 9110, sections 8.8 and 13).

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use sha2::{Digest, Sha256};
use store::Revision;

/// The form of a date in a header (RFC 9110, section 5.6.7).
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// What tells two answers at one address apart.
#[derive(Clone, Debug)]
pub(super) struct Validators {
    /// Weak, since the same answer goes out in several encodings.
    etag: String,
    /// To the second, as a header can say it.
    last_modified: Option<DateTime<Utc>>,
}

impl Validators {
    /// Those of what was read from the record. `today` is the day on which the answer depends, if it does: pledges fall due
    /// without anything being published.
    pub(super) fn of_record(revision: Revision, address: &str, today: Option<NaiveDate>) -> Self {
        let told = format!("{} {:?} {today:?} {address}", revision.number, revision.recorded_at);
        let midnight = today.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|midnight| midnight.and_utc());
        let last_modified = revision.recorded_at.map(|moment| moment.trunc_subsecs(0)).max(midnight);
        Self { etag: tag(&told), last_modified }
    }

    /// Those of a text that stays the same while the server runs.
    pub(super) fn of_text(text: &str) -> Self {
        Self { etag: tag(text), last_modified: None }
    }

    /// Whether the client names the answer that it would get. `*` is not looked at: whether there is anything at all is not
    /// known yet.
    pub(super) fn matched_by(&self, headers: &HeaderMap) -> bool {
        let named = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let opaque = self.etag.trim_start_matches("W/");
        named.flat_map(|value| value.split(',')).any(|tag| tag.trim().trim_start_matches("W/") == opaque)
    }

    /// Whether the client has what there was at a time since which nothing changed. Where it names answers, only those count.
    pub(super) fn unmodified_for(&self, headers: &HeaderMap) -> bool {
        if headers.contains_key(header::IF_NONE_MATCH) {
            return false;
        }
        let since = headers.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
        let since = since.and_then(|text| DateTime::parse_from_rfc2822(text).ok());
        since.zip(self.last_modified).is_some_and(|(since, modified)| since >= modified)
    }

    /// The headers that say so.
    pub(super) fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let modified = self.last_modified.map(|moment| (header::LAST_MODIFIED, moment.format(HTTP_DATE).to_string()));
        let told = [(header::ETAG, self.etag.clone())].into_iter().chain(modified);
        told.filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?)))
    }
}

/// A weak tag; another version of the program may tell the same record differently.
fn tag(told: &str) -> String {
    let digest = Sha256::digest(format!("{} {told}", env!("CARGO_PKG_VERSION")));
    let mut tag = String::from("W/\"");
    for byte in &digest[..12] {
        _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validators(number: i64, today: &str) -> Validators {
        let revision = Revision { number, recorded_at: "2026-11-20T12:00:00.5Z".parse().ok() };
        Validators::of_record(revision, "/api/v1/pledges?", today.parse().ok())
    }

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn a_new_revision_or_a_new_day_is_another_answer() {
        let now = validators(1, "2026-11-23");
        assert!(now.matched_by(&headers(header::IF_NONE_MATCH, &format!("\"x\", {}", now.etag))));
        assert!(now.matched_by(&headers(header::IF_NONE_MATCH, now.etag.trim_start_matches("W/"))));
        for other in [validators(2, "2026-11-23"), validators(1, "2026-11-24")] {
            assert!(!other.matched_by(&headers(header::IF_NONE_MATCH, &now.etag)));
        }
        assert!(!now.matched_by(&headers(header::IF_NONE_MATCH, "*")));
    }

    #[test]
    fn an_answer_is_as_old_as_its_last_publication_or_as_the_day_it_depends_on() {
        let since = |text| headers(header::IF_MODIFIED_SINCE, text);
        let today = validators(1, "2026-11-23");
        assert!(today.unmodified_for(&since("Mon, 23 Nov 2026 00:00:00 GMT")));
        assert!(!today.unmodified_for(&since("Sun, 22 Nov 2026 23:59:59 GMT")));
        let fixed = validators(1, "");
        assert!(fixed.unmodified_for(&since("Fri, 20 Nov 2026 12:00:00 GMT")));
        assert!(!fixed.unmodified_for(&since("Fri, 20 Nov 2026 11:59:59 GMT")));
        assert!(!fixed.unmodified_for(&since("yesterday")));
    }
}
