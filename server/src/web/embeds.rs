//! Pledges on other people's pages: the page that stands in their frames, and how their programs learn of it (oEmbed 1.0).

mod oembed;

use app::{pages, shell};
use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use domain::Locale;
use tracing::error;

use super::pages::{asked, respond};
use crate::{
    middleware::security_headers::{IN_ANY_FRAME, MayBeFramed},
    state::AppState,
};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/embed/pledges/{slug}", embed_in(Locale::En))
        .route("/es/embed/pledges/{slug}", embed_in(Locale::Es))
        .route("/oembed", get(oembed::answer))
}

fn embed_in(locale: Locale) -> MethodRouter<AppState> {
    get(async move |State(state): State<AppState>, uri: Uri, slug: Result<Path<String>, PathRejection>| {
        let slug = slug.map(|Path(slug)| slug).unwrap_or_default();
        answer(&state, locale, &uri, &slug).await
    })
}

async fn answer(state: &AppState, locale: Locale, uri: &Uri, slug: &str) -> Response {
    let request = match asked(state, locale, uri) {
        Ok(request) => request,
        Err(refused) => return *refused,
    };
    let visit = request.visit.clone();
    let page = match pages::embed(request, slug).await {
        Ok(page) if page.status == 200 => page,
        Ok(missing) => return respond(missing, &visit, state),
        Err(error) => {
            error!(%error, "the embed could not be made");
            return respond(pages::unavailable(&visit), &visit, state);
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, page.cache.header()),
        (header::CONTENT_LANGUAGE, visit.locale.code()),
        (header::CONTENT_SECURITY_POLICY, IN_ANY_FRAME),
    ];
    let mut response = (StatusCode::OK, headers, shell::render_embedded(page, &visit, &state.assets)).into_response();
    response.extensions_mut().insert(MayBeFramed);
    response
}
