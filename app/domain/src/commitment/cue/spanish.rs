//! Spanish verbs that pledge: futures, `va a`, `se comprometió a`, `acordó`, `prometió` and their like, and what takes their
//! force away.

use super::{
    super::{who::Named, words::Word},
    Cue, any_of, has_agent, last_of, over_time,
};

/// Where a clause begins.
const CLAUSES: &str = "\
    que quien quienes cuando porque cuál cómo pero mientras dijo afirmó señaló añadió indicó ; : “ \" «";

/// Who speaks so does not pledge: they believe, fear, ask.
const OTHERS: &str = "\
    analistas expertos críticos observadores economistas cree creen teme temen espera esperan exige exigen duda dudan sabe \
    claro advirtió advirtieron advierten negó niega pronostica pronostican quizá quizás si pidió pidieron considera podría \
    podrían debería deberían quien";

/// Futures of what will befall somebody or will be so by itself, and words that only look like futures.
const BEFALLS: &str = "\
    estará estarán habrá habrán podrá podrán tendrá tendrán querrá querrán necesitará necesitarán costará subirá subirán \
    bajará bajarán aumentará aumentarán pasará pasarán volverá volverán perderá perderán sufrirá sufrirán seguirá seguirán \
    quedará quedarán dependerá parecerá llegará llegarán crecerá crecerán caerá caerán deberá deberán verá verán enfrentará \
    enfrentarán perjudicará perjudicarán";

/// How verbs begin whose future with `se` says what is to be done, whoever does it: `se celebrará`.
const DONE: &str = "\
    celebrar establecer crear realizar llevar publicar firmar instalar constituir presentar resolver convocar abrir destinar \
    otorgar lanzar ampliar implementar entregar financiar construir reunir eliminar anunciar habilitar asignar conformar \
    pondrán pondrá";

