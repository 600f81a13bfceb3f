//! `/parties` and `/parties/{slug}`: who made pledges, and what came of them.

use domain::{PledgeQuery, Slug};
use leptos::prelude::*;
use store::{Facets, PartyDossier};

use super::{PageResult, Request, not_found, slug};
use crate::{
    calendar,
    components::{NAMES_PER_PAGE, PledgesSection, crumbs, follow, names_list, scorecard, words},
    feed, i18n, json_ld,
    page::{Head, Page},
    visit::Visit,
};

/// All parties.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn parties(request: Request) -> PageResult {
    let Request { visit, store, params } = request;
    let mut parties = store.parties(visit.moment).await?;
    parties.sort_by_cached_key(|party| domain::text::fold(visit.words(&party.thing.named.name)));
    let parties = domain::page::Page::of(parties, params.page(), NAMES_PER_PAGE);
    // Once is enough: the other pages have names alone.
    let is_first = parties.number.get() == 1;
    let scored = if is_first { Some(store.scorecard(&PledgeQuery::default(), visit.moment).await?) } else { None };
    let head = Head { title: visit.t("parties"), description: visit.t("parties-lede") };
    Ok(Page::new(head, move || {
        let kind =
            |party: &PartyDossier| view! { <span class="meta">{visit.t_code("party-kind", party.kind.code())}</span> }.into_any();
        view! {
            <h1>{visit.t("parties")}</h1>
            <p class="lede">{visit.t("parties-lede")}</p>
            {names_list(&visit, "parties", &parties, |party| &party.named, kind)}
            {scored.as_ref().map(|scored| scorecard(&visit, scored))}
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
        Some(slug) => store.party(&slug, visit.moment).await?,
        None => None,
    };
    let Some(party) = party else { return Ok(not_found(visit)) };
    let query = PledgeQuery { party: Some(party.named.slug.clone()), ..PledgeQuery::default() };
    let pledges = PledgesSection::read(&store, &visit, &query, params.page()).await?;
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
            {parts(&visit, &party.named.slug, pledges.facets())}
            {pledges.shown(&visit)}
            {follow(&follows)}
        }
        .into_any()
    })
    .with_alternates(alternates)
    .with_json_ld(json_ld))
}

/// In how many of its pledges a party has which part: what was promised to it is not what it promised.
fn parts(visit: &Visit, party: &Slug, facets: &Facets) -> AnyView {
    let items = facets.roles.iter().filter(|(_, count)| *count > 0).map(|(role, count)| {
        let href = visit.href_with("/pledges", &[("party", party.as_str()), ("role", role.code())]);
        view! { <li><a href=href>{visit.t_code("compare-role", role.code())}</a><span class="meta">" ("{i18n::count(visit.locale, *count)}")"</span></li> }
    });
    view! { <p class="m-0">{visit.t("party-parts")}</p><ul class="choices">{items.collect_view()}</ul> }.into_any()
}
