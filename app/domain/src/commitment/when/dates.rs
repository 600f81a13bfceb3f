//! Times that are named by the calendar: `30 April 2024`, `abril de 2025`, `by 2030`, `the first quarter of the year`.

use chrono::{Datelike, NaiveDate};

use super::{
    super::words::Word,
    Named, Today,
    calendar::{day, month, ordinal, weekday, year},
};
use crate::date::FuzzyDate;

/// The time that begins at a word.
pub(super) fn named(words: &[Word], at: usize, today: Today) -> Option<Named> {
    day_of_month(words, at, today)
        .or_else(|| part_of_year(words, at, today))
        .or_else(|| whole_month(words, at, today))
        .or_else(|| whole_year(words, at, today))
        .or_else(|| day_of_week(words, at, today))
}

fn here(at: usize, end: usize, date: Option<FuzzyDate>) -> Named {
    Named { at: at..end, date, passing: false }
}

/// Over `of`, `de`, `del`, a comma.
fn over(words: &[Word], at: usize) -> usize {
    at + words[at.min(words.len())..].iter().take_while(|word| word.is(&["of", "de", "del", ",", "the", "el"])).take(2).count()
}

/// The year that follows a month, a quarter or a half, and where it ends: in digits, or told from today.
fn following_year(words: &[Word], at: usize, today: Today) -> Option<(i32, usize)> {
    let at = over(words, at);
    let (word, next) = (words.get(at)?, words.get(at + 1));
    if let Some(year) = year(word) {
        return Some((year, at + 1));
    }
    let is = |these: &[&str]| next.is_some_and(|next| next.is(these));
    match word.bare.as_str() {
        "next" if is(&["year"]) => Some((today.year? + 1, at + 2)),
        "proximo" | "siguiente" if is(&["año"]) => Some((today.year? + 1, at + 2)),
        "ano" if is(&["próximo", "siguiente"]) => Some((today.year? + 1, at + 2)),
        "ano" if is(&["que"]) => Some((today.year? + 1, at + 3)),
        "this" | "este" | "presente" if is(&["year", "año"]) => Some((today.year?, at + 2)),
        _ => None,
    }
}

/// `30 April`, `April 30, 2024`, `30 de abril de 2024`.
fn day_of_month(words: &[Word], at: usize, today: Today) -> Option<Named> {
    let (number, name, end) = match (day(&words[at]), month(&words[at])) {
        (Some(number), _) => {
            let name = over(words, at + 1);
            (number, month(words.get(name)?)?, name + 1)
        }
        (None, Some(name)) => (day(words.get(at + 1)?)?, name, at + 2),
        _ => return None,
    };
    match following_year(words, end, today) {
        Some((year, end)) => Some(here(at, end, Some(FuzzyDate::Day(NaiveDate::from_ymd_opt(year, name, number)?)))),
        None => Some(here(at, end, today.next_day(name, number))),
    }
}

/// `April`, `abril de 2025`, `April next year`.
fn whole_month(words: &[Word], at: usize, today: Today) -> Option<Named> {
    let number = month(&words[at])?;
    let (date, end) = match following_year(words, at + 1, today) {
        Some((year, end)) => (Some(FuzzyDate::Month(year, number)), end),
        None => (today.next_month(number), at + 1),
    };
    Some(here(at, end, date.and_then(|date| meant(words, at, date))))
}

/// The month or year by whose end something is to be done, of the one that begins at a word: the one before it after `before June` or
/// `antes de 2030`, itself otherwise, as in `before the end of June`. A day stays: what is promised before the 30th is late on the day
/// after it.
fn meant(words: &[Word], at: usize, date: FuzzyDate) -> Option<FuzzyDate> {
    let is = |back: usize, these: &[&str]| at.checked_sub(back).is_some_and(|at| words[at].is(these));
    let before = is(1, &["before"]) || (is(1, &["de", "del"]) && is(2, &["antes"]));
    if !before {
        return Some(date);
    }
    Some(match date {
        FuzzyDate::Year(year) => FuzzyDate::Year(year - 1),
        FuzzyDate::Month(..) => {
            let last = date.first_day().pred_opt()?;
            FuzzyDate::Month(last.year(), last.month())
        }
        FuzzyDate::Day(_) => date,
    })
}

/// The last month of a quarter or a half: when that is over, the time is.
fn part_of_year(words: &[Word], at: usize, today: Today) -> Option<Named> {
    let number = ordinal(&words[at])?;
    let months = match words.get(at + 1)?.bare.as_str() {
        "quarter" | "trimestre" => 3 * number,
        "half" | "semestre" | "mitad" if number <= 2 => 6 * number,
        "semestre" if number == 4 => 12,
        _ => return None,
    };
    if let Some((year, end)) = following_year(words, at + 2, today) {
        return Some(here(at, end, Some(FuzzyDate::Month(year, months))));
    }
    let of = over(words, at + 2);
    let end = if words.get(of).is_some_and(|word| word.is(&["year", "año"])) { of + 1 } else { at + 2 };
    Some(here(at, end, today.year.map(|year| FuzzyDate::Month(year, months))))
}

/// `by 2030`: a year that has not gone by, and is no part of another date.
fn whole_year(words: &[Word], at: usize, today: Today) -> Option<Named> {
    let year = year(&words[at])?;
    let before = at.checked_sub(1).map(|before| &words[before]);
    let dated = before.is_some_and(|before| {
        before.is(&[
            "by", "in", "before", "until", "of", "from", "during", "for", "en", "de", "del", "para", "hasta", "a", "end", "late",
            "early",
        ])
    });
    let old = today.year.is_some_and(|today| year < today);
    let year = FuzzyDate::Year(year);
    (!old && (dated || words[at].low.contains('-'))).then(|| here(at, at + 1, meant(words, at, year)))
}

/// `on Friday`, `el próximo lunes`: the next one after the publication.
fn day_of_week(words: &[Word], at: usize, today: Today) -> Option<Named> {
    let number = weekday(&words[at])?;
    let past = at.checked_sub(1).is_some_and(|before| words[before].is(&["last", "pasado"]));
    let past = past || words.get(at + 1).is_some_and(|next| next.is(&["pasado", "último"]));
    if past {
        return None;
    }
    let date = today.day.and_then(|day| {
        let ahead = (number + 7 - day.weekday().num_days_from_monday() - 1) % 7 + 1;
        today.days_on(ahead)
    });
    Some(Named { at: at..at + 1, date, passing: true })
}
