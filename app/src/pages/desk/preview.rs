//! What readers will see, beside the form: the strip, the status, the sentence that stands first.

use chrono::{DateTime, Utc};
use domain::{
    Due, Pledge, Slug,
    history::{self, Change, Span},
    strip::Strip,
};
use leptos::prelude::*;

use super::draft_form::DraftForm;
use crate::{
    components::{dated, status_badge, strip_large},
    visit::Visit,
};

/// What a proposed pledge would come to now: its spans, had all of it been recorded by then.
pub(super) fn spans(pledge: &Pledge, now: DateTime<Utc>) -> Vec<Span> {
    let changes: Vec<Change<usize, Slug>> = pledge
        .history
        .iter()
        .enumerate()
        .map(|(id, change)| Change {
            id,
            party: change.party.clone(),
            status: change.status,
            effective_on: change.effective_on,
            recorded_at: now,
            replaces: change.replaces,
            overrides: change.override_reason.is_some(),
        })
        .collect();
    let mut owing: Vec<Slug> = Vec::new();
    for party in pledge.parties.iter().filter(|party| party.role.owes()) {
        if !owing.contains(&party.party) {
            owing.push(party.party.clone());
        }
    }
    history::spans(&changes, &owing, now)
}

/// The strip and the state of a proposed pledge.
pub(super) fn state(visit: &Visit, pledge: &Pledge) -> AnyView {
    let spans = spans(pledge, visit.moment.known_at);
    let due = pledge.due_on.as_ref().and_then(Due::date);
    let drawn = Strip::new(&spans, due, visit.today).map(|strip| strip_large(visit, &strip, &spans, due));
    let state = spans.iter().find(|span| span.holds_on(visit.today)).map(|span| {
        view! { <p class="mt-2">{status_badge(visit, span.status, None)}" "<span class="meta">{dated(visit, span.effective_on)}</span></p> }
    });
    view! { {drawn}{state} }.into_any()
}

pub(super) fn aside(visit: &Visit, shown: &DraftForm) -> AnyView {
    let Some(proposal) = &shown.proposal else {
        return view! { <aside><h2 class="mt-0">{visit.t("preview-title")}</h2><p class="hint">{visit.t("preview-later")}</p></aside> }
            .into_any();
    };
    let pledge = proposal.pledge();
    let title = visit.words(&pledge.title).to_owned();
    let said = pledge.history.last().map(|change| visit.words(&change.rationale).to_owned());
    let review = shown.draft.as_ref().map(|draft| {
        view! { <p><a href=visit.href(&format!("/desk/drafts/{}/review", draft.id))>{visit.t("preview-whole")}</a></p> }
    });
    view! {
        <aside>
            <h2 class="mt-0">{visit.t("preview-title")}</h2>
            <div class="row">
                <p class="font-semibold">{title}</p>
                {state(visit, pledge)}
                <p class="hint">{said}</p>
            </div>
            {review}
        </aside>
    }
    .into_any()
}
