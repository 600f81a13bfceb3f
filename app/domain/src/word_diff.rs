//! Which words of a text differ from those of another: by their longest common subsequence.

/// What became of some words between two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They stand in both.
    Kept,
    /// They stand in the old text alone.
    Removed,
    /// They stand in the new text alone.
    Added,
}

/// The largest table of comparisons that is drawn up; where two texts have more words in the part in which they differ, that
/// part counts as replaced as a whole.
const TABLE: usize = 1_000_000;

/// The two texts as one row of pieces, in which each piece has one fate. Spaces go with the word before them; what is kept is
/// spaced as in the new text.
#[must_use]
pub fn word_diff(old: &str, new: &str) -> Vec<(Fate, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(old), words(new));
    let same = |a: &str, b: &str| a.trim_end() == b.trim_end();
    let start = old.iter().zip(&new).take_while(|(a, b)| same(a, b)).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| same(a, b)).count();

    let mut pieces = Pieces::default();
    for word in &new[..start] {
        pieces.add(Fate::Kept, word);
    }
    middle(&old[start..old.len() - end], &new[start..new.len() - end], &mut pieces);
    for word in &new[new.len() - end..] {
        pieces.add(Fate::Kept, word);
    }
    pieces.0
}

/// The part in which the texts differ, between what they begin and end with alike.
fn middle(old: &[&str], new: &[&str], pieces: &mut Pieces) {
    let width = new.len() + 1;
    let (mut i, mut j) = (0, 0);
    if old.len().saturating_mul(new.len()) <= TABLE {
        // `longest[i * width + j]` is how many words `old[i..]` and `new[j..]` have in common, in order.
        let mut longest = vec![0_u32; (old.len() + 1) * width];
        for i in (0..old.len()).rev() {
            for j in (0..new.len()).rev() {
                longest[i * width + j] = if old[i].trim_end() == new[j].trim_end() {
                    longest[(i + 1) * width + j + 1] + 1
                } else {
                    longest[(i + 1) * width + j].max(longest[i * width + j + 1])
                };
            }
        }
        while i < old.len() && j < new.len() {
            if old[i].trim_end() == new[j].trim_end() {
                pieces.add(Fate::Kept, new[j]);
                (i, j) = (i + 1, j + 1);
            } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
                pieces.add(Fate::Removed, old[i]);
                i += 1;
            } else {
                pieces.add(Fate::Added, new[j]);
                j += 1;
            }
        }
    }
    for word in &old[i..] {
        pieces.add(Fate::Removed, word);
    }
    for word in &new[j..] {
        pieces.add(Fate::Added, word);
    }
}

/// The words of a text, each with the spaces behind it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut spaced = false;
    for (at, c) in text.char_indices() {
        if spaced && !c.is_whitespace() {
            words.push(&text[start..at]);
            start = at;
        }
        spaced = c.is_whitespace();
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[derive(Default)]
struct Pieces(Vec<(Fate, String)>);

impl Pieces {
    fn add(&mut self, fate: Fate, word: &str) {
        match self.0.last_mut() {
            Some((last, text)) if *last == fate => text.push_str(word),
            _ => self.0.push((fate, word.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(pieces: &[(Fate, String)], without: Fate) -> String {
        pieces.iter().filter(|(fate, _)| *fate != without).map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        let pieces = word_diff("to be held next April", "to be held in May 2024");
        let told: Vec<_> = pieces.iter().map(|(fate, text)| (*fate, text.as_str())).collect();
        assert_eq!(told, [(Fate::Kept, "to be held "), (Fate::Removed, "next April"), (Fate::Added, "in May 2024")]);
    }

    #[test]
    fn texts_too_long_to_compare_are_replaced_as_a_whole() {
        let text = |word: &str| format!("begin {}end", format!("{word} x ").repeat(1500));
        let fates: Vec<_> = word_diff(&text("a"), &text("b")).iter().map(|(fate, _)| *fate).collect();
        assert_eq!(fates, [Fate::Kept, Fate::Removed, Fate::Added, Fate::Kept]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_pieces(old in "[ab \n]{0,20}", new in "[ab \n]{0,20}") {
            let pieces = word_diff(&old, &new);
            prop_assert_eq!(joined(&pieces, Fate::Removed), new.clone());
            let spaceless = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let mut read = Vec::new();
            for (fate, text) in &pieces {
                if *fate != Fate::Added { read.extend(spaceless(text)); }
            }
            prop_assert_eq!(read, spaceless(&old));
        }

        #[test]
        fn a_text_differs_nowhere_from_itself(text in ".{1,40}") {
            prop_assert_eq!(word_diff(&text, &text), vec![(Fate::Kept, text)]);
        }
    }
}
