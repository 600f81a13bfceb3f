//! A sentence taken apart into words and punctuation marks.

use std::ops::Range;

use crate::text::fold;

/// A word or a mark of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// In lower case, with its accents: Spanish tells futures by them.
    pub low: String,
    /// Without them too, as names are compared.
    pub bare: String,
    /// Its bytes in the sentence.
    pub at: Range<usize>,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

impl Word {
    /// Whether it is one of these words.
    pub fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.low.as_str())
    }

    /// Whether it is one of these words, with spaces between them.
    pub fn within(&self, words: &str) -> bool {
        words.split(' ').any(|word| word == self.low)
    }

    /// Whether it is a mark and no word.
    pub fn is_mark(&self) -> bool {
        !self.low.starts_with(char::is_alphanumeric) && self.low != "'s"
    }

    /// What number it is, in digits or in words of either language.
    pub fn number(&self) -> Option<u32> {
        const NUMBERS: [(&str, u32); 31] = [
            ("a", 1),
            ("an", 1),
            ("one", 1),
            ("un", 1),
            ("una", 1),
            ("two", 2),
            ("dos", 2),
            ("three", 3),
            ("tres", 3),
            ("four", 4),
            ("cuatro", 4),
            ("five", 5),
            ("cinco", 5),
            ("six", 6),
            ("seis", 6),
            ("seven", 7),
            ("siete", 7),
            ("eight", 8),
            ("ocho", 8),
            ("nine", 9),
            ("nueve", 9),
            ("ten", 10),
            ("diez", 10),
            ("eleven", 11),
            ("once", 11),
            ("twelve", 12),
            ("doce", 12),
            ("fifteen", 15),
            ("quince", 15),
            ("thirty", 30),
            ("treinta", 30),
        ];
        self.low.parse().ok().or_else(|| NUMBERS.iter().find(|(word, _)| *word == self.bare).map(|(_, number)| *number))
    }
}

/// The words and marks of a sentence in order. What belongs to a word within it (`U.S`, `15,000`, `well-known`) stays; a
/// possessive `'s` and a shortened `'ll` are words of their own, and so is `n't`.
pub(super) fn words(sentence: &str) -> Vec<Word> {
    let chars: Vec<(usize, char)> = sentence.char_indices().collect();
    let mut words = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        let (start, first) = chars[index];
        index += 1;
        if first.is_whitespace() {
            continue;
        }
        if first.is_alphanumeric() {
            while let Some((_, c)) = chars.get(index) {
                let next = chars.get(index + 1).is_some_and(|(_, next)| next.is_alphanumeric());
                let joins = matches!(c, '-' | '.' | ',' | '\'' | '’' | '‑');
                let digits =
                    *c != ',' || chars[index - 1].1.is_numeric() && chars.get(index + 1).is_some_and(|(_, c)| c.is_numeric());
                if !(c.is_alphanumeric() || joins && next && digits) {
                    break;
                }
                index += 1;
            }
        }
        let end = chars.get(index).map_or(sentence.len(), |(end, _)| *end);
        let low = sentence[start..end].to_lowercase().replace('’', "'");
        let cut = ["'s", "'ll", "n't", "'re", "'ve"].iter().find(|ending| low.len() > ending.len() && low.ends_with(**ending));
        let (stem, ending) = low.split_at(low.len() - cut.map_or(0, |cut| cut.len()));
        // The sign may have been a longer one; only its letters count for the place.
        let middle = end - sentence[start..end].chars().rev().take(ending.chars().count()).map(char::len_utf8).sum::<usize>();
        words.push(Word { low: stem.to_owned(), bare: fold(stem), at: start..middle, capital: first.is_uppercase() });
        if !ending.is_empty() {
            words.push(Word { low: ending.to_owned(), bare: ending.to_owned(), at: middle..end, capital: false });
        }
    }
    words
}
