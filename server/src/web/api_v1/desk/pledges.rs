//! What changes a published pledge: drafts of an edit, a status change or a withdrawal, and a look that found nothing new.

use axum::response::Response;
use domain::{
    Act, DraftKind, Fields, Locale,
    desk_form::{fields_of, shapes},
};

use super::{
    super::{parameters::SlugPath, problem::Refusal},
    by_token::{ByToken, nothing_to_tell},
    drafts::begin,
    parameters::{Key, SentFailures},
    refusals,
    sent::Sent,
    wire::DraftTold,
};

/// Begins a draft that would change the pledge of the path.
async fn change(by: &ByToken, kind: DraftKind, sent: &Sent) -> Result<Response, Refusal> {
    by.must(kind.act())?;
    let slug = by.pledge()?;
    let published = by.store().published(&slug, by.now).await?.ok_or(Refusal::NotFound)?;
    let before = if kind == DraftKind::Edit { fields_of(&published) } else { Fields::default() };
    let fields = shapes::of(kind).read_over(&sent.value()?, &before).map_err(|errors| refusals::not_accepted(&errors))?;
    begin(by, kind, Some(&slug), fields, sent).await
}

/// Begins an edit of a pledge
///
/// A member that is left out stays as it is published, `null` empties one; citations and variants are added. It gives its
/// `reason`, which readers see.
#[utoipa::path(post, path = "/pledges/{slug}/edit", tag = "Drafts", params(SlugPath, Key), security(("token" = ["draft"])),
    request_body(content = ref("#/components/schemas/EditContent"), content_type = "application/json"),
    responses((status = CREATED, description = "The draft.", body = DraftTold), SentFailures))]
pub(super) async fn begin_edit(by: ByToken, sent: Sent) -> Response {
    by.answer(change(&by, DraftKind::Edit, &sent).await)
}

/// Begins a status change of a pledge
///
/// With its evidence, or with where was searched and nothing found. A correction names the change that it `replaces` and gives
/// a `reason`.
#[utoipa::path(post, path = "/pledges/{slug}/status", tag = "Drafts", params(SlugPath, Key), security(("token" = ["draft"])),
    request_body(content = ref("#/components/schemas/StatusChangeContent"), content_type = "application/json"),
    responses((status = CREATED, description = "The draft.", body = DraftTold), SentFailures))]
pub(super) async fn begin_status_change(by: ByToken, sent: Sent) -> Response {
    by.answer(change(&by, DraftKind::StatusChange, &sent).await)
}

/// Begins a withdrawal of a pledge from the record
///
/// Once it is approved, readers find its `notice` in the place of the pledge.
#[utoipa::path(post, path = "/pledges/{slug}/withdraw", tag = "Drafts", params(SlugPath, Key), security(("token" = ["draft"])),
    request_body(content = ref("#/components/schemas/WithdrawalContent"), content_type = "application/json"),
    responses((status = CREATED, description = "The draft.", body = DraftTold), SentFailures))]
pub(super) async fn begin_withdrawal(by: ByToken, sent: Sent) -> Response {
    by.answer(change(&by, DraftKind::Withdrawal, &sent).await)
}

/// Says that nothing has changed
///
/// Somebody has looked, and the status is still true: the page of the pledge says since when, at once. The note is for the desk.
#[utoipa::path(post, path = "/pledges/{slug}/checked", tag = "Drafts", params(SlugPath), security(("token" = ["check"])),
    request_body(content = ref("#/components/schemas/CheckContent"), content_type = "application/json"),
    responses((status = NO_CONTENT, description = "It is said."), SentFailures))]
pub(super) async fn check_pledge(by: ByToken, sent: Sent) -> Response {
    let told = async {
        by.must(Act::Check)?;
        let (slug, fields) = (by.pledge()?, sent.read_if_any(&shapes::CHECK)?);
        let language = match fields.get("language") {
            "" => Locale::En,
            code => code.parse().map_err(|problem| refusals::not_accepted(&domain::FieldErrors::one("language", problem)))?,
        };
        by.store().check_pledge(&by.editor, &slug, fields.get("note"), language, by.now).await.map_err(refusals::of)?;
        Ok(nothing_to_tell())
    };
    by.answer(told.await)
}
