//! `/drafts`: begun, read, saved, handed in and given up.

use axum::{http::StatusCode, response::Response};
use domain::{Act, DraftKind, FieldErrors, Fields, Params, Problem, Slug, desk_form::shapes};
use serde::Serialize;
use store::{DraftList, Once, Saved};
use utoipa::ToSchema;

use super::{
    super::problem::Refusal,
    by_token::{ByToken, answered},
    parameters::{ActFailures, DraftPath, Failures, IfMatch, Key, Lists, SentFailures, SentVersionFailures, VersionFailures},
    refusals,
    sent::Sent,
    shapes::DraftContent,
    wire::{DraftItem, DraftTold},
};

/// The lists of drafts by the codes by which they are asked for.
pub(super) const LISTS: [(&str, DraftList); 7] = [
    ("mine", DraftList::Mine),
    ("returned", DraftList::Returned),
    ("submitted", DraftList::Submitted),
    ("to_review", DraftList::ToReview),
    ("others", DraftList::Others),
    ("scheduled", DraftList::Scheduled),
    ("published", DraftList::Published),
];
/// Their codes alone.
const CODES: &[&str] = &["mine", "returned", "submitted", "to_review", "others", "scheduled", "published"];

/// A list of drafts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftsTold {
    /// The drafts, those first that have waited longest.
    data: Vec<DraftItem>,
}

/// Which list a query asks for.
fn asked(query: &str) -> Result<DraftList, FieldErrors> {
    let params = Params::parse(query);
    if let Some((name, _)) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name != "list") {
        return Err(FieldErrors::one(name, Problem::UnknownField(&["list"])));
    }
    let code = params.get("list").unwrap_or("mine");
    let found = LISTS.iter().find(|(of, _)| *of == code);
    let unknown = || Problem::NotOneOf { given: code.chars().take(40).collect(), accepted: CODES };
    found.map(|(_, list)| *list).ok_or_else(|| FieldErrors::one("list", unknown()))
}

/// Drafts
///
/// The drafts of one list, as far as the token's owner sees them at the desk: at most 200, of those published the last 20.
#[utoipa::path(get, path = "/drafts", tag = "Drafts", params(Lists), security(("token" = ["draft", "review"])),
    responses((status = OK, description = "The drafts.", body = DraftsTold), Failures))]
pub(super) async fn list_drafts(by: ByToken) -> Response {
    let told = async {
        by.must(Act::ReadDrafts)?;
        let drafts = by.store().drafts(&by.editor, asked(by.query())?).await.map_err(refusals::of)?;
        let data = drafts.iter().map(|draft| DraftItem::told(&by, draft)).collect();
        Ok(answered(StatusCode::OK, &DraftsTold { data }))
    };
    by.answer(told.await)
}

/// A draft
///
/// Everything that was typed, what is still wrong with it, and what reviewers said. Its `ETag` is its version.
#[utoipa::path(get, path = "/drafts/{id}", tag = "Drafts", params(DraftPath), security(("token" = ["draft", "review"])),
    responses((status = OK, description = "The draft.", body = DraftTold), Failures))]
pub(super) async fn get_draft(by: ByToken) -> Response {
    let told = async {
        by.must(Act::ReadDrafts)?;
        by.told_anew().await
    };
    by.answer(told.await)
}

/// Begins a draft with these fields.
pub(super) async fn begin(
    by: &ByToken,
    kind: DraftKind,
    slug: Option<&Slug>,
    fields: Fields,
    sent: &Sent,
) -> Result<Response, Refusal> {
    let (store, editor) = (by.store(), &by.editor);
    let begun = match by.key()? {
        Some(key) => {
            // Under one key the same content for another pledge is another request.
            let content = format!("{kind} {} {}", slug.map_or("", Slug::as_str), sent.as_text());
            store.begin_draft_once(editor, kind, slug, fields, Once { key, content: &content }, by.now).await
        }
        None => store.begin_draft(editor, kind, slug, fields, by.now).await,
    };
    by.told(StatusCode::CREATED, begun.map_err(refusals::of)?).await
}

