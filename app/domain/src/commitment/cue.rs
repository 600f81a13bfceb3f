//! By what a sentence shows that somebody says they will do something, and what shows that nobody does.

mod english;
mod spanish;

use super::{who::Named, words::Word};
use crate::locale::Locale;

/// The verb by which something is pledged.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// The word it is.
    pub at: usize,
    /// Where the clause that it belongs to begins.
    pub clause: usize,
    /// Where what is pledged begins.
    pub end: usize,
    /// Whether who does it stands after it, if anywhere: `will be hosted by`.
    pub passive: bool,
    /// Whether those who speak say “we”.
    pub we: bool,
    /// Whether something is to be hosted.
    pub hosts: bool,
}

/// The first verb of a sentence that pledges something.
pub(super) fn find(words: &[Word], language: Locale, named: &[Named<'_>]) -> Option<Cue> {
    // A question pledges nothing.
    if words.iter().any(|word| word.is(&["?", "¿"])) {
        return None;
    }
    let cue_at = match language {
        Locale::En => english::cue,
        Locale::Es => spanish::cue,
    };
    let cue = (0..words.len()).find_map(|at| cue_at(words, at, named))?;
    let we = any_of(words, cue.clause, cue.end.min(words.len()), &["we"]) || words[cue.at].low.ends_with("mos");
    Some(Cue { we, ..cue })
}

/// Whether a word names somebody who can pledge: a government, its people, those who take part.
pub(super) fn is_agent(word: &Word) -> bool {
    const AGENTS: &str = "\
        administration administrations cell committee group panel team celula comite grupo mesa equipo agency agencies ambassador assembly authorities authority cabinet chancellery \
        commission congress council countries delegation delegations department foundation government governments heads \
        leaders member members minister ministers ministry ministries nations office officials organisation organization \
        parliament participants parties party president presidents republic secretariat secretary senate side sides \
        signatories spokesman spokesperson spokeswoman state states union we chancellor envoy mayor governor premier \
        partners administracion agencia alcalde asamblea autoridad autoridades canciller cancilleria cancilleres comision \
        congreso consejo delegacion delegaciones departamento ejecutivo embajador embajadora estado estados firmantes \
        fundacion funcionarios gobierno gobiernos gobernador jefes lideres mandatario mandatarios miembros ministerio \
        ministerios ministra ministras ministro ministros naciones organizacion paises parlamento parte partes participantes \
        portavoz presidenta presidente presidentes secretaria secretario senado signatarios socios vicepresidente \
        vicepresidenta nosotros republica";
    AGENTS.split(' ').any(|agent| agent == word.bare)
}

/// Whether somebody who can pledge is named in a stretch of words: a party that the record knows, or a word for one.
fn has_agent(words: &[Word], from: usize, to: usize, named: &[Named<'_>]) -> bool {
    let known = named.iter().any(|named| {
        let owner = words.get(named.at.end).is_some_and(|next| next.low == "'s");
        !named.belongs && !owner && named.at.start >= from && named.at.end <= to
    });
    known || words[from..to].iter().any(is_agent)
}

/// Where a time ends that stands between a verb and what it says: `pledged on Tuesday to`.
fn over_time(words: &[Word], at: usize) -> usize {
    let time = |word: &Word| super::when::is_weekday(word) || word.is(&["yesterday", "today", "ayer", "hoy"]);
    let article = words.get(at).is_some_and(|word| word.is(&["on", "el", "este", "last"]));
    let day = at + usize::from(article);
    if words.get(day).is_some_and(time) { day + 1 } else { at }
}

/// The last word before `at` that is one of these, if any.
fn last_of(words: &[Word], at: usize, these: &[&str]) -> Option<usize> {
    words[..at].iter().rposition(|word| word.is(these))
}

/// Whether any word from `from` to `to` is one of these.
fn any_of(words: &[Word], from: usize, to: usize, these: &[&str]) -> bool {
    words[from.min(to)..to].iter().any(|word| word.is(these))
}
