//! Where the sentences of a text begin and end.

use std::ops::Range;

/// What a full stop after does not end a sentence, in lower case.
const ABBREVIATIONS: [&str; 54] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "gov", "sen", "rep", "st", "jr", "no", "nos", "vs", "fig", "inc",
    "ltd", "approx", "jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec", "sr", "sra", "srta", "dra", "lic", "ing",
    "gral", "ee", "art", "arts", "núm", "págs", "pág", "av", "ud", "uds", "mons", "etc", "cf", "p", "pp", "vol", "cap", "rev",
];

/// A line shorter than this, with a capital letter after it, is a heading or an item of a list, not a wrapped line.
const SHORT_LINE: usize = 50;

/// The sentences of a text, with whether each begins a paragraph.
pub(super) fn split(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(text) {
        let mut start = paragraph.start;
        let mut opens = true;
        for end in ends(&text[paragraph.clone()]).into_iter().map(|end| paragraph.start + end).chain([paragraph.end]) {
            let piece = &text[start..end];
            let from = start + (piece.len() - piece.trim_start().len());
            let to = start + piece.trim_end().len();
            if from < to && piece.contains(char::is_alphanumeric) {
                sentences.push((from..to, std::mem::take(&mut opens)));
            }
            start = end;
        }
    }
    sentences
}

/// The paragraphs of a text: parted by an empty line, or by a line that is too short to have been wrapped.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        at += line.len();
        let next = lines.peek().map_or("", |next| next.trim());
        let begins = next.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "-–—•*“«\"¿¡".contains(c));
        let ended = line.trim_end().ends_with(['.', '!', '?', '”', '»', ':', '"']);
        let short = line.trim().chars().count() < SHORT_LINE;
        // Lines longer than any that is wrapped by hand are paragraphs each.
        let long = line.chars().count() > 160;
        if line.trim().is_empty()
            || next.is_empty()
            || long
            || (begins && short)
            || (ended && begins && next.starts_with(['-', '•', '*']))
        {
            paragraphs.push(start..at);
            start = at;
        }
    }
    paragraphs.push(start..text.len());
    paragraphs
}

/// Where within a paragraph a sentence ends and another follows.
fn ends(paragraph: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, c) in paragraph.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        // What closes with the sentence belongs to it: more dots, quotation marks, brackets.
        let rest = &paragraph[at..];
        let closed = rest.trim_start_matches(['.', '!', '?', '…']).trim_start_matches(['”', '"', '’', '»', ')', '\'']);
        let end = paragraph.len() - closed.len();
        if closed.is_empty() || !closed.starts_with(char::is_whitespace) || ends.last() == Some(&end) {
            continue;
        }
        let next = closed.trim_start().trim_start_matches(['“', '"', '‘', '«', '(', '¿', '¡', '—', '–', '-', '•', ' ']);
        let begins = next.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        if begins && !(c == '.' && is_abbreviation(&paragraph[..at], next)) {
            ends.push(end);
        }
    }
    ends
}

/// Whether the full stop after a text only shortens its last word.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "(“«\"".contains(c)).next().unwrap_or_default();
    let low = word.to_lowercase();
    // `U.S.`, `J.`: letters with full stops between them. They may still end a sentence, before a word that begins many.
    let letters = word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    let begins = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let opener = ["The", "In", "It", "He", "She", "They", "But", "A", "El", "La", "Los", "Las", "En", "Pero"].contains(&begins);
    let uu = low == "uu";
    (letters || uu) && !opener || ABBREVIATIONS.contains(&low.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn full_stops_that_end_no_sentence_are_known() {
        assert_eq!(
            told("The U.S. government met Mr. Ruiz at 3 p.m. on Monday. He left."),
            ["The U.S. government met Mr. Ruiz at 3 p.m. on Monday.", "He left.",]
        );
        assert_eq!(
            told("El Sr. Ruiz viajó a EE. UU. con 15.000 dólares. ¿Volverá? Sí."),
            ["El Sr. Ruiz viajó a EE. UU. con 15.000 dólares.", "¿Volverá?", "Sí.",]
        );
        assert_eq!(told("They moved to the U.S. The visit ended."), ["They moved to the U.S.", "The visit ended."]);
    }

    #[test]
    fn a_quotation_closes_with_its_sentence() {
        assert_eq!(
            told("“We will act.” She left. «Actuaremos.» Se fue."),
            ["“We will act.”", "She left.", "«Actuaremos.»", "Se fue."]
        );
    }

    #[test]
    fn headings_and_paragraphs_part_sentences_and_wrapped_lines_do_not() {
        let text = "A heading without a stop\n\nThe first paragraph is wrapped somewhere in the middle of\nits only sentence.\nItem one\nItem two\n";
        assert_eq!(
            split(text).iter().map(|(range, opens)| (&text[range.clone()], *opens)).collect::<Vec<_>>(),
            [
                ("A heading without a stop", true),
                ("The first paragraph is wrapped somewhere in the middle of\nits only sentence.", true),
                ("Item one", true),
                ("Item two", true),
            ]
        );
    }
}
