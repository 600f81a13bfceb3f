//! Somebody on the way in: not at the desk yet, or no longer.

use app::{
    page::{CachePolicy, Page},
    visit::Visit,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::Params;
use store::{Session, StoreError};

use crate::{
    auth::{Peer, gate::session_of, locale_of, unavailable, visit_of},
    state::AppState,
    web::pages::respond,
};

/// A request for a page of signing in.
pub(super) struct Visitor {
    pub(super) state: AppState,
    pub(super) visit: Visit,
    pub(super) params: Params,
    /// The session that the browser has, half way or whole.
    pub(super) session: Option<Session>,
    /// From where they ask.
    pub(super) address: String,
    pub(super) now: DateTime<Utc>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let visit = visit_of(state, locale_of(&parts.uri), &parts.uri);
        let session = session_of(state, &parts.headers).await.map_err(|error| unavailable(state, &visit, &error))?;
        let Ok(Peer(address)) = Peer::from_request_parts(parts, state).await;
        let params = Params::parse(parts.uri.query().unwrap_or_default());
        Ok(Self { state: state.clone(), visit, params, session, address, now: state.clock.now() })
    }
}

impl Visitor {
    pub(super) fn respond(&self, page: Page) -> Response {
        respond(page, &self.visit, &self.state)
    }

    pub(super) fn failed(&self, error: &StoreError) -> Response {
        unavailable(&self.state, &self.visit, error)
    }

    /// Onward to an address of the site.
    pub(super) fn onward(to: &str) -> Response {
        let target = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/desk"));
        let headers =
            [(header::LOCATION, target), (header::CACHE_CONTROL, HeaderValue::from_static(CachePolicy::Never.header()))];
        (StatusCode::SEE_OTHER, headers).into_response()
    }
}
