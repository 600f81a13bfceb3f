//! A text in the form in which quotes are compared with it: what copying, typesetting and typing change is made the same, and
//! every character knows where it came from.

use std::{ops::Range, sync::OnceLock};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// From where on the folded text comes from where: kept only where the two don't go on side by side.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// The byte in the folded text.
    at: u32,
    /// Where in the original its origin begins.
    start: u32,
    /// How long the origin is, if all until the next mark comes from it; 0 where each byte comes from its own.
    length: u32,
}

/// The folded text of some pages.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    pub text: String,
    marks: Vec<Mark>,
    lower: OnceLock<String>,
}

/// The folded form of a text.
pub(super) fn fold(text: &str) -> String {
    Folded::pages(&[text]).text
}

/// Whether a run begins and ends where words do.
pub(super) fn stands_free(text: &str, run: Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (before, within, after) = (text.get(..run.start), text.get(run.clone()), text.get(run.end..));
    let (before, within, after) = (before.unwrap_or_default(), within.unwrap_or_default(), after.unwrap_or_default());
    let cut_before = letter(before.chars().next_back()) && letter(within.chars().next());
    let cut_after = letter(within.chars().next_back()) && letter(after.chars().next());
    !cut_before && !cut_after
}

impl Folded {
    /// Folds pages as one text with a line break between them.
    pub fn pages(pages: &[&str]) -> Self {
        let length = pages.iter().map(|page| page.len()).sum();
        let mut folding =
            Folding { text: String::with_capacity(length), marks: Vec::with_capacity(length), gap: Gap::default(), last: None };
        let mut start = 0;
        for page in pages {
            // Positions are kept in 32 bits.
            if start + page.len() >= u32::MAX as usize {
                break;
            }
            folding.page(page, start);
            start += page.len() + 1;
            folding.gap.widen(start - 1, start);
            folding.gap.space = true;
        }
        Self { text: folding.text, marks: folding.marks, lower: OnceLock::new() }
    }

    /// The same in lower case, made when it is first needed. A character whose small form has another length stays as it is, so
    /// that positions are the same in both.
    pub fn lower(&self) -> &str {
        self.lower.get_or_init(|| lower(&self.text))
    }

    /// Where in the original a run of the folded text begins and ends.
    pub fn origin(&self, run: Range<usize>) -> (usize, usize) {
        let upto =
            |at: usize| self.marks.partition_point(|mark| (mark.at as usize) < at).checked_sub(1).map(|last| self.marks[last]);
        let whole = |mark: Mark| (mark.start as usize, mark.length as usize);
        let start = upto(run.start + 1).map_or(0, |mark| match whole(mark) {
            (start, 0) => start + (run.start - mark.at as usize),
            (start, _) => start,
        });
        let end = upto(run.end).map_or(0, |mark| match whole(mark) {
            (start, 0) => start + (run.end - mark.at as usize),
            (start, length) => start + length,
        });
        (start, end)
    }
}

/// A text in lower case, each character as long as it was.
pub(super) fn lower(text: &str) -> String {
    let small = |c: char| {
        if c.is_ascii() {
            return c.to_ascii_lowercase();
        }
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
            _ => c,
        }
    };
    text.chars().map(small).collect()
}

/// What lies between two characters that count: spaces, dashes, soft hyphens.
#[derive(Default)]
struct Gap {
    /// Where in the original it begins and ends, if there is one.
    range: Option<(usize, usize)>,
    dash: bool,
    space: bool,
    /// Whether a soft hyphen stands before a space, which then is the end of a line within a word.
    soft: bool,
}

impl Gap {
    fn widen(&mut self, start: usize, end: usize) {
        self.range = Some((self.range.map_or(start, |(start, _)| start), end));
    }
}

struct Folding {
    text: String,
    marks: Vec<Mark>,
    gap: Gap,
    /// The last character that was written.
    last: Option<char>,
}

