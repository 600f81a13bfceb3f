//! Whether the server lives and can work, for whatever watches it.

use app::page::CachePolicy;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tracing::warn;

use crate::state::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(async || told(StatusCode::OK, "ok"))).route("/readyz", get(ready))
}

/// Ready is who can reach the database and finds it as this version wants it.
async fn ready(State(state): State<AppState>) -> Response {
    if let Err(error) = state.store.ping().await {
        warn!(%error, "not ready: the database does not answer");
        return told(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer");
    }
    match migrations::pending(state.store.connection()).await {
        Ok(pending) if pending.is_empty() => told(StatusCode::OK, "ready"),
        Ok(pending) => {
            warn!(?pending, "not ready: migrations are missing");
            told(StatusCode::SERVICE_UNAVAILABLE, "migrations are missing")
        }
        Err(error) => {
            warn!(%error, "not ready: the migrations can't be read");
            told(StatusCode::SERVICE_UNAVAILABLE, "the migrations can't be read")
        }
    }
}

fn told(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, CachePolicy::Never.header())];
    (status, headers, text).into_response()
}
