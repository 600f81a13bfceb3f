//! What readers will see, beside the form: the strip, the status, the sentence that stands first.

use chrono::{DateTime, Utc};
use domain::{
    DraftKind, Due, Moment, Pledge, Slug,
    history::{self, Change, Span},
    strip::Strip,
};
use leptos::prelude::*;
use store::{Dossier, Draft};

use super::{DeskRequest, draft_form::DraftForm};
use crate::{
    components::{crumbs, dated, status_badge, strip_large},
    page::{Head, Page},
    pages::pledge::said,
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

/// The way to the page of the pledge as it would be; none where there would be none any more.
pub(super) fn whole_page(visit: &Visit, draft: &Draft) -> AnyView {
    if draft.kind == DraftKind::Withdrawal {
        return ().into_any();
    }
    view! { <p><a href=visit.href(&format!("/desk/drafts/{}/preview", draft.id))>{visit.t("preview-page")}</a></p> }.into_any()
}

/// The page of the pledge as readers would see it if the draft were published, with the way back to its review above it.
#[must_use]
pub fn preview(request: DeskRequest, draft: &Draft, pledge: Dossier, moment: Moment) -> Page {
    let visit = Visit { moment, ..request.visit };
    let title = visit.t_with("preview-of", &[("title", visit.words(&pledge.title).into())]);
    let review = visit.href(&format!("/desk/drafts/{}/review", draft.id));
    Page::new(Head { title, ..Head::default() }, move || {
        let way = vec![(visit.href("/desk"), visit.t("desk")), (review, visit.t("preview-back"))];
        view! {
            {crumbs(&visit, way)}
            <p class="notice" role="note">{visit.t("preview-not-public")}</p>
            {said(&visit, &pledge)}
        }
        .into_any()
    })
    .private()
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
        let review = visit.href(&format!("/desk/drafts/{}/review", draft.id));
        view! { {whole_page(visit, draft)}<p><a href=review>{visit.t("preview-whole")}</a></p> }
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
