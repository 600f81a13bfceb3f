//! Why something can't be done by a token, told so that whoever holds it knows what would help (RFC 6750, section 3).

use axum::http::{HeaderName, header};
use chrono::{DateTime, Utc};
use domain::{Act, DraftState, FieldErrors, Scope};
use store::{Draft, StoreError};

use super::{
    super::problem::{FieldProblem, Refusal, Stale, Told, kinds},
    by_token::ByToken,
    shapes::content_of,
    wire,
};

/// What `WWW-Authenticate` says in any case.
const CHALLENGE: &str = "Bearer realm=\"Pledgebook\"";

fn challenge(more: &str) -> Vec<(HeaderName, String)> {
    vec![(header::WWW_AUTHENTICATE, format!("{CHALLENGE}{more}"))]
}

pub(super) fn no_token() -> Refusal {
    Refusal::Of(&kinds::TOKEN_NEEDED, Box::new(Told { headers: challenge(""), ..Told::default() }))
}

/// The same for one that is unknown, has expired or was revoked: what it was is told to nobody.
pub(super) fn bad_token() -> Refusal {
    Refusal::Of(&kinds::TOKEN_NEEDED, Box::new(Told { headers: challenge(", error=\"invalid_token\""), ..Told::default() }))
}

pub(super) fn too_many(again_at: DateTime<Utc>, now: DateTime<Utc>) -> Refusal {
    let seconds = (again_at - now).num_seconds().max(1).to_string();
    Refusal::Of(&kinds::TOO_MANY, Box::new(Told { headers: vec![(header::RETRY_AFTER, seconds)], ..Told::default() }))
}

pub(super) fn with_cookie() -> Refusal {
    Refusal::of(&kinds::NOT_ALLOWED, "The request came with the cookie of somebody who has signed in; tokens act without one.")
}

pub(super) fn no_version() -> Refusal {
    Refusal::Of(&kinds::VERSION_NEEDED, Box::default())
}

pub(super) fn not_accepted(errors: &FieldErrors) -> Refusal {
    Refusal::Of(&kinds::NOT_ACCEPTED, Box::new(Told { errors: FieldProblem::all(errors), ..Told::default() }))
}

fn out_of_scope(act: Act) -> Refusal {
    let needed: Vec<&str> = Scope::good_for(act).map(Scope::code).collect();
    let detail = format!("The token has not the scope that this needs: {}.", needed.join(" or "));
    let headers = challenge(&format!(", error=\"insufficient_scope\", scope=\"{}\"", needed.join(" ")));
    Refusal::Of(&kinds::NOT_ALLOWED, Box::new(Told { detail: Some(detail), headers, ..Told::default() }))
}

/// What the store has said no to.
pub(super) fn of(error: StoreError) -> Refusal {
    match error {
        StoreError::Forbidden { role, .. } => {
            Refusal::of(&kinds::NOT_ALLOWED, format!("The owner of the token is {role}, and that role does not allow it."))
        }
        StoreError::OutOfScope { act } => out_of_scope(act),
        StoreError::NoSuch { .. } => Refusal::NotFound,
        StoreError::Refused(errors) => not_accepted(&errors),
        StoreError::KeyUsed => {
            Refusal::of(&kinds::CONFLICT, "The `Idempotency-Key` was used before, with other content; take a new one.")
        }
        StoreError::Conflict => Refusal::Of(&kinds::CONFLICT, Box::default()),
        error => Refusal::Failed(error),
    }
}

/// The same where a draft was no longer as it was read in `version`.
pub(super) async fn of_draft(by: &ByToken, version: i32, error: StoreError) -> Refusal {
    if !matches!(error, StoreError::Conflict) {
        return of(error);
    }
    match by.draft().await {
        Ok(draft) if draft.version != version => stale(by, draft, version, Vec::new()).await,
        Ok(draft) => decided(draft.state),
        Err(refusal) => refusal,
    }
}

/// A draft is in a state in which it can't be done.
fn decided(state: DraftState) -> Refusal {
    let told = match state {
        DraftState::Draft => "The draft has not been handed in.",
        DraftState::Submitted => "The draft has been handed in already, and waits for a reviewer.",
        DraftState::Returned => "The draft was returned to its writers.",
        DraftState::Scheduled => "The draft was approved, and is published at a time that was set.",
        DraftState::Published => "The draft was published; a new one can correct what it said.",
        DraftState::Discarded => "The draft was given up.",
    };
    Refusal::of(&kinds::CONFLICT, told)
}

/// Somebody else has saved the draft: both sides are told, so that nothing is lost.
pub(super) async fn stale(by: &ByToken, theirs: Draft, version: i32, contested: Vec<String>) -> Refusal {
    let told = async {
        let base = by.store().draft_version(theirs.id, version).await?.map(|base| content_of(theirs.kind, &base));
        Ok::<_, Refusal>(Stale { current: wire::Draft::told(by, theirs).await?, base, contested })
    };
    match told.await {
        Ok(stale) => Refusal::Of(&kinds::STALE, Box::new(Told { stale: Some(stale), ..Told::default() })),
        Err(refusal) => refusal,
    }
}
