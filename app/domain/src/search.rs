//! What a search means: which words and phrases a text must have, and where it has them. Blind to accents and case.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::fold;

/// At most so many words and phrases of a search count; nobody types more, and each costs.
const TERMS: usize = 12;

/// The longest search, in characters; what is longer is cut.
const LONGEST: usize = 200;

/// A word of fewer characters is looked for as it stands: what begins with one letter is half of every language.
const SHORTEST_PREFIX: usize = 2;

/// The words of a text as they are searched: runs of letters and digits, folded.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    runs(text).flat_map(|(_, run)| parts(run))
}

/// A word, or words that must follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The folded words, at least one.
    pub words: Vec<String>,
    /// Whether the last word may go on: `migra` finds “migrations”.
    pub prefix: bool,
}

/// A search: every term must occur.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Search {
    /// The search as it was typed, cut to its longest.
    pub typed: String,
    /// What must occur.
    pub terms: Vec<Term>,
}

impl Search {
    /// Reads a search: words that may go on, and phrases in quotation marks that must occur as they stand.
    ///
    /// `None` if it has no letter and no digit, and so asks for nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let typed: String = text.trim().chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut terms: Vec<Term> = Vec::new();
        // Every second piece stands in quotation marks; one that is never closed is no phrase.
        let pieces: Vec<&str> = typed.split(['"', '“', '”', '„', '«', '»']).collect();
        let closed = pieces.len() - usize::from(pieces.len().is_multiple_of(2));
        for (index, piece) in pieces.iter().enumerate() {
            if index % 2 == 1 && index < closed {
                terms.push(Term { words: words(piece).collect(), prefix: false });
            } else {
                terms.extend(piece.split_whitespace().map(|word| {
                    let words: Vec<String> = words(word).collect();
                    let prefix = words.last().is_some_and(|last| last.chars().count() >= SHORTEST_PREFIX);
                    Term { words, prefix }
                }));
            }
        }
        terms.retain(|term| !term.words.is_empty());
        terms.truncate(TERMS);
        (!terms.is_empty()).then_some(Self { typed, terms })
    }

    /// Whether every term occurs in one or another of the texts, no phrase running from one text into the next.
    #[must_use]
    pub fn found_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<Vec<String>> = texts.iter().map(|text| words(text).collect()).collect();
        self.terms.iter().all(|term| texts.iter().any(|words| (0..words.len()).any(|at| term.stands_at(words, at))))
    }

    /// How many of the terms occur in a text.
    #[must_use]
    pub fn terms_in(&self, text: &str) -> usize {
        let words: Vec<String> = words(text).collect();
        self.terms.iter().filter(|term| (0..words.len()).any(|at| term.stands_at(&words, at))).count()
    }

    /// Where terms of the search occur in a text, in bytes, in order and without overlap.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        // One place in the text for each folded word; a run of letters can fold to more than one.
        let (places, words): (Vec<_>, Vec<_>) =
            runs(text).flat_map(|(range, run)| parts(run).map(move |word| (range.clone(), word))).unzip();
        let mut marks: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self.terms.iter().filter(|term| term.stands_at(&words, at)).map(|term| term.words.len()).max();
            if let Some(length) = longest {
                marks.push(places[at].start..places[at + length - 1].end);
            }
            at += longest.unwrap_or(1);
        }
        marks
    }

    /// A passage of about `length` characters around the first place where the text has what is searched, cut between
    /// words; `None` if it has none of it.
    #[must_use]
    pub fn excerpt(&self, text: &str, length: usize) -> Option<Excerpt> {
        let marks = self.marks(text);
        let first = marks.first()?;
        let start = if text.chars().count() <= length {
            0
        } else {
            let before = text[..first.start].char_indices().rev().nth(length / 3).map_or(0, |(at, _)| at);
            // Not within a word: from the next space on, unless the word found comes first.
            if before == 0 { 0 } else { text[before..first.start].find(' ').map_or(first.start, |space| before + space + 1) }
        };
        let end = text[start..].char_indices().nth(length).map_or(text.len(), |(at, _)| {
            let end = start + at;
            text[start..end].rfind(' ').map_or(end, |space| start + space).max(first.end)
        });
        let mut pieces = Vec::new();
        let mut at = start;
        for mark in marks.into_iter().filter(|mark| mark.start >= start && mark.end <= end) {
            if at < mark.start {
                pieces.push(Piece { text: text[at..mark.start].to_owned(), found: false });
            }
            at = mark.end;
            pieces.push(Piece { text: text[mark].to_owned(), found: true });
        }
        if at < end {
            pieces.push(Piece { text: text[at..end].to_owned(), found: false });
        }
        Some(Excerpt { pieces, cut_before: start > 0, cut_after: end < text.len() })
    }
}

