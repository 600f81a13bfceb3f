//! Where a quote stands in a text: found as people copy it, with other quotation marks, dashes, spaces and line ends than the
//! text has, and told apart from other places by what stands around it.

mod check;
mod folded;
mod fragment;
mod marked;
mod nearest;
mod quote;
mod selector;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use check::QuoteCheck;
use folded::Folded;
pub use fragment::{at_passage, text_fragment};
pub use marked::{Line, Run, marked_lines, passage_id};
pub use nearest::Nearest;
use quote::Quote;
pub use selector::TextQuoteSelector;

/// A position in a text of several pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The page, counted from 0.
    pub page: usize,
    /// The byte within the page, always at the border of a character.
    pub byte: usize,
}

/// A stretch of a text, in the text as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Where it begins.
    pub start: Spot,
    /// Where it ends, not included.
    pub end: Spot,
}

/// A quote that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The place of the whole, with what an ellipsis left out.
    pub place: Place,
    /// The places of its parts: several where the quote has ellipses.
    pub parts: Vec<Place>,
    /// How the place can be found again.
    pub selector: TextQuoteSelector,
    /// In how many places the text has these words.
    pub places: usize,
    /// Whether it was found only when upper and lower case counted as the same.
    pub case_differs: bool,
}

/// A text by pages, made ready for quotes to be looked for. Making it ready takes as long as reading the text once; looking
/// for a quote then costs little.
#[derive(Clone, Debug)]
pub struct Pages<'a> {
    texts: Vec<&'a str>,
    /// Where each page begins, were the pages one text with a line break between them.
    starts: Vec<usize>,
    folded: Folded,
}

impl<'a> Pages<'a> {
    /// Makes a text ready. What has no pages (HTML, plain text) is one page. Whatever lies beyond the first four gigabytes is
    /// not looked through.
    #[must_use]
    pub fn new(pages: &[&'a str]) -> Self {
        let mut starts = Vec::with_capacity(pages.len());
        let mut next = 0;
        for page in pages {
            starts.push(next);
            next += page.len() + 1;
        }
        Self { folded: Folded::pages(pages), texts: pages.to_vec(), starts }
    }

    /// Looks for a quote. Of several places the one is taken whose surroundings are most like those of `hint`, then one that
    /// begins and ends with whole words, then the first. `None` if the text does not have it, or the quote has no letter.
    #[must_use]
    pub fn find(&self, quote: &str, hint: Option<&TextQuoteSelector>) -> Option<Found> {
        let quote = Quote::new(quote)?;
        let (runs, case_differs) = match quote.runs_in(&self.folded.text) {
            runs if runs.is_empty() => (quote.lower().runs_in(self.folded.lower()), true),
            runs => (runs, false),
        };
        let best = match (runs.len(), hint) {
            (0, _) => return None,
            (1, _) => 0,
            (_, hint) => self.best(&runs, hint),
        };
        let parts: Vec<Place> = runs[best].iter().map(|run| self.place(run.clone())).collect();
        let place = Place { start: parts.first()?.start, end: parts.last()?.end };
        Some(Found { place, selector: self.selector(place), parts, places: runs.len(), case_differs })
    }

    /// The passage that is most like a quote that the text does not have; `None` if nothing is like it.
    #[must_use]
    pub fn nearest(&self, quote: &str) -> Option<Nearest> {
        let near = nearest::nearest(self.folded.lower(), quote)?;
        let place = self.place(near.run);
        Some(Nearest::new(place, near.similarity, &self.text(place), quote))
    }

    /// The text of a place, as it stands; pages are parted by a line break.
    #[must_use]
    pub fn text(&self, place: Place) -> String {
        let mut text = String::new();
        for page in place.start.page..=place.end.page {
            let Some(whole) = self.texts.get(page) else { break };
            let start = if page == place.start.page { place.start.byte } else { 0 };
            let end = if page == place.end.page { place.end.byte } else { whole.len() };
            text.push_str(whole.get(start..end).unwrap_or_default());
            if page < place.end.page {
                text.push('\n');
            }
        }
        text
    }

    /// The characters of its page before which a place begins and ends, where it is all on one page.
    #[must_use]
    pub fn characters(&self, place: Place) -> Option<Range<usize>> {
        let page = self.texts.get(place.start.page).filter(|_| place.start.page == place.end.page)?;
        let count = |byte: usize| page.get(..byte).map(|before| before.chars().count());
        Some(count(place.start.byte)?..count(place.end.byte)?)
    }

    /// How a place can be found again.
    #[must_use]
    pub fn selector(&self, place: Place) -> TextQuoteSelector {
        let page = |at: usize| self.texts.get(at).copied().unwrap_or_default();
        let before = page(place.start.page).get(..place.start.byte).unwrap_or_default();
        let after = page(place.end.page).get(place.end.byte..).unwrap_or_default();
        TextQuoteSelector::new(self.text(place), before, after)
    }

    /// The run that stands best, of at least one.
    fn best(&self, runs: &[Vec<Range<usize>>], hint: Option<&TextQuoteSelector>) -> usize {
        let hint = hint.map(|hint| (folded::fold(&hint.prefix), folded::fold(&hint.suffix)));
        let text = &self.folded.text;
        let score = |run: &Vec<Range<usize>>| {
            let (start, end) = (run.first().map_or(0, |part| part.start), run.last().map_or(0, |part| part.end));
            let like = hint.as_ref().map_or(0, |(prefix, suffix)| {
                // In lower case a text may have other lengths; then what is around can't be compared.
                let before = text.get(..start).unwrap_or_default().trim_end();
                let after = text.get(end..).unwrap_or_default().trim_start();
                let alike = |(a, b): &(char, char)| a == b;
                before.chars().rev().zip(prefix.trim_end().chars().rev()).take_while(alike).count()
                    + after.chars().zip(suffix.trim_start().chars()).take_while(alike).count()
            });
            (like, folded::stands_free(text, start..end))
        };
        // Of equals the first.
        let mut best = 0;
        for (index, run) in runs.iter().enumerate().skip(1) {
            if score(run) > score(&runs[best]) {
                best = index;
            }
        }
        best
    }

    /// The place in the text as it was given of a run of the folded text.
    fn place(&self, run: Range<usize>) -> Place {
        let (start, end) = self.folded.origin(run);
        let spot = |at: usize, page: usize| Spot { page, byte: at.saturating_sub(self.starts.get(page).copied().unwrap_or(0)) };
        let page_of = |at: usize| self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        // The end belongs to the page of the last character.
        Place { start: spot(start, page_of(start)), end: spot(end, page_of(end.saturating_sub(1))) }
    }
}
