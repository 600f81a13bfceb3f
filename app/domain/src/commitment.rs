//! What in a text looks like a pledge: sentences in which somebody says that they will do something, who that is, and by when.
//!
//! It works by rules for English and Spanish, on this machine alone, and it errs. It only ever suggests: an editor decides, and
//! a reviewer after them.

mod countries;
mod cue;
mod language;
mod sentences;
#[cfg(test)]
mod tests;
mod when;
mod who;
mod words;

use crate::{
    date::FuzzyDate,
    locale::Locale,
    party::{Party, Role},
    passage::{Place, Spot},
    pledge::Due,
    text::Slug,
};

pub use language::language;

/// What is known of a text besides its words.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The language it is in.
    pub language: Locale,
    /// When it was published: what “next year” is counted from.
    pub published_on: Option<FuzzyDate>,
    /// The parties that the record knows.
    pub parties: &'a [Party],
}

/// A sentence of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands.
    pub place: Place,
    /// Its words, with single spaces and without the hyphens that only parted words at the ends of lines.
    pub text: String,
    /// Whether a paragraph begins with it.
    pub opens_paragraph: bool,
    /// What it seems to pledge, if anything.
    pub commitment: Option<Commitment>,
}

/// What a sentence seems to pledge.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// Who seems to pledge it, as far as the record knows them, in the order of the sentence; and in which role.
    pub who: Vec<(Slug, Role)>,
    /// By when: a date no more precise than the sentence and the publication date allow, or the words that name none.
    pub due: Option<Due>,
}

/// The sentences of a text by pages, in order, those marked that look like commitments.
#[must_use]
pub fn sentences(pages: &[&str], setting: &Setting<'_>) -> Vec<Sentence> {
    let known = who::Known::new(setting.parties);
    // Whom the sentences before spoke of: “the three governments” are they.
    let mut spoken_of = Vec::new();
    let of_page = |(page, text): (usize, &&str)| {
        let sentences = sentences::split(text).into_iter().map(|(range, opens_paragraph)| {
            let words = unwrapped(&text[range.clone()]);
            let (start, end) = (Spot { page, byte: range.start }, Spot { page, byte: range.end });
            let commitment = commitment(&words, setting, &known, &mut spoken_of);
            Sentence { place: Place { start, end }, text: words, opens_paragraph, commitment }
        });
        sentences.collect::<Vec<_>>()
    };
    pages.iter().enumerate().flat_map(of_page).collect()
}

/// A sentence in one line.
fn unwrapped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.lines().flat_map(|line| line.split_whitespace().map(Some).chain([None])) {
        let Some(word) = word else {
            // The end of a line.
            line.push('\n');
            continue;
        };
        let before = line.strip_suffix("-\n").and_then(|line| line.chars().next_back());
        if line.ends_with('\n') {
            line.pop();
        }
        match before {
            Some(c) if c.is_alphabetic() && word.starts_with(char::is_lowercase) => _ = line.pop(),
            Some(c) if c.is_alphanumeric() => {}
            _ if line.is_empty() => {}
            _ => line.push(' '),
        }
        line.extend(word.chars().filter(|c| *c != '\u{ad}'));
    }
    line.trim_end().to_owned()
}

/// What one sentence seems to pledge. `spoken_of` are those whom the sentences before have named, and then this one.
fn commitment(sentence: &str, setting: &Setting<'_>, known: &who::Known<'_>, spoken_of: &mut Vec<Slug>) -> Option<Commitment> {
    let words = words::words(sentence);
    let named = known.named_in(&words);
    let before = std::mem::replace(spoken_of, who::acting(&words, &named));
    if spoken_of.is_empty() {
        spoken_of.clone_from(&before);
    }
    let cue = cue::find(&words, setting.language, &named)?;
    let mut who = who::of(&words, &cue, &named);
    if who.is_empty() && who::refers_back(&words, &cue) {
        who = before.into_iter().map(|party| (party, Role::Party)).collect();
    }
    let due = when::due(sentence, &words, &cue, setting);
    Some(Commitment { who, due })
}
