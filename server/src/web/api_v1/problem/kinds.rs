//! The kinds of problem that the API tells of, each with the anchor on the API's page that explains it.

use axum::http::StatusCode;

/// A kind of problem.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The HTTP status.
    pub status: StatusCode,
    /// The anchor on the page.
    pub anchor: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What is said of it where nothing more is known.
    pub detail: &'static str,
}

macro_rules! kinds {
    ($($name:ident = $status:ident $anchor:literal $title:literal $detail:literal;)+) => {
        $(pub(crate) const $name: Kind = Kind { status: StatusCode::$status, anchor: $anchor, title: $title, detail: $detail };)+

        /// All of them, by status.
        pub(crate) const KINDS: &[Kind] = &[$($name),+];
    };
}

kinds! {
    INVALID = BAD_REQUEST "invalid-request" "The request is not understood"
        "Each wrong parameter or header is named in `errors`, with what would be accepted.";
    TOKEN_NEEDED = UNAUTHORIZED "token-needed" "A token is needed"
        "The header `Authorization: Bearer …` must hold a good token: one that is known, has not expired and was not revoked, of \
         somebody who is let in.";
    NOT_ALLOWED = FORBIDDEN "not-allowed" "This is not allowed"
        "The role of the token’s owner or the scopes of the token do not allow it; or it came with a cookie, or from a page of \
         another site.";
    NOT_FOUND = NOT_FOUND "not-found" "Nothing is here"
        "Nothing is published under this address, at this moment of the record.";
    NOT_ANSWERED = METHOD_NOT_ALLOWED "method-not-allowed" "This method is not answered here"
        "The header `Allow` names the methods that are answered.";
    CONFLICT = CONFLICT "conflict" "It is no longer as it was"
        "What was asked for can’t be done to the draft as it is by now, or the key was used for something else.";
    STALE = PRECONDITION_FAILED "stale-version" "Somebody has saved it since"
        "`current` is the draft as it is now, `base` what was read before, and `contested` names the fields that both sides changed.";
    TOO_LARGE = PAYLOAD_TOO_LARGE "too-large" "The request is too large"
        "Requests to read need no body; others may have 512 KiB.";
    NOT_JSON = UNSUPPORTED_MEDIA_TYPE "not-json" "The body is not JSON" "A body is JSON and says so: `Content-Type: application/json`.";
    NOT_ACCEPTED = UNPROCESSABLE_ENTITY "not-accepted" "What was sent is not accepted"
        "Each wrong field is named in `errors` by its path, with what would be accepted.";
    VERSION_NEEDED = PRECONDITION_REQUIRED "version-needed" "The version is missing"
        "The header `If-Match` must name the version that was read, as the `ETag` of the draft does, so that nobody’s work is lost.";
    TOO_MANY = TOO_MANY_REQUESTS "too-many-attempts" "Too many attempts"
        "So many requests or wrong tokens came from this address that none is looked at for now. The header `Retry-After` says for \
         how long.";
    FAILED = INTERNAL_SERVER_ERROR "internal-error" "The server failed"
        "The fault is the server’s, and has been noted. The header `X-Request-Id` names this request.";
    UNAVAILABLE = SERVICE_UNAVAILABLE "unavailable" "The record can’t be read just now"
        "Nothing is lost. The same request can be sent again in a minute.";
    NOT_WRITABLE = SERVICE_UNAVAILABLE "not-writable" "Nothing can be written just now"
        "The server’s disk is full or takes nothing. Nothing of the request was saved, and it can be sent again later. What is there \
         can still be read.";
}

impl Kind {
    /// The kind of a status, if it has one.
    pub(crate) fn of(status: StatusCode) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.status == status)
    }
}
