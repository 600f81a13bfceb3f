//! Who in a sentence makes the pledge, of those that the record knows.

use std::ops::Range;

use super::{
    countries::CALLED,
    cue::{Cue, is_agent},
    words::{Word, words},
};
use crate::{
    party::{Party, PartyKind, Role},
    text::Slug,
};

/// The parties of the record by everything that they are called.
pub(super) struct Known<'a> {
    /// Name, as bare words; whose; whether it only says that something is theirs.
    names: Vec<(Vec<String>, &'a Slug, bool)>,
}

/// A party that a sentence names.
#[derive(Clone, Debug)]
pub(super) struct Named<'a> {
    pub party: &'a Slug,
    /// Which words name it.
    pub at: Range<usize>,
    /// Whether they only say that something is theirs: `Guatemalan`.
    pub belongs: bool,
}

impl<'a> Known<'a> {
    pub fn new(parties: &'a [Party]) -> Self {
        let mut names: Vec<(Vec<String>, &Slug, bool)> = Vec::new();
        for party in parties {
            let mut add = |name: &str, belongs: bool| {
                let name: Vec<String> = words(name).into_iter().filter(|word| !word.is_mark()).map(|word| word.bare).collect();
                if !name.is_empty() && !names.iter().any(|(other, ..)| *other == name) {
                    names.push((name, &party.id, belongs));
                }
            };
            for name in [&party.name.en, &party.name.es].into_iter().flatten() {
                // `UN Refugee Agency (UNHCR)` is called either.
                for part in name.split(['(', ')']) {
                    add(part, false);
                }
                match party.kind {
                    PartyKind::Organization => add(&initials(name), false),
                    PartyKind::Person => add(name.split_whitespace().next_back().unwrap_or_default(), false),
                    PartyKind::Country | PartyKind::Government => {}
                }
            }
            let called = CALLED.iter().find(|(iso, ..)| party.kind == PartyKind::Country && party.iso.as_deref() == Some(iso));
            if let Some((_, belonging, others)) = called {
                others.iter().for_each(|name| add(name, false));
                belonging.iter().for_each(|name| add(name, true));
            }
        }
        // The longest name first: a department of a country is not the country.
        names.sort_by_key(|(name, ..)| std::cmp::Reverse(name.len()));
        Self { names }
    }

    /// Where a sentence names them.
    pub fn named_in(&self, words: &[Word]) -> Vec<Named<'a>> {
        let mut named: Vec<Named<'a>> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = words[at].capital || words[at].low.contains('.');
            let lower = !found;
            let found = self.names.iter().find_map(|(name, party, belongs)| {
                // In Spanish what belongs to a country is not written with a capital.
                if lower && !belongs {
                    return None;
                }
                Some(Named { party, at: at..ends(words, at, name, *belongs)?, belongs: *belongs })
            });
            at = found.as_ref().map_or(at + 1, |named| named.at.end);
            named.extend(found);
        }
        named
    }
}

