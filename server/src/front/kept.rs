//! An answer that is kept, in all its forms.

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, response::Parts},
    response::Response,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use store::Edition;

use super::{
    Asked, Encoding,
    encoding::{Effort, is_worth_packing},
    validators::{self, tag},
};

/// For how long an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Good {
    /// The edition that it was made from, or an older one.
    pub(super) edition: i64,
    /// The day on which it was made.
    pub(super) day: NaiveDate,
}

/// An answer that is kept.
#[derive(Debug)]
pub(super) struct Kept {
    good: Good,
    plain: Form,
    gzip: OnceLock<Option<Form>>,
    brotli: OnceLock<Option<Form>>,
    packable: bool,
    /// Whether somebody asked for it packed.
    asked: AtomicBool,
}

/// About how many bytes the headers of a form take.
const HEADERS: usize = 2560;

/// One form of an answer.
#[derive(Clone, Debug)]
struct Form {
    headers: HeaderMap,
    body: Bytes,
}

/// Whether an answer may be kept, by its own word.
pub(super) fn may_be(parts: &Parts) -> bool {
    let public = parts.headers.get(header::CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"public"));
    parts.status == StatusCode::OK && public && !parts.headers.contains_key(header::SET_COOKIE)
}

impl Kept {
    /// Keeps an answer, with validators if it has none.
    pub(super) fn new(parts: Parts, body: Bytes, good: Good, edition: Edition, now: DateTime<Utc>) -> Self {
        let mut headers = parts.headers;
        if !headers.contains_key(header::ETAG) {
            headers.insert(header::ETAG, tag(&body));
        }
        if let (false, Some(date)) = (headers.contains_key(header::LAST_MODIFIED), modified(edition, good.day, now)) {
            headers.insert(header::LAST_MODIFIED, date);
        }
        let packable = is_worth_packing(&headers, body.len());
        let vary = HeaderValue::from_static("accept-encoding");
        if packable && !headers.get_all(header::VARY).iter().any(|value| *value == vary) {
            headers.append(header::VARY, vary);
        }
        headers.insert(header::CONTENT_LENGTH, body.len().into());
        Self {
            good,
            plain: Form { headers, body },
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            packable,
            asked: AtomicBool::new(false),
        }
    }

    /// Whether it holds at a point. What was made from a newer edition holds for whoever knows an older one only.
    pub(super) fn is_good(&self, at: Good) -> bool {
        self.good.edition >= at.edition && self.good.day >= at.day
    }

    /// About how many bytes it takes, once all its forms were asked for: packed, both together are half as long.
    pub(super) fn weight(&self) -> usize {
        let body = self.plain.body.len();
        if self.packable { body * 3 / 2 + 3 * HEADERS } else { body + HEADERS }
    }

    /// The answer to a request.
    pub(super) fn answer(&self, asked: &Asked) -> Response {
        if asked.known.matches(&self.plain.headers) {
            let (mut parts, body) = Response::new(Body::empty()).into_parts();
            parts.headers = self.plain.headers.clone();
            validators::unchanged(&mut parts);
            return Response::from_parts(parts, body);
        }
        let Form { headers, body } = self.form(asked);
        let mut response = Response::new(if asked.method == Method::HEAD { Body::empty() } else { Body::from(body) });
        *response.headers_mut() = headers;
        response
    }

    /// The form that is asked for. The first who asks waits while it is packed, and may be the last: most pages of a large record are
    /// read once between two publications. So theirs is packed quickly, and thoroughly for all who come after.
    fn form(&self, asked: &Asked) -> Form {
        let kept = match asked.encoding {
            _ if !self.packable => return self.plain.clone(),
            Encoding::Identity => return self.plain.clone(),
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        };
        // What HEAD tells of is what comes next.
        if asked.method != Method::HEAD && !self.asked.swap(true, Ordering::Relaxed) {
            return self.packed(asked.encoding, Effort::Quick).unwrap_or_else(|| self.plain.clone());
        }
        kept.get_or_init(|| self.packed(asked.encoding, Effort::Thorough)).as_ref().unwrap_or(&self.plain).clone()
    }

    /// One of the packed forms; `None` where packing does not make it shorter.
    fn packed(&self, encoding: Encoding, effort: Effort) -> Option<Form> {
        let body = encoding.packed(&self.plain.body, effort)?;
        let mut headers = self.plain.headers.clone();
        headers.insert(header::CONTENT_LENGTH, body.len().into());
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()?));
        Some(Form { headers, body })
    }
}

/// When what an edition shows on a day came to be so: with the edition, or at midnight.
fn modified(edition: Edition, day: NaiveDate, now: DateTime<Utc>) -> Option<HeaderValue> {
    let midnight: DateTime<Utc> = day.and_time(NaiveTime::MIN).and_utc();
    let at = edition.second?.max(midnight);
    // Many editions in one second run ahead of the clock, and no date may (RFC 9110, section 8.8.2.1).
    if at > now { None } else { validators::date(at) }
}