/// The cue that the word at a place is, if it is one.
pub(super) fn cue(words: &[Word], at: usize, named: &[Named<'_>]) -> Option<Cue> {
    let clause = words[..at].iter().rposition(|word| word.within(CLAUSES)).map_or(0, |start| start + 1);
    let scope = last_of(words, at, &["pero", ";"]).unwrap_or(0);
    // `si` after a future takes it back too: `subirán si`.
    let conditional = any_of(words, scope, words.len(), &["si"]) && is_future(&words[at].low);
    if words[scope..at].iter().any(|word| word.within(OTHERS)) || conditional || denied(words, at) {
        return None;
    }
    let cue = match words[at].low.as_str() {
        "va" | "van" | "vamos" => {
            let verb = words.get(at + 2).filter(|_| words[at + 1].low == "a")?;
            let acts = words[at].low == "vamos" || has_agent(words, clause, at, named) || has_agent(words, 0, clause, named);
            (is_infinitive(&verb.low) && acts).then_some(Cue { at, clause, end: at + 2, passive: false, hosts: false, we: false })
        }
        low if is_future(low) => future(words, at, clause, named),
        _ => pledging(words, at, clause),
    }?;
    let hosts = words[cue.end.min(words.len()).saturating_sub(1)..]
        .iter()
        .take(4)
        .any(|word| word.is(&["sede", "anfitrión", "anfitriona", "acogerá", "albergará"]));
    Some(Cue { hosts, ..cue })
}

/// Whether a word is a verb in the future: `abrirá`, `firmarán`, `abriremos`.
fn is_future(low: &str) -> bool {
    let third = (low.ends_with("rá") || low.ends_with("rán")) && low.chars().count() > 4 || low == "será";
    let first = ["aremos", "eremos", "iremos", "dremos"].iter().any(|ending| low.ends_with(ending));
    third || first
}

fn is_infinitive(low: &str) -> bool {
    let low = ["se", "lo", "la", "los", "las", "les", "le"]
        .iter()
        .find_map(|ending| low.strip_suffix(ending).filter(|stem| stem.ends_with('r')))
        .unwrap_or(low);
    low.len() > 2 && ["ar", "er", "ir", "ír"].iter().any(|ending| low.ends_with(ending))
}

/// A verb in the future.
fn future(words: &[Word], at: usize, clause: usize, named: &[Named<'_>]) -> Option<Cue> {
    let low = words[at].low.as_str();
    let befalls = words[at].within(BEFALLS)
        && !(low.starts_with("tendrá") && words.get(at + 1).is_some_and(|next| next.is(&["lista", "listo"])));
    let parties = low.starts_with("deberá") && any_of(words, 0, at, &["partes", "parte"]);
    // A promise of what will be is one of those who see to it: `prometió que el país tendrá`; that was found before.
    if befalls && !parties {
        return None;
    }
    let reflexive =
        at.checked_sub(1).is_some_and(|before| words[before].low == "se") && DONE.split(' ').any(|stem| low.starts_with(stem));
    let participle = |word: &Word| {
        ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"].iter().any(|ending| word.low.ends_with(ending))
    };
    let passive = matches!(low, "será" | "serán") && words.get(at + 1).is_some_and(participle);
    if matches!(low, "será" | "serán")
        && !passive
        && !words.get(at + 1).is_some_and(|next| next.is(&["sede", "la", "el", "anfitrión", "anfitriona"]))
    {
        return None;
    }
    let we = low.ends_with("mos");
    // The subject may stand after its verb, or only before the clause: `dijo que abrirá`.
    let article = usize::from(words.get(at + 1).is_some_and(|next| next.is(&["el", "la", "los", "las"])));
    let after = (at + 1, words.len().min(at + 3 + article));
    let prepositions = ["en", "a", "de", "con", "por", "para", "al", "del", "sobre", "hacia"];
    let acts = has_agent(words, clause, at, named)
        || (clause > 0 && at <= clause + 1 && has_agent(words, 0, clause, named))
        || (!any_of(words, after.0, after.1, &prepositions) && has_agent(words, after.0, after.1, named));
    (we || reflexive || passive || acts && subject_acts(words, clause, at, named)).then_some(Cue {
        at,
        clause,
        end: at + 1,
        passive: reflexive || passive,
        hosts: false,
        we: false,
    })
}

/// Whether what acts is the party, and not something in it: `el nuevo puente de Panamá reducirá`.
fn subject_acts(words: &[Word], clause: usize, at: usize, named: &[Named<'_>]) -> bool {
    const THINGS: &str = "\
        crecimiento precio precios economía puente carretera lluvia lluvias plan población migrantes habitantes familias \
        inflación exportaciones remesas vecinos";
    let head = words[clause..at].iter().position(|word| word.is(&["de", "del", "en"])).map_or(at, |end| clause + end);
    !words[clause..head].iter().any(|word| word.within(THINGS)) || has_agent(words, clause, head, named)
}

/// Verbs that are a pledge by themselves.
fn pledging(words: &[Word], at: usize, clause: usize) -> Option<Cue> {
    // What is said when has no part in it.
    let start = at;
    let at = over_time(words, at + 1) - 1;
    let next = words.get(at + 1)?;
    let before = start.checked_sub(1).map(|before| &words[before]);
    let reflexive = before.is_some_and(|before| before.is(&["se", "nos"]))
        || start >= 2 && before.is_some_and(|before| before.is(&["ha", "han", "hemos"])) && words[start - 2].is(&["se", "nos"]);
    let infinitive = |word: Option<&Word>| word.is_some_and(|word| is_infinitive(&word.low));
    let later = || words[at + 1..].iter().any(|word| is_future(&word.low) || word.is(&["va", "van"]));
    let that = next.low == "que" && later();
    let with = (next.low == "con").then(|| words[at + 2..].iter().take(5).position(|word| is_infinitive(&word.low))).flatten();
    let (fits, end) = match words[start].low.as_str() {
        "comprometió" | "comprometieron" | "compromete" | "comprometen" | "comprometemos" | "comprometido" | "obliga"
        | "obligan" | "obligó" => (reflexive && next.low == "a", at + 2),
        "acordó" | "acordaron" | "acuerda" | "acuerdan" | "acordamos" | "acordado" | "pactaron" | "pactó" => {
            let noun = next.is(&["la", "el", "un", "una"]) && before.is_none_or(|before| !before.is(&["que"]));
            (infinitive(Some(next)) || that || with.is_some() || noun, with.map_or(at + 1, |with| at + 2 + with))
        }
        "prometió" | "prometieron" | "promete" | "prometen" | "prometemos" | "prometido" => {
            (infinitive(Some(next)) || that || next.low.starts_with(|c: char| c.is_numeric()) || next.is(&["un", "una"]), at + 1)
        }
        "anunció" | "anunciaron" | "anuncia" | "anuncian" | "anunciado" => {
            let plan = any_of(
                words,
                at + 1,
                (at + 4).min(words.len()),
                &["plan", "creación", "apertura", "lanzamiento", "envío", "inversión", "ampliación"],
            );
            (that || plan, at + 2)
        }
        "propone" | "proponen" | "proponemos" | "propuso" | "propusieron" => (reflexive && infinitive(Some(next)), at + 1),
        "decidió" | "decidieron" | "resolvió" | "resolvieron" | "aceptó" | "aceptaron" | "prevé" | "prevén" | "planea"
        | "planean" | "garantizó" | "aseguró" | "aseguraron" | "decidido" => (infinitive(Some(next)) || that, at + 1),
        "convino" | "convinieron" | "convienen" => (next.low == "en" && infinitive(words.get(at + 2)), at + 2),
        "asume" | "asumen" | "asumió" | "asumieron" => {
            (any_of(words, at + 1, (at + 3).min(words.len()), &["compromiso"]), at + 3)
        }
        _ => return None,
    };
    let past =
        any_of(words, start.saturating_sub(3), start, &["había", "habían", "hubiera", "hubieran", "habría", "habrían", "aún"]);
    // `El año pasado México prometió`: what is told is old.
    let old =
        any_of(words, 0, start, &["pasado", "pasada", "antes"]) && any_of(words, 0, start, &["año", "década", "mes", "semana"]);
    // `hace diez años`, `les prometieron`: nobody in particular, or long ago.
    let ago = words.windows(3).any(|three| three[0].low == "hace" && three[2].is(&["años", "año", "meses", "décadas"]));
    let nobody = before.is_some_and(|before| before.is(&["les", "le"]));
    let old = old || ago || nobody;
    let judge = any_of(words, clause, start, &["juez", "jueza", "tribunal", "corte"]);
    (fits && !past && !old && !judge).then_some(Cue { at: start, clause, end, passive: false, hosts: false, we: false })
}

/// Whether a verb is denied: `no se comprometió`, `nunca abrirá`.
fn denied(words: &[Word], at: usize) -> bool {
    let mut before = at;
    while before > 0
        && words[before - 1].is(&["se", "lo", "la", "los", "las", "le", "les", "me", "nos", "ha", "han", "habían", "había"])
    {
        before -= 1;
    }
    before.checked_sub(1).is_some_and(|before| words[before].is(&["no", "nunca", "jamás", "tampoco", "ni"]))
}