/// Where a name that begins at a word ends, if it stands there. Full stops within it don't count.
fn ends(words: &[Word], mut at: usize, name: &[String], belongs: bool) -> Option<usize> {
    for (index, part) in name.iter().enumerate() {
        while index > 0 && words.get(at)?.low == "." {
            at += 1;
        }
        let word = words.get(at)?;
        let last = index + 1 == name.len();
        let inflected = belongs && last && word.bare.starts_with(part.as_str()) && word.bare.len() <= part.len() + 3;
        if word.bare != *part && !inflected {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The first letters of the words of a name that have capitals, if there are at least three: `OAS`.
fn initials(name: &str) -> String {
    let name = name.split('(').next().unwrap_or_default();
    let letters: String = name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    if letters.chars().count() >= 3 { letters } else { String::new() }
}

/// Who pledges, in the order of the sentence, and in which role.
pub(super) fn of(words: &[Word], cue: &Cue, all: &[Named<'_>]) -> Vec<(Slug, Role)> {
    let before: Vec<&Named> = all.iter().filter(|named| named.at.end <= cue.at && acts(words, named, all)).collect();
    // The nearest clause says who; where it only says “it” or “the parties”, what went before does.
    let own: Vec<&Named> = before.iter().copied().filter(|named| named.at.start >= cue.clause).collect();
    let mut who = if own.is_empty() { before } else { own };
    // `hosted by Guatemala`, `agreed with Mexico to`, `anunció el Gobierno de México que`.
    let nobody = who.is_empty();
    who.extend(all.iter().filter(|named| named.at.start > cue.at && joins(words, named, cue, nobody)));
    if who.is_empty() && cue.we {
        // “We will,” said the minister of Guatemala.
        who.extend(all.iter().filter(|named| acts(words, named, all)));
    }
    let mut parties: Vec<(Slug, Role)> = Vec::new();
    for named in who {
        if !parties.iter().any(|(party, _)| party == named.party) {
            parties.push((named.party.clone(), Role::Party));
        }
    }
    // A country already stands for its person or office, not for another country.
    if let [(_, role)] = parties.as_mut_slice() {
        *role = if cue.hosts { Role::Host } else { Role::Lead };
    }
    parties
}

/// Whoever acts in a sentence, whatever they do.
pub(super) fn acting(words: &[Word], all: &[Named<'_>]) -> Vec<Slug> {
    let mut parties: Vec<Slug> = Vec::new();
    for named in all.iter().filter(|named| acts(words, named, all)) {
        if !parties.contains(named.party) {
            parties.push(named.party.clone());
        }
    }
    parties
}

/// Whether who pledges is only called by what was said before: `they`, `the three governments`, `ambos países`.
pub(super) fn refers_back(words: &[Word], cue: &Cue) -> bool {
    const PRONOUNS: [&str; 6] = ["they", "it", "both", "ambos", "ambas", "ellos"];
    const SEVERAL: [&str; 14] = [
        "governments",
        "countries",
        "presidents",
        "ministers",
        "nations",
        "leaders",
        "sides",
        "gobiernos",
        "paises",
        "presidentes",
        "mandatarios",
        "cancilleres",
        "ministros",
        "naciones",
    ];
    let definite = |word: &Word| word.is(&["the", "these", "los", "las", "estos"]);
    let subject = &words[cue.clause.min(cue.at)..cue.at];
    subject.iter().any(|word| word.is(&PRONOUNS))
        || subject.iter().take(2).any(definite) && subject.iter().any(|word| SEVERAL.contains(&word.bare.as_str()))
}

/// Whether a party that stands before the verb is who acts, and not where or with regard to what something is done.
fn acts(words: &[Word], named: &Named<'_>, all: &[Named<'_>]) -> bool {
    let near = |from: usize, to: usize| words[from..to.min(words.len())].iter().any(is_agent);
    if named.belongs {
        // `the Guatemalan government`, `la cancillería colombiana`.
        return near(named.at.start.saturating_sub(2), named.at.end + 3);
    }
    if words.get(named.at.end).is_some_and(|next| next.low == "'s") {
        let end = words[named.at.end..].iter().position(|word| word.is_mark() || word.is(&["will", "shall"]));
        return near(named.at.end, named.at.end + end.unwrap_or(6).min(6));
    }
    let at = list_start(words, named, all);
    let Some(governs) = at.checked_sub(1).map(|at| &words[at]) else { return true };
    if governs.is(&["of", "de", "del"]) {
        return near((at - 1).saturating_sub(7), at - 1);
    }
    !governs.is(&[
        "in",
        "from",
        "to",
        "toward",
        "towards",
        "against",
        "about",
        "near",
        "at",
        "en",
        "desde",
        "hacia",
        "hasta",
        "a",
        "contra",
        "sobre",
        "for",
        "para",
        "via",
        "through",
        "into",
        "according",
    ])
}

/// Where a list of names begins that a party stands in: `of Guatemala, the United States and Mexico`.
fn list_start(words: &[Word], named: &Named<'_>, all: &[Named<'_>]) -> usize {
    let mut start = named.at.start;
    loop {
        let mut at = start;
        while at > 0 && words[at - 1].is(&["the", "los", "las", "el", "la"]) {
            at -= 1;
        }
        let article = at;
        while at > 0 && words[at - 1].is(&[",", "and", "y", "e", "."]) {
            at -= 1;
        }
        match all.iter().find(|other| at < article && other.at.end == at) {
            Some(other) => start = other.at.start,
            None => return article,
        }
    }
}

/// Whether a party that stands after the verb acts too.
fn joins(words: &[Word], named: &Named<'_>, cue: &Cue, nobody: bool) -> bool {
    let mut at = named.at.start;
    while at > 0 && words[at - 1].is(&["the", "los", "las", "el", "la", "government", "of", "gobierno", "de"]) {
        at -= 1;
    }
    let Some(governs) = at.checked_sub(1).map(|at| &words[at]) else { return false };
    let with = governs.is(&["with", "con"]) && at <= cue.at + 2;
    let by = nobody && cue.passive && governs.is(&["by", "por"]);
    // The subject after its verb, before what it says.
    let says = nobody && named.at.end <= cue.end;
    // `Arévalo's government pledged that Guatemala would`.
    let that = nobody && governs.is(&["that", "que"]) && at <= cue.end + 1;
    with || by || says || that
}
