//! Every request has an id: in its log lines, and in its answer for whoever reports a problem.

use std::time::Duration;

use axum::{
    extract::MatchedPath,
    http::{HeaderMap, HeaderName, HeaderValue, Request, Response},
};
use tower_http::{
    classify::ServerErrorsFailureClass,
    request_id::{MakeRequestId, RequestId},
};
use tracing::{Span, debug, error, info, info_span, warn};

/// The header that carries it.
pub(crate) const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over from a proxy.
const LONGEST: usize = 64;

/// How much of an address a log line has at most, in bytes: what somebody sends must not fill the log.
const PATH: usize = 256;

/// Makes ids as UUIDs of version 7, so that they sort by time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uuids;

impl MakeRequestId for Uuids {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        new_id().map(RequestId::new)
    }
}

/// Takes away an id that somebody brings along: what a client writes must not pass for an id in the log. That of a proxy stays,
/// so that its log and ours tell of the same request, if it is short and made of letters, digits, `-`, `_` and `.` alone.
pub(crate) fn sift<B>(mut request: Request<B>, behind_proxy: bool) -> Request<B> {
    if brought(request.headers(), behind_proxy).is_none() {
        request.headers_mut().remove(&NAME);
    }
    request
}

/// The id that a proxy brings along.
fn brought(headers: &HeaderMap, behind_proxy: bool) -> Option<&HeaderValue> {
    let plain = |id: &&HeaderValue| {
        let id = id.as_bytes();
        (1..=LONGEST).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    let mut ids = headers.get_all(&NAME).iter();
    let id = ids.next().filter(plain)?;
    (behind_proxy && ids.next().is_none()).then_some(id)
}

/// Gives an answer that was kept the id of the request that it answers, and logs it where everything is logged.
pub(crate) fn told(asked: &HeaderMap, behind_proxy: bool, answer: &mut HeaderMap) {
    let id = brought(asked, behind_proxy).cloned().or_else(new_id);
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
    let id = request.headers().get(&NAME).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let path = request.uri().path();
    let path = &path[..path.floor_char_boundary(PATH)];
    info_span!("request", request.id = id, http.method = %request.method(), http.route = route, http.path = path)
}

/// The log line of an answer. The query is left out: what people search for is theirs.
pub(crate) fn log<B>(response: &Response<B>, took: Duration, _: &Span) {
    let status = response.status();
    let took = milliseconds(took);
    if status.is_server_error() {
        error!(http.status = status.as_u16(), took.ms = took, "answered {status}");
    } else {
        info!(http.status = status.as_u16(), took.ms = took, "answered {status}");
    }
}

/// The log line of an answer that broke off. That its status tells of a failure is in the line of the answer already.
pub(crate) fn broke_off(failure: ServerErrorsFailureClass, took: Duration, _: &Span) {
    if let ServerErrorsFailureClass::Error(error) = failure {
        warn!(error, took.ms = milliseconds(took), "an answer broke off");
    }
}

fn milliseconds(took: Duration) -> f64 {
    f64::from(u32::try_from(took.as_micros()).unwrap_or(u32::MAX)) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sifted(ids: &[&[u8]], behind_proxy: bool) -> Option<HeaderValue> {
        let mut request = Request::new(());
        for id in ids {
            request.headers_mut().append(NAME, HeaderValue::from_bytes(id).unwrap());
        }
        sift(request, behind_proxy).headers().get(NAME).cloned()
    }

    #[test]
    fn an_id_is_taken_over_from_a_proxy_alone_and_only_a_plain_one() {
        let plain: &[u8] = b"0198f7c2-a_b.9";
        assert_eq!(sifted(&[plain], true).unwrap(), plain);
        assert_eq!(sifted(&[plain], false), None, "anybody may claim it");
        let long = [b'a'; LONGEST + 1];
        assert!(sifted(&[&long[1..]], true).is_some());
        let wild: [&[u8]; 6] = [b"", b"a b", b"a\"},{\"", b"\x1b[31m", "ñ".as_bytes(), &long];
        for id in wild {
            // Some of these can't even be a header's value.
            if HeaderValue::from_bytes(id).is_ok() {
                assert_eq!(sifted(&[id], true), None, "{}", String::from_utf8_lossy(id));
            }
        }
        assert_eq!(sifted(&[plain, b"another"], true), None, "which of the two would it be?");
    }
}
