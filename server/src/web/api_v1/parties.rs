//! `/parties` and `/parties/{slug}`.

use axum::response::Response;
use domain::{PledgeQuery, Slug};
use serde::Serialize;
use store::{Counted, PartyDossier};
use utoipa::ToSchema;

use super::{
    answer::{List, One},
    asked::Takes,
    codes::PartyKind,
    parameters::{Failures, Moments, NamedFailures, SlugPath},
    stats::Figures,
    visit::{ApiVisit, Ask, whole},
    wire::{Addresses, Text},
};

/// A party as it stands in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyItem {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// What it is.
    kind: PartyKind,
    /// The country code of a country (ISO 3166-1 alpha-2).
    #[schema(required)]
    iso: Option<String>,
    /// How many pledges name it.
    pledges: u64,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// All that the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl PartyItem {
    fn told(site: &Addresses, party: Counted<PartyDossier>) -> Self {
        let Counted { thing, pledges } = party;
        Self {
            url: site.page("parties", &thing.named.slug),
            api: site.api("parties", &thing.named.slug),
            slug: thing.named.slug.to_string(),
            name: thing.named.name.into(),
            kind: thing.kind.into(),
            iso: thing.iso,
            pledges,
        }
    }
}

/// A country, government body, organisation or person, and what came of its pledges.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Party {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// What it is.
    kind: PartyKind,
    /// The country code of a country (ISO 3166-1 alpha-2).
    #[schema(required)]
    iso: Option<String>,
    /// The figures of its pledges.
    figures: Figures,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// This answer.
    #[schema(format = "uri")]
    api: String,
    /// Its pledges in the API.
    #[schema(format = "uri")]
    pledges: String,
}

/// All parties
///
/// Those that a pledge names, each with how many do. The list comes in one piece.
#[utoipa::path(get, path = "/parties", tag = "Parties", params(Moments),
    responses((status = OK, description = "The parties.", body = List<PartyItem>), Failures))]
pub(super) async fn list_parties(visit: ApiVisit) -> Response {
    let make = async |ask: Ask| {
        let found = ask.store.parties(ask.moment).await?;
        Ok(whole(found.into_iter().map(|party| PartyItem::told(&ask.site, party)).collect()))
    };
    visit.list(Takes::Moment, make).await
}

/// One party
///
/// With the figures of its pledges; the pledges themselves are one link further.
#[utoipa::path(get, path = "/parties/{slug}", tag = "Parties", params(SlugPath, Moments),
    responses((status = OK, description = "The party.", body = One<Party>), NamedFailures))]
pub(super) async fn get_party(visit: ApiVisit) -> Response {
    let make = async |ask: Ask, slug: Slug| {
        let Some(party) = ask.store.party(&slug, ask.moment).await? else { return Ok(None) };
        let query = PledgeQuery { party: Some(slug.clone()), ..PledgeQuery::default() };
        Ok(Some(Party {
            name: party.named.name.into(),
            kind: party.kind.into(),
            iso: party.iso,
            figures: ask.store.figures(&query, ask.moment).await?.into(),
            url: ask.site.page("parties", &slug),
            api: ask.site.api("parties", &slug),
            pledges: ask.site.pledges("party", &slug),
            slug: slug.to_string(),
        }))
    };
    visit.named(make).await
}
