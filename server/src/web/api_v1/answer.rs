//! The shape of every answer: its data, and the moment of the two clocks that it is of.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use app::page::CachePolicy;

/// One thing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct One<T> {
    /// The thing.
    pub data: T,
    /// The day whose truth is told.
    pub as_of: NaiveDate,
    /// The moment whose knowledge is told: the one asked for, else that of the last publication. With `as_of` it asks for
    /// this very answer again. `null` while nothing has been published.
    #[schema(required)]
    pub known_at: Option<DateTime<Utc>>,
}

/// A list, or a piece of one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// What stands on it, in order.
    pub data: Vec<T>,
    /// How many there are in the whole list.
    pub total: u64,
    /// Where the next piece is; `null` at the end.
    #[schema(required, format = "uri")]
    pub next: Option<String>,
    /// The day whose truth is told.
    pub as_of: NaiveDate,
    /// The moment whose knowledge is told: the one asked for, else that of the last publication. With `as_of` it asks for
    /// this very answer again. `null` while nothing has been published.
    #[schema(required)]
    pub known_at: Option<DateTime<Utc>>,
}

/// An answer with a body.
pub(super) fn answered(body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(json) => written(json),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An answer whose body is written already.
pub(super) fn written(json: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, CachePolicy::Revalidate.header())];
    (headers, json).into_response()
}
