//! `/record`: the pages of the log, which alone need the key that signs its checkpoints.

use std::future::Future;

use app::{
    page::Page,
    pages::{self, PageResult, Request},
    visit::localized_path,
};
use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::Uri,
    response::Response,
    routing::get,
};
use domain::Locale;
use tracing::error;

use super::pages::{asked, respond};
use crate::state::AppState;

/// The pages, in both languages.
pub(crate) fn routes() -> Router<AppState> {
    Locale::ALL.iter().fold(Router::new(), |router, locale| {
        let locale = *locale;
        let record = async move |State(state): State<AppState>, uri: Uri| {
            let signer = state.record_key.clone();
            answer(&state, locale, &uri, async move |request| pages::record(request, signer).await).await
        };
        let entry = async move |State(state): State<AppState>, uri: Uri, index: Result<Path<String>, PathRejection>| {
            let index = index.map(|Path(index)| index).unwrap_or_default();
            answer(&state, locale, &uri, async move |request| pages::entry(request, &index).await).await
        };
        router
            .route(&localized_path(locale, "/record"), get(record))
            .route(&localized_path(locale, "/record/{index}"), get(entry))
    })
}

async fn answer<Fut>(state: &AppState, locale: Locale, uri: &Uri, make: impl FnOnce(Request) -> Fut) -> Response
where
    Fut: Future<Output = PageResult>,
{
    let request = match asked(state, locale, uri) {
        Ok(request) => request,
        Err(refused) => return *refused,
    };
    let visit = request.visit.clone();
    let page: Page = make(request).await.unwrap_or_else(|error| {
        error!(%error, "the page of the log could not be made");
        pages::unavailable(&visit)
    });
    respond(page, &visit, state)
}
