//! The steps of a pledge's history that the record had at one moment and not at the other, or told otherwise.

use domain::word_diff::Fate;
use leptos::prelude::*;
use store::{Cited, Dossier, Step};

use super::Row;
use crate::{
    components::{changed_words, dated, evidence_list, status_badge},
    visit::Visit,
};

/// The steps that differ, the newest first, and how many are the same.
pub(super) struct Steps {
    pub(super) rows: Vec<Row>,
    pub(super) kept: u64,
}

pub(super) fn rows(visit: &Visit, then: Option<&Dossier>, now: Option<&Dossier>) -> Steps {
    let of = |pledge: Option<&Dossier>| pledge.map(|pledge| pledge.steps.clone()).unwrap_or_default();
    let (then, now) = (of(then), of(now));
    let (mut rows, mut kept) = (Vec::new(), 0);
    for step in &now {
        match then.iter().find(|before| before.position == step.position) {
            None => rows.push(row(visit, "compare-step-added", None, Some(step))),
            Some(before) if told_alike(visit, before, step) => kept += 1,
            Some(before) => rows.push(row(visit, "compare-step-changed", Some(before), Some(step))),
        }
    }
    for step in then.iter().filter(|step| !now.iter().any(|after| after.position == step.position)) {
        rows.push(row(visit, "compare-step-removed", Some(step), None));
    }
    Steps { rows, kept }
}

/// Whether a reader is told the same of a step.
fn told_alike(visit: &Visit, then: &Step, now: &Step) -> bool {
    then.status == now.status
        && then.effective_on == now.effective_on
        && words(visit, then) == words(visit, now)
        && then.corrected_by == now.corrected_by
        && then.citations == now.citations
}

/// Everything that a step says in words.
fn words(visit: &Visit, step: &Step) -> String {
    let mut words = vec![visit.words(&step.rationale).to_owned()];
    words.extend(step.corrects.as_ref().map(|(_, reason)| format!("{}: {}", visit.t("correction"), visit.words(reason))));
    words.extend(step.corrected_by.map(|_| visit.t("step-corrected")));
    words.extend(step.override_reason.as_ref().map(|reason| format!("{}: {}", visit.t("step-override"), visit.words(reason))));
    words.extend(step.searched.as_ref().map(|place| format!("{}: {}", visit.t("step-searched"), visit.words(place))));
    words.join(" ")
}

fn row(visit: &Visit, fate: &str, then: Option<&Step>, now: Option<&Step>) -> Row {
    let name = then.or(now).map(|step| {
        let party = step.party.as_ref().map(|party| view! { <br />{visit.words(&party.name).to_owned()} });
        view! { {visit.t(fate)}<br /><span class="meta">{dated(visit, step.effective_on)}</span>{party} }
    });
    let before = then.map(|step| words(visit, step)).unwrap_or_default();
    let after = now.map(|step| words(visit, step)).unwrap_or_default();
    let side = |step: Option<&Step>, other: Option<&Step>, side: Fate| {
        let Some(step) = step else { return "–".into_any() };
        let marks = other.is_none_or(|other| other.status != step.status);
        let badge = status_badge(visit, step.status, None);
        let badge = match side {
            _ if !marks => badge,
            Fate::Removed => view! { <del>{badge}</del> }.into_any(),
            _ => view! { <ins>{badge}</ins> }.into_any(),
        };
        view! {
            {badge}
            <p class="mt-1">{changed_words(&before, &after, side)}</p>
            {evidence(visit, step, other, side)}
        }
        .into_any()
    };
    let (first, second) = (side(then, now, Fate::Removed), side(now, then, Fate::Added));
    Row { name: name.into_any(), then: first, now: second }
}

/// The evidence of a step: what the other moment has not is marked, the rest stands below it.
fn evidence(visit: &Visit, step: &Step, other: Option<&Step>, side: Fate) -> AnyView {
    let there = |cited: &Cited| other.is_some_and(|other| other.citations.contains(cited));
    let (both, alone): (Vec<Cited>, Vec<Cited>) = step.citations.iter().cloned().partition(there);
    let alone = (!alone.is_empty()).then(|| {
        let list = evidence_list(visit, &alone);
        if side == Fate::Removed {
            view! { <del class="block">{list}</del> }.into_any()
        } else {
            view! { <ins class="block">{list}</ins> }.into_any()
        }
    });
    view! { {alone}{evidence_list(visit, &both)} }.into_any()
}
