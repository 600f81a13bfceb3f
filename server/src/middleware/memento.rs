//! Memento (RFC 7089): every page of the record is its own `TimeGate`, and leads to what it said at another time.
//!
//! The pattern is 1.1 of the RFC, with `?known_at=` for the address of a memento. HTTP dates end at the second and the record
//! does not, so a memento of a second is what was recorded up to its end.

use std::fmt::Write as _;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDateTime, SecondsFormat, Timelike, Utc};
use domain::{
    Params, Slug,
    moment::{end_of_second, parse_timestamp},
};
use store::StoreError;
use tracing::error;

use crate::state::AppState;

const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");
const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// A page that has mementos (an Original Resource), as an address asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Original {
    /// The path, with its language.
    path: String,
    /// The query without the time asked for.
    query: String,
    /// The time asked for, as it was sent; `None` asks for the page as it is now.
    known_at: Option<String>,
    /// The pledge that the page is of; every other page is of the whole record.
    pub(crate) pledge: Option<Slug>,
}

impl Original {
    /// The page at an address, if it is one whose content follows the record.
    pub(crate) fn at(path: &str, query: &str) -> Option<Self> {
        let within = path.strip_prefix("/es").filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path);
        let parts: Vec<&str> = within.split('/').filter(|part| !part.is_empty()).collect();
        let pledge = match parts.as_slice() {
            ["pledges", slug] => Some(slug.parse().ok()?),
            []
            | ["pledges" | "parties" | "meetings" | "topics" | "changes" | "deadlines"]
            | ["parties" | "meetings" | "topics" | "sources", _] => None,
            _ => return None,
        };
        let of_time = |part: &&str| part.split('=').next() == Some("known_at");
        let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !of_time(part)).collect();
        let known_at = Params::parse(query).get("known_at").map(str::to_owned);
        Some(Self { path: quoted(path), query: quoted(&kept.join("&")), known_at, pledge })
    }

    /// The address of the page as it is now, which is also that of its `TimeGate`.
    pub(crate) fn uri(&self, site: &str) -> String {
        self.address(site, "", "")
    }

    /// The address of what the page said in the second of `at`.
    pub(crate) fn memento(&self, site: &str, at: DateTime<Utc>) -> String {
        self.address(site, "", &format!("known_at={}", end_of_second(at).to_rfc3339_opts(SecondsFormat::AutoSi, true)))
    }

    /// The address of the list of its mementos (`TimeMap`), from the newest or from those before a time.
    pub(crate) fn timemap(&self, site: &str, before: Option<DateTime<Utc>>) -> String {
        let before = before.map(|before| format!("before={}", before.to_rfc3339_opts(SecondsFormat::Secs, true)));
        self.address(site, "/timemap/link", &before.unwrap_or_default())
    }

    fn address(&self, site: &str, prefix: &str, parameter: &str) -> String {
        let path = if !prefix.is_empty() && self.path == "/" { "" } else { &self.path };
        let query: Vec<&str> = [self.query.as_str(), parameter].into_iter().filter(|part| !part.is_empty()).collect();
        let question = if query.is_empty() { "" } else { "?" };
        format!("{site}{prefix}{path}{question}{}", query.join("&"))
    }
}

/// Percent-encodes what would end a link in a `Link` header, or is no part of an address at all.
fn quoted(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut quoted, byte| {
        if byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"') {
            quoted.push(char::from(byte));
        } else {
            _ = write!(quoted, "%{byte:02X}");
        }
        quoted
    })
}

/// A time as HTTP has it (RFC 9110, section 5.6.7, the preferred form).
pub(crate) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads a time as `Accept-Datetime` has it: nothing but the form of RFC 1123 (RFC 7089, section 2.1.1).
fn read_http_date(value: &HeaderValue) -> Option<DateTime<Utc>> {
    let parsed = NaiveDateTime::parse_from_str(value.to_str().ok()?.trim(), "%a, %d %b %Y %H:%M:%S GMT").ok()?;
    Some(parsed.and_utc())
}

