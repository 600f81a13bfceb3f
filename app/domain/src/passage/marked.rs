//! A text by its lines with passages marked in it, also where they overlap or go over several lines and pages.

use std::ops::Range;

use super::{Place, Spot};
use crate::digest::Sha256Hex;

/// How many digits of a SHA-256 name a passage within its page.
const DIGITS: usize = 12;

/// The name of the passage of a quote within the page of a kept copy: `quote-` and digits of the quote's SHA-256, so that whoever
/// has the quote knows where it leads without the text.
#[must_use]
pub fn passage_id(quote: &str) -> String {
    format!("quote-{}", &Sha256Hex::of(quote.as_bytes()).as_str()[..DIGITS])
}

/// A run of a line: all of it belongs to the same passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// Its text.
    pub text: &'a str,
    /// The passages that it belongs to, by their places in the list that was given; none where nothing is marked.
    pub passages: Vec<usize>,
    /// Those that begin with it.
    pub begins: Vec<usize>,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its text in order.
    pub runs: Vec<Run<'a>>,
    /// The passages that end in it.
    pub ends: Vec<usize>,
}

/// The lines of a page, counted from 0, with the passages marked that have a part there. Each passage is the list of its parts.
#[must_use]
pub fn marked_lines<'a>(text: &'a str, page: usize, passages: &[Vec<Place>]) -> Vec<Line<'a>> {
    let spans: Vec<(usize, Range<usize>)> = passages
        .iter()
        .enumerate()
        .flat_map(|(index, parts)| parts.iter().filter_map(move |part| Some((index, on_page(*part, page, text.len())?))))
        .collect();
    let at = |spot: Option<Spot>| spot.filter(|spot| spot.page == page).map(|spot| spot.byte);
    let starts: Vec<Option<usize>> = passages.iter().map(|parts| at(parts.first().map(|part| part.start))).collect();
    let ends: Vec<Option<usize>> = passages.iter().map(|parts| at(parts.last().map(|part| part.end))).collect();
    let mut lines = Vec::new();
    let mut from = 0;
    for whole in text.split_inclusive('\n') {
        let to = from + whole.trim_end_matches(['\n', '\r']).len();
        let runs = runs(text, from..to, &spans, &starts);
        let ended = |end: &Option<usize>| end.is_some_and(|end| from < end && end <= from + whole.len());
        let ends = ends.iter().enumerate().filter(|(_, end)| ended(end)).map(|(index, _)| index).collect();
        lines.push(Line { runs, ends });
        from += whole.len();
    }
    lines
}

/// What of a place is on a page of this length.
fn on_page(place: Place, page: usize, length: usize) -> Option<Range<usize>> {
    if page < place.start.page || place.end.page < page {
        return None;
    }
    let start = if page == place.start.page { place.start.byte } else { 0 };
    let end = if page == place.end.page { place.end.byte } else { length };
    (start < end).then_some(start..end)
}

fn runs<'a>(text: &'a str, line: Range<usize>, spans: &[(usize, Range<usize>)], starts: &[Option<usize>]) -> Vec<Run<'a>> {
    let within = |at: &usize| line.start < *at && *at < line.end;
    let mut borders: Vec<usize> = spans.iter().flat_map(|(_, span)| [span.start, span.end]).filter(within).collect();
    borders.extend([line.start, line.end]);
    borders.sort_unstable();
    borders.dedup();
    let run = |borders: &[usize]| {
        let (from, to) = (borders[0], borders[1]);
        let covering = spans.iter().filter(|(_, span)| span.start <= from && to <= span.end).map(|(index, _)| *index);
        let mut passages: Vec<usize> = covering.collect();
        passages.dedup();
        let begins = passages.iter().copied().filter(|index| starts[*index] == Some(from)).collect();
        Run { text: text.get(from..to).unwrap_or_default(), passages, begins }
    };
    borders.windows(2).map(run).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::Pages, *};

    fn told(pages: &[&str], quotes: &[&str]) -> Vec<String> {
        let text = Pages::new(pages);
        let passages: Vec<Vec<Place>> = quotes.iter().map(|quote| text.find(quote, None).unwrap().parts).collect();
        let run = |run: &Run<'_>| {
            let begins: String = run.begins.iter().fold(String::new(), |told, index| told + &index.to_string() + ":");
            if run.passages.is_empty() { run.text.to_owned() } else { format!("[{begins}{}]", run.text) }
        };
        let line = |line: &Line<'_>| {
            let ends: String = line.ends.iter().fold(String::new(), |told, index| told + " /" + &index.to_string());
            line.runs.iter().map(run).collect::<String>() + &ends
        };
        let lines = |(page, text): (usize, &&str)| marked_lines(text, page, &passages).iter().map(line).collect::<Vec<_>>();
        pages.iter().enumerate().flat_map(lines).collect()
    }

    #[test]
    fn a_passage_is_marked_where_it_stands() {
        assert_eq!(
            told(&["They will meet in May.\nNot before."], &["meet in May"]),
            ["They will [0:meet in May]. /0", "Not before."]
        );
        assert_eq!(told(&["one\r\ntwo"], &["two"]), ["one", "[0:two] /0"]);
        assert_eq!(told(&["ni una célula ni dos"], &["célula"]), ["ni una [0:célula] ni dos /0"]);
    }

    #[test]
    fn it_goes_over_lines_and_pages_and_leaves_out_what_an_ellipsis_leaves_out() {
        assert_eq!(told(&["They will", "meet in May."], &["will meet in"]), ["They [0:will]", "[meet in] May. /0"]);
        assert_eq!(told(&["They will\nmeet in May."], &["They […] May"]), ["[0:They] will", "meet in [May]. /0"]);
    }

    #[test]
    fn passages_may_overlap_and_begin_together() {
        assert_eq!(told(&["a b c d"], &["a b c", "b c d"]), ["[0:a ][1:b c][ d] /0 /1"]);
        assert_eq!(told(&["a b c d"], &["a b", "a b c"]), ["[0:1:a b][ c] d /0 /1"]);
    }

    #[test]
    fn the_same_quote_always_has_the_same_name() {
        assert_eq!(passage_id("abc"), "quote-ba7816bf8f01");
    }

    proptest! {
        #[test]
        fn the_text_stays_as_it_is(text in "[a-cé \n]{0,40}", quotes in prop::collection::vec("[a-cé ]{1,6}", 0..4)) {
            let pages = Pages::new(&[&text]);
            let passages: Vec<Vec<Place>> = quotes.iter().filter_map(|quote| Some(pages.find(quote, None)?.parts)).collect();
            let lines = marked_lines(&text, 0, &passages);
            let shown: Vec<String> = lines.iter().map(|line| line.runs.iter().map(|run| run.text).collect()).collect();
            prop_assert_eq!(shown, text.lines().map(str::to_owned).collect::<Vec<_>>());
            let mut begun: Vec<usize> = lines.iter().flat_map(|line| &line.runs).flat_map(|run| run.begins.clone()).collect();
            begun.sort_unstable();
            prop_assert_eq!(begun, (0..passages.len()).collect::<Vec<_>>());
            let mut ended: Vec<usize> = lines.iter().flat_map(|line| line.ends.clone()).collect();
            ended.sort_unstable();
            prop_assert_eq!(ended, (0..passages.len()).collect::<Vec<_>>());
        }
    }
}
