//! Sources: the published documents that claims rest on.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    codes::codes,
    date::{FuzzyDate, excerpt},
    errors::Problem,
    text::Slug,
};

codes! {
    /// What kind of document a source is.
    SourceKind {
        /// Published by a government or an intergovernmental body.
        Official = "official",
        /// Published by the press.
        News = "news",
        /// Published by a non-governmental organisation.
        Ngo = "ngo",
        /// A treaty or agreement.
        Treaty = "treaty",
        /// Data.
        Dataset = "dataset",
    }
}

/// An http or https address without credentials, as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct SourceUrl(String);

impl SourceUrl {
    /// The longest address, in bytes.
    pub const LIMIT: usize = 2_000;

    /// Checks an address.
    ///
    /// # Errors
    /// [`Problem::NotAUrl`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let refuse = |reason: &str| Problem::NotAUrl { given: excerpt(text), reason: reason.to_owned() };
        if text.len() > Self::LIMIT {
            return Err(refuse("it is longer than 2000 bytes"));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(refuse("it holds a space or control character"));
        }
        let url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("it is neither http nor https"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it holds a user name or password"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for SourceUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for SourceUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A published document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in URLs.
    pub id: Slug,
    /// Where it was published.
    pub url: SourceUrl,
    /// Its title, in its own language.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The language it is in (BCP 47).
    pub language: String,
    /// When it was published, as precisely as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<FuzzyDate>,
    /// What kind of document it is.
    pub kind: SourceKind,
    /// The source it is a translation of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation_of: Option<Slug>,
    /// Where an archive keeps what was at its address. It may come later than the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_url: Option<SourceUrl>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_without_an_archive_is_written_as_before_there_were_any() {
        let written = r#"{"id":"a","url":"https://example.org/a","title":"A","publisher":"P","language":"en","kind":"news"}"#;
        let source: Source = serde_json::from_str(written).unwrap();
        assert_eq!(source.archive_url, None);
        assert_eq!(serde_json::to_string(&source).unwrap(), written);
    }

    #[test]
    fn only_plain_web_addresses_are_sources() {
        for good in ["https://example.org/a?b=c#d", "http://www.oas.org/en/about/speech.asp?sCodigo=24-0015"] {
            assert!(SourceUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "javascript:alert(1)",
            "ftp://example.org",
            "https://user:pw@example.org/",
            "https://exa mple.org",
            "https://",
        ] {
            assert!(SourceUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
