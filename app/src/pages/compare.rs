//! `/pledges/{slug}/compare`: what the record said of a pledge at two moments, side by side.

mod fields;
mod steps;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::{FieldErrors, Moment, Problem, Slug, moment::parse_timestamp};
use leptos::prelude::*;
use store::Dossier;

use super::{PageResult, Request, not_found, refused::problems, slug};
use crate::{
    components::crumbs,
    i18n,
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// How many of a pledge's publications the page offers to choose from, the newest.
const OFFERED: u64 = 200;

/// The two moments: what the record said at `from`, and at `to`.
#[derive(Clone, Copy)]
struct Between {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// Whether `to` is simply the moment of the visit.
    until_now: bool,
}

/// The page. `to` is the moment of the visit unless another is asked for; `from` is just before the last publication until then,
/// so that without parameters the page tells what that one changed.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn compare(request: Request, name: &str) -> PageResult {
    let Request { visit, store, params } = request;
    let Some(slug) = slug(name) else { return Ok(not_found(visit)) };
    let mut errors = FieldErrors::default();
    let asked_from = params.read_with("from", parse_timestamp, &mut errors);
    let asked_to = params.read_with("to", parse_timestamp, &mut errors);
    let to = asked_to.unwrap_or(visit.moment.known_at);
    if asked_from.is_some_and(|from| from > to) {
        errors.push("from", Problem::LaterThan("to"));
    }
    if !errors.is_empty() {
        return Ok(wrong(visit, &slug, errors));
    }
    let publications = store.publications(Some(&slug), visit.moment.known_at.max(to), OFFERED).await?;
    let last = publications.iter().find(|time| **time <= to).copied().unwrap_or(to);
    let from = asked_from.unwrap_or_else(|| just_before(last));
    let between = Between { from, to, until_now: asked_to.is_none() && !visit.moment.asked_known_at };
    let then = store.pledge(&slug, at(&visit, from)).await?;
    let now = store.pledge(&slug, at(&visit, to)).await?;
    let Some(title) = now.as_ref().or(then.as_ref()).map(|pledge| visit.words(&pledge.title).to_owned()) else {
        return Ok(not_found(visit));
    };
    let head = Head {
        title: visit.t_with("compare-title-of", &[("title", title.clone().into())]),
        description: visit.t("compare-lede"),
    };
    let page = Page::new(head, move || {
        let pledges = (visit.href("/pledges"), visit.t("pledges"));
        view! {
            {crumbs(&visit, vec![pledges, (visit.href(&format!("/pledges/{slug}")), title)])}
            <h1>{visit.t("compare-title")}</h1>
            <p class="lede">{visit.t("compare-lede")}</p>
            {choice(&visit, &slug, between, &publications)}
            {table(&visit, &slug, between, (then.as_ref(), now.as_ref()), &publications)}
        }
        .into_any()
    });
    Ok(page.unlisted())
}

/// The last instant before another: finer than the clock of any database.
fn just_before(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant - TimeDelta::nanoseconds(1)
}

/// What the record said at a time, of the day asked for or else of that time.
fn at(visit: &Visit, known_at: DateTime<Utc>) -> Moment {
    let as_of = if visit.moment.asked_as_of { visit.moment.as_of } else { known_at.date_naive().min(visit.today) };
    Moment { as_of, known_at, asked_as_of: visit.moment.asked_as_of, asked_known_at: true }
}

/// A moment as readers are told it, in some way of telling times: the one just before a publication by that.
fn told(visit: &Visit, time: DateTime<Utc>, publications: &[DateTime<Utc>], tell: impl Fn(DateTime<Utc>) -> String) -> String {
    let next = time + TimeDelta::nanoseconds(1);
    if publications.contains(&next) { visit.t_with("compare-before", &[("time", tell(next).into())]) } else { tell(time) }
}

