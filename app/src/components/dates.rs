//! Dates as readers and machines read them.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Due, FuzzyDate};
use leptos::prelude::*;

use super::words;
use crate::{i18n, visit::Visit};

/// A date as precise as it is. HTML's `datetime` takes a year, a month or a day alike.
pub fn dated(visit: &Visit, date: FuzzyDate) -> AnyView {
    view! { <time datetime=date.to_string()>{i18n::date(visit.texts(), date)}</time> }.into_any()
}

/// When something is due: a date, or the words that stand in its place, in quotation marks.
pub fn due_dated(visit: &Visit, due: &Due) -> AnyView {
    match due {
        Due::On(date) => dated(visit, *date),
        Due::Words(text) => view! { "“"{words(visit, text)}"”" }.into_any(),
    }
}

/// The same of a pledge that may have no date.
pub fn due_or_none(visit: &Visit, due: Option<&Due>) -> AnyView {
    due.map_or_else(|| visit.t("pledge-no-due-date").into_any(), |due| due_dated(visit, due))
}

/// The day of a moment of the record, with the moment itself for machines.
pub fn moment_dated(visit: &Visit, moment: DateTime<Utc>) -> AnyView {
    let exact = moment.to_rfc3339_opts(SecondsFormat::Secs, true);
    view! { <time datetime=exact>{i18n::timestamp_day(visit.texts(), moment)}</time> }.into_any()
}
