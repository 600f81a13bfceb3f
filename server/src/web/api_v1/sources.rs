//! `/sources/{id}`.

use axum::response::Response;
use domain::Slug;
use serde::Serialize;
use store::{CitedFor, SourceDossier};
use utoipa::ToSchema;

use super::{
    answer::One,
    codes::{Status, VariantField},
    parameters::{IdPath, Moments, NamedFailures},
    visit::{ApiVisit, Ask},
    wire::{Addresses, EdtfDate, Passage, PledgeLink, SourceLink, apart},
};

/// A status change that rests on a source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RestingChange {
    /// Its place among the changes of the pledge, in the order of recording, from 0.
    position: i32,
    /// The status.
    status: Status,
    /// When it happened.
    effective_on: EdtfDate,
    /// Its place on the page of the pledge.
    #[schema(format = "uri")]
    url: String,
}

/// What rests on a source: a pledge, one wording of a field of it, or one of its status changes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Resting {
    /// The pledge.
    pledge: PledgeLink,
    /// The status change, if it is cited for one.
    #[schema(required)]
    change: Option<RestingChange>,
    /// The field, if it is cited for one wording of it.
    #[schema(required)]
    variant: Option<VariantField>,
    /// What the source says for it.
    passage: Passage,
}

impl Resting {
    fn told(site: &Addresses, used: CitedFor) -> Self {
        let change = |(position, status, effective_on): (i32, domain::PledgeStatus, domain::FuzzyDate)| RestingChange {
            position,
            status: status.into(),
            effective_on: effective_on.into(),
            url: site.step(&used.pledge, position),
        };
        Self {
            change: used.change.map(change),
            pledge: PledgeLink::to(site, &used.pledge, used.title),
            variant: used.variant.map(Into::into),
            passage: apart(used.cited).1,
        }
    }
}

/// A published document, and everything in the record that rests on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    /// The document.
    document: SourceLink,
    /// The source that it is a translation of.
    #[schema(required)]
    translation_of: Option<SourceLink>,
    /// Its translations.
    translations: Vec<SourceLink>,
    /// What it is cited for.
    cited_for: Vec<Resting>,
}

impl Source {
    fn told(site: &Addresses, dossier: SourceDossier) -> Self {
        Self {
            document: SourceLink::to(site, dossier.source),
            translation_of: dossier.translation_of.map(|source| SourceLink::to(site, source)),
            translations: dossier.translations.into_iter().map(|source| SourceLink::to(site, source)).collect(),
            cited_for: dossier.cited_for.into_iter().map(|used| Resting::told(site, used)).collect(),
        }
    }
}

/// One source
///
/// A published document, and everything in the record that rests on it.
#[utoipa::path(get, path = "/sources/{id}", tag = "Sources", params(IdPath, Moments),
    responses((status = OK, description = "The source.", body = One<Source>), NamedFailures))]
pub(super) async fn get_source(visit: ApiVisit) -> Response {
    let make = async |ask: Ask, id: Slug| {
        let dossier = ask.store.source(&id, ask.moment).await?;
        Ok(dossier.map(|dossier| Source::told(&ask.site, dossier)))
    };
    visit.named(make).await
}
