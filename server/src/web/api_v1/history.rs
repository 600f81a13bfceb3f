//! `/pledges/{slug}/history`.

use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::Slug;
use serde::Serialize;
use store::Step;
use utoipa::ToSchema;

use super::{
    answer::List,
    codes::{Confidence, Status},
    parameters::{Moments, NamedFailures, SlugPath},
    problem::Refusal,
    visit::{ApiVisit, Ask, whole},
    wire::{Addresses, Citation, EdtfDate, NamedLink, Text},
};

/// What a status change corrects.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Correction {
    /// The position of the change that it corrects.
    position: i32,
    /// Why.
    reason: Text,
}

/// A published status change with its evidence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusChange {
    /// Its place among the changes of the pledge, in the order of recording, from 0.
    position: i32,
    /// The party whose own status it is; `null` where it is that of the pledge.
    #[schema(required)]
    party: Option<NamedLink>,
    /// The new status.
    status: Status,
    /// When it happened.
    effective_on: EdtfDate,
    /// What happened, and why this status.
    rationale: Text,
    /// How sure the record is.
    #[schema(required)]
    confidence: Option<Confidence>,
    /// Where was searched and nothing found.
    #[schema(required)]
    searched: Option<Text>,
    /// Why the status stands over those of the parties.
    #[schema(required)]
    override_reason: Option<Text>,
    /// What it corrects.
    #[schema(required)]
    corrects: Option<Correction>,
    /// The position of the change that corrects it.
    #[schema(required)]
    corrected_by: Option<i32>,
    /// When the record said so.
    recorded_at: DateTime<Utc>,
    /// The evidence.
    citations: Vec<Citation>,
    /// Its place on the page of the pledge.
    #[schema(format = "uri")]
    url: String,
}

impl StatusChange {
    fn told(site: &Addresses, pledge: &Slug, step: Step) -> Self {
        Self {
            url: site.step(pledge, step.position),
            position: step.position,
            party: step.party.map(|party| NamedLink::to(site, "parties", party)),
            status: step.status.into(),
            effective_on: step.effective_on.into(),
            rationale: step.rationale.into(),
            confidence: step.confidence.map(Into::into),
            searched: step.searched.map(Into::into),
            override_reason: step.override_reason.map(Into::into),
            corrects: step.corrects.map(|(position, reason)| Correction { position, reason: reason.into() }),
            corrected_by: step.corrected_by,
            recorded_at: step.recorded_at,
            citations: step.citations.into_iter().map(|cited| Citation::told(site, cited)).collect(),
        }
    }
}

/// How the status of a pledge changed
///
/// Every published change with its evidence, the newest first; those that were corrected stay. It comes in one piece.
#[utoipa::path(get, path = "/pledges/{slug}/history", tag = "Pledges", params(SlugPath, Moments),
    responses((status = OK, description = "The changes.", body = List<StatusChange>), NamedFailures))]
pub(super) async fn get_pledge_history(visit: ApiVisit) -> Response {
    let make = async |ask: Ask, slug: Slug| {
        let found = ask.store.pledge(&slug, ask.moment).await?.ok_or(Refusal::NotFound)?;
        Ok(whole(found.steps.into_iter().map(|step| StatusChange::told(&ask.site, &slug, step)).collect()))
    };
    visit.list_of_named(make).await
}
