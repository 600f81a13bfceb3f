//! The two languages of the site, and texts that exist in one or both.

use serde::Serialize;

use crate::codes::codes;

codes! {
    /// A language the site is written in.
    Locale {
        /// English, at the root of the site.
        En = "en",
        /// Spanish, under `/es`.
        Es = "es",
    }
}

impl Locale {
    /// The other of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Es,
            Self::Es => Self::En,
        }
    }
}

/// A text in at least one of the two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Localized {
    /// The English text, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The Spanish text, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub es: Option<String>,
}

impl Localized {
    /// A text in both languages.
    #[must_use]
    pub fn both(en: impl Into<String>, es: impl Into<String>) -> Self {
        Self { en: Some(en.into()), es: Some(es.into()) }
    }

    /// The text in one language.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> Option<&str> {
        match locale {
            Locale::En => self.en.as_deref(),
            Locale::Es => self.es.as_deref(),
        }
    }

    /// The text for a reader of `locale`, and the language it is in: the other one where the reader's own is missing.
    #[must_use]
    pub fn for_reader(&self, locale: Locale) -> (&str, Locale) {
        self.in_language(locale)
            .map(|text| (text, locale))
            .or_else(|| self.in_language(locale.other()).map(|text| (text, locale.other())))
            .unwrap_or(("", locale))
    }

    /// Whether there is no text in either language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_none() && self.es.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_other_language_where_the_own_is_missing() {
        let text = Localized { en: None, es: Some("célula".into()) };
        assert_eq!(text.for_reader(Locale::En), ("célula", Locale::Es));
        assert_eq!(Localized::both("cell", "célula").for_reader(Locale::En), ("cell", Locale::En));
    }
}
