//! Kept copies of published sources: their text as a page, their bytes as a download that no browser opens.

use app::{pages, visit::localized_path};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{Locale, Sha256Hex, Slug};
use store::Copy;
use tracing::error;

use super::pages::{answer, asked, nothing_here};
use crate::{auth::Visitor, state::AppState};

pub(crate) fn routes() -> Router<AppState> {
    let router = Router::new().route("/sources/{slug}/copies/{sha256}/original", get(original));
    Locale::ALL.iter().fold(router, |router, locale| {
        let text = async move |State(state): State<AppState>,
                               uri: Uri,
                               visitor: Visitor,
                               Path((slug, sha256)): Path<(String, String)>| {
            answer(state, *locale, &uri, visitor, async |request| pages::copy(request, &slug, &sha256).await).await
        };
        router.route(&localized_path(*locale, "/sources/{slug}/copies/{sha256}"), get(text))
    })
}

async fn original(State(state): State<AppState>, uri: Uri, Path((slug, sha256)): Path<(String, String)>) -> Response {
    let (Ok(slug), Ok(sha256)) = (slug.parse::<Slug>(), sha256.parse::<Sha256Hex>()) else {
        return nothing_here(State(state), uri).await;
    };
    let request = match asked(&state, Locale::En, &uri) {
        Ok(request) => request,
        Err(response) => return *response,
    };
    let copies = match request.store.copies_of_source(&slug, request.visit.moment).await {
        Ok(copies) => copies,
        Err(error) => {
            error!(%error, "a copy could not be looked up");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let Some(copy) = copies.into_iter().find(|copy| copy.sha256 == sha256) else { return nothing_here(State(state), uri).await };
    let response = download(&state, &copy, slug.as_str()).await;
    response.unwrap_or_else(|| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// The bytes of a copy, to be put into a file and not to be opened here; `None` if they can't be reached or are no longer those
/// that were kept.
pub(crate) async fn download(state: &AppState, copy: &Copy, name: &str) -> Option<Response> {
    let archive = &state.copies.as_ref()?.archive;
    let bytes = match archive.get(&copy.sha256).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            error!(sha256 = %copy.sha256, "a kept copy is not in the archive");
            return None;
        }
        Err(error) => {
            error!(%error, "a kept copy can't be given away");
            return None;
        }
    };
    let file = format!("attachment; filename=\"{name}-{}.{}\"", &copy.sha256.as_str()[..8], ending(copy));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&file).ok()?),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // Even if a browser opened it, nothing in it could do anything.
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
        (header::CACHE_CONTROL, HeaderValue::from_static(app::page::CachePolicy::Revalidate.header())),
        (header::ETAG, HeaderValue::from_str(&format!("\"{}\"", copy.sha256)).ok()?),
    ];
    Some((headers, bytes).into_response())
}

/// How the name of the file ends.
pub(crate) fn ending(copy: &Copy) -> String {
    let ending = match copy.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => "html",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/csv" => "csv",
        "application/json" => "json",
        _ => "bin",
    };
    match copy.packed_as.as_deref() {
        Some("gzip" | "x-gzip") => format!("{ending}.gz"),
        Some("br") => format!("{ending}.br"),
        _ => ending.to_owned(),
    }
}
