//! The server: what is at which address, and everything around it that HTTP asks for.

pub mod admin;
mod assets;
pub mod auth;
mod backup;
pub mod capturing;
pub mod clock;
pub mod commands;
pub mod config;
pub mod copies;
mod front;
pub mod link_health;
pub mod listen;
mod metrics;
mod middleware;
mod record_key;
pub mod state;
pub mod synth;
pub mod telemetry;
mod web;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use tower::util::MapRequestLayer;
use tower_http::{
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

pub use front::Front;
pub use middleware::rate_limit::Rates;

use crate::{middleware::request_id, state::AppState};

/// How long a request may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Everything that the server answers, made anew for each request; [`Front`] stands before it.
pub(crate) fn router(state: AppState) -> Router {
    // What a file of evidence shows of the site is asked of the site itself.
    let pages = Router::new().merge(web::pages::routes()).merge(web::files::routes()).merge(web::api_v1::routes(&state));
    let evidence = web::evidence::routes(answered(state.clone(), pages));
    let all = Router::new()
        .merge(web::pages::routes())
        .merge(web::health::routes())
        .merge(web::files::routes())
        .merge(web::data::routes())
        .merge(web::desk::routes())
        .merge(web::api_v1::routes(&state))
        .merge(web::cards::routes())
        .merge(web::copies::routes())
        .merge(web::embeds::routes())
        .merge(evidence)
        .merge(web::people::routes())
        .merge(web::import::routes())
        .merge(web::record::routes())
        .merge(web::robots::routes())
        .merge(web::sitemap::routes())
        .merge(web::timemap::routes())
        .merge(web::tips::routes());
    answered(state, all)
}

/// Routes with what is done before and after each request.
fn answered(state: AppState, routes: Router<AppState>) -> Router {
    let behind_proxy = state.behind_proxy;
    routes
        .fallback(web::pages::nothing_here)
        .layer(from_fn_with_state(state.clone(), web::pages::readable))
        .layer(from_fn_with_state(state.clone(), web::follow::answer))
        .layer(from_fn_with_state(state.clone(), middleware::settled::settle))
        .layer(from_fn_with_state(state.clone(), middleware::memento::negotiate))
        .layer(from_fn(middleware::language::negotiate))
        .layer(from_fn_with_state(state.clone(), auth::guard_desk))
        .layer(from_fn_with_state(state.clone(), middleware::same_origin::guard))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn(middleware::body_limit::keep))
        .layer(from_fn_with_state(state.clone(), middleware::rate_limit::keep))
        .layer(from_fn_with_state(state.clone(), web::api_v1::only_problems))
        .layer(from_fn_with_state(state.clone(), middleware::security_headers::add))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_id::span)
                .on_response(request_id::log)
                .on_failure(request_id::broke_off),
        )
        .layer(SetRequestIdLayer::x_request_id(request_id::Uuids))
        .layer(MapRequestLayer::new(move |request| request_id::sift(request, behind_proxy)))
        .layer(metrics::Counting(Arc::clone(&state.answers)))
        .with_state(state)
}
