//! Which of a pledge's texts was written first and which was translated from it, and since when a translation lags behind.
//!
//! Nobody types that a translation is outdated: it follows from the corrections of the pledge.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{codes::codes, form::Fields, locale::Locale};

codes! {
    /// A text of a pledge that can be the original in one language and a translation in the other.
    PledgeText {
        /// What the pledge is called.
        Title = "title",
        /// What was promised, in our words.
        Summary = "summary",
        /// What was promised, in the parties' own words.
        Wording = "wording",
    }
}

codes! {
    /// In which language a text was written, as opposed to translated.
    Original {
        /// The English one is the original.
        En = "en",
        /// The Spanish one is the original.
        Es = "es",
        /// Each was written for itself.
        Both = "both",
    }
}

impl Original {
    /// The language of the original, where the text in the other one is a translation.
    #[must_use]
    pub const fn language(self) -> Option<Locale> {
        match self {
            Self::En => Some(Locale::En),
            Self::Es => Some(Locale::Es),
            Self::Both => None,
        }
    }
}

/// What was said of each text of a pledge; `None` where nobody has said it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Originals {
    /// Of its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Original>,
    /// Of its summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Original>,
    /// Of its wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Original>,
}

impl Originals {
    /// What was said of a text.
    #[must_use]
    pub const fn of(&self, text: PledgeText) -> Option<Original> {
        match text {
            PledgeText::Title => self.title,
            PledgeText::Summary => self.summary,
            PledgeText::Wording => self.wording,
        }
    }

    /// The language that a text was translated from, where it was.
    #[must_use]
    pub fn language_of(&self, text: PledgeText) -> Option<Locale> {
        self.of(text).and_then(Original::language)
    }

    /// Whether nothing was said of any text.
    #[must_use]
    pub fn is_unsaid(&self) -> bool {
        *self == Self::default()
    }
}

/// A text in a language into which it was translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The language of the original.
    pub from: Locale,
    /// Since when the original says something else; `None` where the translation is up to date.
    pub outdated_since: Option<DateTime<Utc>>,
}

/// A translation that lags behind its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// The text.
    pub text: PledgeText,
    /// The language of the translation.
    pub language: Locale,
    /// When the original was changed first without it.
    pub since: DateTime<Utc>,
}

/// The field by which an edit says of a text that its translation is still right, though the original was changed.
#[must_use]
pub fn still_right(text: PledgeText) -> String {
    format!("still_right.{text}")
}

/// Since when the translation of a text has lagged behind its original in the language `original`, after corrections that come
/// in order: from the first that changed the original alone, until one changes the translation too or says that it is
/// still right.
#[must_use]
pub fn outdated_since<'a>(
    text: PledgeText,
    original: Locale,
    corrections: impl IntoIterator<Item = (&'a Fields, &'a Fields, DateTime<Utc>)>,
) -> Option<DateTime<Utc>> {
    corrections.into_iter().fold(None, |since, (before, after, at)| match effect(text, original, before, after) {
        None => since,
        Some(Effect::LeftBehind) => since.or(Some(at)),
        Some(Effect::BroughtUpToDate) => None,
    })
}

/// What a correction does to a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// The original is changed and the translation is not.
    LeftBehind,
    /// The translation is changed, or was looked at and found right.
    BroughtUpToDate,
}

/// `before` and `after` have the fields that a correction changes, as they were and as they are since.
fn effect(text: PledgeText, original: Locale, before: &Fields, after: &Fields) -> Option<Effect> {
    let changes = |language: Locale| {
        let name = format!("{text}.{language}");
        before.get(&name) != after.get(&name)
    };
    if changes(original.other()) || !after.get(&still_right(text)).is_empty() {
        return Some(Effect::BroughtUpToDate);
    }
    // Where there was no original before, nothing can have been translated from it.
    let there_was = !before.get(&format!("{text}.{original}")).is_empty();
    (changes(original) && there_was).then_some(Effect::LeftBehind)
}

/// What an edit comes to for the translations of a pledge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// The texts whose translation lags behind once it is published.
    pub lagging: Vec<PledgeText>,
    /// The texts whose translation it says is still right, where there is a need to say so.
    pub still_right: Vec<PledgeText>,
}