/// Begins a draft of a new pledge
///
/// The content is a pledge as the record file has it; where it names a thing that the record does not know yet, it can describe
/// it. It is kept even if something is missing: `problems` in the answer says what.
#[utoipa::path(post, path = "/drafts", tag = "Drafts", params(Key), security(("token" = ["draft"])),
    request_body(content = ref("#/components/schemas/PledgeContent"), content_type = "application/json"),
    responses((status = CREATED, description = "The draft.", body = DraftTold), SentFailures))]
pub(super) async fn begin_pledge(by: ByToken, sent: Sent) -> Response {
    let told = async {
        by.must(Act::Draft)?;
        begin(&by, DraftKind::Pledge, None, sent.read(&shapes::PLEDGE)?, &sent).await
    };
    by.answer(told.await)
}

/// Saves a draft
///
/// The content takes the place of what was typed before; every version is kept. One that was handed in is taken back by it.
#[utoipa::path(put, path = "/drafts/{id}", tag = "Drafts", params(DraftPath, IfMatch), security(("token" = ["draft"])),
    request_body(content = DraftContent, content_type = "application/json"),
    responses((status = OK, description = "The draft.", body = DraftTold), SentVersionFailures))]
pub(super) async fn save_draft(by: ByToken, sent: Sent) -> Response {
    let told = async {
        by.must(Act::Draft)?;
        let draft = by.draft().await?;
        by.must(draft.kind.act())?;
        let (version, fields) = (by.version()?, sent.read(shapes::of(draft.kind))?);
        match by.store().save_draft(&by.editor, draft.id, version, fields.clone(), by.now).await {
            Ok(Saved::Done(draft)) => by.told(StatusCode::OK, *draft).await,
            Ok(Saved::Conflict { theirs, base }) => {
                let (_, contested) = Fields::merge(&base, &fields, &theirs.fields);
                Err(refusals::stale(&by, *theirs, version, contested).await)
            }
            Err(error) => Err(refusals::of_draft(&by, version, error).await),
        }
    };
    by.answer(told.await)
}

/// Hands a draft in
///
/// From then on it waits for a reviewer, who is somebody else than its writers.
#[utoipa::path(post, path = "/drafts/{id}/submit", tag = "Drafts", params(DraftPath, IfMatch), security(("token" = ["draft"])),
    responses((status = OK, description = "The draft.", body = DraftTold), VersionFailures))]
pub(super) async fn submit_draft(by: ByToken) -> Response {
    let told = async {
        by.must(Act::Draft)?;
        let draft = by.draft().await?;
        by.must(draft.kind.act())?;
        let version = by.version()?;
        if draft.version != version {
            return Err(refusals::stale(&by, draft, version, Vec::new()).await);
        }
        match by.store().submit_draft(&by.editor, draft.id, version, by.now).await {
            Ok(()) => by.told_anew().await,
            Err(error) => Err(refusals::of_draft(&by, version, error).await),
        }
    };
    by.answer(told.await)
}

/// Gives a draft up
///
/// It stays readable, and nothing more can be done with it.
#[utoipa::path(post, path = "/drafts/{id}/discard", tag = "Drafts", params(DraftPath), security(("token" = ["draft"])),
    responses((status = OK, description = "The draft.", body = DraftTold), ActFailures))]
pub(super) async fn discard_draft(by: ByToken) -> Response {
    let told = async {
        by.must(Act::Draft)?;
        let draft = by.draft().await?;
        by.must(draft.kind.act())?;
        match by.store().discard_draft(&by.editor, draft.id, by.now).await {
            Ok(()) => by.told_anew().await,
            Err(error) => Err(refusals::of_draft(&by, draft.version, error).await),
        }
    };
    by.answer(told.await)
}
