//! `/parties` and `/parties/{slug}`: who made pledges, and what came of them.

use domain::PledgeQuery;
use leptos::prelude::*;

use super::{PageResult, Request, not_found, slug};
use crate::{
    calendar,
    components::{NAMES_PER_PAGE, classes, crumbs, follow, named_link, pager, pledges_section, scorecard, words},
    feed, i18n, json_ld,
    page::{Head, Page},
};

/// All parties.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn parties(request: Request) -> PageResult {
    let Request { visit, store, params } = request;
    let mut parties = store.parties(visit.moment).await?;
    let scored = store.scorecard(&PledgeQuery::default(), visit.moment).await?;
    parties.sort_by_cached_key(|party| domain::text::fold(visit.words(&party.thing.named.name)));
    let parties = domain::page::Page::of(parties, params.page(), NAMES_PER_PAGE);
    let head = Head { title: visit.t("parties"), description: visit.t("parties-lede") };
    Ok(Page::new(head, move || {
        let items = parties.items.iter().map(|party| {
            let kind = visit.t_code("party-kind", party.thing.kind.code());
            let count = i18n::many(visit.texts(), "pledge-count", party.pledges);
            view! {
                <li>{named_link(&visit, "parties", &party.thing.named)}<span class="meta">{kind}</span><span class="meta count">{count}</span></li>
            }
        });
        view! {
            <h1>{visit.t("parties")}</h1>
            <p class="lede">{visit.t("parties-lede")}</p>
            <ul class=classes("index")>{items.collect_view()}</ul>
            {pager(&visit, &parties, "/parties", &[])}
            {scorecard(&visit, &scored)}
        }
        .into_any()
    }))
}

/// One party.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn party(request: Request, name: &str) -> PageResult {
    let Request { visit, store, params } = request;
    let party = match slug(name) {
        Some(slug) => store.party(&slug).await?,
        None => None,
    };
    let Some(party) = party else { return Ok(not_found(visit)) };
    let query = PledgeQuery { party: Some(party.named.slug.clone()), ..PledgeQuery::default() };
    let pledges = pledges_section(&store, &visit, &query, params.page(), ("party", party.named.slug.as_str())).await?;
    let title = visit.words(&party.named.name).to_owned();
    let description = visit.t_with("party-description", &[("name", title.clone().into())]);
    let path = format!("/parties/{}", party.named.slug);
    let follows = [feed::alternate(&visit, &path, &[], &title), calendar::alternate(&visit, &path, &title)];
    let way = vec![(visit.href("/parties"), visit.t("parties"))];
    let json_ld = [json_ld::party(&visit, &party), json_ld::breadcrumbs(&visit, &way, &title)];
    let alternates = follows.clone();
    Ok(Page::new(Head { title, description }, move || {
        view! {
            {crumbs(&visit, way)}
            <h1>{words(&visit, &party.named.name)}</h1>
            <p class="lede">{visit.t_code("party-kind", party.kind.code())}</p>
            {pledges(&visit)}
            {follow(&follows)}
        }
        .into_any()
    })
    .with_alternates(alternates)
    .with_json_ld(json_ld))
}
