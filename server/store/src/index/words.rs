//! Which pledges have a word, kept for the words that were searched or that come up often: to go through half of a million places
//! where a common word stands takes longer than the rest of a page.

use std::collections::{BTreeSet, HashMap};

use domain::search::{Term, words};
use roaring::RoaringBitmap;

use super::memo::Kept;
use crate::{
    search::Fit,
    texts::{Text, Texts},
};

/// For how many words, in as much of the texts, it is kept which pledges have them. A word that many of a million pledges have
/// takes 128 kB, the others two bytes a pledge; two in three are of the others.
pub(super) const WORDS: usize = 1536;

/// What was found when some terms were looked for in as much of the texts.
pub(super) type Words = Kept<(Vec<Term>, Fit), RoaringBitmap>;

/// The words of a pledge by how well it fits who searches them.
#[derive(Debug, Default)]
pub(crate) struct Said {
    title: BTreeSet<String>,
    body: BTreeSet<String>,
    evidence: BTreeSet<String>,
}

impl Said {
    pub fn of(texts: &Texts) -> Self {
        let said = |texts: &[Text]| texts.iter().flat_map(|text| words(&text.text)).collect();
        Self { title: said(&texts.title), body: said(&texts.body), evidence: said(&texts.evidence) }
    }

    /// All words, each once.
    pub fn words(&self) -> BTreeSet<&str> {
        [&self.title, &self.body, &self.evidence].into_iter().flatten().map(String::as_str).collect()
    }

    /// Whether a word is in as much of the texts; `None` for a phrase, of which the words alone do not tell.
    fn has(&self, term: &Term, fit: Fit) -> Option<bool> {
        let [word] = term.words.as_slice() else { return None };
        let among = |words: &BTreeSet<String>| {
            let next = words.range(word.clone()..).next();
            next.is_some_and(|next| if term.prefix { next.starts_with(word.as_str()) } else { next == word })
        };
        let texts = [(Fit::Title, &self.title), (Fit::Body, &self.body), (Fit::Evidence, &self.evidence)];
        Some(texts.into_iter().any(|(part, words)| part <= fit && among(words)))
    }
}

/// Corrects what was found, by what pledges say now; what can't be corrected by words alone is forgotten.
pub(super) fn correct(kept: &mut Words, said: &HashMap<u32, Said>) {
    kept.change(|(terms, fit), numbers| {
        for (number, said) in said {
            let has: Option<Vec<bool>> = terms.iter().map(|term| said.has(term, *fit)).collect();
            let Some(has) = has else { return false };
            if has.into_iter().all(|has| has) {
                numbers.insert(*number);
            } else {
                numbers.remove(*number);
            }
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::Search;

    use super::*;

    #[test]
    fn what_was_found_is_corrected_by_what_is_said_now() {
        let text = |text: &str| vec![Text { language: "en".to_owned(), text: text.to_owned() }];
        let texts = Texts { title: text("Reopen the cell"), body: text("By April"), evidence: text("Célula: it was opened") };
        let said = HashMap::from([(7, Said::of(&texts)), (8, Said::default())]);
        let mut kept = Words::default();
        let mut asked = Vec::new();
        for (typed, fit, finds) in [
            ("cel", Fit::Title, true),
            ("celul", Fit::Body, false),
            ("celul", Fit::Evidence, true),
            ("open", Fit::Title, false),
            ("\"open\"", Fit::Evidence, false),
            ("\"opened\"", Fit::Evidence, true),
            ("reop apr", Fit::Body, true),
            ("reop apr", Fit::Title, false),
        ] {
            let key = (Search::parse(typed).unwrap().terms, fit);
            kept.keep(WORDS, key.clone(), Arc::new([5, 8].into_iter().collect()));
            asked.push((key, finds));
        }
        let phrase = (Search::parse("\"the cell\"").unwrap().terms, Fit::Title);
        kept.keep(WORDS, phrase.clone(), Arc::default());
        correct(&mut kept, &said);
        for (key, finds) in asked {
            let expected: Vec<u32> = if finds { vec![5, 7] } else { vec![5] };
            assert_eq!(kept.find(&key).unwrap().iter().collect::<Vec<_>>(), expected, "{key:?}");
        }
        assert!(kept.find(&phrase).is_none());
    }
}
