//! In by password, and by code where the account asks for one; and out again.

use app::{
    components::Form,
    pages::people::{self, Carried, Obstacle},
    visit::localized_path,
};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use chrono::{DateTime, Utc};
use store::{Attempts, Editor, StoreError};

use super::visitor::Visitor;
use crate::{
    auth::{carried, cookie, password, same_site, totp},
    web::sent::Sent,
};

/// The page of signing in; who is signed in already is led on.
pub(super) async fn ask(visitor: Visitor) -> Response {
    let carried = asked(&visitor);
    if visitor.session.as_ref().is_some_and(|session| !session.half_way) {
        return Visitor::onward(&carried.then);
    }
    visitor.respond(people::sign_in(visitor.visit.clone(), Form::default(), carried, None))
}

/// Where somebody wants to go who has typed nothing yet.
fn asked(visitor: &Visitor) -> Carried {
    let then = visitor.params.get("then").and_then(same_site);
    Carried { then: then.unwrap_or_else(|| localized_path(visitor.visit.locale, "/desk")), fields: Vec::new() }
}

pub(super) async fn by_password(visitor: Visitor, sent: Sent) -> Response {
    let carried = carried(&sent.0, visitor.visit.locale);
    try_password(&visitor, &sent, carried).await.unwrap_or_else(|error| visitor.failed(&error))
}

async fn try_password(visitor: &Visitor, sent: &Sent, carried: Carried) -> Result<Response, StoreError> {
    let (store, now) = (&visitor.state.store, visitor.now);
    let email = sent.get("email").trim().to_lowercase();
    let again = |carried, obstacle| {
        let mut form = Form::default();
        form.fields.set("email", sent.get("email"));
        visitor.respond(people::sign_in(visitor.visit.clone(), form, carried, Some(obstacle)))
    };
    let attempt = match store.attempt(&email, &visitor.address, now).await? {
        Attempts::Allowed(attempt) => attempt,
        Attempts::TooMany(again_at) => {
            return Ok(later(again(carried, Obstacle::TooMany { again_at, now }), again_at, now));
        }
    };
    let account = store.account(&email).await?;
    // Asked in any case: no address answers faster than another.
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let right = password::is(sent.get("password"), hash).await;
    match account {
        Some(account) if right => {
            store.attempt_succeeded(attempt, now).await?;
            welcome(visitor, &account.editor, account.has_second_factor, carried).await
        }
        account => {
            store.note_failed_sign_in(account.as_ref().map(|account| &account.editor), "password", now).await?;
            Ok(again(carried, Obstacle::Wrong))
        }
    }
}

/// Begins a session for somebody whose password is right, and leads on: to the code, or to where they were going.
pub(super) async fn welcome(
    visitor: &Visitor,
    editor: &Editor,
    needs_code: bool,
    carried: Carried,
) -> Result<Response, StoreError> {
    let before = visitor.session.as_ref().map(|session| &session.id);
    let secret = visitor.state.store.begin_session(editor, needs_code, before, visitor.now).await?;
    let mut response = match (needs_code, carried.fields.is_empty()) {
        (true, true) => Visitor::onward(&visitor.visit.href_with("/sign-in/code", &[("then", &carried.then)])),
        (true, false) => visitor.respond(people::enter_code(visitor.visit.clone(), carried, None)),
        (false, true) => Visitor::onward(&carried.then),
        (false, false) => visitor.respond(people::signed_in(visitor.visit.clone(), carried)),
    };
    cookie::give(&mut response, &secret);
    Ok(response)
}

/// The page that asks for a code.
pub(super) async fn ask_code(visitor: Visitor) -> Response {
    let carried = asked(&visitor);
    match &visitor.session {
        None => Visitor::onward(&visitor.visit.href_with("/sign-in", &[("then", &carried.then)])),
        Some(session) if !session.half_way => Visitor::onward(&carried.then),
        Some(_) => visitor.respond(people::enter_code(visitor.visit.clone(), carried, None)),
    }
}

pub(super) async fn by_code(visitor: Visitor, sent: Sent) -> Response {
    let carried = carried(&sent.0, visitor.visit.locale);
    try_code(&visitor, &sent, carried).await.unwrap_or_else(|error| visitor.failed(&error))
}

async fn try_code(visitor: &Visitor, sent: &Sent, carried: Carried) -> Result<Response, StoreError> {
    let (store, now) = (&visitor.state.store, visitor.now);
    let Some(session) = visitor.session.as_ref().filter(|session| session.half_way) else {
        // Too late: the password again, and what was typed comes along.
        let page = people::sign_in(visitor.visit.clone(), Form::default(), carried, Some(Obstacle::Expired));
        return Ok(visitor.respond(page));
    };
    let again = |carried, obstacle| visitor.respond(people::enter_code(visitor.visit.clone(), carried, Some(obstacle)));
    // Counted apart from passwords: who has come here knows the password.
    let attempt = match store.attempt(&format!("code of {}", session.editor.id), &visitor.address, now).await? {
        Attempts::Allowed(attempt) => attempt,
        Attempts::TooMany(again_at) => {
            return Ok(later(again(carried, Obstacle::TooMany { again_at, now }), again_at, now));
        }
    };
    if code_counts(visitor, &session.editor, sent.get("code")).await? {
        store.attempt_succeeded(attempt, now).await?;
        welcome(visitor, &session.editor, false, carried).await
    } else {
        store.note_failed_sign_in(Some(&session.editor), "code", now).await?;
        Ok(again(carried, Obstacle::Wrong))
    }
}

/// Whether a code is right and counts for the first time: one of the app, or a recovery code.
async fn code_counts(visitor: &Visitor, editor: &Editor, typed: &str) -> Result<bool, StoreError> {
    let store = &visitor.state.store;
    let Some(factor) = store.second_factor(editor).await?.filter(|factor| factor.since.is_some()) else { return Ok(false) };
    match totp::step_of(&factor.secret, typed, visitor.now) {
        Some(step) => store.use_code(editor, step).await,
        None => store.use_recovery_code(editor, typed, visitor.now).await,
    }
}

/// An answer that says when to ask again (RFC 9110, section 10.2.3).
fn later(mut response: Response, again_at: DateTime<Utc>, now: DateTime<Utc>) -> Response {
    let seconds = (again_at - now).num_seconds().max(1);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
    response
}

/// Out, here or everywhere.
pub(super) async fn out(visitor: Visitor, sent: Sent) -> Response {
    if let Some(session) = &visitor.session
        && let Err(error) = visitor.state.store.sign_out(session, sent.get("everywhere") == "true", visitor.now).await
    {
        return visitor.failed(&error);
    }
    let mut response = Visitor::onward(&localized_path(visitor.visit.locale, "/sign-in"));
    cookie::take(&mut response);
    response
}
