//! What the record said of the pledge itself: its status, its dates, its parties, its words.

use domain::{Due, Localized, Timeliness, word_diff::Fate};
use leptos::prelude::*;
use store::Dossier;

use super::Row;
use crate::{
    components::{changed_words, status_badge},
    i18n,
    visit::Visit,
};

/// The fields in which the pledge differs from itself.
pub(super) fn rows(visit: &Visit, then: Option<&Dossier>, now: Option<&Dossier>) -> Vec<Row> {
    let rows = [
        row(visit, "filter-status", then, now, Shown::Status, status),
        row(visit, "compare-since", then, now, Shown::Words, since),
        row(visit, "pledge-due", then, now, Shown::Words, due),
        row(visit, "compare-timeliness", then, now, Shown::Words, timeliness),
        row(visit, "parties", then, now, Shown::Words, parties),
        row(visit, "compare-name", then, now, Shown::Words, |visit, pledge| visit.words(&pledge.title).to_owned()),
        row(visit, "compare-summary", then, now, Shown::Words, |visit, pledge| visit.words(&pledge.summary).to_owned()),
        row(visit, "field-wording", then, now, Shown::Words, |visit, pledge| {
            pledge.wording.as_ref().map_or_else(String::new, |wording: &Localized| visit.words(wording).to_owned())
        }),
        row(visit, "pledge-made-at", then, now, Shown::Words, |visit, pledge| {
            pledge.meeting.as_ref().map_or_else(String::new, |meeting| visit.words(&meeting.named.name).to_owned())
        }),
        row(visit, "topics", then, now, Shown::Words, |visit, pledge| {
            let topics: Vec<_> = pledge.topics.iter().map(|topic| visit.words(&topic.name)).collect();
            topics.join(", ")
        }),
    ];
    rows.into_iter().flatten().collect()
}

/// How a value is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// As words, those marked that differ.
    Words,
    /// As a status, with its shape.
    Status,
}

/// A field, if the two moments differ in it.
fn row(
    visit: &Visit,
    name: &str,
    then: Option<&Dossier>,
    now: Option<&Dossier>,
    shown: Shown,
    value: impl Fn(&Visit, &Dossier) -> String,
) -> Option<Row> {
    let (before, after) = (then.map(|pledge| value(visit, pledge)), now.map(|pledge| value(visit, pledge)));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    if before == after {
        return None;
    }
    let side = |pledge: Option<&Dossier>, side: Fate| {
        let Some(pledge) = pledge else { return view! { <span class="meta">{visit.t("compare-not-yet")}</span> }.into_any() };
        let words = changed_words(&before, &after, side);
        match pledge.state.filter(|_| shown == Shown::Status) {
            Some(state) if side == Fate::Removed => view! { <del>{status_badge(visit, state.status, None)}</del> }.into_any(),
            Some(state) => view! { <ins>{status_badge(visit, state.status, None)}</ins> }.into_any(),
            None => words,
        }
    };
    let (then, now) = (side(then, Fate::Removed), side(now, Fate::Added));
    Some(Row { name: visit.t(name).into_any(), then, now })
}

fn status(visit: &Visit, pledge: &Dossier) -> String {
    pledge.state.map_or_else(|| visit.t("compare-not-made"), |state| visit.t_code("status", state.status.code()))
}

fn since(visit: &Visit, pledge: &Dossier) -> String {
    pledge.state.map_or_else(|| "–".to_owned(), |state| i18n::date(visit.texts(), state.effective_on))
}

fn due(visit: &Visit, pledge: &Dossier) -> String {
    match &pledge.due {
        None => visit.t("pledge-no-due-date"),
        Some(Due::On(date)) => i18n::date(visit.texts(), *date),
        Some(Due::Words(words)) => format!("“{}”", visit.words(words)),
    }
}

fn timeliness(visit: &Visit, pledge: &Dossier) -> String {
    let late = |key: &str, days: i64| visit.t_with(key, &[("by", i18n::days(visit.texts(), days).into())]);
    match pledge.timeliness {
        None => "–".to_owned(),
        Some(Timeliness::NotDue) => visit.t("compare-not-due"),
        Some(Timeliness::DueSoon | Timeliness::Overdue { .. }) => {
            i18n::lateness(visit.texts(), pledge.timeliness).unwrap_or_default()
        }
        Some(Timeliness::OnTime) => visit.t("compare-on-time"),
        Some(Timeliness::Late { at_least, at_most }) if at_least == at_most => late("compare-late", at_least),
        Some(Timeliness::Late { at_least, .. }) => late("compare-late-at-least", at_least),
    }
}

fn parties(visit: &Visit, pledge: &Dossier) -> String {
    let named = pledge
        .parties
        .iter()
        .map(|(party, role)| format!("{} ({})", visit.words(&party.name), visit.t_code("compare-role", role.code())));
    named.collect::<Vec<_>>().join(", ")
}