impl Folding {
    /// Folds a page that begins at `offset`.
    fn page(&mut self, page: &str, offset: usize) {
        let bytes = page.as_bytes();
        let mut chars = page.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let run = run_of_plain(bytes, at);
            if run > 1 {
                self.copy(&page[at..at + run], offset + at);
                chars.nth(run - 2);
                continue;
            }
            let (start, mut end) = (offset + at, offset + at + c.len_utf8());
            match c {
                // What has no width and no meaning but for typesetting.
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                '\u{ad}' => {
                    self.gap.widen(start, end);
                    self.gap.soft |= !self.gap.space;
                }
                c if c.is_whitespace() => {
                    self.gap.widen(start, end);
                    self.gap.space = true;
                }
                c if is_dash(c) => {
                    self.gap.widen(start, end);
                    self.gap.dash = true;
                }
                c if is_quotation_mark(c) => self.write(&['\''], start, end),
                c => {
                    let next = chars.peek().map(|(_, next)| *next);
                    if is_plain(c) && !next.is_some_and(is_combining_mark) {
                        self.write(&[c], start, end);
                        continue;
                    }
                    let mut cluster = vec![c];
                    while let Some((at, mark)) = chars.next_if(|(_, next)| is_combining_mark(*next)) {
                        cluster.push(mark);
                        end = offset + at + mark.len_utf8();
                    }
                    self.write(&composed(&cluster), start, end);
                }
            }
        }
    }

    /// Writes what lies between the last character and this one.
    fn fill(&mut self, first: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some((from, to)) = gap.range else { return };
        // A hyphen may part a word at the end of a line or belong to it, and dashes are spaced as one likes: between two letters
        // neither counts. Before a number a dash may be a minus, and stays.
        let letters = self.last.is_some_and(char::is_alphabetic) && first.is_alphabetic();
        if gap.dash && !letters {
            self.mark(from, to - from);
            self.text.push('-');
        } else if gap.space && !gap.dash && !(gap.soft && letters) && self.last.is_some() {
            self.mark(from, to - from);
            self.text.push(' ');
        }
    }

    /// Writes characters that come from one place.
    fn write(&mut self, chars: &[char], start: usize, end: usize) {
        let (Some(first), Some(last)) = (chars.first(), chars.last()) else { return };
        self.fill(*first);
        self.mark(start, end - start);
        self.text.extend(chars);
        self.last = Some(*last);
    }

    /// Writes a run that stays as it is.
    fn copy(&mut self, run: &str, start: usize) {
        let Some(first) = run.chars().next() else { return };
        self.fill(first);
        self.mark(start, 0);
        self.text.push_str(run);
        self.last = run.chars().next_back();
    }

    fn mark(&mut self, start: usize, length: usize) {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.marks.push(Mark { at: narrow(self.text.len()), start: narrow(start), length: narrow(length) });
    }
}

/// How many bytes from a place on stay as they are: ASCII letters, digits and most punctuation, with single spaces between them.
/// The last one before a character beyond ASCII is left, for that may be a mark on it.
fn run_of_plain(bytes: &[u8], from: usize) -> usize {
    let plain = |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_graphic() && !matches!(b, b'-' | b'"' | b'\'' | b'`'));
    let mut at = from;
    while plain(at) || (bytes.get(at) == Some(&b' ') && at > from && plain(at - 1) && plain(at + 1)) {
        at += 1;
    }
    if at > from && bytes.get(at).is_some_and(|b| !b.is_ascii()) {
        at -= 1;
        // Nor is it left with a space before it.
        if at > from && bytes[at - 1] == b' ' {
            at -= 1;
        }
    }
    at - from
}

/// Whether a character stays as it is, whatever Unicode may know of it: a quick answer for nearly all of them.
const fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{9f}' | '¡' | '¿' | 'À'..='ı' | 'Ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž')
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

const fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'
            ..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{2032}' | '\u{2033}' | '\u{301d}'..='\u{301f}' | '\u{ff02}' | '\u{ff07}'
    )
}

/// A character with its marks as one, ligatures and wide forms as plain letters (NFKC). Where that would say something else
/// (10² is not 102) only the marks are joined (NFC).
fn composed(cluster: &[char]) -> Vec<char> {
    let plain: Vec<char> = cluster.iter().copied().nfkc().collect();
    let numeral = cluster[0].is_numeric() && !('\u{ff10}'..='\u{ff19}').contains(&cluster[0]);
    let letters = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || c.is_ascii_punctuation();
    if !numeral && plain.iter().all(letters) { plain } else { cluster.iter().copied().nfc().collect() }
}
