//! `/stats`: how many pledges there are, by what came of them.

use axum::response::Response;
use domain::PledgeStatus;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    answer::One,
    asked::Takes,
    codes::Status,
    parameters::{Failures, Filters, Moments},
    visit::{ApiVisit, Ask},
};

/// How many pledges are in a status.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusCount {
    /// The status.
    status: Status,
    /// How many.
    pledges: u64,
}

/// How many pledges there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Figures {
    /// How many in all.
    total: u64,
    /// How many of which something is still awaited after it was due.
    overdue: u64,
    /// How many in each of the statuses, none left out.
    by_status: Vec<StatusCount>,
}

impl From<store::Figures> for Figures {
    fn from(figures: store::Figures) -> Self {
        let by_status = PledgeStatus::ALL.iter();
        Self {
            total: figures.total(),
            overdue: figures.overdue,
            by_status: by_status.map(|status| StatusCount { status: (*status).into(), pledges: figures.of(*status) }).collect(),
        }
    }
}

/// How many pledges there are
///
/// Of those that are asked for: in all, overdue, and by status.
#[utoipa::path(get, path = "/stats", tag = "Figures", params(Filters, Moments),
    responses((status = OK, description = "The figures.", body = One<Figures>), Failures))]
pub(super) async fn get_stats(visit: ApiVisit) -> Response {
    let make = async |ask: Ask| Ok(Some(Figures::from(ask.store.figures(&ask.query, ask.moment).await?)));
    visit.one(Takes::Filters, make).await
}
