//! The inbox of tips: looked through, made drafts of, put aside.

use app::pages::desk::{self as pages, done};
use axum::{extract::Path, response::Response};
use domain::{Act, Params, TipState, page::PageNumber};

use super::drafts::id_of;
use crate::auth::Desk;

pub(super) async fn list(desk: Desk) -> Response {
    if let Err(refused) = desk.may(Act::SortTips) {
        return *refused;
    }
    let query = &desk.request.visit.query;
    let params = Params::parse(query);
    // Whatever is no state asks for what waits.
    let state = params.get("state").and_then(|state| state.parse().ok()).unwrap_or(TipState::New);
    let number = PageNumber::asked(params.get("page"));
    desk.answer(pages::tips(desk.request.clone(), state, number, done(query)).await.map(Some))
}

pub(super) async fn accept(desk: Desk, Path(id): Path<String>) -> Response {
    if let Err(refused) = desk.may(Act::SortTips) {
        return *refused;
    }
    let Some(id) = id_of(&id) else { return desk.missing() };
    let request = &desk.request;
    match request.store.accept_tip(&request.editor, id, request.now).await {
        Ok(draft) => desk.lead(&format!("/desk/drafts/{}", draft.id), ""),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn decline(desk: Desk, Path(id): Path<String>) -> Response {
    put_aside(desk, &id, false).await
}

pub(super) async fn spam(desk: Desk, Path(id): Path<String>) -> Response {
    put_aside(desk, &id, true).await
}

async fn put_aside(desk: Desk, id: &str, spam: bool) -> Response {
    if let Err(refused) = desk.may(Act::SortTips) {
        return *refused;
    }
    let Some(id) = id_of(id) else { return desk.missing() };
    let request = &desk.request;
    match request.store.decline_tip(&request.editor, id, spam, request.now).await {
        Ok(()) => desk.lead("/desk/tips", if spam { "tip-spam" } else { "tip-declined" }),
        Err(error) => desk.failed(&error),
    }
}
