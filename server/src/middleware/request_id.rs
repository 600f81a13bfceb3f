//! Every request has an id: in its log lines, and in its answer for whoever reports a problem.

use std::time::Duration;

use axum::http::{HeaderValue, Request, Response};
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::{Span, info, info_span};

/// Makes ids as UUIDs of version 7, so that they sort by time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uuids;

impl MakeRequestId for Uuids {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&uuid::Uuid::now_v7().to_string()).ok().map(RequestId::new)
    }
}

/// The span of a request's log lines.
pub(crate) fn span<B>(request: &Request<B>) -> Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    info_span!("request", request.id = id, http.method = %request.method(), http.path = request.uri().path())
}

/// The log line of an answer. The query is left out: what people search for is theirs.
pub(crate) fn log<B>(response: &Response<B>, took: Duration, _: &Span) {
    info!(http.status = response.status().as_u16(), took.ms = took.as_millis(), "answered {}", response.status());
}
