//! Judging drafts: approved now or at a time, or returned with words.

use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::{Act, FieldErrors, Fields, Problem, desk_form::shapes};
use store::Approval;

use super::{
    by_token::ByToken,
    parameters::{DraftPath, IfMatch, SentVersionFailures},
    refusals,
    sent::Sent,
    wire::DraftTold,
};

/// When a draft is to be published.
fn publish_at(fields: &Fields) -> Result<Option<DateTime<Utc>>, FieldErrors> {
    let text = fields.get("publish_at").trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || FieldErrors::one("publish_at", Problem::MustBe("an RFC 3339 timestamp such as 2026-12-01T09:00:00Z"));
    DateTime::parse_from_rfc3339(text).map(|at| Some(at.to_utc())).map_err(|_| wrong())
}

/// The comments of a return; each says something of some field.
fn comments(fields: &Fields) -> Result<Vec<(String, String)>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut comments = Vec::new();
    for row in 0..fields.rows("comments") {
        let path = format!("comments[{row}]");
        let of = fields.below(&path);
        for name in ["field", "words"].into_iter().filter(|name| of.get(name).is_empty()) {
            errors.push(format!("{path}.{name}"), Problem::Missing);
        }
        comments.push((of.get("field").trim().to_owned(), of.get("words").trim().to_owned()));
    }
    errors.or(comments)
}

/// Approves a draft
///
/// It is published at once, or at a time. Its reviewer is none of its writers; an administrator may approve their own for a
/// reason, which readers see.
#[utoipa::path(post, path = "/drafts/{id}/approve", tag = "Reviews", params(DraftPath, IfMatch), security(("token" = ["review"])),
    request_body(content = ref("#/components/schemas/ApprovalContent"), content_type = "application/json"),
    responses((status = OK, description = "The draft.", body = DraftTold), SentVersionFailures))]
pub(super) async fn approve_draft(by: ByToken, sent: Sent) -> Response {
    let told = async {
        by.must(Act::Review)?;
        let (draft, version) = (by.draft().await?.id, by.version()?);
        let fields = sent.read_if_any(&shapes::APPROVAL)?;
        let at = publish_at(&fields).map_err(|errors| refusals::not_accepted(&errors))?;
        let approval = Approval { at, override_reason: fields.get("override_reason").to_owned() };
        match by.store().approve_drafts(&by.editor, &[(draft, version)], &approval, by.now).await {
            Ok(_) => by.told_anew().await,
            Err(error) => Err(refusals::of_draft(&by, version, error).await),
        }
    };
    by.answer(told.await)
}

/// Returns a draft
///
/// Its writers are told what is to be changed: on the whole, on single fields, or both.
#[utoipa::path(post, path = "/drafts/{id}/return", tag = "Reviews", params(DraftPath, IfMatch), security(("token" = ["review"])),
    request_body(content = ref("#/components/schemas/ReturnContent"), content_type = "application/json"),
    responses((status = OK, description = "The draft.", body = DraftTold), SentVersionFailures))]
pub(super) async fn return_draft(by: ByToken, sent: Sent) -> Response {
    let told = async {
        by.must(Act::Review)?;
        let (draft, version) = (by.draft().await?.id, by.version()?);
        let fields = sent.read(&shapes::RETURN)?;
        let comments = comments(&fields).map_err(|errors| refusals::not_accepted(&errors))?;
        match by.store().return_draft(&by.editor, draft, version, fields.get("note"), &comments, by.now).await {
            Ok(()) => by.told_anew().await,
            Err(error) => Err(refusals::of_draft(&by, version, error).await),
        }
    };
    by.answer(told.await)
}
