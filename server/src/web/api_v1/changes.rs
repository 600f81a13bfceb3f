//! `/changes`: what changed across the record.

use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{Listing, RecordedChange};
use utoipa::ToSchema;

use super::{
    answer::List,
    asked::Takes,
    codes::Status,
    parameters::{Failures, Filters, Moments, Pages},
    visit::{ApiVisit, Ask},
    wire::{Addresses, EdtfDate, PledgeLink, Text},
};

/// A status change as it stands among those of the whole record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeItem {
    /// The pledge.
    pledge: PledgeLink,
    /// Its place among the changes of the pledge, in the order of recording, from 0.
    position: i32,
    /// The new status.
    status: Status,
    /// When it happened.
    effective_on: EdtfDate,
    /// What happened, and why this status.
    rationale: Text,
    /// Whether it corrects an earlier change.
    is_correction: bool,
    /// When the record said so.
    recorded_at: DateTime<Utc>,
    /// Its place on the page of the pledge.
    #[schema(format = "uri")]
    url: String,
    /// The history of the pledge in the API, where its evidence stands.
    #[schema(format = "uri")]
    api: String,
}

impl ChangeItem {
    fn told(site: &Addresses, change: RecordedChange) -> Self {
        Self {
            url: site.step(&change.pledge, change.position),
            api: format!("{}/history", site.api("pledges", &change.pledge)),
            pledge: PledgeLink::to(site, &change.pledge, change.title),
            position: change.position,
            status: change.status.into(),
            effective_on: change.effective_on.into(),
            rationale: change.rationale.into(),
            is_correction: change.is_correction,
            recorded_at: change.recorded_at,
        }
    }
}

/// What changed across the record
///
/// The changes to the pledges that are asked for, the last recorded first. Here `status` is that which a change set, and
/// `changed_since` the first day on which it was recorded; `sort` is accepted, so that one query serves both lists, and
/// changes nothing.
#[utoipa::path(get, path = "/changes", tag = "Changes", params(Filters, Pages, Moments),
    responses((status = OK, description = "A piece of the list.", body = List<ChangeItem>), Failures))]
pub(super) async fn list_changes(visit: ApiVisit) -> Response {
    let make = async |ask: Ask| {
        let found = ask.store.changes_from(&ask.query, ask.moment, ask.cursor, ask.limit).await?;
        let items = found.items.into_iter().map(|change| ChangeItem::told(&ask.site, change)).collect();
        Ok(Listing { items, total: found.total, next: found.next })
    };
    visit.list(Takes::Pages, make).await
}
