//! Dates, numbers and what is computed, in the words of each language.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{FuzzyDate, Locale, PledgeStatus, Timeliness};

use super::Texts;

/// A date as precisely as it is known: `7 May 2024`, `May 2024`, `2024`.
#[must_use]
pub fn date(texts: Texts, date: FuzzyDate) -> String {
    let month_of = |month: u32| texts.get(&format!("month-{month}"));
    match date {
        FuzzyDate::Year(year) => year.to_string(),
        FuzzyDate::Month(year, month) => {
            texts.with("date-month", &[("month", month_of(month).into()), ("year", year.to_string().into())])
        }
        FuzzyDate::Day(day) => texts.with(
            "date-day",
            &[
                ("day", day.day().to_string().into()),
                ("month", month_of(day.month()).into()),
                ("year", day.year().to_string().into()),
            ],
        ),
    }
}

/// A due date as short as a label must be: `due Apr 2024`.
#[must_use]
pub fn due_words(texts: Texts, due: FuzzyDate) -> String {
    let short = |month: u32| texts.get(&format!("month-short-{month}"));
    let date = match due {
        FuzzyDate::Year(year) => year.to_string(),
        FuzzyDate::Month(year, month) => format!("{} {year}", short(month)),
        FuzzyDate::Day(day) => format!("{} {} {}", day.day(), short(day.month()), day.year()),
    };
    texts.with("strip-due", &[("date", date.into())])
}

/// The day of a moment (UTC).
#[must_use]
pub fn timestamp_day(texts: Texts, moment: DateTime<Utc>) -> String {
    date(texts, FuzzyDate::Day(moment.date_naive()))
}

/// A moment of the record to the second (UTC): `7 May 2024, 12:00:00 UTC`.
#[must_use]
pub fn timestamp(texts: Texts, moment: DateTime<Utc>) -> String {
    format!("{}, {}", timestamp_day(texts, moment), moment.format("%H:%M:%S UTC"))
}

/// A number with its thousands set apart: `686,000,000`; in Spanish by narrow spaces, as the RAE has it, from five digits on.
#[must_use]
pub fn number(locale: Locale, value: f64) -> String {
    let text = format!("{value:.2}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut result = grouped(locale, whole);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        result.push(if locale == Locale::En { '.' } else { ',' });
        result.push_str(fraction);
    }
    result
}

/// How many there are of something, with thousands set apart.
#[must_use]
pub fn count(locale: Locale, value: u64) -> String {
    grouped(locale, &value.to_string())
}

fn grouped(locale: Locale, digits: &str) -> String {
    let (separator, from) = match locale {
        Locale::En => (',', 4),
        Locale::Es => ('\u{202f}', 5),
    };
    let mut result = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len() >= from && (digits.len() - index).is_multiple_of(3) {
            result.push(separator);
        }
        result.push(digit);
    }
    result
}

/// What a language is called, as far as the catalogue knows it; else its tag.
#[must_use]
pub fn language(texts: Texts, tag: &str) -> String {
    match tag {
        "en" => texts.get("language-en"),
        "es" => texts.get("language-es"),
        "fr" => texts.get("language-fr"),
        "pt" => texts.get("language-pt"),
        other => other.to_owned(),
    }
}

/// A text that counts something in `n`.
#[must_use]
pub fn many(texts: Texts, key: &str, n: u64) -> String {
    texts.with(key, &[("n", n.into())])
}

/// A length of time in days, or in months and years where days would say nothing.
#[must_use]
pub fn days(texts: Texts, days: i64) -> String {
    match days {
        ..=60 => texts.with("days", &[("n", days.into())]),
        61..=730 => texts.with("months", &[("n", (days * 12 / 365).into())]),
        _ => texts.with("years", &[("n", (days / 365).into())]),
    }
}

/// What a pledge's status and timeliness amount to, in words: `Fulfilled, 7 days late`; the status alone where there is no
/// more to say.
#[must_use]
pub fn timeliness_of(texts: Texts, status: PledgeStatus, timeliness: Option<Timeliness>) -> String {
    let status = texts.code("status", status.code());
    match timeliness {
        Some(Timeliness::Late { at_least, at_most }) if at_least == at_most => {
            texts.with("status-late", &[("status", status.into()), ("by", days(texts, at_least).into())])
        }
        Some(Timeliness::Late { at_least, .. }) => {
            texts.with("status-late-at-least", &[("status", status.into()), ("by", days(texts, at_least).into())])
        }
        Some(Timeliness::OnTime) => texts.with("status-on-time", &[("status", status.into())]),
        _ => status,
    }
}

/// That something is overdue and by how much, or that it is due soon; `None` where there is neither to say.
#[must_use]
pub fn lateness(texts: Texts, timeliness: Option<Timeliness>) -> Option<String> {
    match timeliness? {
        Timeliness::Overdue { days: late, .. } => Some(texts.with("overdue-by", &[("time", days(texts, late).into())])),
        Timeliness::DueSoon => Some(texts.get("due-soon")),
        Timeliness::NotDue | Timeliness::OnTime | Timeliness::Late { .. } => None,
    }
}

/// How long ago a day was, in words.
#[must_use]
pub fn ago(texts: Texts, day: NaiveDate, from: NaiveDate) -> String {
    match (from - day).num_days() {
        ..=0 => texts.get("today"),
        passed => texts.with("ago", &[("time", days(texts, passed).into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Texts = Texts::in_language(Locale::En);
    const ES: Texts = Texts::in_language(Locale::Es);

    #[test]
    fn dates_are_as_precise_as_they_are() {
        let read = |text: &str| text.parse::<FuzzyDate>().unwrap();
        assert_eq!(date(EN, read("2024-05-07")), "7 May 2024");
        assert_eq!(date(ES, read("2024-05-07")), "7 de mayo de 2024");
        assert_eq!(date(ES, read("2024-04")), "abril de 2024");
        assert_eq!(date(EN, read("2024")), "2024");
        assert_eq!(due_words(EN, read("2024-04")), "due Apr 2024");
    }

    #[test]
    fn large_numbers_in_texts_are_grouped_and_years_are_not() {
        assert_eq!(many(EN, "found-count", 1_000_000), "1,000,000 pledges match");
        assert_eq!(many(ES, "found-count", 306_500), "306\u{202f}500 compromisos coinciden");
        assert_eq!(many(EN, "found-count", 1), "1 pledge matches");
        assert_eq!(EN.with("deadlines-sometime", &[("year", 2026_i64.into())]), "Some time in 2026");
    }

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        assert_eq!(number(Locale::En, 686_000_000.0), "686,000,000");
        assert_eq!(number(Locale::Es, 686_000_000.0), "686\u{202f}000\u{202f}000");
        assert_eq!(number(Locale::Es, 4000.0), "4000");
        assert_eq!(number(Locale::En, 26.5), "26.5");
    }

    #[test]
    fn lateness_is_told_as_precisely_as_it_is_known() {
        let late = |at_least, at_most| Some(Timeliness::Late { at_least, at_most });
        assert_eq!(timeliness_of(EN, PledgeStatus::Fulfilled, late(7, 7)), "Fulfilled, 7 days late");
        assert_eq!(timeliness_of(ES, PledgeStatus::Fulfilled, late(1, 1)), "Cumplido, con 1 día de retraso");
        assert_eq!(timeliness_of(EN, PledgeStatus::Fulfilled, late(32, 61)), "Fulfilled, at least 32 days late");
        assert_eq!(timeliness_of(EN, PledgeStatus::Announced, Some(Timeliness::DueSoon)), "Announced");
    }
}
