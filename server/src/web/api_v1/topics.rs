//! `/topics` and `/topics/{slug}`.

use axum::response::Response;
use domain::{PledgeQuery, Slug};
use serde::Serialize;
use store::{Counted, Named};
use utoipa::ToSchema;

use super::{
    answer::{List, One},
    asked::Takes,
    parameters::{Failures, Moments, NamedFailures, SlugPath},
    stats::Figures,
    visit::{ApiVisit, Ask, whole},
    wire::{Addresses, Text},
};

/// A topic as it stands in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TopicItem {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// How many pledges are about it.
    pledges: u64,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// All that the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl TopicItem {
    fn told(site: &Addresses, topic: Counted<Named>) -> Self {
        let Counted { thing, pledges } = topic;
        Self {
            url: site.page("topics", &thing.slug),
            api: site.api("topics", &thing.slug),
            slug: thing.slug.to_string(),
            name: thing.name.into(),
            pledges,
        }
    }
}

/// A subject that pledges are gathered under, and what came of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Topic {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// The figures of the pledges about it.
    figures: Figures,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// This answer.
    #[schema(format = "uri")]
    api: String,
    /// The pledges about it, in the API.
    #[schema(format = "uri")]
    pledges: String,
}

/// All topics
///
/// Those that a pledge is about, each with how many are. The list comes in one piece.
#[utoipa::path(get, path = "/topics", tag = "Topics", params(Moments),
    responses((status = OK, description = "The topics.", body = List<TopicItem>), Failures))]
pub(super) async fn list_topics(visit: ApiVisit) -> Response {
    let make = async |ask: Ask| {
        let found = ask.store.topics(ask.moment).await?;
        Ok(whole(found.into_iter().map(|topic| TopicItem::told(&ask.site, topic)).collect()))
    };
    visit.list(Takes::Moment, make).await
}

/// One topic
///
/// With the figures of the pledges about it; the pledges themselves are one link further.
#[utoipa::path(get, path = "/topics/{slug}", tag = "Topics", params(SlugPath, Moments),
    responses((status = OK, description = "The topic.", body = One<Topic>), NamedFailures))]
pub(super) async fn get_topic(visit: ApiVisit) -> Response {
    let make = async |ask: Ask, slug: Slug| {
        let Some(topic) = ask.store.topic(&slug, ask.moment).await? else { return Ok(None) };
        let query = PledgeQuery { topic: Some(slug.clone()), ..PledgeQuery::default() };
        Ok(Some(Topic {
            name: topic.name.into(),
            figures: ask.store.figures(&query, ask.moment).await?.into(),
            url: ask.site.page("topics", &slug),
            api: ask.site.api("topics", &slug),
            pledges: ask.site.pledges("topic", &slug),
            slug: slug.to_string(),
        }))
    };
    visit.named(make).await
}
