//! English verbs that pledge: `will`, `shall`, `agreed to`, `pledged`, `undertook` and their like, and what takes their force away.

use super::{
    super::{who::Named, words::Word},
    Cue, any_of, has_agent, is_agent, last_of, over_time,
};

/// Where a clause begins.
const CLAUSES: &str = "\
    that whether if when because which who whose what how but while said says say saying announced announces told added \
    stated confirmed declared ; : “ \" «";

/// Who speaks so does not pledge: they believe, fear, ask.
const OTHERS: &str = "\
    analysts believe believed believes critics declined demand demanded demands denied denies doubt doubts economists expect \
    expected expects experts fear feared fears forecast hope hopes if knows observers predict predicted predicts think \
    thinks unclear unless urged warn warned warns whether worry";

/// What may stand between `will` and its verb.
const ADVERBS: &str = "\
    also jointly now soon together then finally immediately each both all again further thus therefore formally gradually \
    promptly shortly subsequently fully first once";

/// Verbs that say what will befall somebody, or what will be so by itself.
const BEFALLS: &str = "\
    need face see become remain suffer benefit rise fall grow slow cost depend seem do harm happen return lose likely \
    probably perhaps hardly often ever only know find feel get never not no have look want go come arrive travel live die \
    win struggle prove mean";

/// What is done by those who do it, said of what is done: `will be held`.
const DONE: &str = "\
    held hosted established created set launched convened announced published funded financed built opened presented \
    submitted signed provided deployed extended reviewed decided issued implemented delivered trained given granted \
    allocated disbursed completed resumed organised organized formed sent made appointed released lifted introduced expanded \
    shared adopted ratified paid doubled reopened scrapped waived abolished updated";

/// Words after `to` with which no verb begins.
const NO_VERB: &[&str] =
    &["the", "in", "on", "at", "its", "their", "his", "her", "this", "that", "these", "those", "by", "for", "and", "or"];

