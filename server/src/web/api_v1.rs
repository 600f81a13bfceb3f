//! `/api/v1`: the record for other programs, as JSON, with a description of itself that is made from this code.

mod answer;
mod asked;
mod changes;
mod codes;
mod desk;
mod document;
mod examples;
mod history;
mod meetings;
mod parameters;
mod parties;
mod pledges;
mod problem;
mod record;
mod reference;
mod sources;
mod stats;
mod topics;
mod visit;
mod wire;

use std::sync::Arc;

use app::{pages, visit::localized_path};
use axum::{
    Extension, Router,
    http::{Method, header},
};
use domain::Locale;
use tower_http::cors::{Any, CorsLayer};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::pages::page;
use crate::state::AppState;

pub(crate) use problem::only_problems;
pub(crate) use record::inclusion_proof;

/// Where the API begins.
pub(crate) const ROOT: &str = "/api/v1";

/// The API under [`ROOT`], and the page that tells people about it.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    let (api, described) = operations().split_for_parts();
    let document = Arc::new(document::Document::new(described, &state.site));
    let reference = Arc::new(reference::of(&document.value, &state.site));
    let api = api.layer(Extension(document));
    Locale::ALL.iter().fold(Router::new().merge(api), |router, locale| {
        let reference = Arc::clone(&reference);
        let make = async move |request| pages::api(request, reference).await;
        router.route(&localized_path(*locale, "/api"), page(*locale, make))
    })
}

/// Every operation. What is not registered here is neither answered nor described, so the two can't differ.
fn operations() -> OpenApiRouter<AppState> {
    let operations = OpenApiRouter::default()
        .routes(routes!(pledges::list_pledges))
        .routes(routes!(pledges::get_pledge))
        .routes(routes!(history::get_pledge_history))
        .routes(routes!(parties::list_parties))
        .routes(routes!(parties::get_party))
        .routes(routes!(meetings::list_meetings))
        .routes(routes!(meetings::get_meeting))
        .routes(routes!(topics::list_topics))
        .routes(routes!(topics::get_topic))
        .routes(routes!(sources::get_source))
        .routes(routes!(changes::list_changes))
        .routes(routes!(stats::get_stats))
        .routes(routes!(record::get_record_checkpoint))
        .routes(routes!(record::list_record_entries))
        .routes(routes!(record::get_record_proof))
        .routes(routes!(document::get_openapi))
        .fallback(problem::nothing_here)
        .layer(cors());
    // What asks for a token is for programs alone: no page of another site is told that it may try.
    OpenApiRouter::default().nest(ROOT, operations.merge(desk::operations()))
}

/// Pages of other sites may read: the record is public, and no cookie opens more of it.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers([header::ACCEPT, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE])
        .expose_headers([header::ETAG, header::LAST_MODIFIED, header::LINK])
}
