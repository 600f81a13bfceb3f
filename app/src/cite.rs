//! How a pledge's page is cited: as it is now, in the styles that people are asked for, in the page's language.

use chrono::{DateTime, Datelike, NaiveTime, SecondsFormat, Utc};
use domain::{Locale, bibtex};
use store::{Dossier, Revision};

use crate::{
    i18n::{self, Arg},
    visit::{Visit, localized_path},
};

/// A citation in each style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedAs {
    /// Where the page stays as it is now.
    pub permalink: String,
    /// In a sentence.
    pub plain: String,
    /// In the style of the American Psychological Association (7th edition), and in Spanish as it is adapted there.
    pub apa: String,
    /// In the style of the Chicago Manual of Style (notes and bibliography).
    pub chicago: String,
    /// For LaTeX.
    pub bibtex: String,
}

/// The address under which a page stays as it is at this visit: what was true that day, as the record told it then.
///
/// Where now is meant, the moment of knowing is not the very second of the visit but the last one at which anything can have
/// changed: the record's newest entry, or the day's beginning. So everybody who reads the page on a day is given the same one.
#[must_use]
pub fn permalink(visit: &Visit, path: &str, revision: Revision) -> String {
    let known_at = if visit.moment.asked_known_at {
        visit.moment.known_at
    } else {
        let now = visit.moment.known_at;
        let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
        revision.recorded_at.unwrap_or(midnight).max(midnight).min(now)
    };
    let path = localized_path(visit.locale, path);
    format!("{}{path}?as_of={}&known_at={}", visit.site, visit.moment.as_of, written(known_at))
}

/// A moment to the last digit that any database keeps: cut to seconds it would lie before what it stands for.
fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The citation of a pledge's page.
#[must_use]
pub fn pledge(visit: &Visit, pledge: &Dossier, revision: Revision) -> CitedAs {
    let texts = visit.texts();
    let permalink = permalink(visit, &format!("/pledges/{}", pledge.slug), revision);
    let title = visit.words(&pledge.title);
    let day = visit.moment.as_of;
    let date = i18n::date(texts, day.into());
    let status = pledge.state.map(|state| i18n::timeliness_of(texts, state.status, pledge.timeliness));
    let filled = |key: &str| {
        let gaps = [
            ("title", Arg::from(title)),
            ("date", date.as_str().into()),
            ("day", day.day().to_string().into()),
            ("month", texts.get(&format!("month-{}", day.month())).into()),
            ("year", day.year().to_string().into()),
            ("url", permalink.as_str().into()),
        ];
        texts.with(key, &gaps)
    };
    let language = match visit.locale {
        Locale::En => "english",
        Locale::Es => "spanish",
    };
    let note = match status {
        Some(status) => visit.t_with("cite-note", &[("status", status.into()), ("date", date.as_str().into())]),
        None => date.clone(),
    };
    let fields = [
        ("author", "{Pledgebook}"),
        ("title", &bibtex::escape(title)),
        ("year", &day.year().to_string()),
        ("month", &day.month().to_string()),
        ("note", &bibtex::escape(&note)),
        ("url", &permalink),
        ("langid", language),
    ];
    CitedAs {
        plain: filled("cite-plain"),
        apa: filled("cite-apa"),
        chicago: filled("cite-chicago"),
        bibtex: bibtex::entry("misc", &format!("pledgebook-{}", pledge.slug), &fields),
        permalink,
    }
}
