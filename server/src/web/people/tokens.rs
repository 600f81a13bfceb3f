//! `/desk/tokens`: made for oneself, shown once, and ended by their owner or an administrator.

use app::{components::Form, pages::people};
use axum::{
    extract::{Path, RawQuery, rejection::PathRejection},
    response::Response,
};
use domain::{Fields, Lifetime, NewToken, Params, Scope};
use store::StoreError;

use super::visitor::Visitor;
use crate::{auth::Desk, web::sent::Sent};

pub(super) async fn list(desk: Desk, RawQuery(query): RawQuery) -> Response {
    let revoked = Params::parse(&query.unwrap_or_default()).get("done") == Some("revoked");
    // What most want, and the least that it can be.
    let mut fields = Fields::default();
    fields.set(format!("scope.{}", Scope::Draft), "true");
    fields.set("days", Lifetime::Quarter.code());
    page(&desk, Form { fields, ..Form::default() }, revoked).await
}

async fn page(desk: &Desk, form: Form, revoked: bool) -> Response {
    match people::tokens(desk.request.clone(), form, revoked).await {
        Ok(page) => desk.respond(page),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn make(desk: Desk, sent: Sent) -> Response {
    let (fields, request) = (sent.fields(), &desk.request);
    let new = match NewToken::read(&fields, request.editor.role) {
        Ok(new) => new,
        Err(errors) => return page(&desk, Form { fields, errors }, false).await,
    };
    match request.store.make_token(&request.editor, &new, request.now).await {
        Ok(secret) => desk.respond(people::token_made(request.visit.clone(), &new.name, secret.reveal())),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn revoke(desk: Desk, id: Result<Path<uuid::Uuid>, PathRejection>) -> Response {
    let revoked = match id {
        Ok(Path(id)) => desk.request.store.revoke_token(&desk.request.editor, id, desk.request.now).await,
        Err(_) => Err(StoreError::NoSuch { what: "token", name: String::new() }),
    };
    match revoked {
        Ok(()) => Visitor::onward(&desk.request.visit.href_with("/desk/tokens", &[("done", "revoked")])),
        Err(error) => desk.failed(&error),
    }
}
