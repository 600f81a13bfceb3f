//! By when a sentence says that something is to be done: a date counted from the publication of the text, no more precise than
//! both allow, or the words that name none.

mod calendar;
mod counted;
mod dates;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::{
    Setting,
    cue::{Cue, is_agent},
    words::Word,
};
use crate::{
    date::FuzzyDate,
    locale::{Locale, Localized},
    pledge::Due,
};

pub(super) use calendar::is_weekday;

/// A time that a sentence names.
#[derive(Clone, Debug)]
struct Named {
    /// Which words name it.
    at: Range<usize>,
    /// When it is; `None` where the words name no date, or one that can't be counted.
    date: Option<FuzzyDate>,
    /// Whether it tells a day as it is seen from another, as who reports does: `on Monday`.
    passing: bool,
}

/// What a text was published on, by parts.
#[derive(Clone, Copy, Debug, Default)]
struct Today {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<NaiveDate>,
}

impl Today {
    fn new(published_on: Option<FuzzyDate>) -> Self {
        match published_on {
            None => Self::default(),
            Some(FuzzyDate::Year(year)) => Self { year: Some(year), ..Self::default() },
            Some(FuzzyDate::Month(year, month)) => Self { year: Some(year), month: Some(month), day: None },
            Some(FuzzyDate::Day(day)) => Self { year: Some(day.year()), month: Some(day.month()), day: Some(day) },
        }
    }

    /// The month so many months on.
    fn months_on(self, months: u32) -> Option<FuzzyDate> {
        let count = self.year? * 12 + self.month?.cast_signed() - 1 + months.cast_signed();
        Some(FuzzyDate::Month(count.div_euclid(12), count.rem_euclid(12).cast_unsigned() + 1))
    }

    /// The year so many years on.
    fn years_on(self, years: u32) -> Option<FuzzyDate> {
        Some(FuzzyDate::Year(self.year? + years.cast_signed()))
    }

    /// The day so many days on.
    fn days_on(self, days: u32) -> Option<FuzzyDate> {
        self.day?.checked_add_days(chrono::Days::new(days.into())).map(FuzzyDate::Day)
    }

    /// The month in which the day so many days on falls, for what is known to a week.
    fn month_of_days_on(self, days: u32) -> Option<FuzzyDate> {
        let day = self.days_on(days)?.first_day();
        Some(FuzzyDate::Month(day.year(), day.month()))
    }

    /// The next month of this number, this one included.
    fn next_month(self, month: u32) -> Option<FuzzyDate> {
        let year = if month < self.month? { self.year? + 1 } else { self.year? };
        Some(FuzzyDate::Month(year, month))
    }

    /// The next day of this month and number, today included.
    fn next_day(self, month: u32, day: u32) -> Option<FuzzyDate> {
        let FuzzyDate::Month(year, month) = self.next_month(month)? else { return None };
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        let past = self.day.is_some_and(|today| date < today);
        Some(FuzzyDate::Day(if past { NaiveDate::from_ymd_opt(year + 1, month, day)? } else { date }))
    }
}

/// Words that make a time the latest at which something is done.
const DEADLINES: [&str; 14] = [
    "by", "before", "until", "within", "later", "latest", "antes", "tardar", "hasta", "para", "dentro", "plazo", "from", "partir",
];

/// Words that tell when something was said.
const SAID: [&str; 22] = [
    "said",
    "says",
    "announced",
    "told",
    "added",
    "stated",
    "confirmed",
    "signed",
    "met",
    "reported",
    "wrote",
    "dijo",
    "afirmó",
    "anunció",
    "señaló",
    "añadió",
    "indicó",
    "informó",
    "declaró",
    "confirmó",
    "since",
    "desde",
];

/// `before the rainy season`: words that name no date, and still say by when.
fn before_something(words: &[Word], from: usize) -> Option<Named> {
    let start = (from..words.len()).find(|at| {
        let next = |on: usize| words.get(at + on);
        let english = words[*at].low == "before" && next(1).is_some_and(|next| next.low == "the");
        let spanish = words[*at].low == "antes" && next(1).is_some_and(|next| next.is(&["de", "del"]));
        english || spanish
    })?;
    let end = start + words[start..].iter().position(Word::is_mark).unwrap_or(words.len() - start);
    // What is brought before somebody is not brought by any time.
    let somebody = words[start..end].iter().any(|word| is_agent(word) || word.is(&["court", "judge", "tribunal"]));
    (end > start + 2 && !somebody).then_some(Named { at: start..end, date: None, passing: false })
}

/// By when, of all the times that a sentence names.
pub(super) fn due(sentence: &str, words: &[Word], cue: &Cue, setting: &Setting<'_>) -> Option<Due> {
    let today = Today::new(setting.published_on);
    let mut best: Option<((bool, bool, bool), Named)> = None;
    let mut at = 0;
    while at < words.len() {
        let Some(named) = dates::named(words, at, today).or_else(|| counted::named(words, at, today)) else {
            at += 1;
            continue;
        };
        at = named.at.end.max(at + 1);
        let before = &words[named.at.start.saturating_sub(5)..named.at.start];
        let told = before.iter().rev().take(3).any(|word| word.is(&SAID));
        let gone = named.date.is_some_and(|date| setting.published_on.is_some_and(|published| date.certainly_before(published)));
        if gone || (named.passing && (told || named.at.start < cue.end)) || (told && named.at.start < cue.at) {
            continue;
        }
        let latest =
            before.iter().any(|word| word.is(&DEADLINES)) || words[named.at.clone()].iter().any(|word| word.is(&DEADLINES));
        // A date before words, what comes after the verb before what comes before it, a deadline before a mere time; then the
        // first.
        let rank = (named.date.is_some(), latest, named.at.start >= cue.at);
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((rank, named));
        }
    }
    let named = best.map(|(_, named)| named).or_else(|| before_something(words, cue.end))?;
    if let Some(date) = named.date {
        return Some(Due::On(date));
    }
    let words = sentence[words[named.at.start].at.start..words[named.at.end - 1].at.end].to_owned();
    Some(Due::Words(match setting.language {
        Locale::En => Localized { en: Some(words), es: None },
        Locale::Es => Localized { en: None, es: Some(words) },
    }))
}
