//! `/desk`: what waits for me, and what in the record wants looking after.

use domain::{Act, DraftKind, Moment, PledgeQuery, Timely, TipState, page::PageNumber};
use leptos::prelude::*;
use store::{Draft, DraftList, PledgeRow, StoreError};

use super::{DeskRequest, draft_form::heading, links, tips};
use crate::{
    components::{hidden, status_badge},
    i18n,
    page::{Head, Page},
    visit::Visit,
};

/// After so many days without a look a pledge stands in the queue.
const UNCHECKED_DAYS: i64 = 180;

/// How many of a list are shown before a link leads to all of them.
const SHOWN: u32 = 8;

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

/// The page.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn queue(request: DeskRequest, done: Option<&'static str>) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, store, now } = request;
    let mut lists = Vec::new();
    for (list, key) in LISTS {
        if list == DraftList::ToReview && !editor.role.may(Act::Review) {
            continue;
        }
        lists.push((list, key, store.drafts(&editor, list).await?));
    }
    let moment = Moment::now(now);
    let mut wanting = Vec::new();
    for (timely, key) in [(Timely::Overdue, "queue-overdue"), (Timely::DueSoon, "queue-due-soon")] {
        let query = PledgeQuery { timeliness: Some(timely), ..PledgeQuery::default() };
        wanting.push((key, timely, store.pledges(&query, moment, PageNumber::asked(None), SHOWN).await?));
    }
    let unchecked = store.unchecked(now, UNCHECKED_DAYS, u64::from(SHOWN)).await?;
    let may_change = editor.role.may(Act::ChangePublished);
    let mend = if may_change { Some(store.links_to_mend(&editor, u64::from(SHOWN)).await?) } else { None };
    let sorts_tips = editor.role.may(Act::SortTips);
    let new_tips = if sorts_tips { store.tip_counts(&editor).await?.get(&TipState::New).copied() } else { None };
    let title = visit.t("desk-queue");
    Ok(Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let done = done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
        let counts = lists.iter().filter(|(_, _, drafts)| !drafts.is_empty()).map(|(_, key, drafts)| {
            view! { <li><a href=format!("#{key}")>{visit.t(key)}</a>" "<span class="tabular-nums">{drafts.len()}</span></li> }
        });
        let empty = lists.iter().all(|(list, _, drafts)| *list == DraftList::Published || drafts.is_empty());
        let empty = empty.then(|| view! { <p class="lede">{visit.t("queue-empty")}</p> });
        let sections = lists
            .iter()
            .filter(|(_, _, drafts)| !drafts.is_empty())
            .map(|(list, key, drafts)| section(&visit, *list, key, drafts));
        let find = may_change.then(|| find(&visit));
        let wanting = may_change.then(|| {
            let lists = wanting.iter().filter(|(_, _, page)| page.total > 0).map(|(key, timely, page)| {
                let all = visit.href_with("/pledges", &[("timeliness", timely.code()), ("sort", "due")]);
                pledges(&visit, key, &page.items, page.total, Some(all))
            });
            let unchecked = (unchecked.1 > 0).then(|| pledges(&visit, "queue-unchecked", &unchecked.0, unchecked.1, None));
            let mend = mend.as_ref().filter(|(_, total)| *total > 0).map(|(links, total)| {
                let all = visit.href("/desk/links");
                view! {
                    <h2 id="links-to-mend">{visit.t("links-to-mend")}</h2>
                    {links::list(&visit, links)}
                    <p><a href=all>{visit.t("queue-all")}" ("{i18n::count(visit.locale, *total)}")"</a></p>
                }
            });
            view! { {lists.collect_view()}{unchecked}{mend} }
        });
        view! {
            <h1>{title}</h1>
            {done}
            {tips::waiting(&visit, new_tips.unwrap_or(0))}
            <p class="actions"><a class="button" href=visit.href("/desk/new")>{visit.t("desk-new-pledge")}</a></p>
            {find}
            <ul class="chosen">{counts.collect_view()}</ul>
            {empty}
            {sections.collect_view()}
            {wanting}
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

fn section(visit: &Visit, list: DraftList, key: &'static str, drafts: &[Draft]) -> AnyView {
    let rows = drafts.iter().map(|draft| row(visit, list, draft)).collect_view();
    let heading = view! { <h2 id=key>{visit.t(key)}</h2> };
    if list != DraftList::ToReview || drafts.len() < 2 {
        return view! { {heading}<ul class="queue">{rows}</ul> }.into_any();
    }
    // Several that belong together can be published at one stroke.
    view! {
        {heading}
        <form method="post" action=visit.href("/desk/publish")>
            <ul class="queue">{rows}</ul>
            <div class="actions mt-2"><button class="quiet" type="submit">{visit.t("queue-publish-chosen")}</button></div>
        </form>
    }
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

fn pledges(visit: &Visit, key: &'static str, rows: &[PledgeRow], total: u64, all: Option<String>) -> AnyView {
    let rows = rows.iter().map(|row| {
        let href = visit.href(&format!("/desk/pledges/{}", row.slug));
        view! { <li><span><a href=href>{visit.words(&row.title).to_owned()}</a>" "{status_badge(visit, row.state.status, None)}</span></li> }
    });
    let all = all.map(|href| view! { <p><a href=href>{visit.t("queue-all")}" ("{i18n::count(visit.locale, total)}")"</a></p> });
    view! { <h2 id=key>{visit.t(key)}</h2><ul class="queue">{rows.collect_view()}</ul>{all} }.into_any()
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
            {pledges(&visit, "pledges", &found.items, found.total, None)}
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
            let open = (!drafts.is_empty()).then(|| {
                let rows = drafts.iter().map(|draft| row(&visit, DraftList::Submitted, draft));
                view! { <h2>{visit.t("draft-beside")}</h2><ul class="queue">{rows.collect_view()}</ul> }
            });
            view! {
                <h1>{title}</h1>
                {done}
                <p>{state}" "<a href=visit.href(&format!("/pledges/{slug}"))>{visit.t("desk-public-page")}</a></p>
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
