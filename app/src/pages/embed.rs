//! `/embed/pledges/{slug}`: a pledge in little, to stand in a frame on somebody else's page.

use domain::Due;
use leptos::prelude::*;
use store::Dossier;

use super::{PageResult, Request, not_found, slug};
use crate::{
    components::{dated, due_dated, lateness, status_badge, strip_large, words},
    i18n,
    page::{Head, Page},
    visit::Visit,
};

/// The page. Links in it open anew, outside the frame.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn embed(request: Request, name: &str) -> PageResult {
    let Request { visit, store, .. } = request;
    let pledge = match slug(name) {
        Some(slug) => store.pledge(&slug, visit.moment).await?,
        None => None,
    };
    let Some(pledge) = pledge else { return Ok(not_found(visit)) };
    let head = Head { title: visit.words(&pledge.title).to_owned(), ..Head::default() };
    Ok(Page::new(head, move || shown(&visit, &pledge)))
}

fn shown(visit: &Visit, pledge: &Dossier) -> AnyView {
    let url = visit.url(&format!("/pledges/{}", pledge.slug));
    let due = pledge.due.as_ref().map(|due| view! { <span>{visit.t("due")}" "{due_dated(visit, due)}</span> });
    let due_date = pledge.due.as_ref().and_then(Due::date);
    let status = pledge.state.map(|state| status_badge(visit, state.status, pledge.timeliness));
    let drawn = pledge.strip.as_ref().map(|strip| strip_large(visit, strip, &pledge.spans, due_date));
    // Corrected entries are for the page itself to tell; here stands what counts.
    let last = pledge.steps.iter().find(|step| step.corrected_by.is_none()).map(|step| {
        view! { <p class="last-change">{dated(visit, step.effective_on)}": "{words(visit, &step.rationale)}</p> }
    });
    let day = visit.moment.asked_as_of.then(|| {
        let day = i18n::date(visit.texts(), visit.moment.as_of.into());
        view! { <p class="meta">{visit.t_with("notice-as-of", &[("date", day.into())])}</p> }
    });
    view! {
        <article>
            <h1><a href=url.clone() target="_blank" rel="noopener">{words(visit, &pledge.title)}</a></h1>
            {day}
            <div class="flex flex-wrap gap-x-4 gap-y-1 items-baseline">
                <strong>{status}</strong>
                {lateness(visit, pledge.timeliness)}
                <span class="meta">{due}</span>
            </div>
            {drawn}
            {last}
            <p class="meta">
                <a class="brand" href=url target="_blank" rel="noopener">"Pledge"<b>"book"</b></a>" · "{visit.t("embed-sources")}
            </p>
        </article>
    }
    .into_any()
}
