//! `/changes`: what changed across the record, by the day on which it was recorded.

use leptos::prelude::*;
use store::RecordedChange;

use super::{PageResult, Request};
use crate::{
    components::{dated, follow, moment_dated, pager, status_badge, words},
    feed,
    page::{Head, Page},
    visit::Visit,
};

/// How many changes stand on a page.
const PER_PAGE: u32 = 30;

/// The page.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn changes(request: Request) -> PageResult {
    let Request { visit, store, params } = request;
    let changes = store.changes(&domain::PledgeQuery::default(), visit.moment, params.page(), PER_PAGE).await?;
    let head = Head { title: visit.t("changes"), description: visit.t("changes-lede") };
    let follows = [feed::alternate(&visit, "/changes", &[], &visit.t("feed-of-all"))];
    let alternates = follows.clone();
    Ok(Page::new(head, move || {
        let days = changes.items.chunk_by(|a, b| a.recorded_on() == b.recorded_on()).map(|day| {
            let recorded = moment_dated(&visit, day[0].recorded_at);
            view! {
                <section>
                    <h2>{visit.t("changes-recorded-on")}" "{recorded}</h2>
                    <ul class="changes">{day.iter().map(|change| changed(&visit, change)).collect_view()}</ul>
                </section>
            }
        });
        let none = changes.items.is_empty().then(|| view! { <p class="empty">{visit.t("changes-none")}</p> });
        view! {
            <h1>{visit.t("changes")}</h1>
            <p class="lede">{visit.t("changes-lede")}</p>
            {follow(&follows)}
            {days.collect_view()}
            {none}
            {pager(&visit, &changes, "/changes", &[])}
        }
        .into_any()
    })
    .with_alternates(alternates))
}

fn changed(visit: &Visit, change: &RecordedChange) -> AnyView {
    let href = format!("{}#change-{}", visit.href(&format!("/pledges/{}", change.pledge)), change.position);
    let correction = change.is_correction.then(|| view! { <span class="meta">{visit.t("correction")}</span> });
    view! {
        <li>
            <h3><a href=href>{words(visit, &change.title)}</a></h3>
            <div class="flex flex-wrap gap-x-4 gap-y-1 items-baseline">
                {status_badge(visit, change.status, None)}
                <span class="meta">{dated(visit, change.effective_on)}</span>
                {correction}
            </div>
            <p>{words(visit, &change.rationale)}</p>
        </li>
    }
    .into_any()
}
