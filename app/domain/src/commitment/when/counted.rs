//! Times that are counted from the publication (`next year`, `within 60 days`), and words that name none (`soon`).

use super::{super::words::Word, Named, Today};
use crate::date::FuzzyDate;

/// Words that put something off without a date, as bare words.
const VAGUE: &[&str] = &[
    "in the near future",
    "in the foreseeable future",
    "in the not too distant future",
    "in the coming days",
    "in the coming weeks",
    "in the coming months",
    "in the coming years",
    "over the coming weeks",
    "over the coming months",
    "over the next few months",
    "in due course",
    "in due time",
    "as soon as possible",
    "at the earliest opportunity",
    "without delay",
    "soon",
    "shortly",
    "en un futuro proximo",
    "en un futuro cercano",
    "en el futuro cercano",
    "en el futuro proximo",
    "en los proximos dias",
    "en las proximas semanas",
    "en los proximos meses",
    "en los proximos anos",
    "a la brevedad posible",
    "a la mayor brevedad",
    "a la brevedad",
    "lo antes posible",
    "cuanto antes",
    "proximamente",
    "oportunamente",
    "en breve",
    "a corto plazo",
    "sin demora",
    "en su momento",
    "pronto",
];

/// Phrases for times that are told from today, as bare words, with how many years or months on they are.
const YEARS: &[(&str, u32)] = &[
    ("this year", 0),
    ("end of the year", 0),
    ("end of year", 0),
    ("year's end", 0),
    ("year end", 0),
    ("year-end", 0),
    ("the year ends", 0),
    ("year is out", 0),
    ("este ano", 0),
    ("presente ano", 0),
    ("ano en curso", 0),
    ("fin de ano", 0),
    ("fines de ano", 0),
    ("finales de ano", 0),
    ("final del ano", 0),
    ("finales del ano", 0),
    ("fines del ano", 0),
    ("termine el ano", 0),
    ("acabe el ano", 0),
    ("finalice el ano", 0),
    ("cierre del ano", 0),
    ("next year", 1),
    ("proximo ano", 1),
    ("ano proximo", 1),
    ("ano siguiente", 1),
    ("ano que viene", 1),
    ("ano entrante", 1),
];

const MONTHS: &[(&str, u32)] = &[
    ("this month", 0),
    ("end of the month", 0),
    ("este mes", 0),
    ("fin de mes", 0),
    ("fines de mes", 0),
    ("finales de mes", 0),
    ("next month", 1),
    ("proximo mes", 1),
    ("mes proximo", 1),
    ("mes que viene", 1),
    ("mes entrante", 1),
];

const WEEKS: &[(&str, u32)] = &[
    ("this week", 0),
    ("esta semana", 0),
    ("next week", 7),
    ("proxima semana", 7),
    ("semana proxima", 7),
    ("semana que viene", 7),
    ("semana entrante", 7),
];

/// What is not counted from the publication but from something else.
const FROM_ELSEWHERE: &[&str] =
    &["of", "after", "from", "following", "siguientes", "posteriores", "contados", "desde", "tras", "despues", "a"];

/// The time that begins at a word.
pub(super) fn named(words: &[Word], at: usize, today: Today) -> Option<Named> {
    let phrase = |phrases: &[(&str, u32)]| phrases.iter().find_map(|(phrase, on)| Some((ends(words, at, phrase)?, *on)));
    let here = |end: usize, date: Option<FuzzyDate>| Some(Named { at: at..end, date, passing: false });
    if let Some((end, years)) = phrase(YEARS) {
        return here(end, today.years_on(years));
    }
    if let Some((end, months)) = phrase(MONTHS) {
        return here(end, today.months_on(months));
    }
    if let Some((end, days)) = phrase(WEEKS) {
        // Known to a week: its month, if all of what is left of the week lies in one.
        let left = today.day.map_or(0, |day| 6 - chrono::Datelike::weekday(&day).num_days_from_monday());
        let (first, last) = if days == 0 { (0, left) } else { (left + 1, left + 7) };
        let month = today.month_of_days_on(first).filter(|month| Some(*month) == today.month_of_days_on(last));
        return here(end, month);
    }
    if words[at].is(&["tomorrow", "mañana"]) && at.checked_sub(1).is_none_or(|before| !words[before].is(&["la", "de"])) {
        return Some(Named { at: at..at + 1, date: today.days_on(1), passing: true });
    }
    within(words, at, today).or_else(|| {
        let end = VAGUE.iter().find_map(|phrase| ends(words, at, phrase))?;
        here(end, None)
    })
}

/// Where a phrase that begins at a word ends, if it stands there.
fn ends(words: &[Word], at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for part in phrase.split(' ') {
        let (stem, owner) = part.strip_suffix("'s").map_or((part, false), |stem| (stem, true));
        if words.get(end)?.bare != stem {
            return None;
        }
        end += 1;
        if owner {
            if words.get(end)?.low != "'s" {
                return None;
            }
            end += 1;
        }
    }
    Some(end)
}

/// `within 60 days`, `en un plazo de seis meses`; from something else than the publication it names no date.
fn within(words: &[Word], at: usize, today: Today) -> Option<Named> {
    if !words[at].is(&["within", "in", "en", "dentro", "over"]) {
        return None;
    }
    let ahead = &words[at + 1..(at + 9).min(words.len())];
    let filler = [
        "a",
        "period",
        "of",
        "the",
        "next",
        "un",
        "plazo",
        "de",
        "del",
        "el",
        "los",
        "las",
        "próximos",
        "próximas",
        "no",
        "mayor",
        "máximo",
    ];
    let start = ahead.iter().position(|word| !word.is(&filler) && !word.is_mark());
    // `a year`, `un año`: the article is the number.
    let (count, unit) = match start.and_then(|start| Some((ahead[start].number()?, start + 1))) {
        Some(found) => found,
        None => (1, start.filter(|start| *start > 0 && ahead[start - 1].is(&["a", "an", "un", "una"]))?),
    };
    let date = match ahead.get(unit)?.bare.as_str() {
        "days" | "day" | "dias" | "dia" => today.days_on(count),
        "weeks" | "week" | "semanas" | "semana" => today.month_of_days_on(7 * count),
        "months" | "month" | "meses" | "mes" => today.months_on(count),
        "years" | "year" | "anos" | "ano" => today.years_on(count),
        _ => return None,
    };
    let end = at + 1 + unit + 1;
    let elsewhere = words.get(end).is_some_and(|next| FROM_ELSEWHERE.contains(&next.bare.as_str()));
    if !elsewhere {
        return Some(Named { at: at..end, date, passing: false });
    }
    let end = end + words[end..].iter().position(Word::is_mark).unwrap_or(words.len() - end);
    Some(Named { at: at..end, date: None, passing: false })
}
