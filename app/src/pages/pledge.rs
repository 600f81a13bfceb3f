//! `/pledges/{slug}`: one pledge: what was promised, what came of it, and what both rest on.

mod corrections;
mod facts;
mod moments;
mod removed;
mod reuse;
mod timeline;
mod tip;
mod variants;

use domain::{Due, FuzzyDate, PledgeText};
use leptos::prelude::*;
use store::{Cited, Dossier, Former};

use super::{PageResult, Request, not_found, slug};
use crate::{
    card, cite,
    components::{
        crumbs, dated, evidence_list, follow, lateness, moment_dated, status_badge, strip_large, translation_mark, words,
    },
    feed, i18n, json_ld,
    page::{Head, Page},
    visit::Visit,
};

pub use reuse::{EMBED_SIZE, embed_html};
pub use tip::{TRAP, tip, tip_thanks};

/// The page.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn pledge(request: Request, name: &str) -> PageResult {
    let Request { visit, store, .. } = request;
    // Of two that differ the older: what the page says may be newer than it tells, never older.
    let revision = store.revision().await?;
    let found = match slug(name) {
        Some(slug) => store.logged_pledge(&slug, visit.moment).await?,
        None => None,
    };
    let Some((mut pledge, rests_on)) = found else {
        let former = match slug(name) {
            Some(slug) => store.former_pledge(&slug).await?,
            None => None,
        };
        return Ok(match former {
            Some(Former::Renamed(slug)) => Page::moved(visit.href(&format!("/pledges/{slug}"))),
            Some(Former::Removed(removal)) => removed::removed(visit, removal),
            None => not_found(visit),
        });
    };
    store.anchor(pledge.cited_mut(), visit.moment).await?;
    let cited = cite::pledge(&visit, &pledge, revision);
    let title = visit.words(&pledge.title).to_owned();
    let way = way(&visit, &pledge);
    let worked_on_at = format!("/desk/pledges/{}", pledge.slug);
    let follows = [feed::alternate(&visit, &format!("/pledges/{}", pledge.slug), &[], &title)];
    let alternates = follows.clone().into_iter().chain([reuse::discovery(&visit, &pledge)]);
    let card = card::linked(&visit, &pledge);
    let json_ld = [json_ld::breadcrumbs(&visit, &way, &title), json_ld::provenance(&visit, &pledge)];
    let json_ld = json_ld::review(&visit, &pledge).into_iter().chain(json_ld);
    let head = Head { title, description: description(&visit, &pledge) };
    let json_ld: Vec<_> = json_ld.collect();
    Ok(Page::new(head, move || {
        let uses = view! {
            {tip::on_pledge(&visit, &pledge.slug)}
            {moments::moments(&visit, &pledge)}
            {follow(&follows)}
            {reuse::cite(&visit, &pledge, &cited)}
            {reuse::embed(&visit, &pledge)}
        }
        .into_any();
        view! {
            {crumbs(&visit, way)}
            {whole(&visit, &pledge, tip::way_there(&visit, &pledge.slug), uses)}
        }
        .into_any()
    })
    .with_alternates(alternates)
    .with_card(card)
    .with_json_ld(json_ld)
    .worked_on_at(worked_on_at)
    .resting_on(rests_on))
}

/// What the record says of a pledge, as its page shows it.
pub(super) fn said(visit: &Visit, pledge: &Dossier) -> AnyView {
    whole(visit, pledge, ().into_any(), ().into_any())
}

/// The same, with what can be done with a public page: beside its facts, and behind all of it.
fn whole(visit: &Visit, pledge: &Dossier, beside: AnyView, behind: AnyView) -> AnyView {
    // What was said, word for word, comes first; what else was published on it, last.
    let mut citations = pledge.citations.clone();
    citations.sort_by_key(|cited| cited.quote.is_none());
    let (quoted, unquoted) = citations.split_at(citations.partition_point(|cited| cited.quote.is_some()));
    view! {
        <h1>{words(visit, &pledge.title)}</h1>
        {translation_mark(visit, pledge, PledgeText::Title)}
        {state(visit, pledge)}
        <div class="cols">
            <div>
                <p class="lede-strong">{words(visit, &pledge.summary)}" "{translation_mark(visit, pledge, PledgeText::Summary)}</p>
                {wording(visit, pledge)}
                {evidence_list(visit, quoted)}
            </div>
            <aside aria-label=visit.t("facts")>{facts::facts(visit, pledge)}{beside}</aside>
            <div>
                {timeline::timeline(visit, pledge)}
                {variants::variants(visit, pledge)}
                {sources(visit, pledge, unquoted)}
                {corrections::corrections(visit, pledge)}
                {behind}
            </div>
        </div>
    }
    .into_any()
}

