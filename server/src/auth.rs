//! Who is asking: nobody reaches the desk without having signed in, and nobody does there what their role does not allow.

mod address;
pub(crate) mod bearer;
mod carried;
pub(crate) mod cookie;
mod desk;
pub(crate) mod gate;
pub(crate) mod password;
pub(crate) mod totp;
mod visitor;

use app::{
    pages::{self, desk::DeskRequest, people},
    visit::Visit,
};
use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
    response::Response,
};
use domain::{Act, Locale, Moment};
use store::{Editor, Session, StoreError};
use tracing::error;

use crate::{
    state::AppState,
    web::pages::{respond, unavailable as unavailable_page, visit},
};

pub(crate) use address::{Peer, shared};
pub(crate) use carried::{carried, same_site};
pub(crate) use desk::Desk;
pub(crate) use gate::{at_desk, gate as guard_desk};
pub(crate) use visitor::Visitor;

/// Somebody who has signed in. Every handler of the desk asks for one.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Editor);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        // The gate has looked; where it does not stand, nobody is signed in.
        match parts.extensions.get::<Session>() {
            Some(session) => Ok(Self(session.editor.clone())),
            None => Err(gate::to_sign_in(state, &parts.uri)),
        }
    }
}

impl SignedIn {
    /// Makes sure that they may do it; the answer to who may not is a page in their language.
    ///
    /// # Errors
    /// That answer.
    pub fn may(&self, act: Act, state: &AppState, uri: &Uri) -> Result<(), Box<Response>> {
        may(state, &desk_request(state, self.0.clone(), locale_of(uri), uri), act)
    }
}

/// The language of an address: Spanish under `/es`.
#[must_use]
pub fn locale_of(uri: &Uri) -> Locale {
    let path = uri.path();
    if path == "/es" || path.starts_with("/es/") { Locale::Es } else { Locale::En }
}

/// The visit that an address of the desk, or of signing in, is for: always now.
pub(crate) fn visit_of(state: &AppState, locale: Locale, uri: &Uri) -> Visit {
    visit(state, locale, uri, Moment::now(state.clock.now()))
}

/// What a page of the desk is made from.
#[must_use]
pub fn desk_request(state: &AppState, editor: Editor, locale: Locale, uri: &Uri) -> DeskRequest {
    DeskRequest { visit: visit_of(state, locale, uri), editor, store: state.store.clone(), now: state.clock.now() }
}

/// Makes sure that somebody at the desk may do it.
///
/// # Errors
/// The answer to who may not: 403, in their language.
pub fn may(state: &AppState, request: &DeskRequest, act: Act) -> Result<(), Box<Response>> {
    request.editor.must(act).map_err(|error| Box::new(failed(state, request, &error)))
}

/// The answer at the desk where the store said no: to who may not 403, to who was overtaken 409, where nothing is 404.
#[must_use]
pub fn failed(state: &AppState, request: &DeskRequest, error: &StoreError) -> Response {
    let (visit, desk) = (request.visit.clone(), request.at_desk());
    let page = match error {
        StoreError::Forbidden { .. } => people::forbidden(visit, desk),
        StoreError::NoSuch { .. } => people::not_at_desk(visit, desk),
        StoreError::Conflict => people::overtaken(visit, desk),
        // A handler that knows the form shows them beside its fields.
        StoreError::Refused(errors) => pages::refused(visit, errors.clone()).at_desk(desk),
        error => {
            error!(%error, "the desk could not answer");
            unavailable_page(&visit, error).at_desk(desk)
        }
    };
    respond(page, &request.visit, state)
}

/// The answer, to somebody not at the desk, where the store said no.
pub(crate) fn unavailable(state: &AppState, visit: &Visit, error: &StoreError) -> Response {
    error!(%error, "signing in could not be answered");
    respond(unavailable_page(visit, error), visit, state)
}
