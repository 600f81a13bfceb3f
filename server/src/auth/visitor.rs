//! Whoever asks for a public page: of somebody who has signed in it leads back to the desk.

use std::convert::Infallible;

use app::page::AtDesk;
use axum::{extract::FromRequestParts, http::request::Parts};
use tracing::error;

use super::gate::session_of;
use crate::state::AppState;

/// Who of the desk asks, if it is somebody of the desk.
#[derive(Clone, Debug)]
pub(crate) struct Visitor(pub Option<AtDesk>);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let session = session_of(state, &parts.headers).await.unwrap_or_else(|error| {
            // The page is there for everybody.
            error!(%error, "who has signed in can't be looked up");
            None
        });
        Ok(Self(session.filter(|session| !session.half_way).map(|session| AtDesk::from(&session.editor))))
    }
}
