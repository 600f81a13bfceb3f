//! `/desk/tips`: what the public has sent in, to be made use of or put aside.

use std::collections::HashMap;

use domain::{TipState, page};
use leptos::prelude::*;
use store::{Comment, Draft, StoreError, Tip};

use super::DeskRequest;
use crate::{
    components::pager,
    i18n,
    page::{Head, Page},
    visit::Visit,
};

/// How many tips stand on a page.
pub const TIPS_PER_PAGE: u32 = 50;

/// The page. `done` is what was done just now: a key of the catalogue.
///
/// # Errors
/// [`StoreError::Forbidden`], [`StoreError::Database`].
pub async fn tips(
    request: DeskRequest,
    state: TipState,
    number: page::PageNumber,
    done: Option<&'static str>,
) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, store, .. } = request;
    let counts = store.tip_counts(&editor).await?;
    let tips = store.tips(&editor, state, number, TIPS_PER_PAGE).await?;
    let title = visit.t("tips-title");
    Ok(Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let done = done.map(|key| view! { <p class="notice" role="status">{visit.texts().get(key)}</p> });
        let empty = tips.items.is_empty().then(|| view! { <p class="lede">{visit.t("tips-none")}</p> });
        let items = tips.items.iter().map(|tip| view! { <li>{one(&visit, tip)}</li> });
        view! {
            <h1>{title}</h1>
            {done}
            {states(&visit, state, &counts)}
            {empty}
            <ul class="tips">{items.collect_view()}</ul>
            {pager(&visit, &tips, "/desk/tips", &[("state", state.code())])}
        }
        .into_any()
    })
    .at_desk(desk))
}

/// The way from one state to another, with how many tips each has.
fn states(visit: &Visit, chosen: TipState, counts: &HashMap<TipState, u64>) -> AnyView {
    let links = TipState::ALL.iter().map(|state| {
        let href = visit.href_with("/desk/tips", &[("state", state.code())]);
        let count = i18n::count(visit.locale, counts.get(state).copied().unwrap_or(0));
        let current = (*state == chosen).then_some("page");
        view! { <a href=href aria-current=current>{visit.t_code("tips-state", state.code())}" ("{count}")"</a>" " }
    });
    view! { <nav class="tip-states" aria-label=visit.t("tips-states")>{links.collect_view()}</nav> }.into_any()
}

/// A tip with what can be done about it.
fn one(visit: &Visit, tip: &Tip) -> AnyView {
    let pledge = visit.href(&format!("/pledges/{}", tip.pledge.slug));
    let when = i18n::timestamp(visit.texts(), tip.sent_at);
    let language = i18n::language(visit.texts(), tip.sent.language.code());
    // Whoever is linked to need not learn that an editor reads about them.
    let url = tip.sent.url.as_ref().map(|url| {
        view! { <p class="break-words"><a href=url.to_string() rel="nofollow noreferrer external">{url.to_string()}</a></p> }
    });
    let words = tip.sent.words.clone();
    let words = words.map(|words| view! { <p class="prose" lang=tip.sent.language.code()>{words}</p> });
    let trapped = tip.trapped.then(|| view! { <p class="meta">{visit.t("tips-trapped")}</p> });
    let decided = tip.decided.as_ref().map(|(who, at)| {
        let told = [("name", who.as_str().into()), ("time", i18n::timestamp(visit.texts(), *at).into())];
        view! { <p class="meta">{visit.t_with("tips-decided", &told)}</p> }
    });
    view! {
        <p><a href=pledge>{visit.words(&tip.pledge.name).to_owned()}</a>" "<span class="meta">{when}" · "{language}</span></p>
        {url}
        {words}
        {trapped}
        {decided}
        {acts(visit, tip)}
    }
    .into_any()
}

/// What can be done about a tip: nothing but reading on, once there is a draft.
fn acts(visit: &Visit, tip: &Tip) -> AnyView {
    if let Some(draft) = tip.draft {
        return view! { <p><a href=visit.href(&format!("/desk/drafts/{draft}"))>{visit.t("tips-draft")}</a></p> }.into_any();
    }
    let act = |act: &'static str, key: &str, class: Option<&'static str>| {
        let action = visit.href(&format!("/desk/tips/{}/{act}", tip.id));
        view! { <form method="post" action=action><button class=class type="submit">{visit.t(key)}</button></form> }
    };
    let quiet = Some("quiet");
    let decline = (tip.state != TipState::Declined).then(|| act("decline", "tips-decline", quiet));
    let spam = (tip.state != TipState::Spam).then(|| act("spam", "tips-spam", quiet));
    view! { <div class="actions">{act("accept", "tips-accept", None)}{decline}{spam}</div> }.into_any()
}

/// How many tips wait, for the queue.
pub(super) fn waiting(visit: &Visit, waiting: u64) -> AnyView {
    if waiting == 0 {
        return ().into_any();
    }
    let told = i18n::many(visit.texts(), "tips-waiting", waiting);
    view! { <p class="notice"><a href=visit.href("/desk/tips")>{told}</a></p> }.into_any()
}

/// What a reader said in the tip that a draft was made of, for who writes and who reviews it.
pub(super) fn said_in_tip(visit: &Visit, draft: &Draft) -> AnyView {
    let said = draft.comments.iter().filter(|comment| comment.field == Comment::TIP);
    let said = said.map(|comment| {
        view! { <div class="notice"><p><strong>{visit.t("tips-said")}</strong></p><p class="prose">{comment.words.clone()}</p></div> }
    });
    said.collect_view().into_any()
}
