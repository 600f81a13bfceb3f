//! An answer that is kept, in all its forms.

use std::sync::OnceLock;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, response::Parts},
    response::Response,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use store::Edition;

use super::{
    Asked, Encoding,
    encoding::is_worth_packing,
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
}

/// One form of an answer.
#[derive(Debug)]
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
        Self { good, plain: Form { headers, body }, gzip: OnceLock::new(), brotli: OnceLock::new(), packable }
    }

    /// Whether it holds at a point. What was made from a newer edition holds for whoever knows an older one only.
    pub(super) fn is_good(&self, at: Good) -> bool {
        self.good.edition >= at.edition && self.good.day >= at.day
    }

    /// About how many bytes it takes, once all its forms were asked for.
    pub(super) fn weight(&self) -> usize {
        self.plain.body.len() * if self.packable { 3 } else { 2 } / 2
    }

    /// The answer to a request.
    pub(super) fn answer(&self, asked: &Asked) -> Response {
        if asked.known.matches(&self.plain.headers) {
            let (mut parts, body) = Response::new(Body::empty()).into_parts();
            parts.headers = self.plain.headers.clone();
            validators::unchanged(&mut parts);
            return Response::from_parts(parts, body);
        }
        let form = self.form(asked.encoding);
        let body = if asked.method == Method::HEAD { Body::empty() } else { Body::from(form.body.clone()) };
        let mut response = Response::new(body);
        *response.headers_mut() = form.headers.clone();
        response
    }

    fn form(&self, encoding: Encoding) -> &Form {
        let packed = match encoding {
            _ if !self.packable => return &self.plain,
            Encoding::Identity => return &self.plain,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        };
        let pack = || {
            let body = encoding.packed(&self.plain.body)?;
            let mut headers = self.plain.headers.clone();
            headers.insert(header::CONTENT_LENGTH, body.len().into());
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()?));
            Some(Form { headers, body })
        };
        packed.get_or_init(pack).as_ref().unwrap_or(&self.plain)
    }
}

/// When what an edition shows on a day came to be so: with the edition, or at midnight.
fn modified(edition: Edition, day: NaiveDate, now: DateTime<Utc>) -> Option<HeaderValue> {
    let midnight: DateTime<Utc> = day.and_time(NaiveTime::MIN).and_utc();
    let at = edition.second?.max(midnight);
    // Many editions in one second run ahead of the clock, and no date may (RFC 9110, section 8.8.2.1).
    if at > now { None } else { validators::date(at) }
}
