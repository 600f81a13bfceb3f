//! `/pledges`: the list, searched and narrowed, with what other choices would leave, in several orders.

use domain::{FieldErrors, Params, PledgeQuery};
use leptos::prelude::*;
use store::{Facets, Found};

use super::{PageResult, Request, refused::problems};
use crate::{
    components::{Choice, PER_PAGE, changed_since_field, chosen, figures, follow, order_select, pager, pledge_rows, select},
    feed, i18n,
    islands::LiveFilter,
    page::{Head, Page},
    visit::Visit,
};

/// The choices that stand in sight, and those behind “more filters”.
const FIRST: [Choice; 3] = [Choice::Status, Choice::Party, Choice::Topic];
const MORE: [Choice; 5] = [Choice::Meeting, Choice::Role, Choice::Timeliness, Choice::Due, Choice::SourceLanguage];

/// The page. Wrong parameters are answered with what would be accepted, and the form as it was filled in.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn pledge_list(request: Request) -> PageResult {
    let Request { visit, params, store } = request;
    let head = Head { title: visit.t("list-title"), description: visit.t("list-lede") };
    let query = match PledgeQuery::asked(&params) {
        Ok(query) => query,
        Err(errors) => {
            let facets = store.facets(&PledgeQuery::default(), visit.moment).await?;
            return Ok(wrong(visit, params, facets, errors, head));
        }
    };
    let found = store.found(&query, visit.moment, params.page(), PER_PAGE).await?;
    let asked = query.pairs();
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let name = visit.t(if query.is_of_all() { "feed-of-all" } else { "feed-of-these" });
    let follows = [feed::alternate(&visit, "/pledges", &asked, &name)];
    let alternates = follows.clone();
    let page = Page::new(head, move || {
        view! {
            {top(&visit, &params, &query, &found.facets)}
            <p id="count" role="status" class="meta">{i18n::many(visit.texts(), "found-count", found.pledges.total)}</p>
            <div id="results">{results(&visit, &query, &found)}{follow(&follows)}</div>
        }
        .into_any()
    });
    Ok(page.interactive().with_alternates(alternates))
}

fn results(visit: &Visit, query: &PledgeQuery, found: &Found) -> AnyView {
    let pairs = query.pairs();
    let kept: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let narrowed: Vec<(&str, &str)> =
        kept.iter().copied().filter(|(name, _)| !matches!(*name, "status" | "timeliness" | "sort")).collect();
    view! {
        {chosen(visit, "/pledges", query, &found.facets)}
        {figures(visit, &found.figures, &narrowed)}
        <h2 class="sr-only">{visit.t("pledges")}</h2>
        {pledge_rows(visit, &found.pledges.items, query.search.as_ref())}
        {pager(visit, &found.pledges, "/pledges", &kept)}
    }
    .into_any()
}

fn wrong(visit: Visit, params: Params, facets: Facets, errors: FieldErrors, head: Head) -> Page {
    Page::new(head, move || {
        view! { {top(&visit, &params, &PledgeQuery::default(), &facets)}{problems(&visit, &errors)} }.into_any()
    })
    .failed(400)
}

/// The title and the form.
fn top(visit: &Visit, params: &Params, query: &PledgeQuery, facets: &Facets) -> AnyView {
    let (as_of, known_at) = visit.asked_moment();
    let moment = [("as_of", as_of), ("known_at", known_at)].into_iter().filter(|(_, value)| !value.is_empty());
    let moment = moment.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let narrowed = PledgeQuery::PARAMETERS.iter().any(|name| params.get(name).is_some());
    let choices = |all: &[Choice]| all.iter().map(|choice| select(visit, params, *choice, facets)).collect_view();
    // Whoever has chosen one of them sees that they have.
    let open = ["meeting", "role", "timeliness", "due", "source_language", "changed_since"]
        .iter()
        .any(|name| params.get(name).is_some());
    view! {
        <h1>{visit.t("list-title")}</h1>
        // Whoever has asked for something wants to see what was found.
        {(!narrowed).then(|| view! { <p class="lede">{visit.t("list-lede")}</p> })}
        <form class="filters" method="get" action=crate::visit::localized_path(visit.locale, "/pledges") role="search">
            <LiveFilter
                value=params.get("q").unwrap_or_default().replace(char::is_control, " ")
                label=visit.t("filter-words")
                hint=visit.t("filter-words-hint")
            />
            {choices(&FIRST)}
            {order_select(visit, query)}
            <details class="more" open=open>
                <summary>{visit.t("filter-more")}</summary>
                <div class="filters-more">
                    {choices(&MORE)}
                    {changed_since_field(visit, params)}
                </div>
            </details>
            {moment.collect_view()}
            <div class="actions">
                <button>{visit.t("filter-show")}</button>
                {narrowed.then(|| view! { <a href=visit.href("/pledges")>{visit.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
}
