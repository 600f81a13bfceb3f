//! `/`: the record at a glance.

use domain::{PledgeQuery, PledgeSort, Timely, page::PageNumber};
use leptos::prelude::*;
use store::Found;

use super::{PageResult, Request};
use crate::{
    calendar,
    components::{classes, figures, follow, named_link, over_time, pledge_rows},
    feed, i18n, json_ld,
    page::{Head, Page},
};

/// How many pledges each part of the page shows.
const SHOWN: u32 = 6;

/// The page.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn home(request: Request) -> PageResult {
    let Request { visit, store, .. } = request;
    let first = PageNumber::asked(None);
    let changed = PledgeQuery { sort: Some(PledgeSort::Changed), ..PledgeQuery::default() };
    let Found { pledges: changed, figures: found, facets } = store.found(&changed, visit.moment, first, SHOWN).await?;
    let overdue = PledgeQuery { timeliness: Some(Timely::Overdue), sort: Some(PledgeSort::Due), ..PledgeQuery::default() };
    let overdue = store.pledges(&overdue, visit.moment, first, SHOWN).await?;
    let through_time = store.over_time(&PledgeQuery::default(), visit.moment).await?;

    let head = Head { title: visit.t("home-title"), description: visit.t("home-lede") };
    let all = visit.t("feed-of-all");
    let follows = [feed::alternate(&visit, "/changes", &[], &all), calendar::alternate(&visit, "/deadlines", &all)];
    let alternates = follows.clone();
    let json_ld = [json_ld::dataset(&visit, store.revision().await?.recorded_at)];
    Ok(Page::new(head, move || {
        let overdue_section = (!overdue.items.is_empty()).then(|| {
            view! {
                <h2>{visit.t("home-overdue")}</h2>
                {pledge_rows(&visit, &overdue.items, None)}
                <p class="mt-2"><a href=visit.href_with("/pledges", &[("timeliness", "overdue")])>{visit.t("home-all-overdue")}</a>" · "<a href=visit.href("/deadlines")>{visit.t("deadlines")}</a></p>
            }
        });
        let topics = facets.topics.iter().map(|topic| {
            let count = i18n::many(visit.texts(), "pledge-count", topic.pledges);
            view! { <li>{named_link(&visit, "topics", &topic.thing)}<span class="meta count">{count}</span></li> }
        });
        let hidden = visit.asked_moment().0;
        let hidden = (!hidden.is_empty()).then(|| view! { <input type="hidden" name="as_of" value=hidden /> });
        view! {
            <h1>{visit.t("home-title")}</h1>
            <p class="lede">{visit.t("home-lede")}</p>
            <form class="filters" method="get" action=visit.href("/pledges") role="search">
                <div class="field-wide">
                    <label for="q">{visit.t("filter-words")}</label>
                    <input id="q" name="q" type="search" maxlength="200" placeholder=visit.t("filter-words-hint") />
                </div>
                {hidden}
                <button>{visit.t("filter-search")}</button>
            </form>
            {figures(&visit, &found, &[])}
            <h2>{visit.t("home-changed")}</h2>
            {pledge_rows(&visit, &changed.items, None)}
            <p class="mt-2"><a href=visit.href("/changes")>{visit.t("home-all-changes")}</a></p>
            {overdue_section}
            {over_time(&visit, &through_time)}
            <h2>{visit.t("topics")}</h2>
            <ul class=classes("index")>{topics.collect_view()}</ul>
            {follow(&follows)}
        }
        .into_any()
    })
    .with_alternates(alternates)
    .with_json_ld(json_ld))
}
