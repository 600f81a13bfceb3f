//! The gate before the desk: whatever is below `/desk`, in either language, is for people who have signed in.

use app::{
    components::Form,
    page::CachePolicy,
    pages::people::{self, Carried, Obstacle},
    visit::localized_path,
};
use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use store::{Session, StoreError};

use super::{carried::same_site, cookie, locale_of, unavailable, visit_of};
use crate::{middleware::body_limit, state::AppState, web::pages::respond};

/// Whether a path is one of the desk.
pub(crate) fn at_desk(path: &str) -> bool {
    let path = path.strip_prefix("/es").unwrap_or(path);
    path.strip_prefix("/desk").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}

/// The session of whoever asks, half way or whole.
pub(crate) async fn session_of(state: &AppState, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    match cookie::read(headers) {
        Some(cookie) => state.store.session(cookie, state.clock.now()).await,
        None => Ok(None),
    }
}

/// Lets those pass who are signed in, and sends the others to sign in without losing what they typed. Nothing that is answered
/// from behind it is kept by anybody.
pub(crate) async fn gate(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if !at_desk(request.uri().path()) {
        return next.run(request).await;
    }
    let mut response = match session_of(&state, request.headers()).await {
        Ok(Some(session)) if !session.half_way => {
            request.extensions_mut().insert(session);
            next.run(request).await
        }
        Ok(_) => turned_away(&state, request).await,
        Err(error) => unavailable(&state, &visit_of(&state, locale_of(request.uri()), request.uri()), &error),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CachePolicy::Never.header()));
    response
}

/// The way to the page of signing in, and from there back here.
pub(super) fn to_sign_in(state: &AppState, uri: &Uri) -> Response {
    let visit = visit_of(state, locale_of(uri), uri);
    let then = uri.path_and_query().map_or("/desk", |path| path.as_str());
    let target = visit.href_with("/sign-in", &[("then", then)]);
    (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
}

/// Who only looks is led to sign in. Who sends a form finds all of it again afterwards.
async fn turned_away(state: &AppState, request: Request) -> Response {
    let uri = request.uri().clone();
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return to_sign_in(state, &uri);
    }
    let visit = visit_of(state, locale_of(&uri), &uri);
    let form = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = form.starts_with("application/x-www-form-urlencoded");
    let body = if is_form { to_bytes(request.into_body(), body_limit::FORM).await } else { Ok(Default::default()) };
    let Ok(body) = body else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let fields: Vec<_> = url::form_urlencoded::parse(&body).into_owned().collect();
    let then = uri.path_and_query().and_then(|path| same_site(path.as_str()));
    let carried = Carried { then: then.unwrap_or_else(|| localized_path(visit.locale, "/desk")), fields };
    respond(people::sign_in(visit.clone(), Form::default(), carried, Some(Obstacle::Expired)), &visit, state)
}
