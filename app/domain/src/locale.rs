//! The two languages of the site, and texts that exist in one or both.

use serde::{Deserialize, Serialize};

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

    /// The one of the two that a browser asks for by its `Accept-Language` header (RFC 9110, section 12.5.4): the one of more
    /// weight, of like weights the one named first, and English where neither is named. A region (`es-419`) asks for its language.
    #[must_use]
    pub fn preferred(accept_language: &str) -> Self {
        // The weight of each language, and of `*`, with the place of its first mention of that weight.
        let mut asked: [Option<(f32, usize)>; 3] = [None; 3];
        for (place, range) in accept_language.split(',').enumerate() {
            let (tag, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight = parameter.trim().to_ascii_lowercase();
            let weight = weight.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
            let Some(weight) = weight.filter(|weight| (0.0..=1.0).contains(weight)) else { continue };
            let language = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let Some(index) = ["en", "es", "*"].iter().position(|known| *known == language) else { continue };
            if asked[index].is_none_or(|(before, _)| before < weight) {
                asked[index] = Some((weight, place));
            }
        }
        let [en, es, any] = asked;
        let (en, es) = (en.or(any).unwrap_or((0.0, usize::MAX)), es.or(any).unwrap_or((0.0, usize::MAX)));
        // Weights are read from texts, so that like ones are the same to the bit.
        if es.0 > en.0 || (es.0 > 0.0 && es.0 >= en.0 && es.1 < en.1) { Self::Es } else { Self::En }
    }
}

/// A text in at least one of the two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    fn the_language_of_more_weight_is_preferred() {
        for spanish in [
            "es",
            "ES-mx",
            "es-419,es;q=0.9,en;q=0.8",
            "fr, es;q=0.1",
            "en;q=0.5, es;q=0.7",
            "es, en",
            "en;q=0, *",
            "en;q=0.2,es-419;q=0.3",
            "en;q=nan, es;q=0.1",
        ] {
            assert_eq!(Locale::preferred(spanish), Locale::Es, "{spanish}");
        }
        for english in [
            "",
            "en",
            "fr",
            "*",
            "en-US,es;q=0.9",
            "en, es",
            "es;q=0",
            "es;q=x",
            "*;q=0.5, es;q=0.1",
            "est, eng",
            ";;,=,",
            "es;q=0.4,en;q=0.5",
        ] {
            assert_eq!(Locale::preferred(english), Locale::En, "{english}");
        }
    }

    #[test]
    fn a_reader_gets_the_other_language_where_the_own_is_missing() {
        let text = Localized { en: None, es: Some("célula".into()) };
        assert_eq!(text.for_reader(Locale::En), ("célula", Locale::Es));
        assert_eq!(Localized::both("cell", "célula").for_reader(Locale::En), ("cell", Locale::En));
    }
}
