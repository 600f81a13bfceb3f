//! `/desk`: what waits for me, and what in the record wants looking after.

mod narrow;
mod wanting;

use domain::{Act, DraftKind, Moment, Params, PledgeQuery, QueueQuery, TipState, page::PageNumber};
use leptos::prelude::*;
use store::{Draft, DraftList, Drafts, PledgeRow, StoreError};

use self::{narrow::Choices, wanting::Wanting};
use super::{DeskRequest, draft_form::heading, links, tips, translations};
use crate::{
    components::{hidden, status_badge},
    i18n,
    page::{Head, Page},
    pages::refused,
    visit::Visit,
};

/// The lists of drafts, in the order of urgency, and what each is called.
const LISTS: [(DraftList, &str); 7] = [
    (DraftList::ToReview, "queue-to-review"),
    (DraftList::Returned, "queue-returned"),
    (DraftList::Mine, "queue-mine"),
    (DraftList::Submitted, "queue-submitted"),
    (DraftList::Scheduled, "queue-scheduled"),
    (DraftList::Others, "queue-others"),
    (DraftList::Published, "queue-published"),
];

/// A list as the page shows it.
struct Shown {
    /// The key of its heading, by which links within the page lead to it.
    key: &'static str,
    heading: String,
    total: u64,
    content: AnyView,
}

/// The page; its parameters narrow its lists.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn queue(request: DeskRequest, done: Option<&'static str>) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, store, now } = request;
    let params = Params::parse(&visit.query);
    let query = match QueueQuery::asked(&params) {
        Ok(query) => query,
        Err(errors) => return Ok(refused(visit, errors).at_desk(desk)),
    };
    let mut drafts = Vec::new();
    for (list, key) in LISTS {
        if list == DraftList::ToReview && !editor.role.may(Act::Review) {
            continue;
        }
        drafts.push((list, key, store.drafts_asked(&editor, list, &query).await?));
    }
    let may_change = editor.role.may(Act::ChangePublished);
    let wanting = if may_change { Some(Wanting::read(&store, &editor, &query, now).await?) } else { None };
    let all = PledgeQuery::default();
    let facets = if may_change { Some(store.facets(&all, Moment::now(now)).await?) } else { None };
    let authors = store.draft_authors(&editor).await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let choices = Choices { authors, facets };
    let sorts_tips = editor.role.may(Act::SortTips);
    let new_tips = if sorts_tips { store.tip_counts(&editor).await?.get(&TipState::New).copied() } else { None };
    let title = visit.t("desk-queue");
    Ok(Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let done = done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
        let any_waits = drafts.iter().any(|(list, _, drafts)| *list != DraftList::Published && drafts.total > 0);
        let of_drafts = drafts.iter().map(|(list, key, drafts)| section(&visit, *list, key, drafts));
        let mut lists: Vec<Shown> = of_drafts.chain(wanting.iter().flat_map(|wanting| wanting.shown(&visit, &query))).collect();
        lists.retain(|list| list.total > 0);
        let empty = match (narrow::is_asked(&params), any_waits) {
            (false, false) => Some("queue-empty"),
            (true, _) if lists.is_empty() => Some("queue-nothing-asked"),
            _ => None,
        };
        let empty = empty.map(|key| view! { <p class="lede" role="status">{visit.t(key)}</p> });
        let counts = lists.iter().map(|list| {
            let total = i18n::count(visit.locale, list.total);
            view! { <li><a href=format!("#{}", list.key)>{list.heading.clone()}" "<span class="tabular-nums">{total}</span></a></li> }
        });
        // Each list can be reached by its heading and by a link, and whoever follows one goes on from there.
        let counts = (!lists.is_empty()).then(|| {
            view! { <nav aria-label=visit.t("queue-lists")><ul class="queue-lists">{counts.collect_view()}</ul></nav> }
        });
        let find = may_change.then(|| find(&visit));
        let narrow = narrow::narrow(&visit, &params, &choices);
        let lists = lists.into_iter().map(|list| view! { <h2 id=list.key tabindex="-1">{list.heading}</h2>{list.content} });
        view! {
            <h1>{title}</h1>
            {done}
            {tips::waiting(&visit, new_tips.unwrap_or(0))}
            <p class="actions">
                <a class="button" href=visit.href("/desk/new")>{visit.t("desk-new-pledge")}</a>
                <a href=visit.href("/desk/article")>{visit.t("article-title")}</a>
            </p>
            {find}
            {narrow}
            {counts}
            {empty}
            {lists.collect_view()}
        }
        .into_any()
    })
    .at_desk(desk))
}

