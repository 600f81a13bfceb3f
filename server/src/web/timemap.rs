//! `/timemap/link/…`: the mementos of a page, one by one (RFC 7089, section 5), as links (RFC 6690).

use app::page::CachePolicy;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Timelike, Utc};
use domain::{Moment, Params, Slug, moment::parse_timestamp};
use store::StoreError;
use tracing::error;

use super::pages;
use crate::{
    middleware::memento::{Original, http_date, link, memento_link},
    state::AppState,
};

/// Where the lists are: behind it stands the path of a page, and nothing for the first one.
const PREFIX: &str = "/timemap/link";

/// How many mementos stand on one piece of the list; it leads on to those before them.
const PER_PIECE: u64 = 500;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route(PREFIX, get(timemap)).route("/timemap/link/{*path}", get(timemap))
}

async fn timemap(State(state): State<AppState>, uri: Uri) -> Response {
    // As it was sent: what is no page's address stays none.
    let path = uri.path().strip_prefix(PREFIX).filter(|path| !path.is_empty()).unwrap_or("/");
    let query = uri.query().unwrap_or_default();
    let before = match Params::parse(query).get("before").map(parse_timestamp) {
        Some(Err(problem)) => return told(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", format!("before: {problem}\n")),
        Some(Ok(before)) => Some(before),
        None => None,
    };
    let of_page: Vec<&str> = query.split('&').filter(|part| part.split('=').next() != Some("before")).collect();
    let original = Original::at(path, &of_page.join("&"));
    let made = match original {
        Some(original) if exists(&state, path).await.unwrap_or(true) => made(&state, &original, before).await,
        _ => Ok(None),
    };
    match made {
        Ok(Some(links)) => told(StatusCode::OK, "application/link-format", links),
        Ok(None) => pages::nothing_here(State(state), uri).await,
        Err(error) => {
            error!(%error, "the mementos of a page could not be read");
            let text = "The record can't be read just now.\n".to_owned();
            told(StatusCode::SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", text)
        }
    }
}

fn told(status: StatusCode, media_type: &'static str, text: String) -> Response {
    let cache = if status == StatusCode::OK { CachePolicy::Revalidate } else { CachePolicy::Never };
    (status, [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, cache.header())], text).into_response()
}

/// Whether the page is there at all; one of a pledge is, if the pledge was ever published, which its mementos tell.
async fn exists(state: &AppState, path: &str) -> Result<bool, StoreError> {
    let (section, name) = path.strip_prefix("/es").unwrap_or(path).trim_start_matches('/').split_once('/').unwrap_or_default();
    let Ok(slug) = name.parse::<Slug>() else { return Ok(name.is_empty()) };
    let (store, now) = (&state.store, Moment::now(state.now()));
    Ok(match section {
        "parties" => store.party(&slug, now).await?.is_some(),
        "meetings" => store.meeting(&slug, now).await?.is_some(),
        "topics" => store.topic(&slug, now).await?.is_some(),
        "sources" => store.source(&slug, now).await?.is_some(),
        _ => true,
    })
}

/// The list, the oldest memento of the piece first; `None` if there is no memento at all.
async fn made(state: &AppState, original: &Original, before: Option<DateTime<Utc>>) -> Result<Option<String>, StoreError> {
    let site = &state.site;
    let pledge = original.pledge.as_ref();
    let Some(first) = state.store.first_publication(pledge).await? else { return Ok(None) };
    // What is before a time ends with the last instant before its second.
    let whole = before.and_then(|before| before.with_nanosecond(0));
    let until = whole.map_or_else(|| state.now(), |before| before - chrono::TimeDelta::nanoseconds(1));
    let mut times = state.store.publications(pledge, until, PER_PIECE).await?;
    times.dedup_by_key(|time| time.timestamp());
    times.reverse();
    let oldest = times.first().copied();
    let is_first = |time: DateTime<Utc>| time.timestamp() == first.timestamp();

    let mut links = vec![link(&original.uri(site), "original timegate")];
    let span = oldest
        .zip(times.last())
        .map_or_else(String::new, |(from, until)| format!("; from=\"{}\"; until=\"{}\"", http_date(from), http_date(*until)));
    links.push(format!("<{}>; rel=\"self\"; type=\"application/link-format\"{span}", original.timemap(site, before)));
    if let Some(oldest) = oldest.filter(|oldest| !is_first(*oldest)) {
        let earlier = original.timemap(site, Some(oldest));
        links.push(format!(
            "<{earlier}>; rel=\"timemap\"; type=\"application/link-format\"; from=\"{}\"; until=\"{}\"",
            http_date(first),
            http_date(oldest - chrono::TimeDelta::seconds(1))
        ));
    }
    for (index, time) in times.iter().enumerate() {
        let last = before.is_none() && index + 1 == times.len();
        let rel = match (is_first(*time), last) {
            (true, true) => "first last memento",
            (true, false) => "first memento",
            (false, true) => "last memento",
            (false, false) => "memento",
        };
        links.push(memento_link(&original.memento(site, *time), rel, *time));
    }
    Ok(Some(links.join(",\n") + "\n"))
}
