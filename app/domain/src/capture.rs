//! Kept copies of sources: where they come from, what can keep one from being made, and when it is tried again.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{codes::codes, date::FuzzyDate, form::Fields, source::SourceUrl};

/// The most bytes that are kept of a source, also after what was compressed is unpacked.
pub const BYTES: usize = 25 * 1024 * 1024;

/// The longest text that can be pasted in place of a file, in bytes.
pub const PASTED: usize = 256 * 1024;

codes! {
    /// How far the capture of a source has come.
    CaptureState {
        /// It waits for its turn.
        Queued = "queued",
        /// It is being fetched.
        Running = "running",
        /// A copy is kept.
        Kept = "kept",
        /// It could not be fetched, and is not tried again by itself.
        Failed = "failed",
    }
}

codes! {
    /// Where a kept copy comes from.
    CaptureOrigin {
        /// It was fetched from its address.
        Fetched = "fetched",
        /// Somebody at the desk handed in a file.
        Uploaded = "uploaded",
        /// Somebody at the desk pasted the text.
        Pasted = "pasted",
    }
}

codes! {
    /// Why a source could not be fetched.
    CaptureFailure {
        /// Its address, or one that it leads to, is none of the public web.
        NotAllowed = "not_allowed",
        /// Nobody knows its host.
        NoSuchHost = "no_such_host",
        /// Its host does not answer.
        Unreachable = "unreachable",
        /// Its host can't show that it is the one that was asked for.
        NotSecure = "not_secure",
        /// It took too long.
        TooSlow = "too_slow",
        /// It is larger than what is kept.
        TooLarge = "too_large",
        /// It leads on too often, or in a circle.
        TooManyRedirects = "too_many_redirects",
        /// What came is no whole answer.
        Broken = "broken",
        /// Its host gives it to people only, or to nobody.
        Refused = "refused",
        /// Nothing is there any more.
        Gone = "gone",
        /// Its host has a fault of its own.
        ServerError = "server_error",
    }
}

codes! {
    /// Whether a kept copy has a text.
    TextState {
        /// It was read.
        Read = "read",
        /// Documents of its kind have none.
        None = "none",
        /// It could not be read.
        Unreadable = "unreadable",
    }
}

impl CaptureFailure {
    /// What an HTTP status (RFC 9110, section 15) that is no success amounts to.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::Gone,
            400..=499 => Self::Refused,
            _ => Self::ServerError,
        }
    }

    /// Whether it may pass by itself, so that it is tried again.
    #[must_use]
    pub const fn may_pass(self, status: Option<u16>) -> bool {
        match self {
            Self::NoSuchHost | Self::Unreachable | Self::TooSlow | Self::Broken | Self::ServerError => true,
            Self::Refused => matches!(status, Some(408 | 425 | 429)),
            Self::NotAllowed | Self::NotSecure | Self::TooLarge | Self::TooManyRedirects | Self::Gone => false,
        }
    }
}

/// How long after each try the next one comes, in minutes.
const PATIENCE: [i64; 4] = [1, 10, 60, 6 * 60];

/// The longest that a host can put off the next try.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// How long after the `tries`-th try, which failed, the next one comes; `None` if there is none. A host that said when to come
/// again (`Retry-After`, RFC 9110, section 10.2.3) is not asked before.
#[must_use]
pub fn next_try(tries: u32, failure: CaptureFailure, status: Option<u16>, asked_to_wait: Option<TimeDelta>) -> Option<TimeDelta> {
    if !failure.may_pass(status) {
        return None;
    }
    let minutes = PATIENCE.get(usize::try_from(tries.max(1) - 1).ok()?)?;
    Some(TimeDelta::minutes(*minutes).max(asked_to_wait.unwrap_or_default().min(LONGEST)))
}

/// What a copy says of itself, as far as it does: offered to whoever describes the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceMetadata {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<FuzzyDate>,
    /// The language it is in (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The address that it calls its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_url: Option<String>,
}

impl SourceMetadata {
    /// What it has to say for the fields of a source in a form, by their names below the citation.
    pub fn offered(&self) -> impl Iterator<Item = (&'static str, String)> {
        let date = self.published_on.map(|date| date.to_string());
        let texts = [
            ("source.title", self.title.clone()),
            ("source.publisher", self.publisher.clone()),
            ("source.published_on", date),
            ("source.language", self.language.clone()),
        ];
        texts.into_iter().filter_map(|(name, text)| Some((name, text?)))
    }

    /// Fills the fields of a citation that are still empty; what was typed stays.
    pub fn fill(&self, fields: &mut Fields, citation: &str) {
        for (name, text) in self.offered() {
            let name = format!("{citation}.{name}");
            if fields.get(&name).trim().is_empty() {
                fields.set(name, text);
            }
        }
    }
}

/// The addresses of the sources that a form names, each once.
#[must_use]
pub fn named_in(fields: &Fields) -> Vec<SourceUrl> {
    let typed: BTreeSet<&str> =
        fields.iter().filter(|(name, _)| name.ends_with("source.url")).map(|(_, url)| url.trim()).collect();
    typed.into_iter().filter_map(|url| SourceUrl::parse(url).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_tried_again_ever_later_and_not_for_good() {
        let next = |tries| next_try(tries, CaptureFailure::TooSlow, None, None).map(|wait| wait.num_minutes());
        assert_eq!((1..=6).map(next).collect::<Vec<_>>(), [Some(1), Some(10), Some(60), Some(360), None, None]);
        assert_eq!(next_try(1, CaptureFailure::Gone, Some(404), None), None);
        assert_eq!(next_try(1, CaptureFailure::NotAllowed, None, None), None);
    }

    #[test]
    fn a_host_that_says_when_to_come_again_is_not_asked_before() {
        let next = |wait: TimeDelta| next_try(1, CaptureFailure::Refused, Some(429), Some(wait));
        assert_eq!(next(TimeDelta::minutes(30)), Some(TimeDelta::minutes(30)));
        assert_eq!(next(TimeDelta::seconds(2)), Some(TimeDelta::minutes(1)));
        assert_eq!(next(TimeDelta::days(900)), Some(LONGEST));
        assert_eq!(next_try(1, CaptureFailure::Refused, Some(403), None), None);
    }

    #[test]
    fn what_the_copy_says_never_takes_the_place_of_what_was_typed() {
        let typed = [("citations[0].source.url", "https://example.org/a"), ("citations[0].source.title", "Mine")];
        let mut fields = Fields::sent(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let said = SourceMetadata {
            title: Some("Theirs".into()),
            publisher: Some("The Gazette".into()),
            published_on: "2024-04".parse().ok(),
            ..SourceMetadata::default()
        };
        said.fill(&mut fields, "citations[0]");
        assert_eq!(fields.get("citations[0].source.title"), "Mine");
        assert_eq!(fields.get("citations[0].source.publisher"), "The Gazette");
        assert_eq!(fields.get("citations[0].source.published_on"), "2024-04");
    }

    #[test]
    fn a_form_names_its_sources_wherever_they_stand() {
        let typed = [
            ("citations[0].source.url", " https://example.org/b "),
            ("citations[1].source.url", "example.org"),
            ("history[0].citations[0].source.url", "https://example.org/b"),
            ("variants[0].source.url", "https://example.org/a"),
        ];
        let fields = Fields::sent(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let named: Vec<_> = named_in(&fields).iter().map(ToString::to_string).collect();
        assert_eq!(named, ["https://example.org/a", "https://example.org/b"]);
    }
}
