//! Published pledges at the desk: found, looked at, and the drafts that would change them begun.

use app::pages::desk::{self as pages, done};
use axum::{extract::Path, response::Response};
use domain::{Act, DraftKind, Fields, Locale};

use crate::{auth::Desk, web::sent::Sent};

pub(super) async fn list(desk: Desk) -> Response {
    if let Err(refused) = desk.may(Act::ChangePublished) {
        return *refused;
    }
    desk.answer(pages::published_pledges(desk.request.clone()).await.map(Some))
}

pub(super) async fn show(desk: Desk, Path(slug): Path<String>) -> Response {
    if let Err(refused) = desk.may(Act::ChangePublished) {
        return *refused;
    }
    let done = done(&desk.request.visit.query);
    desk.answer(pages::published_pledge(desk.request.clone(), &slug, done).await)
}

/// The form of a draft that would change the pledge of a name.
async fn form(desk: Desk, slug: &str, kind: DraftKind) -> Response {
    if let Err(refused) = desk.may(kind.act()) {
        return *refused;
    }
    let Ok(slug) = slug.parse() else { return desk.missing() };
    match desk.published_of(Some(&slug)).await {
        Ok(Some(published)) => {
            let fields =
                if kind == DraftKind::Edit { desk.request.store.edit_form(&published).await } else { Ok(Fields::default()) };
            match fields {
                Ok(fields) => desk.blank(kind, fields, Some(published)).await,
                Err(error) => desk.failed(&error),
            }
        }
        Ok(None) => desk.missing(),
        Err(error) => desk.failed(&error),
    }
}

async fn begin(desk: Desk, slug: &str, kind: DraftKind, sent: &Sent) -> Response {
    match slug.parse() {
        Ok(slug) => desk.begin_with(kind, Some(&slug), sent).await,
        Err(_) => desk.missing(),
    }
}

pub(super) async fn edit(desk: Desk, Path(slug): Path<String>) -> Response {
    form(desk, &slug, DraftKind::Edit).await
}

pub(super) async fn begin_edit(desk: Desk, Path(slug): Path<String>, sent: Sent) -> Response {
    begin(desk, &slug, DraftKind::Edit, &sent).await
}

pub(super) async fn status(desk: Desk, Path(slug): Path<String>) -> Response {
    form(desk, &slug, DraftKind::StatusChange).await
}

pub(super) async fn begin_status(desk: Desk, Path(slug): Path<String>, sent: Sent) -> Response {
    begin(desk, &slug, DraftKind::StatusChange, &sent).await
}

pub(super) async fn withdraw(desk: Desk, Path(slug): Path<String>) -> Response {
    form(desk, &slug, DraftKind::Withdrawal).await
}

pub(super) async fn begin_withdrawal(desk: Desk, Path(slug): Path<String>, sent: Sent) -> Response {
    begin(desk, &slug, DraftKind::Withdrawal, &sent).await
}

/// Somebody looked, and nothing has changed.
pub(super) async fn checked(desk: Desk, Path(slug): Path<String>, sent: Sent) -> Response {
    let Ok(slug) = slug.parse() else { return desk.missing() };
    let request = &desk.request;
    let language = sent.get("language").parse().unwrap_or(Locale::En);
    match request.store.check_pledge(&request.editor, &slug, sent.get("note"), language, request.now).await {
        Ok(()) => desk.lead(&format!("/desk/pledges/{slug}"), "checked"),
        Err(error) => desk.failed(&error),
    }
}
