//! A request at the desk, with everything that answering it needs.

use app::{page::Page, pages::desk::DeskRequest};
use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use domain::Act;
use store::{Session, StoreError};

use super::{SignedIn, desk_request, failed, locale_of, may};
use crate::{state::AppState, web::pages::respond};

/// A request of somebody who has signed in.
pub(crate) struct Desk {
    /// What every request shares.
    pub(crate) state: AppState,
    /// What pages are made from.
    pub(crate) request: DeskRequest,
    /// By which session.
    pub(crate) session: Session,
}

impl FromRequestParts<AppState> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let SignedIn(editor) = SignedIn::from_request_parts(parts, state).await?;
        let session = parts.extensions.get::<Session>().cloned().ok_or_else(|| super::gate::to_sign_in(state, &parts.uri))?;
        let request = desk_request(state, editor, locale_of(&parts.uri), &parts.uri);
        Ok(Self { state: state.clone(), request, session })
    }
}

impl Desk {
    /// Makes sure that they may do it.
    ///
    /// # Errors
    /// The answer to who may not.
    pub(crate) fn may(&self, act: Act) -> Result<(), Box<Response>> {
        may(&self.state, &self.request, act)
    }

    /// The answer that is this page.
    pub(crate) fn respond(&self, page: Page) -> Response {
        respond(page.at_desk(self.request.at_desk()), &self.request.visit, &self.state)
    }

    /// The answer where the store said no.
    pub(crate) fn failed(&self, error: &StoreError) -> Response {
        failed(&self.state, &self.request, error)
    }
}
