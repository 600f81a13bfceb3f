//! The passage that is most like a quote which the text does not have: by the words they share, in order.

use std::{collections::HashMap, ops::Range};

use super::{
    Place,
    folded::{fold, lower},
};
use crate::word_diff::{Fate, word_diff};

/// How many stretches of the text are looked at closely.
const CLOSELY: usize = 6;

/// What shares less than this with the quote is not like it.
const LEAST: f64 = 0.4;

/// The most words of a quote that are compared.
const WORDS: usize = 600;

/// The passage that is most like a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// Where it stands.
    pub place: Place,
    /// How like the quote it is, from 0 to 1: the share of their words that stand in both, in order.
    pub similarity: f64,
    /// What differs: words of the text alone are `Removed`, words of the quote alone `Added`.
    pub words: Vec<(Fate, String)>,
}

impl Nearest {
    pub(super) fn new(place: Place, similarity: f64, text: &str, quote: &str) -> Self {
        Self { place, similarity, words: word_diff(&legible(text), &legible(quote)) }
    }
}

/// A text with single spaces and one kind of quotation marks, so that only what was said differs.
fn legible(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect();
    let text = text.replace(['“', '”', '„', '«', '»'], "\"").replace(['‘', '’', '‚'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A stretch of a folded text and how like the quote it is.
pub(super) struct Near {
    pub run: Range<usize>,
    pub similarity: f64,
}

/// Finds it in a folded text in lower case.
pub(super) fn nearest(text: &str, quote: &str) -> Option<Near> {
    let folded = lower(&fold(quote));
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let wanted: Vec<u32> = words(&folded)
        .take(WORDS)
        .map(|(word, _)| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(word).or_insert(next)
        })
        .collect();
    if wanted.is_empty() {
        return None;
    }
    // What is no word of the quote is one like the other.
    let (there, places): (Vec<Option<u32>>, Vec<Range<usize>>) =
        words(text).map(|(word, place)| (numbers.get(word).copied(), place)).unzip();
    let mut best: Option<Near> = None;
    for start in candidates(&there, &wanted, numbers.len()) {
        let from = start.saturating_sub(wanted.len() / 2);
        let to = (start + wanted.len() + wanted.len() / 2 + 1).min(there.len());
        let Some((region, shared)) = aligned(&there[from..to], &wanted) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a few hundred words")]
        let similarity = 2.0 * shared as f64 / (region.len() + wanted.len()) as f64;
        if similarity >= LEAST && best.as_ref().is_none_or(|best| similarity > best.similarity) {
            let run = places[from + region.start].start..places[from + region.end - 1].end;
            best = Some(Near { run, similarity });
        }
    }
    best
}

/// The words of a folded text, without the punctuation around them, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.split_whitespace().filter_map(move |piece| {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        (!word.is_empty()).then(|| (word, start..start + word.len()))
    })
}

/// Where the stretches begin, as long as the quote, that share most words with it in whatever order; none over another.
fn candidates(there: &[Option<u32>], wanted: &[u32], kinds: usize) -> Vec<usize> {
    let width = wanted.len();
    let mut missing = vec![0_i32; kinds];
    for word in wanted {
        missing[*word as usize] += 1;
    }
    let mut shared = 0_i32;
    // The best beginning in each stretch of half the quote's length: how much it shares, and where it is.
    let block = (width / 2).max(1);
    let mut blocks: Vec<(i32, usize)> = vec![(0, 0); there.len() / block + 1];
    for (at, word) in there.iter().enumerate() {
        if let Some(word) = word {
            let left = &mut missing[*word as usize];
            shared += i32::from(*left > 0);
            *left -= 1;
        }
        if let Some(Some(gone)) = at.checked_sub(width).map(|gone| there[gone]) {
            let left = &mut missing[gone as usize];
            *left += 1;
            shared -= i32::from(*left > 0);
        }
        let start = (at + 1).saturating_sub(width);
        let best = &mut blocks[start / block];
        if shared > best.0 {
            *best = (shared, start);
        }
    }
    blocks.retain(|(shared, _)| *shared > 0);
    blocks.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<usize> = Vec::new();
    for (_, start) in blocks {
        if chosen.iter().all(|other| other.abs_diff(start) > block) {
            chosen.push(start);
            if chosen.len() == CLOSELY {
                break;
            }
        }
    }
    chosen
}

/// The stretch of some words that goes best with those of the quote (Smith and Waterman's local alignment: two points for a word
/// in both, one less for each in one alone), and how many words it shares with them.
fn aligned(there: &[Option<u32>], wanted: &[u32]) -> Option<(Range<usize>, usize)> {
    /// Points so far, where in the text the stretch began, and how many words are shared.
    type Cell = (i32, usize, usize);
    let mut before: Vec<Cell> = vec![(0, 0, 0); wanted.len() + 1];
    let mut best: Option<(Cell, usize)> = None;
    for (at, word) in there.iter().enumerate() {
        let mut row: Vec<Cell> = Vec::with_capacity(wanted.len() + 1);
        row.push((0, at + 1, 0));
        for (index, want) in wanted.iter().enumerate() {
            let (points, start, shared) = before[index];
            let same = *word == Some(*want);
            let start = if points == 0 { at } else { start };
            let along = if same { (points + 2, start, shared + 1) } else { (points - 1, start, shared) };
            let (up, left) = (before[index + 1], row[index]);
            let cell = [along, (up.0 - 1, up.1, up.2), (left.0 - 1, left.1, left.2)].into_iter().max_by_key(|cell| cell.0);
            let cell = cell.filter(|cell| cell.0 > 0).unwrap_or((0, at + 1, 0));
            if same && best.as_ref().is_none_or(|(best, _)| cell.0 > best.0) {
                best = Some((cell, at + 1));
            }
            row.push(cell);
        }
        before = row;
    }
    best.map(|((_, start, shared), end)| (start..end, shared))
}
