//! Every request has an id: in its log lines, and in its answer for whoever reports a problem.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::{Span, debug, info, info_span};

/// Makes ids as UUIDs of version 7, so that they sort by time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uuids;

impl MakeRequestId for Uuids {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        new_id().map(RequestId::new)
    }
}

/// The header that carries it.
pub(crate) const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Gives an answer that was kept the id of the request that it answers, and logs it where everything is logged.
pub(crate) fn told(asked: &HeaderMap, answer: &mut HeaderMap) {
    let id = asked.get(NAME).cloned().or_else(new_id);
    debug!(request.id = id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or_default(), "answered with what was kept");
    if let Some(id) = id {
        answer.insert(NAME, id);
    }
}

fn new_id() -> Option<HeaderValue> {
    let mut text = uuid::Uuid::encode_buffer();
    HeaderValue::from_str(uuid::Uuid::now_v7().hyphenated().encode_lower(&mut text)).ok()
}

/// The span of a request's log lines.
pub(crate) fn span<B>(request: &Request<B>) -> Span {
    let id = request.headers().get(NAME).and_then(|id| id.to_str().ok()).unwrap_or_default();
    info_span!("request", request.id = id, http.method = %request.method(), http.path = request.uri().path())
}

/// The log line of an answer. The query is left out: what people search for is theirs.
pub(crate) fn log<B>(response: &Response<B>, took: Duration, _: &Span) {
    info!(http.status = response.status().as_u16(), took.ms = took.as_millis(), "answered {}", response.status());
}
