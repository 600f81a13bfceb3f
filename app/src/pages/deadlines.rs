//! `/deadlines`: what is due when: a year of deadlines, month by month, as precise as each date is.

use chrono::Datelike;
use domain::{Due, DueRange, FuzzyDate, Params, PledgeQuery, PledgeSort};
use leptos::prelude::*;
use store::{Facets, PledgeRow};

use super::{PageResult, Request, refused};
use crate::{
    calendar,
    components::{Choice, classes, dated, follow, lateness, owing, pager, select, status_badge},
    i18n,
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// How many deadlines stand on a page.
const PER_PAGE: u32 = 200;

/// The page: the year of the moment, unless `due` asks for another stretch of time; where nothing is due in that year, the nearest in
/// which something is.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn deadlines(request: Request) -> PageResult {
    let Request { visit, params, store } = request;
    let asked = match PledgeQuery::asked(&params) {
        Ok(query) => query,
        Err(errors) => return Ok(refused(visit, errors)),
    };
    let this_year = visit.moment.as_of.year();
    let due = asked.due.unwrap_or(whole(this_year));
    let mut query = PledgeQuery { due: Some(due), sort: Some(PledgeSort::Due), ..asked.clone() };
    let mut found = store.found(&query, visit.moment, params.page(), PER_PAGE).await?;
    let unasked = asked.due.is_none() && found.pledges.total == 0;
    let nearest = unasked.then(|| nearest(&found.facets, this_year)).flatten();
    if let Some(year) = nearest {
        query.due = Some(whole(year));
        found = store.found(&query, visit.moment, params.page(), PER_PAGE).await?;
    }
    let head = Head { title: visit.t("deadlines"), description: visit.t("deadlines-lede") };
    let follows = [calendar::alternate(&visit, "/deadlines", &visit.t("feed-of-all"))];
    let alternates = follows.clone();
    Ok(Page::new(head, move || {
        let mut groups: Vec<(String, Vec<&PledgeRow>)> = Vec::new();
        for row in &found.pledges.items {
            let heading = heading(&visit, row);
            match groups.last_mut().filter(|(last, _)| *last == heading) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((heading, vec![row])),
            }
        }
        let sections = groups.into_iter().map(|(heading, rows)| {
            let items = rows.into_iter().map(|row| deadline(&visit, row));
            view! { <section><h2>{heading}</h2><ul class=classes("deadlines")>{items.collect_view()}</ul></section> }
        });
        let none = found.pledges.items.is_empty().then(|| view! { <p class="empty">{visit.t("deadlines-none")}</p> });
        let pairs = query.pairs();
        let kept: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        view! {
            <h1>{visit.t("deadlines")}</h1>
            <p class="lede">{visit.t("deadlines-lede")}</p>
            {years(&visit, &query, &found.facets)}
            {form(&visit, &params, &query, &found.facets)}
            {nearest.map(|year| {
                let years = [("year", this_year.to_string().into()), ("shown", year.to_string().into())];
                view! { <p>{visit.t_with("deadlines-nearest", &years)}</p> }
            })}
            <p role="status" class="meta">{i18n::many(visit.texts(), "found-count", found.pledges.total)}</p>
            <div class="calendar">{sections.collect_view()}</div>
            {none}
            {pager(&visit, &found.pledges, "/deadlines", &kept)}
            {follow(&follows)}
        }
        .into_any()
    })
    .with_alternates(alternates))
}

/// From the first to the last day of a year.
const fn whole(year: i32) -> DueRange {
    let year = Some(FuzzyDate::Year(year));
    DueRange::Within { from: year, until: year }
}

/// The next year in which something is due; if nothing will be, the last in which something was.
fn nearest(facets: &Facets, this_year: i32) -> Option<i32> {
    let years = || facets.due.iter().filter_map(|(year, _)| *year);
    years().filter(|year| *year > this_year).min().or_else(|| years().max())
}

/// The month of a deadline; a date without one stands under its year.
fn heading(visit: &Visit, row: &PledgeRow) -> String {
    let texts = visit.texts();
    match row.due.as_ref().and_then(Due::date) {
        Some(FuzzyDate::Day(day)) => i18n::date(texts, FuzzyDate::Month(day.year(), day.month())),
        Some(FuzzyDate::Year(year)) => visit.t_with("deadlines-sometime", &[("year", year.to_string().into())]),
        Some(month) => i18n::date(texts, month),
        None => visit.t("no-due-date"),
    }
}

fn deadline(visit: &Visit, row: &PledgeRow) -> AnyView {
    let (title, language) = row.title.for_reader(visit.locale);
    let lang = (language != visit.locale).then(|| language.code());
    let due = row.due.as_ref().and_then(Due::date).map(|date| dated(visit, date));
    view! {
        <li>
            <a href=visit.href(&format!("/pledges/{}", row.slug)) lang=lang>{title.to_owned()}</a>
            <span class="meta">{owing(visit, row)}" · "{due}</span>
            {status_badge(visit, row.state.status, row.timeliness)}
            {lateness(visit, row.timeliness)}
        </li>
    }
    .into_any()
}

/// A link for each year in which something is due.
fn years(visit: &Visit, query: &PledgeQuery, facets: &Facets) -> AnyView {
    let pairs = query.pairs();
    let links = facets.due.iter().filter_map(|(year, count)| {
        let year = (*year)?.to_string();
        let current = query.due.is_some_and(|due| due.to_string() == year).then_some("page");
        let rest = pairs.iter().filter(|(name, _)| !matches!(*name, "due" | "sort"));
        let mut parameters: Vec<(&str, &str)> = rest.map(|(name, value)| (*name, value.as_str())).collect();
        parameters.push(("due", &year));
        let href = visit.href_with("/deadlines", &parameters);
        let count = i18n::count(visit.locale, *count);
        Some(view! { <li><a href=href aria-current=current>{year.clone()}<span class="meta">" ("{count}")"</span></a></li> })
    });
    let label = visit.t("deadlines-years");
    view! { <nav aria-label=label><ul class="choices">{links.collect_view()}</ul></nav> }.into_any()
}

fn form(visit: &Visit, params: &Params, query: &PledgeQuery, facets: &Facets) -> AnyView {
    let choices =
        [Choice::Status, Choice::Party, Choice::Meeting, Choice::Topic].map(|choice| select(visit, params, choice, facets));
    let (as_of, known_at) = visit.asked_moment();
    let due = query.due.map(|due| due.to_string()).unwrap_or_default();
    let hidden = [("due", due), ("as_of", as_of), ("known_at", known_at)].into_iter().filter(|(_, value)| !value.is_empty());
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <form class="filters" method="get" action=localized_path(visit.locale, "/deadlines")>
            {choices.collect_view()}
            {hidden.collect_view()}
            <div class="actions"><button>{visit.t("filter-show")}</button></div>
        </form>
    }
    .into_any()
}
