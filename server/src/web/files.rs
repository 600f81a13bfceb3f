//! The files that pages link to.

use app::page::CachePolicy;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, Uri, header},
    response::{AppendHeaders, IntoResponse, Response},
    routing::get,
};

use super::pages;
use crate::{assets, front::Encoding, state::AppState};

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/pkg/{name}", get(file))
}

/// A file in the best encoding that the browser takes. Its name changes with its content, so it may be kept for good.
async fn file(State(state): State<AppState>, uri: Uri, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(&name) else { return pages::nothing_here(State(state), uri).await };
    let common = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, CachePolicy::Forever.header()),
        (header::VARY, "accept-encoding"),
    ];
    let encoding = Encoding::accepted(&headers);
    let body = match encoding {
        Encoding::Brotli => asset.brotli,
        Encoding::Gzip => asset.gzip,
        Encoding::Identity => asset.identity,
    };
    let packed = encoding.name().map(|name| [(header::CONTENT_ENCODING, name)]);
    (common, packed.map(AppendHeaders), body).into_response()
}