impl Term {
    fn stands_at(&self, words: &[String], at: usize) -> bool {
        let Some(stretch) = words.get(at..at + self.words.len()) else { return false };
        let last = self.words.len() - 1;
        stretch.iter().zip(&self.words).enumerate().all(|(index, (word, sought))| {
            if self.prefix && index == last { word.starts_with(sought.as_str()) } else { word == sought }
        })
    }
}

/// A part of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it is what was searched.
    pub found: bool,
}

/// A passage of a text with what was searched marked in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The passage, piece by piece.
    pub pieces: Vec<Piece>,
    /// Whether the text begins before it.
    pub cut_before: bool,
    /// Whether the text goes on behind it.
    pub cut_after: bool,
}

fn belongs_to_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// The runs of letters and digits, with their places in bytes.
fn runs(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(belongs_to_word)?;
        let end = text[start..].find(|c| !belongs_to_word(c)).map_or(text.len(), |length| start + length);
        rest = end;
        Some((start..end, &text[start..end]))
    })
}

/// The folded words of one run; some letters fold to what is no letter.
fn parts(run: &str) -> impl Iterator<Item = String> {
    // Most words have nothing to fold but their case.
    if run.is_ascii() {
        return vec![run.to_ascii_lowercase()].into_iter();
    }
    let folded: Vec<String> =
        fold(run).split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    folded.into_iter()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search(text: &str) -> Search {
        Search::parse(text).unwrap()
    }

    fn shown(excerpt: &Excerpt) -> String {
        excerpt.pieces.iter().map(|p| if p.found { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn words_go_on_and_phrases_do_not() {
        let found = search("célu \"grupo trilateral\" a");
        let terms: Vec<_> = found.terms.iter().map(|t| (t.words.join(" "), t.prefix)).collect();
        assert_eq!(terms, [("celu".into(), true), ("grupo trilateral".into(), false), ("a".into(), false)]);
        assert!(found.found_in(&["Una CÉLULA operativa", "a", "El Grupo Trilateral"]));
        assert!(!found.found_in(&["Una CÉLULA operativa, a", "El Grupo", "Trilateral"]));
    }

    #[test]
    fn what_asks_for_nothing_is_no_search() {
        for text in ["", "  ", "\"\"", "—…", "\u{0}"] {
            assert_eq!(Search::parse(text), None, "{text:?}");
        }
        assert_eq!(search("\"never closed").terms.len(), 2);
    }

    #[test]
    fn a_word_in_two_parts_is_a_phrase_that_goes_on() {
        assert!(search("co-oper").found_in(&["Co-operation"]));
        assert!(!search("co-oper").found_in(&["operation co"]));
    }

    #[test]
    fn marks_are_where_the_reader_would_put_them() {
        let text = "La célula operativa; células, operativas.";
        let marked: Vec<_> = search("celula oper").marks(text).into_iter().map(|mark| &text[mark]).collect();
        assert_eq!(marked, ["célula", "operativa", "células", "operativas"]);
    }

    #[test]
    fn an_excerpt_is_cut_between_words_and_says_so() {
        let text = "The three governments announced an operational cell to exchange information on irregular migration.";
        let found = search("cell").excerpt(text, 40).unwrap();
        assert_eq!(shown(&found), "operational [cell] to exchange");
        assert!(found.cut_before && found.cut_after);
        assert_eq!(shown(&search("governments").excerpt("The governments", 40).unwrap()), "The [governments]");
        assert_eq!(search("nothing").excerpt(text, 40), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic_and_excerpts_are_of_the_text(typed in "\\PC{0,30}", text in "\\PC{0,120}", length in 1usize..60) {
            if let Some(search) = Search::parse(&typed) {
                let excerpt = search.excerpt(&text, length);
                prop_assert_eq!(excerpt.is_some(), !search.marks(&text).is_empty());
                if let Some(excerpt) = excerpt {
                    let whole: String = excerpt.pieces.iter().map(|piece| piece.text.as_str()).collect();
                    prop_assert!(text.contains(&whole));
                    prop_assert!(excerpt.pieces.iter().any(|piece| piece.found));
                }
            }
        }

        #[test]
        fn every_text_has_its_own_words(text in "\\PC{1,60}") {
            if let Some(search) = Search::parse(&text) { prop_assert!(search.terms.len() == TERMS || search.found_in(&[&text])); }
        }
    }
}
