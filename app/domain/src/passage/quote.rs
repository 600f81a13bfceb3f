//! A quote as it is looked for: its parts between ellipses, and the runs of a text that have them in order.

use std::ops::Range;

use super::folded::{fold, lower};

/// The most runs of a text that are kept apart; a quote that occurs more often is no quote.
const RUNS: usize = 10_000;

/// A quote, folded: as a whole, and in the parts that an ellipsis leaves of it.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    whole: String,
    parts: Vec<String>,
}

impl Quote {
    /// Folds a quote; `None` if it has no letter and no digit.
    pub fn new(text: &str) -> Option<Self> {
        let folded = fold(text);
        let whole = trimmed(&folded).to_owned();
        let parts: Vec<String> = parts(&folded).into_iter().map(|part| trimmed(part).to_owned()).collect();
        let parts: Vec<String> = parts.into_iter().filter(|part| part.contains(char::is_alphanumeric)).collect();
        (!parts.is_empty()).then_some(Self { whole, parts })
    }

    /// The same in lower case.
    pub fn lower(&self) -> Self {
        Self { whole: lower(&self.whole), parts: self.parts.iter().map(|part| lower(part)).collect() }
    }

    /// Every run of a folded text that has the quote: first as it stands, and if there is none its parts in order.
    pub fn runs_in(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        let occurrences = |part: &str| text.match_indices(part).take(RUNS).map(|(at, _)| at..at + part.len()).collect::<Vec<_>>();
        let whole = occurrences(&self.whole);
        if !whole.is_empty() {
            return whole.into_iter().map(|run| vec![run]).collect();
        }
        let each: Vec<Vec<Range<usize>>> = self.parts.iter().map(|part| occurrences(part)).collect();
        let Some((first, rest)) = each.split_first() else { return Vec::new() };
        let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
        for start in first {
            let mut run = vec![start.clone()];
            for part in rest {
                let end = run.last().map_or(0, |part| part.end);
                let next = part.get(part.partition_point(|next| next.start < end));
                let Some(next) = next else { return runs };
                run.push(next.clone());
            }
            // Of runs that end at the same place the shortest is meant.
            if run.len() > 1 && runs.last().is_some_and(|before| before.last() == run.last()) {
                runs.pop();
            }
            runs.push(run);
        }
        runs
    }
}

/// The parts of a folded text between ellipses, in brackets or not.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("...") {
        let (before, after) = rest.split_at(at);
        parts.push(before.trim_end_matches(['[', '(', ' ']));
        rest = after.trim_start_matches('.').trim_start_matches([']', ')', ' ']);
    }
    parts.push(rest);
    parts
}

/// A quote without the marks that set it off from the text around it.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\'', '-'])
}