/// Answers `Accept-Datetime` on a page with the way to its memento, and says of every page where its mementos are and of a
/// memento what it is one of.
pub(crate) async fn negotiate(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let original = original(request.uri()).filter(|_| read);
    let Some(original) = original else { return next.run(request).await };
    let asked = request.headers().get(ACCEPT_DATETIME).cloned();
    let now = state.now();

    // A memento is what it is, whatever other time is asked of it (RFC 7089, section 4.5.2).
    if original.known_at.is_some() {
        let mut response = next.run(request).await;
        if is_there(&response)
            && let Err(error) = tell_memento(&state, &original, now, response.headers_mut()).await
        {
            return failed(&error);
        }
        return response;
    }
    let asked = match asked.as_ref().map(read_http_date) {
        Some(None) => return refused(&state, &original),
        Some(Some(at)) => Some(at),
        None => None,
    };
    // The page is asked first: what is not there has no mementos, and what leads elsewhere leads there first.
    let mut response = next.run(request).await;
    if is_there(&response) {
        if let Some(at) = asked {
            return lead(&state, &original, at, now).await.unwrap_or_else(|error| failed(&error));
        }
        let links = [link(&original.uri(&state.site), "original timegate"), timemap_link(&original.timemap(&state.site, None))];
        add_links(response.headers_mut(), &links);
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-datetime"));
    response
}

fn original(uri: &Uri) -> Option<Original> {
    Original::at(uri.path(), uri.query().unwrap_or_default())
}

/// Whether the page was found: an answer that the browser has it already says so too.
fn is_there(response: &Response) -> bool {
    matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED)
}