/// The day, month or year by which the pledge is due, if it is one.
fn due_date(pledge: &Dossier) -> Option<FuzzyDate> {
    pledge.due.as_ref().and_then(Due::date)
}

/// What the page says, in a sentence: the state, then the summary.
fn description(visit: &Visit, pledge: &Dossier) -> String {
    let summary = visit.words(&pledge.summary);
    match pledge.state {
        Some(state) => format!("{}. {summary}", i18n::timeliness_of(visit.texts(), state.status, pledge.timeliness)),
        None => summary.to_owned(),
    }
}

fn way(visit: &Visit, pledge: &Dossier) -> Vec<(String, String)> {
    let mut way = vec![(visit.href("/pledges"), visit.t("pledges"))];
    if let Some(meeting) = &pledge.meeting {
        way.push((visit.href(&format!("/meetings/{}", meeting.named.slug)), visit.words(&meeting.named.name).to_owned()));
    }
    way
}

/// The status with its meaning, and the strip.
fn state(visit: &Visit, pledge: &Dossier) -> AnyView {
    let texts = visit.texts();
    let Some(state) = pledge.state else {
        let made = i18n::date(texts, pledge.made_on);
        return view! { <p class="notice">{visit.t_with("pledge-not-made-yet", &[("date", made.into())])}</p> }.into_any();
    };
    let confidence = pledge.confidence().map(|confidence| {
        view! { <span class="meta">{visit.t_code("confidence", confidence.code())}</span> }
    });
    let checked = i18n::ago(texts, pledge.freshness.checked_on, visit.moment.known_at.date_naive());
    let key = match (pledge.freshness.noted, pledge.freshness.is_stale()) {
        (true, false) => "pledge-checked",
        (true, true) => "pledge-checked-stale",
        (false, false) => "pledge-entered",
        (false, true) => "pledge-entered-stale",
    };
    let checked = visit.t_with(key, &[("ago", checked.into())]);
    let meaning = visit.t_code("status-meaning", state.status.code());
    let drawn = pledge.strip.as_ref().map(|strip| strip_large(visit, strip, &pledge.spans, due_date(pledge)));
    view! {
        <div class="flex flex-wrap gap-x-4 gap-y-1 items-baseline">
            <strong class="status-large">{status_badge(visit, state.status, pledge.timeliness)}</strong>
            {lateness(visit, pledge.timeliness)}
            {confidence}
            <span class="meta">{visit.t("pledge-since")}" "{dated(visit, state.effective_on)}" · "{checked}</span>
        </div>
        <p class="definition">{meaning}" "<a href=format!("{}#statuses", visit.href("/method"))>{visit.t("pledge-how-judged")}</a></p>
        {drawn}
    }
    .into_any()
}

fn wording(visit: &Visit, pledge: &Dossier) -> AnyView {
    let Some(wording) = &pledge.wording else { return ().into_any() };
    view! { <h2>{visit.t("field-wording")}</h2><p>{words(visit, wording)}" "{translation_mark(visit, pledge, PledgeText::Wording)}</p> }
        .into_any()
}

/// The sources of the pledge itself that nobody has quoted yet, and since when the record has it.
fn sources(visit: &Visit, pledge: &Dossier, unquoted: &[Cited]) -> AnyView {
    let others = (!unquoted.is_empty()).then(|| view! { <h2>{visit.t("pledge-sources")}</h2>{evidence_list(visit, unquoted)} });
    view! {
        {others}
        <p class="meta mt-4">{visit.t("pledge-in-record-since")}" "{moment_dated(visit, pledge.recorded_at)}"."</p>
    }
    .into_any()
}
