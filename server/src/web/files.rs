//! The files that pages link to.

use app::page::CachePolicy;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::pages;
use crate::{assets, state::AppState};

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/pkg/{name}", get(file))
}

/// A file in the best encoding that the browser takes. Its name changes with its content, so it may be kept for good.
async fn file(State(state): State<AppState>, uri: Uri, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(&name) else { return pages::nothing_here(State(state), uri).await };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |encoding: &str| {
        accepted.split(',').any(|part| {
            let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
            name.trim() == encoding && !matches!(parameters.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    let common = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, CachePolicy::Forever.header()),
        (header::VARY, "accept-encoding"),
    ];
    if accepts("br") {
        (common, [(header::CONTENT_ENCODING, "br")], asset.brotli).into_response()
    } else if accepts("gzip") {
        (common, [(header::CONTENT_ENCODING, "gzip")], asset.gzip).into_response()
    } else {
        (common, asset.identity).into_response()
    }
}
