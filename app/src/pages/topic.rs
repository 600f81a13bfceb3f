//! `/topics` and `/topics/{slug}`: what pledges are about, and what came of them.

use domain::PledgeQuery;
use leptos::prelude::*;

use super::{PageResult, Request, not_found, slug};
use crate::{
    components::{NAMES_PER_PAGE, PledgesSection, crumbs, follow, names_list, words},
    feed, json_ld,
    page::{Head, Page},
};

/// All topics.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn topics(request: Request) -> PageResult {
    let Request { visit, store, params } = request;
    let mut topics = store.topics(visit.moment).await?;
    topics.sort_by_cached_key(|topic| domain::text::fold(visit.words(&topic.thing.name)));
    let topics = domain::page::Page::of(topics, params.page(), NAMES_PER_PAGE);
    let head = Head { title: visit.t("topics"), description: visit.t("topics-lede") };
    Ok(Page::new(head, move || {
        view! {
            <h1>{visit.t("topics")}</h1>
            <p class="lede">{visit.t("topics-lede")}</p>
            {names_list(&visit, "topics", &topics, |topic| topic, |_| ().into_any())}
        }
        .into_any()
    }))
}

/// One topic.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn topic(request: Request, name: &str) -> PageResult {
    let Request { visit, store, params } = request;
    let topic = match slug(name) {
        Some(slug) => store.topic(&slug, visit.moment).await?,
        None => None,
    };
    let Some(topic) = topic else { return Ok(not_found(visit)) };
    let query = PledgeQuery { topic: Some(topic.slug.clone()), ..PledgeQuery::default() };
    let pledges = PledgesSection::read(&store, &visit, &query, params.page()).await?;
    let title = visit.words(&topic.name).to_owned();
    let description = visit.t_with("topic-description", &[("name", title.clone().into())]);
    let path = format!("/topics/{}", topic.slug);
    let follows = [feed::alternate(&visit, &path, &[], &title)];
    let way = vec![(visit.href("/topics"), visit.t("topics"))];
    let json_ld = [json_ld::breadcrumbs(&visit, &way, &title)];
    let alternates = follows.clone();
    Ok(Page::new(Head { title, description }, move || {
        view! {
            {crumbs(&visit, way)}
            <h1>{words(&visit, &topic.name)}</h1>
            {pledges.shown(&visit)}
            {follow(&follows)}
        }
        .into_any()
    })
    .with_alternates(alternates)
    .with_json_ld(json_ld))
}