/// A moment as the parameters have it.
fn stamp(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn wrong(visit: Visit, slug: &Slug, errors: FieldErrors) -> Page {
    let pledge = visit.href(&format!("/pledges/{slug}"));
    Page::new(Head { title: visit.t("compare-title"), ..Head::default() }, move || {
        view! {
            <h1>{visit.t("compare-title")}</h1>
            {problems(&visit, &errors)}
            <p><a href=pledge>{visit.t("compare-back")}</a></p>
        }
        .into_any()
    })
    .failed(400)
}

/// The form that chooses two of the moments at which something was published.
fn choice(visit: &Visit, slug: &Slug, between: Between, publications: &[DateTime<Utc>]) -> AnyView {
    // What is longer than a narrow screen is cut by browsers.
    let short = |time: DateTime<Utc>| time.format("%Y-%m-%d %H:%M:%S").to_string();
    let offered = |name: &'static str, first: AnyView, besides: &[DateTime<Utc>], chosen: Option<DateTime<Utc>>| {
        let mut times: Vec<_> = publications.iter().chain(besides).copied().chain(chosen).collect();
        times.sort_by_key(|time| std::cmp::Reverse(*time));
        times.dedup();
        let options = times.into_iter().map(|time| {
            let selected = chosen == Some(time);
            view! { <option value=stamp(time) selected=selected>{told(visit, time, publications, short)}</option> }
        });
        view! { <select id=name name=name>{first}{options.collect_view()}</select> }
    };
    let before_all: Vec<_> = publications.last().map(|oldest| just_before(*oldest)).into_iter().collect();
    let (as_of, known_at) = visit.asked_moment();
    let moment = [("as_of", as_of), ("known_at", known_at)].into_iter().filter(|(_, value)| !value.is_empty());
    let moment = moment.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let now = (!visit.moment.asked_known_at).then(|| view! { <option value="">{visit.t("compare-now")}</option> }).into_any();
    let to = (!between.until_now).then_some(between.to);
    view! {
        <form class="filters" method="get" action=localized_path(visit.locale, &format!("/pledges/{slug}/compare"))>
            <div class="field-wide">
                <label for="from">{visit.t("compare-from")}</label>
                {offered("from", ().into_any(), &before_all, Some(between.from))}
            </div>
            <div class="field-wide">
                <label for="to">{visit.t("compare-to")}</label>
                {offered("to", now, &[], to)}
            </div>
            {moment.collect_view()}
            <div class="actions"><button>{visit.t("compare-show")}</button></div>
        </form>
    }
    .into_any()
}

fn table(
    visit: &Visit,
    slug: &Slug,
    between: Between,
    (then, now): (Option<&Dossier>, Option<&Dossier>),
    publications: &[DateTime<Utc>],
) -> AnyView {
    let fields = fields::rows(visit, then, now);
    let steps = steps::rows(visit, then, now);
    let kept =
        (steps.kept > 0).then(|| view! { <p class="meta mt-2">{i18n::many(visit.texts(), "compare-kept", steps.kept)}</p> });
    let rows: Vec<Row> = fields.into_iter().chain(steps.rows).collect();
    if rows.is_empty() {
        return view! { <p class="notice">{visit.t("compare-same")}</p>{kept} }.into_any();
    }
    let heading = |key: &str, time: DateTime<Utc>, is_now: bool, there: bool| {
        let words = if is_now {
            visit.t("compare-now")
        } else {
            told(visit, time, publications, |time| i18n::timestamp(visit.texts(), time))
        };
        let words = if there {
            let page = localized_path(visit.locale, &format!("/pledges/{slug}"));
            let href = if is_now { visit.href(&format!("/pledges/{slug}")) } else { format!("{page}?known_at={}", stamp(time)) };
            view! { <a href=href rel="nofollow">{words}</a> }.into_any()
        } else {
            words.into_any()
        };
        view! { <th scope="col">{visit.t(key)}<br />{words}</th> }
    };
    let rows = rows.into_iter().map(|row| drawn(visit, row));
    view! {
        <table class="compare">
            <thead>
                <tr>
                    <th scope="col">{visit.t("compare-what")}</th>
                    {heading("compare-then", between.from, false, then.is_some())}
                    {heading("compare-later", between.to, between.until_now, now.is_some())}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {kept}
    }
    .into_any()
}

/// One thing of which the record said something at either moment.
struct Row {
    name: AnyView,
    then: AnyView,
    now: AnyView,
}

fn drawn(visit: &Visit, row: Row) -> AnyView {
    // On a narrow screen the columns stand below each other, and each says itself which it is.
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <td><span class="cell-label">{visit.t("compare-then")}": "</span>{row.then}</td>
            <td><span class="cell-label">{visit.t("compare-later")}": "</span>{row.now}</td>
        </tr>
    }
    .into_any()
}
