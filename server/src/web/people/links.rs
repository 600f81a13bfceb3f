//! One-time links: looked at as often as somebody likes, used by the form alone.

use app::{components::Form, pages::people, visit::localized_path};
use axum::response::Response;
use domain::{DeskRole, FieldErrors, NewPerson, Password, Problem};
use store::{Purpose, StoreError};

use super::{sign_in::welcome, visitor::Visitor};
use crate::{
    auth::{carried, password},
    web::sent::Sent,
};

/// The page of the set-up link.
pub(super) async fn ask_set_up(visitor: Visitor) -> Response {
    let token = visitor.params.get("token").unwrap_or_default().to_owned();
    match visitor.state.store.link(&token, visitor.now).await {
        Ok(Some(link)) if link.purpose == Purpose::SetUp => {
            visitor.respond(people::set_up(visitor.visit.clone(), Form::default(), token))
        }
        Ok(_) => visitor.respond(people::link_gone(visitor.visit.clone())),
        Err(error) => visitor.failed(&error),
    }
}

pub(super) async fn set_up(visitor: Visitor, sent: Sent) -> Response {
    try_set_up(&visitor, &sent).await.unwrap_or_else(|error| visitor.failed(&error))
}

async fn try_set_up(visitor: &Visitor, sent: &Sent) -> Result<Response, StoreError> {
    let (store, token) = (&visitor.state.store, sent.get("token"));
    let gone = || visitor.respond(people::link_gone(visitor.visit.clone()));
    if store.link(token, visitor.now).await?.is_none_or(|link| link.purpose != Purpose::SetUp) {
        return Ok(gone());
    }
    let mut fields = sent.fields();
    fields.set("role", DeskRole::Administrator.code());
    let new = NewPerson::read(&fields);
    let chosen = chosen(sent, fields.get("name"), fields.get("email"));
    let (new, password) = match (new, chosen) {
        (Ok(new), Ok(password)) => (new, password),
        (new, chosen) => {
            let mut errors = new.err().unwrap_or_default();
            for error in chosen.err().unwrap_or_default().iter() {
                errors.push(error.path.clone(), error.problem.clone());
            }
            return Ok(visitor.respond(people::set_up(visitor.visit.clone(), Form { fields, errors }, token.to_owned())));
        }
    };
    let Some(hash) = password::hash(password).await else { return Err(no_hash()) };
    match store.set_up(token, &new, hash, visitor.now).await? {
        Some(editor) => welcome(visitor, &editor, false, carried(&[], visitor.visit.locale)).await,
        None => Ok(gone()),
    }
}

/// The page of an invitation, or of a new password.
pub(super) async fn ask(visitor: Visitor) -> Response {
    let token = visitor.params.get("token").unwrap_or_default().to_owned();
    match visitor.state.store.link(&token, visitor.now).await {
        Ok(Some(link)) if link.purpose == Purpose::SetUp => {
            Visitor::onward(&format!("{}?token={token}", localized_path(visitor.visit.locale, "/set-up")))
        }
        Ok(Some(link)) => visitor.respond(people::choose_password(visitor.visit.clone(), Form::default(), token, &link)),
        Ok(None) => visitor.respond(people::link_gone(visitor.visit.clone())),
        Err(error) => visitor.failed(&error),
    }
}

pub(super) async fn follow(visitor: Visitor, sent: Sent) -> Response {
    try_follow(&visitor, &sent).await.unwrap_or_else(|error| visitor.failed(&error))
}

async fn try_follow(visitor: &Visitor, sent: &Sent) -> Result<Response, StoreError> {
    let (store, token) = (&visitor.state.store, sent.get("token"));
    let gone = || visitor.respond(people::link_gone(visitor.visit.clone()));
    let Some(link) = store.link(token, visitor.now).await? else { return Ok(gone()) };
    let Some(person) = &link.person else { return Ok(gone()) };
    let password = match chosen(sent, &person.name, &person.email) {
        Ok(password) => password,
        Err(errors) => {
            let form = Form { errors, ..Form::default() };
            return Ok(visitor.respond(people::choose_password(visitor.visit.clone(), form, token.to_owned(), &link)));
        }
    };
    let Some(hash) = password::hash(password).await else { return Err(no_hash()) };
    let Some(editor) = store.follow_link(token, hash, visitor.now).await? else { return Ok(gone()) };
    // A link stands for the password alone: who has a second factor proves it now.
    let needs_code = store.second_factor(&editor).await?.is_some_and(|factor| factor.since.is_some());
    welcome(visitor, &editor, needs_code, carried(&[], visitor.visit.locale)).await
}

/// The password that was typed twice.
pub(super) fn chosen(sent: &Sent, name: &str, email: &str) -> Result<Password, FieldErrors> {
    let mut errors = FieldErrors::default();
    let typed = sent.get("password");
    let password = match Password::choose(typed, name, email) {
        Ok(password) if sent.get("password_again") == typed => return Ok(password),
        Ok(_) => ("password_again", Problem::Differs),
        Err(problem) => ("password", problem),
    };
    errors.push(password.0, password.1);
    Err(errors)
}

pub(super) fn no_hash() -> StoreError {
    StoreError::NoRandomness("a password could not be hashed".to_owned())
}
