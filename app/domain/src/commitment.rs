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
    /// Its words, with single spaces.
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
    let of_page = |(page, text): (usize, &&str)| {
        let sentences = sentences::split(text).into_iter().map(|(range, opens_paragraph)| {
            let words = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let (start, end) = (Spot { page, byte: range.start }, Spot { page, byte: range.end });
            let commitment = commitment(&words, setting, &known);
            Sentence { place: Place { start, end }, text: words, opens_paragraph, commitment }
        });
        sentences.collect::<Vec<_>>()
    };
    pages.iter().enumerate().flat_map(of_page).collect()
}

/// What one sentence seems to pledge.
fn commitment(sentence: &str, setting: &Setting<'_>, known: &who::Known<'_>) -> Option<Commitment> {
    let words = words::words(sentence);
    let named = known.named_in(&words);
    let cue = cue::find(&words, setting.language, &named)?;
    let who = who::of(&words, &cue, &named);
    let due = when::due(sentence, &words, &cue, setting);
    Some(Commitment { who, due })
}
