//! `/pledges`: the list, narrowed by words, status, party, topic and meeting, in several orders.

use domain::{FieldErrors, Params, PledgeQuery, PledgeSort, PledgeStatus, page::Page as Paged};
use leptos::prelude::*;
use store::{Choices, Figures, Named, PledgeRow};

use super::{PageResult, Request, refused::problems};
use crate::{
    components::{PER_PAGE, classes, figures, follow, pager, pledge_rows},
    feed, i18n,
    islands::LiveFilter,
    page::{Head, Page},
    visit::Visit,
};

/// The parameters that narrow the list, as links within it must carry them on.
const KEPT: [&str; 7] = ["q", "status", "party", "topic", "meeting", "timeliness", "sort"];

/// The page. Wrong parameters are answered with what would be accepted, and the form as it was filled in.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn pledge_list(request: Request) -> PageResult {
    let Request { visit, params, store } = request;
    let head = Head { title: visit.t("list-title"), description: visit.t("list-lede") };
    let choices = store.choices(visit.moment).await?;
    let query = match PledgeQuery::asked(&params) {
        Ok(query) => query,
        Err(errors) => return Ok(wrong(visit, params, choices, errors, head)),
    };
    let found = store.figures(&query, visit.moment).await?;
    let pledges = store.pledges(&query, visit.moment, params.page(), PER_PAGE).await?;
    let asked = query.pairs();
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let name = visit.t(if query.is_of_all() { "feed-of-all" } else { "feed-of-these" });
    let follows = [feed::alternate(&visit, "/pledges", &asked, &name)];
    let alternates = follows.clone();
    let page = Page::new(head, move || {
        view! {
            {top(&visit, &params, &choices)}
            <p id="count" role="status" class="meta">{i18n::many(visit.texts(), "found-count", pledges.total)}</p>
            <div id="results">{results(&visit, &params, &found, &pledges)}{follow(&follows)}</div>
        }
        .into_any()
    });
    Ok(page.interactive().with_alternates(alternates))
}

fn results(visit: &Visit, params: &Params, found: &Figures, pledges: &Paged<PledgeRow>) -> AnyView {
    let kept: Vec<(&str, &str)> = KEPT.iter().filter_map(|name| Some((*name, params.get(name)?))).collect();
    let narrowed: Vec<(&str, &str)> =
        kept.iter().copied().filter(|(name, _)| !matches!(*name, "status" | "timeliness" | "sort")).collect();
    view! {
        {figures(visit, found, &narrowed)}
        <h2 class="sr-only">{visit.t("pledges")}</h2>
        {pledge_rows(visit, &pledges.items)}
        {pager(visit, pledges, "/pledges", &kept)}
    }
    .into_any()
}

fn wrong(visit: Visit, params: Params, choices: Choices, errors: FieldErrors, head: Head) -> Page {
    Page::new(head, move || view! { {top(&visit, &params, &choices)}{problems(&visit, &errors)} }.into_any()).failed(400)
}

/// The title and the form.
fn top(visit: &Visit, params: &Params, choices: &Choices) -> AnyView {
    let statuses = PledgeStatus::ALL.iter().map(|status| (status.code().to_owned(), visit.t_code("status", status.code())));
    let orders = PledgeSort::ALL.iter().map(|sort| (sort.code().to_owned(), visit.t_code("sort", sort.code())));
    let named = |all: &[Named]| -> Vec<(String, String)> {
        let mut all: Vec<_> = all.iter().map(|named| (named.slug.to_string(), visit.words(&named.name).to_owned())).collect();
        all.sort_by_cached_key(|(_, name)| domain::text::fold(name));
        all
    };
    let (as_of, known_at) = visit.asked_moment();
    let known_at = (!known_at.is_empty()).then(|| view! { <input type="hidden" name="known_at" value=known_at /> });
    let timeliness = params.get("timeliness").map(str::to_owned);
    let narrowed = KEPT.iter().any(|name| params.get(name).is_some());
    view! {
        <h1>{visit.t("list-title")}</h1>
        <p class="lede">{visit.t("list-lede")}</p>
        <form class="filters" method="get" action=visit.href("/pledges").split('?').next().unwrap_or_default().to_owned() role="search">
            <LiveFilter
                value=params.get("q").unwrap_or_default().replace(char::is_control, " ")
                label=visit.t("filter-words")
                hint=visit.t("filter-words-hint")
            />
            {select(visit, params, "status", "any-status", statuses.collect())}
            {select(visit, params, "party", "any-party", named(&choices.parties))}
            {select(visit, params, "topic", "any-topic", named(&choices.topics))}
            {select(visit, params, "meeting", "any-meeting", named(&choices.meetings))}
            {select(visit, params, "sort", "", orders.collect())}
            <div class="field">
                <label for="as-of">{visit.t("as-of-label")}</label>
                <input id="as-of" type="date" name="as_of" value=as_of min="1900-01-01" max=visit.today() />
            </div>
            {timeliness.map(|value| view! { <input type="hidden" name="timeliness" value=value /> })}
            {known_at}
            <div class="actions">
                <button>{visit.t("filter-show")}</button>
                {narrowed.then(|| view! { <a href=visit.href("/pledges")>{visit.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
}

/// A choice among codes, each with its words; the first is none of them, unless there must be one.
fn select(visit: &Visit, params: &Params, name: &'static str, any: &str, choices: Vec<(String, String)>) -> AnyView {
    let chosen = params.get(name).unwrap_or_default().to_owned();
    let any = (!any.is_empty()).then(|| view! { <option value="">{visit.t(any)}</option> });
    let options = choices.into_iter().map(|(code, words)| {
        let selected = code == chosen;
        view! { <option value=code selected=selected>{words}</option> }
    });
    view! {
        <div class=classes("field")>
            <label for=name>{visit.t(match name {
                "status" => "filter-status",
                "party" => "filter-party",
                "topic" => "filter-topic",
                "meeting" => "filter-meeting",
                _ => "filter-sort",
            })}</label>
            <select id=name name=name>{any}{options.collect_view()}</select>
        </div>
    }
    .into_any()
}