/// The way to the memento that was the page at a time: the last until then, or else the first of all.
async fn lead(state: &AppState, original: &Original, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Response, StoreError> {
    let pledge = original.pledge.as_ref();
    let until = end_of_second(at).min(now);
    let first = state.store.first_publication(pledge).await?;
    let found = state.store.publications(pledge, until, 1).await?.first().copied().or(first);
    let last = state.store.publications(pledge, now, 1).await?.first().copied();
    let (Some(first), Some(found), Some(last)) = (first, found, last) else {
        let told = "This record is still empty: there is no memento of it.\n";
        return Ok((StatusCode::NOT_FOUND, common(&[]), told).into_response());
    };
    let mut links =
        vec![link(&original.uri(&state.site), "original timegate"), timemap_link(&original.timemap(&state.site, None))];
    links.extend(memento_links(state, original, first, last));
    if !same_second(found, first) && !same_second(found, last) {
        links.push(memento_link(&original.memento(&state.site, found), "memento", found));
    }
    let mut headers = common(&links);
    if let Ok(location) = HeaderValue::from_str(&original.memento("", found)) {
        headers.insert(header::LOCATION, location);
    }
    Ok((StatusCode::FOUND, headers).into_response())
}

/// Adds to a page of another time what it is a memento of. What lies in the future may still change, and what was asked for
/// from before there was anything is no state that the page ever had; both say only where the page itself is.
async fn tell_memento(
    state: &AppState,
    original: &Original,
    now: DateTime<Utc>,
    headers: &mut HeaderMap,
) -> Result<(), StoreError> {
    let pledge = original.pledge.as_ref();
    let mut links =
        vec![link(&original.uri(&state.site), "original timegate"), timemap_link(&original.timemap(&state.site, None))];
    let known_at = original.known_at.as_deref().and_then(|text| parse_timestamp(text).ok());
    if let Some(known_at) = known_at.filter(|at| at.timestamp() <= now.timestamp()) {
        let shown = state.store.publications(pledge, known_at, 1).await?.first().copied();
        let first = state.store.first_publication(pledge).await?;
        let last = state.store.publications(pledge, now, 1).await?.first().copied();
        if let (Some(shown), Some(first), Some(last)) = (shown, first, last) {
            links.extend(memento_links(state, original, first, last));
            // The last publication that the page knows of: asked for at this date, the page leads to one that says the same.
            if let Ok(date) = HeaderValue::from_str(&http_date(shown)) {
                headers.insert(MEMENTO_DATETIME, date);
            }
        }
    }
    add_links(headers, &links);
    Ok(())
}

fn same_second(a: DateTime<Utc>, b: DateTime<Utc>) -> bool {
    a.with_nanosecond(0) == b.with_nanosecond(0)
}

/// The first and the last memento, which may be one.
fn memento_links(state: &AppState, original: &Original, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<String> {
    let of = |at, rel: &str| memento_link(&original.memento(&state.site, at), rel, at);
    if same_second(first, last) {
        vec![of(first, "first last memento")]
    } else {
        vec![of(first, "first memento"), of(last, "last memento")]
    }
}

pub(crate) fn link(target: &str, rel: &str) -> String {
    format!("<{target}>; rel=\"{rel}\"")
}

fn timemap_link(target: &str) -> String {
    format!("<{target}>; rel=\"timemap\"; type=\"application/link-format\"")
}

pub(crate) fn memento_link(target: &str, rel: &str, at: DateTime<Utc>) -> String {
    format!("<{target}>; rel=\"{rel}\"; datetime=\"{}\"", http_date(at))
}

fn add_links(headers: &mut HeaderMap, links: &[String]) {
    if let Ok(links) = HeaderValue::from_str(&links.join(", ")) {
        headers.append(header::LINK, links);
    }
}

/// What an answer that is no page carries: it depends on the time asked for, and is asked about anew.
fn common(links: &[String]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::VARY, HeaderValue::from_static("accept-datetime"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(app::page::CachePolicy::Revalidate.header()));
    if !links.is_empty() {
        add_links(&mut headers, links);
    }
    headers
}

/// RFC 7089, section 4.5.3: a time that is none is a bad request.
fn refused(state: &AppState, original: &Original) -> Response {
    let links = [link(&original.uri(&state.site), "original timegate"), timemap_link(&original.timemap(&state.site, None))];
    let told = "Accept-Datetime is not a date as RFC 7089 has it; accepted: a date such as Mon, 15 Apr 2024 12:00:00 GMT\n";
    (StatusCode::BAD_REQUEST, common(&links), told).into_response()
}

fn failed(error: &StoreError) -> Response {
    error!(%error, "the mementos of a page could not be read");
    (StatusCode::SERVICE_UNAVAILABLE, common(&[]), "The record can't be read just now.\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_record_have_mementos_and_others_do_not() {
        for path in ["/", "/es", "/pledges", "/es/pledges/april-summit", "/parties/us", "/sources/a", "/es/changes", "/topics"] {
            assert!(Original::at(path, "").is_some(), "{path}");
        }
        for path in [
            "/method",
            "/pledges/a/compare",
            "/pledges/a/tips",
            "/es/pledges/a/tips/thanks",
            "/pledges/No Slug",
            "/esparta",
            "/pkg/site.css",
            "/healthz",
            "/api/v1/pledges",
        ] {
            assert_eq!(Original::at(path, ""), None, "{path}");
        }
    }

    #[test]
    fn addresses_keep_what_the_page_was_asked_for_besides_the_time() {
        let original = Original::at("/es/pledges", "q=a%20b&known_at=2024-04-15&page=2&<x>").unwrap();
        assert_eq!(original.uri("https://a.example"), "https://a.example/es/pledges?q=a%20b&page=2&%3Cx%3E");
        let at = "2024-04-15T12:00:00.25Z".parse().unwrap();
        assert_eq!(
            Original::at("/", "").unwrap().memento("https://a.example", at),
            "https://a.example/?known_at=2024-04-15T12:00:00.999999999Z"
        );
        assert_eq!(Original::at("/", "").unwrap().timemap("https://a.example", None), "https://a.example/timemap/link");
        assert_eq!(Original::at("/es", "").unwrap().timemap("", None), "/timemap/link/es");
    }

    #[test]
    fn http_dates_are_read_strictly() {
        let read = |text: &str| read_http_date(&HeaderValue::from_str(text).unwrap()).map(http_date);
        assert_eq!(read("Mon, 15 Apr 2024 12:00:00 GMT").as_deref(), Some("Mon, 15 Apr 2024 12:00:00 GMT"));
        for wrong in ["Tue, 15 Apr 2024 12:00:00 GMT", "Mon, 15 Apr 2024 12:00:00 +0000", "2024-04-15", "soon", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