/// The cue that the word at a place is, if it is one.
pub(super) fn cue(words: &[Word], at: usize, named: &[Named<'_>]) -> Option<Cue> {
    let word = &words[at];
    let clause = words[..at].iter().rposition(|word| word.within(CLAUSES)).map_or(0, |start| start + 1);
    // What another says before a `but` says nothing of what comes after it.
    let scope = last_of(words, at, &["but", ";"]).unwrap_or(0);
    if words[scope..at].iter().any(|word| word.within(OTHERS)) {
        return None;
    }
    let cue = match word.low.as_str() {
        "will" | "shall" | "'ll" => modal(words, at, clause, named),
        "is" | "are" | "'re" | "am" | "was" | "were" => to_be(words, at, clause, named),
        _ => pledging(words, at, clause),
    }?;
    let hosts = words[cue.end.min(words.len())..].iter().take(4).any(|word| word.is(&["host", "hosting", "hosted", "venue"]));
    Some(Cue { hosts, ..cue })
}

/// `will` and `shall`.
fn modal(words: &[Word], at: usize, clause: usize, named: &[Named<'_>]) -> Option<Cue> {
    // `the will of the people`, `political will`.
    let noun =
        ["the", "a", "'s", "political", "good", "free", "own", "of", "his", "her", "their", "its", "our", "no", "to", "and"];
    let before = at.checked_sub(1).map(|before| &words[before]);
    if words[at].low == "will"
        && before.is_some_and(|before| before.is(&noun) && !(before.is(&["and"]) && any_of(words, 0, at, &["must"])))
    {
        return None;
    }
    let mut verb = at + 1;
    // `will, together with Mexico, host`.
    if words.get(verb)?.low == "," {
        verb += 2 + words[verb + 1..].iter().position(|word| word.low == ",")?;
    }
    while words.get(verb)?.within(ADVERBS) {
        verb += 1;
    }
    if word_is(words, verb, "not") && word_is(words, verb + 1, "only") {
        verb += 2;
    }
    let agent = || acts(words, clause, at, named);
    let cue = |passive| Some(Cue { at, clause, end: verb, passive, hosts: false, we: false });
    let word = words.get(verb)?;
    if word.low == "be" {
        let mut done = verb + 1;
        while words.get(done)?.within(ADVERBS) || words[done].low.ends_with("ly") {
            done += 1;
        }
        let active = words[done].low.ends_with("ing")
            || words[done].is(&["host", "home", "venue", "the"]) && any_of(words, done, words.len(), &["host", "venue"]);
        return match () {
            () if words[done].within(DONE) => cue(true),
            () if active && agent() => cue(false),
            () => None,
        };
    }
    // `will have trained`.
    let done = word.low == "have" && words.get(verb + 1).is_some_and(|done| done.within(DONE) || done.low.ends_with("ed"));
    if (word.within(BEFALLS) && !done) || word.is_mark() || !agent() {
        return None;
    }
    cue(false)
}

fn word_is(words: &[Word], at: usize, low: &str) -> bool {
    words.get(at).is_some_and(|word| word.low == low)
}

/// `is to host`, `are going to hire`, `is committed to`.
fn to_be(words: &[Word], at: usize, clause: usize, named: &[Named<'_>]) -> Option<Cue> {
    let next = words.get(at + 1)?;
    let to = |to: usize| words.get(to).is_some_and(|word| word.low == "to");
    if !words[at].is(&["is", "are", "'re", "am"]) || !acts(words, clause, at, named) {
        return None;
    }
    let verb = match next.low.as_str() {
        "to" => at + 2,
        "going" | "committed" | "determined" | "set" | "due" if to(at + 2) => at + 3,
        _ => return None,
    };
    let word = words.get(verb)?;
    let fits = !word.within(BEFALLS)
        && !word.is_mark()
        && !word.is(NO_VERB)
        && (word.low != "be" || words.get(verb + 1).is_some_and(|done| done.within(DONE)));
    fits.then_some(Cue { at, clause, end: verb, passive: word.low == "be", hosts: false, we: false })
}

/// Verbs that are a pledge by themselves.
fn pledging(words: &[Word], at: usize, clause: usize) -> Option<Cue> {
    // What is said when has no part in it.
    let start = at;
    let at = over_time(words, at + 1) - 1;
    let next = words.get(at + 1)?;
    let rest = |from: usize, these: &[&str]| any_of(words, from, words.len(), these);
    // `that it will`, `that its consulates would`.
    let that = next.low == "that" && rest(at + 2, &["will", "would", "shall", "'ll"]);
    let verb = |to: usize| {
        words.get(to).is_some_and(|word| word.low == "to")
            && words.get(to + 1).is_some_and(|word| !word.is(NO_VERB) && !word.is_mark())
    };
    let with = || {
        (next.low == "with")
            .then(|| words[at + 2..].iter().take(6).position(|word| word.low == "to"))
            .flatten()
            .map(|to| at + 2 + to)
    };
    let (fits, end) = match words[start].low.as_str() {
        "agree" | "agreed" | "agrees" => match with() {
            Some(to) => (verb(to), to + 1),
            None => (
                that || verb(at + 1) || next.low == "on" && words.get(at + 2).is_some_and(|word| word.is(&["a", "an", "new"])),
                at + 2,
            ),
        },
        "pledge" | "pledged" | "pledges" | "promise" | "promised" | "promises" => {
            let something = !next.is_mark()
                && !next.is(&["was", "is", "were", "by", "of", "in", "on", "for", "and", "that", "to", "has", "had", "made"]);
            (that || verb(at + 1) || something || matches!(next.low.as_str(), "$" | "€" | "£"), at + 2)
        }
        "vow" | "vowed" | "vows" | "resolve" | "resolved" | "resolves" | "decide" | "decided" | "decides" | "undertake"
        | "undertakes" | "undertook" | "undertaken" => (that || verb(at + 1), at + 2),
        "commit" | "committed" | "commits" => {
            let own = usize::from(next.is(&["itself", "themselves", "ourselves", "himself", "herself"]));
            (
                that || words.get(at + 1 + own)?.low == "to" && !words.get(at + 2 + own)?.is(&["prison", "trial", "the"]),
                at + 2 + own,
            )
        }
        "plan" | "plans" | "planned" | "intend" | "intends" | "intended" => (verb(at + 1), at + 2),
        "announce" | "announced" | "announces" => {
            let plan = any_of(
                words,
                at + 1,
                (at + 5).min(words.len()),
                &["plan", "plans", "creation", "opening", "launch", "establishment"],
            );
            (that || plan && rest(at + 2, &["to", "of", "for"]), at + 2)
        }
        _ => return None,
    };
    (fits && !weakened(words, start)).then_some(Cue { at: start, clause, end, passive: false, hosts: false, we: false })
}

/// What stands before a verb so that it pledges nothing: a denial, the past before the past, a mere possibility, a passive; or an
/// article, and then it is no verb.
fn weakened(words: &[Word], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).map(|before| &words[before]);
    let is = |steps, these: &[&str]| before(steps).is_some_and(|word| word.is(these));
    let denies = any_of(
        words,
        at.saturating_sub(4),
        at,
        &["not", "n't", "never", "no", "refused", "declined", "failed", "neither", "nor"],
    );
    let noun = is(1, &["the", "a", "an", "this", "its", "their", "his", "her", "our", "of", "'s"]);
    let past = is(1, &["had"]) || is(2, &["had"]);
    let possible =
        is(1, &["may", "might", "could", "would", "should", "to"]) || is(2, &["may", "might", "could", "would", "should"]);
    let passive =
        is(1, &["was", "were", "been", "be", "being"]) && !words[at].is(&["committed"]) || is(1, &["was", "were", "been", "be"]);
    // `Mexico last year pledged`: what is told is old.
    let old = any_of(words, at.saturating_sub(4), at, &["last", "ago", "earlier", "previously", "once"]);
    denies || noun || past || possible || passive || old
}

/// Whether the subject of the clause is somebody who can pledge.
fn acts(words: &[Word], clause: usize, at: usize, named: &[Named<'_>]) -> bool {
    // The head of the subject: what stands before the first verb that belongs to it, `of` or `with`.
    let Some(first) = words.get(clause).filter(|_| clause < at) else { return false };
    if first.is(&["it", "he", "she", "they", "its"]) || (first.low == "," && at == clause + 2) {
        return has_agent(words, 0, clause, named);
    }
    if has_agent(words, clause, at, named) {
        // `Migrants in Mexico will`: what acts is not the party.
        let start = words[clause..at].iter().position(|word| word.is(&["in", "from", "crossing"])).map_or(at, |to| clause + to);
        return has_agent(words, clause, start, named) || start == clause;
    }
    // Somebody whom the record does not know: nothing but a name.
    let name = |word: &Word| word.capital || word.is(&["of", "the", "and", "de", "la", ",", "also", "today"]);
    words[clause..at].iter().all(name) && words[at - 1].capital && !first.is(&["the", "a", "some"]) && !is_agent(first)
}
