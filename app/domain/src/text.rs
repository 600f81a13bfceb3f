//! Short texts with rules: slugs, language tags, lengths, and the folded form in which texts are searched.

use std::{fmt, str::FromStr};

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{date::excerpt, errors::Problem};

/// The longest title, in characters.
pub const TITLE: usize = 200;
/// The longest summary, wording or rationale, in characters.
pub const PROSE: usize = 4_000;
/// The longest quote, in characters.
pub const QUOTE: usize = 2_000;
/// The longest name, place, publisher or locator, in characters.
pub const NAME: usize = 300;

/// The name of a thing in URLs: lower-case ASCII letters, digits and single hyphens between them, at most 80.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// The slug as it stands in a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let well_formed = (1..=80).contains(&text.len())
            && text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        if well_formed { Ok(Self(text.to_owned())) } else { Err(Problem::NotASlug(excerpt(text))) }
    }
}

impl<'de> serde::Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Trims a text and checks its length and characters.
///
/// # Errors
/// [`Problem::Missing`] if nothing is left, [`Problem::TooLong`], [`Problem::ControlCharacter`].
pub fn clean(text: &str, limit: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let length = text.chars().count();
    if length > limit {
        return Err(Problem::TooLong { length, limit });
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Problem::ControlCharacter);
    }
    Ok(text.to_owned())
}

/// Checks a language tag of the common form `es` or `pt-BR` (a subset of BCP 47).
///
/// # Errors
/// [`Problem::NotALanguage`].
pub fn language_tag(text: &str) -> Result<String, Problem> {
    let mut parts = text.split('-');
    let primary = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_lowercase()));
    let rest = parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if primary && rest && text.len() <= 20 { Ok(text.to_owned()) } else { Err(Problem::NotALanguage(excerpt(text))) }
}

/// A name for URLs made of a text: its letters and digits without accents, at most 60 of them, cut between words. `None` where
/// no letter is one of the Latin alphabet.
#[must_use]
pub fn slug_of(text: &str) -> Option<Slug> {
    let mut slug = String::new();
    for word in fold(text).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() + 1 > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug.parse().ok()
}

/// A text as it is searched: without accents, in lower case, with single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    // Most names and words have nothing to be taken apart.
    let plain: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
    };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn what_is_clean_stays_clean(text in ".{0,60}") {
            if let Ok(cleaned) = clean(&text, 50) { prop_assert_eq!(clean(&cleaned, 50), Ok(cleaned)); }
        }
    }

    #[test]
    fn search_is_blind_to_accents_and_case() {
        assert_eq!(fold("  Célula OPERATIVA\ntrilateral "), "celula operativa trilateral");
    }

    #[test]
    fn a_title_makes_a_slug() {
        let slug = |text| slug_of(text).map(|slug| slug.to_string());
        assert_eq!(slug("Célula operativa: «trilateral»").as_deref(), Some("celula-operativa-trilateral"));
        assert_eq!(slug("会議"), None);
        assert!(slug(&"palabra ".repeat(40)).unwrap().len() <= 60);
    }

    #[test]
    fn slugs_are_plain() {
        for good in ["a", "april-summit", "us-314m", "2024"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "é", "a b", "a/b", &"a".repeat(81)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_text_of_spaces_is_missing_and_a_long_one_is_named_with_its_length() {
        assert_eq!(clean("  \n", 5), Err(Problem::Missing));
        assert_eq!(clean("ñandúes", 5), Err(Problem::TooLong { length: 7, limit: 5 }));
        assert_eq!(clean("a\u{0}b", 5), Err(Problem::ControlCharacter));
    }

    #[test]
    fn language_tags() {
        assert!(language_tag("pt-BR").is_ok() && language_tag("es").is_ok());
        assert!(language_tag("Spanish").is_err() && language_tag("").is_err() && language_tag("e").is_err());
    }
}
