//! `/changes`: what changed across the record, by the day on which it was recorded, narrowed like the list.

use domain::{Params, PledgeQuery};
use leptos::prelude::*;
use store::{Facets, RecordedChange};

use super::{PageResult, Request, refused};
use crate::{
    components::{Choice, changed_since_field, chosen, dated, follow, moment_dated, pager, select, status_badge, words},
    feed, i18n,
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// How many changes stand on a page.
const PER_PAGE: u32 = 30;

/// The page. `status` is the one that a change set, `changed_since` the first day on which it was recorded; the other
/// choices say of which pledges.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn changes(request: Request) -> PageResult {
    let Request { visit, store, params } = request;
    let query = match PledgeQuery::asked(&params) {
        Ok(query) => PledgeQuery { sort: None, ..query },
        Err(errors) => return Ok(refused(visit, errors)),
    };
    let changes = store.changes(&query, visit.moment, params.page(), PER_PAGE).await?;
    let facets = store.facets(&PledgeQuery { status: None, changed_since: None, ..query.clone() }, visit.moment).await?;
    let head = Head { title: visit.t("changes"), description: visit.t("changes-lede") };
    let asked = query.pairs();
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let name = visit.t(if query.is_of_all() { "feed-of-all" } else { "feed-of-these" });
    let follows = [feed::alternate(&visit, "/changes", &asked, &name)];
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
        let none = changes.items.is_empty().then(|| {
            let key = if query.is_of_all() { "changes-none" } else { "changes-none-match" };
            view! { <p class="empty">{visit.t(key)}</p> }
        });
        let pairs = query.pairs();
        let kept: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        view! {
            <h1>{visit.t("changes")}</h1>
            <p class="lede">{visit.t("changes-lede")}</p>
            {form(&visit, &params, &facets)}
            {chosen(&visit, "/changes", &query, &facets)}
            <p role="status" class="meta">{i18n::many(visit.texts(), "change-count", changes.total)}</p>
            {follow(&follows)}
            {days.collect_view()}
            {none}
            {pager(&visit, &changes, "/changes", &kept)}
        }
        .into_any()
    })
    .with_alternates(alternates))
}

fn form(visit: &Visit, params: &Params, facets: &Facets) -> AnyView {
    let choices =
        [Choice::Status, Choice::Party, Choice::Meeting, Choice::Topic].map(|choice| select(visit, params, choice, facets));
    let (as_of, known_at) = visit.asked_moment();
    let hidden = [("as_of", as_of), ("known_at", known_at)].into_iter().filter(|(_, value)| !value.is_empty());
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let words = params.get("q").unwrap_or_default().replace(char::is_control, " ");
    view! {
        <form class="filters" method="get" action=localized_path(visit.locale, "/changes") role="search">
            <div class="field-wide">
                <label for="q">{visit.t("filter-words")}</label>
                <input id="q" name="q" type="search" maxlength="200" value=words placeholder=visit.t("filter-words-hint") />
            </div>
            {choices.collect_view()}
            {changed_since_field(visit, params)}
            {hidden.collect_view()}
            <div class="actions"><button>{visit.t("filter-show")}</button></div>
        </form>
    }
    .into_any()
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