/// The way to a published pledge that is to be changed.
fn find(visit: &Visit) -> AnyView {
    view! {
        <form class="filters" method="get" action=visit.href("/desk/pledges") role="search">
            <div class="field-wide">
                <label for="q">{visit.t("queue-find")}</label>
                <input id="q" name="q" type="search" maxlength="200" autocomplete="off" />
            </div>
            <div class="actions"><button type="submit">{visit.t("filter-search")}</button></div>
        </form>
    }
    .into_any()
}

fn section(visit: &Visit, list: DraftList, key: &'static str, drafts: &Drafts) -> Shown {
    let rows = drafts.items.iter().map(|draft| row(visit, list, draft)).collect_view();
    let rows = view! { <ul class="queue">{rows}</ul>{more(visit, drafts.items.len(), drafts.total)} };
    let content = if list != DraftList::ToReview || drafts.items.len() < 2 {
        rows.into_any()
    } else {
        // Several that belong together can be published at one stroke.
        view! {
            <form method="post" action=visit.href("/desk/publish")>
                {rows}
                <div class="actions mt-2"><button class="quiet" type="submit">{visit.t("queue-publish-chosen")}</button></div>
            </form>
        }
        .into_any()
    };
    Shown { key, heading: visit.t(key), total: drafts.total, content }
}

/// Says of a list of which not all is shown how much is.
fn more(visit: &Visit, shown: usize, total: u64) -> AnyView {
    let shown = shown as u64;
    if shown >= total {
        return ().into_any();
    }
    let [shown, total] = [shown, total].map(|n| i18n::count(visit.locale, n));
    view! { <p class="meta mt-1">{visit.t_with("queue-more", &[("shown", shown.into()), ("total", total.into())])}</p> }
        .into_any()
}

fn row(visit: &Visit, list: DraftList, draft: &Draft) -> AnyView {
    let writes = matches!(list, DraftList::Mine | DraftList::Returned | DraftList::Others);
    let href = visit.href(&format!("/desk/drafts/{}{}", draft.id, if writes { "" } else { "/review" }));
    let tick = (list == DraftList::ToReview).then(|| {
        let label = visit.t_with("queue-choose", &[("title", draft.title.as_str().into())]);
        view! { <input type="checkbox" name="draft" value=format!("{}:{}", draft.id, draft.version) aria-label=label /> }
    });
    let when = i18n::timestamp(visit.texts(), draft.updated_at);
    let at = draft.publish_at.filter(|_| list == DraftList::Scheduled);
    let at = at.map(|at| visit.t_with("review-scheduled-for", &[("time", i18n::timestamp(visit.texts(), at).into())]));
    view! {
        <li>
            {tick}
            <span>
                <a href=href>{draft.title.clone()}</a>
                <br />
                <span class="meta">{visit.t(heading(draft.kind))}" · "{draft.author.1.clone()}" · "{when}" "{at}</span>
            </span>
        </li>
    }
    .into_any()
}

/// Published pledges, each leading to what can be done with it, and the way to all of them.
fn pledges(visit: &Visit, rows: &[PledgeRow], total: u64, all: Option<String>) -> AnyView {
    let count = rows.len();
    let rows = rows.iter().map(|row| {
        let href = visit.href(&format!("/desk/pledges/{}", row.slug));
        view! { <li><span><a href=href>{visit.words(&row.title).to_owned()}</a>" "{status_badge(visit, row.state.status, None)}</span></li> }
    });
    let all = match all {
        Some(href) => {
            view! { <p><a href=href>{visit.t("queue-all")}" ("{i18n::count(visit.locale, total)}")"</a></p> }.into_any()
        }
        None => more(visit, count, total),
    };
    view! { <ul class="queue">{rows.collect_view()}</ul>{all} }.into_any()
}

