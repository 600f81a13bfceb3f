//! Which of the two languages a text is in.

use crate::locale::Locale;

const ENGLISH: [&str; 16] =
    ["the", "of", "and", "to", "in", "will", "that", "for", "on", "with", "is", "was", "by", "from", "their", "has"];
const SPANISH: [&str; 16] =
    ["el", "la", "los", "las", "de", "que", "y", "en", "del", "por", "para", "con", "se", "una", "su", "al"];

/// The language of a text, told by its small words; `None` where it has none of them, or too few of either.
#[must_use]
pub fn language(text: &str) -> Option<Locale> {
    let (mut english, mut spanish) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()).take(2_000) {
        let low = word.to_lowercase();
        english += usize::from(ENGLISH.contains(&low.as_str()));
        spanish += usize::from(SPANISH.contains(&low.as_str()));
    }
    // Other languages have some of these words too: one of the two must clearly have more.
    match (english, spanish) {
        (en, es) if en > 2 * es => Some(Locale::En),
        (en, es) if es > 2 * en => Some(Locale::Es),
        _ => None,
    }
}