impl Consequences {
    /// Those of an edit that changes a pledge from `before` to `after`, given with all their fields. `said` is what was typed,
    /// and `outdated` are the translations that lag behind already.
    #[must_use]
    pub fn of(originals: Originals, before: &Fields, after: &Fields, said: &Fields, outdated: &[Outdated]) -> Self {
        let mut consequences = Self::default();
        for text in PledgeText::ALL {
            let Some(original) = originals.language_of(*text) else { continue };
            if after.get(&format!("{text}.{}", original.other())).is_empty() {
                continue;
            }
            let lagged = outdated.iter().any(|outdated| outdated.text == *text);
            let said_right = !said.get(&still_right(*text)).is_empty();
            match effect(*text, original, before, after) {
                Some(Effect::BroughtUpToDate) => {}
                None if !lagged => {}
                _ if said_right => consequences.still_right.push(*text),
                _ => consequences.lagging.push(*text),
            }
        }
        consequences
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    fn day(number: usize) -> DateTime<Utc> {
        "2026-11-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap() + chrono::TimeDelta::days(i64::try_from(number).unwrap())
    }

    /// What became of the Spanish title after corrections, of which the English one is the original.
    fn outdated(corrections: &[(Fields, Fields)]) -> Option<DateTime<Utc>> {
        let dated = corrections.iter().enumerate().map(|(index, (before, after))| (before, after, day(index)));
        outdated_since(PledgeText::Title, Locale::En, dated)
    }

    fn original(from: &str, to: &str) -> (Fields, Fields) {
        (fields(&[("title.en", from)]), fields(&[("title.en", to)]))
    }

    fn translation(from: &str, to: &str) -> (Fields, Fields) {
        (fields(&[("title.es", from)]), fields(&[("title.es", to)]))
    }

    #[test]
    fn a_translation_is_outdated_from_the_first_change_of_its_original_until_it_changes_too() {
        let twice = [original("a", "b"), original("b", "c")];
        assert_eq!(outdated(&twice), Some(day(0)));
        let [first, second] = twice;
        assert_eq!(outdated(&[first.clone(), second, translation("x", "y")]), None);
        assert_eq!(outdated(&[first, translation("x", "y"), original("b", "c")]), Some(day(2)));
        let both = (fields(&[("title.en", "a"), ("title.es", "x")]), fields(&[("title.en", "b"), ("title.es", "y")]));
        assert_eq!(outdated(&[both]), None);
    }

    #[test]
    fn a_translation_that_was_found_right_is_up_to_date() {
        let right = fields(&[("still_right.title", "true")]);
        assert_eq!(outdated(&[original("a", "b"), (Fields::default(), right)]), None);
        let other = fields(&[("still_right.summary", "true")]);
        assert_eq!(outdated(&[original("a", "b"), (Fields::default(), other)]), Some(day(0)));
    }

    #[test]
    fn what_changes_beside_a_text_leaves_its_translation_alone() {
        assert_eq!(outdated(&[(fields(&[("summary.en", "a")]), fields(&[("summary.en", "b")]))]), None);
        assert_eq!(outdated(&[translation("x", "y")]), None);
        // An original that comes after its translation was never another one.
        assert_eq!(outdated(&[(Fields::default(), fields(&[("title.en", "a")]))]), None);
    }

    #[test]
    fn an_edit_says_what_it_leaves_behind() {
        let originals = Originals { title: Some(Original::En), summary: Some(Original::Both), ..Originals::default() };
        let before = fields(&[("title.en", "a"), ("title.es", "x"), ("summary.en", "s"), ("summary.es", "t")]);
        let mut after = before.clone();
        after.set("title.en", "b");
        after.set("summary.en", "u");
        let nothing = Fields::default();
        let consequences = Consequences::of(originals, &before, &after, &nothing, &[]);
        assert_eq!(consequences, Consequences { lagging: vec![PledgeText::Title], still_right: vec![] });
        let said = fields(&[("still_right.title", "true"), ("still_right.summary", "true")]);
        let consequences = Consequences::of(originals, &before, &after, &said, &[]);
        assert_eq!(consequences, Consequences { lagging: vec![], still_right: vec![PledgeText::Title] });
        // Of what lags behind already it can be said without another change; of what does not there is no need.
        assert_eq!(Consequences::of(originals, &before, &before, &said, &[]), Consequences::default());
        let lagging = [Outdated { text: PledgeText::Title, language: Locale::Es, since: day(0) }];
        assert_eq!(Consequences::of(originals, &before, &before, &said, &lagging).still_right, [PledgeText::Title]);
        assert_eq!(Consequences::of(originals, &before, &before, &nothing, &lagging).lagging, [PledgeText::Title]);
        // Where there is no translation, nothing lags behind.
        let (before, after) = original("a", "b");
        assert_eq!(Consequences::of(originals, &before, &after, &nothing, &[]), Consequences::default());
    }

    proptest! {
        #[test]
        fn it_is_outdated_exactly_if_the_last_that_touched_it_left_it_behind(steps in prop::collection::vec((0..3_u8, any::<bool>()), 0..8)) {
            // Each step changes the original (1), the translation (2) or neither (0), and may say that it is still right.
            let mut corrections = Vec::new();
            for (number, (what, right)) in steps.iter().enumerate() {
                let (then, now) = (format!("t{number}"), format!("t{}", number + 1));
                let (before, mut after) = match what {
                    1 => original(&then, &now),
                    2 => translation(&then, &now),
                    _ => (Fields::default(), Fields::default()),
                };
                if *right { after.set("still_right.title", "true"); }
                corrections.push((before, after));
            }
            let last = steps.iter().rev().find(|(what, right)| *what > 0 || *right);
            prop_assert_eq!(outdated(&corrections).is_some(), last.is_some_and(|(what, right)| *what == 1 && !right));
        }
    }
}
