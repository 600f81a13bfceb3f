//! The server: what is at which address, and everything around it that HTTP asks for.

mod assets;
pub mod auth;
mod backup;
pub mod capturing;
pub mod clock;
pub mod commands;
pub mod config;
pub mod copies;
mod kept;
pub mod link_health;
mod middleware;
mod record_key;
pub mod state;
pub mod synth;
pub mod telemetry;
mod web;

use std::time::Duration;

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{middleware::request_id, state::AppState};

/// How long a request may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Brotli's quality for pages: near its best in size, far from it in time.
const QUALITY: i32 = 5;

/// Everything the server answers.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(web::pages::routes())
        .merge(web::health::routes())
        .merge(web::files::routes())
        .merge(web::data::routes())
        .merge(web::desk::routes())
        .merge(web::api_v1::routes(&state))
        .merge(web::cards::routes())
        .merge(web::copies::routes())
        .merge(web::embeds::routes())
        .merge(web::evidence::routes())
        .merge(web::people::routes())
        .merge(web::import::routes())
        .merge(web::record::routes())
        .merge(web::robots::routes())
        .merge(web::sitemap::routes())
        .merge(web::timemap::routes())
        .merge(web::tips::routes())
        .fallback(web::pages::nothing_here)
        .layer(from_fn_with_state(state.clone(), web::follow::answer))
        .layer(from_fn_with_state(state.clone(), middleware::memento::negotiate))
        .layer(from_fn(middleware::language::negotiate))
        .layer(from_fn_with_state(state.clone(), auth::guard_desk))
        .layer(from_fn_with_state(state.clone(), middleware::same_origin::guard))
        .layer(from_fn_with_state(state.clone(), middleware::security_headers::add))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(QUALITY)))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn(middleware::body_limit::keep))
        .layer(from_fn_with_state(state.clone(), web::api_v1::only_problems))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(request_id::span).on_response(request_id::log))
        .layer(SetRequestIdLayer::x_request_id(request_id::Uuids))
        .with_state(state)
}