/// `/desk/pledges`: published pledges to be changed, found by their words.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn published_pledges(request: DeskRequest) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, store, now, .. } = request;
    let params = domain::Params::parse(&visit.query);
    let typed = params.get("q").unwrap_or_default().to_owned();
    let query = PledgeQuery { search: domain::Search::parse(&typed), ..PledgeQuery::default() };
    let found = store.pledges(&query, Moment::now(now), PageNumber::asked(None), 30).await?;
    let title = visit.t("queue-find");
    Ok(Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let none = found.items.is_empty().then(|| view! { <p class="lede">{visit.t("desk-nothing-found")}</p> });
        view! {
            <h1>{title}</h1>
            {find(&visit)}
            {none}
            {pledges(&visit, &found.items, found.total, None)}
        }
        .into_any()
    })
    .at_desk(desk))
}

/// `/desk/pledges/{slug}`: what can be done with a published pledge. `None` if there is none of that name.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn published_pledge(request: DeskRequest, name: &str, done: Option<&'static str>) -> Result<Option<Page>, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, store, now, .. } = request;
    let Ok(slug) = name.parse() else { return Ok(None) };
    let Some(pledge) = store.pledge(&slug, Moment::now(now)).await? else { return Ok(None) };
    let drafts = store.drafts_of_pledge(&slug).await?;
    let title = visit.words(&pledge.title).to_owned();
    Ok(Some(
        Page::new(Head { title: title.clone(), ..Head::default() }, move || {
            let at = |act: &str| visit.href(&format!("/desk/pledges/{slug}/{act}"));
            let acts = [("status", DraftKind::StatusChange), ("edit", DraftKind::Edit), ("withdraw", DraftKind::Withdrawal)];
            let acts = acts.map(|(act, kind)| view! { <li><a href=at(act)>{visit.t(heading(kind))}</a></li> });
            let state = pledge.state.map(|state| status_badge(&visit, state.status, pledge.timeliness));
            let checked = i18n::date(visit.texts(), pledge.freshness.checked_on.into());
            let done = done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
            let outdated = pledge.outdated_translations();
            let outdated = (!outdated.is_empty()).then(|| {
                let list = translations::list(&visit, &outdated);
                view! { <div class="notice"><p>{visit.t("translation-lags-here")}</p>{list}</div> }
            });
            let open = (!drafts.is_empty()).then(|| {
                let rows = drafts.iter().map(|draft| row(&visit, DraftList::Submitted, draft));
                view! { <h2>{visit.t("draft-beside")}</h2><ul class="queue">{rows.collect_view()}</ul> }
            });
            view! {
                <h1>{title}</h1>
                {done}
                <p>{state}" "<a href=visit.href(&format!("/pledges/{slug}"))>{visit.t("desk-public-page")}</a></p>
                {outdated}
                <ul class="queue">{acts.collect_view()}</ul>
                <form class="form mt-4" method="post" action=at("checked")>
                    <fieldset>
                        <legend>{visit.t("desk-check")}</legend>
                        <p class="hint">{visit.t_with("desk-checked-last", &[("date", checked.into())])}</p>
                        {hidden("language", visit.locale.code())}
                        <div class="form-field">
                            <label for="f-note">{visit.t("desk-check-note")}" "<span class="optional">{visit.t("form-optional")}</span></label>
                            <input id="f-note" name="note" maxlength="1000" />
                        </div>
                        <div class="actions"><button class="quiet" type="submit">{visit.t("desk-check-button")}</button></div>
                    </fieldset>
                </form>
                {open}
            }
            .into_any()
        })
        .at_desk(desk),
    ))
}
