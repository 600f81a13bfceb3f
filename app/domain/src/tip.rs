//! Tips: what a reader tells the desk about a pledge, without saying who they are.

use crate::{
    codes::codes,
    errors::{FieldErrors, Problem},
    form::Fields,
    locale::Locale,
    source::SourceUrl,
    text::clean,
};

/// The longest text of a tip, in characters.
pub const WORDS: usize = 2_000;

codes! {
    /// What has become of a tip.
    TipState {
        /// Nobody has looked at it yet.
        New = "new",
        /// A draft was made of it.
        Accepted = "accepted",
        /// It was read, and nothing followed from it.
        Declined = "declined",
        /// It is no tip.
        Spam = "spam",
    }
}

/// A tip as it is sent: a link, a text, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTip {
    /// Where the desk should look.
    pub url: Option<SourceUrl>,
    /// What the reader has to say.
    pub words: Option<String>,
    /// The language of the page on which they wrote it.
    pub language: Locale,
}

impl NewTip {
    /// The name of the field for the link.
    pub const URL: &'static str = "url";

    /// The name of the field for the text.
    pub const TEXT: &'static str = "words";

    /// Reads the form.
    ///
    /// # Errors
    /// Every field that is wrong; where there is neither, that stands at the text.
    pub fn read(fields: &Fields, language: Locale) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut read = |name: &str, problem: Problem| errors.push(name, problem);
        let url = match fields.get(Self::URL).trim() {
            "" => None,
            typed => SourceUrl::parse(typed).map_err(|problem| read(Self::URL, problem)).ok(),
        };
        let words = match fields.get(Self::TEXT) {
            typed if typed.trim().is_empty() => None,
            typed => clean(typed, WORDS).map_err(|problem| read(Self::TEXT, problem)).ok(),
        };
        if errors.is_empty() && url.is_none() && words.is_none() {
            errors.push(Self::TEXT, Problem::NothingSaid);
        }
        errors.or(Self { url, words, language })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(url: &str, words: &str) -> Result<NewTip, Vec<String>> {
        let typed = [(NewTip::URL, url), (NewTip::TEXT, words)];
        let fields = Fields::sent(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
        NewTip::read(&fields, Locale::Es).map_err(|errors| errors.iter().map(|error| error.path.clone()).collect())
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_says_something_and_keeps_to_the_limits(url in "(https://a\\.example/)?.{0,40}", words in ".{0,80}") {
            if let Ok(tip) = read(&url, &words) {
                prop_assert!(tip.url.is_some() || tip.words.is_some());
                prop_assert!(tip.words.is_none_or(|words| !words.trim().is_empty() && words.chars().count() <= WORDS));
                prop_assert!(tip.url.is_none_or(|url| url.as_str().starts_with("http")));
            }
        }
    }

    #[test]
    fn a_link_or_a_text_is_enough() {
        let link = read(" https://example.org/a ", " ").unwrap();
        assert_eq!((link.url.unwrap().as_str(), link.words), ("https://example.org/a", None));
        let text = read("", " Se celebró.\nEn mayo. ").unwrap();
        assert_eq!((text.url, text.words.as_deref(), text.language), (None, Some("Se celebró.\nEn mayo."), Locale::Es));
        assert!(read("https://example.org/a", &"é".repeat(WORDS)).is_ok());
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        assert_eq!(read(" ", "").unwrap_err(), ["words"]);
        assert_eq!(read("javascript:alert(1)", "").unwrap_err(), ["url"]);
        assert_eq!(read("example.org", &"é".repeat(WORDS + 1)).unwrap_err(), ["url", "words"]);
        assert_eq!(read("https://example.org/a", "a\u{0}").unwrap_err(), ["words"]);
    }
}
