//! What is answered when something is wrong: problem details (RFC 9457), always, and never more than the reader may know.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::FieldErrors;
use serde::Serialize;
use store::StoreError;
use tracing::error;
use utoipa::ToSchema;

use super::{ROOT, asked::excerpt};
use crate::{state::AppState, web::api_v1::document::PROBLEM_JSON};
use app::page::CachePolicy;

/// A problem that kept a request from being answered (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemDetails {
    /// The kind of problem: an address that explains it.
    #[serde(rename = "type")]
    #[schema(format = "uri")]
    kind: String,
    /// What kind of problem it is, in a few words.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong with this request.
    detail: String,
    /// Every parameter that is wrong; only where the request was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// What is wrong with one parameter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The parameter.
    field: String,
    /// What is wrong with it, and what would be accepted.
    detail: String,
}

/// Why a request can't be answered.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Parameters are wrong.
    Invalid(FieldErrors),
    /// There is nothing under this name; unknown and unpublished look alike.
    NotFound,
    /// The record can't be read.
    Failed(StoreError),
}

impl From<FieldErrors> for Refusal {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl Refusal {
    /// The answer of the site at `site`.
    pub(super) fn answer(self, site: &str) -> Response {
        match self {
            Self::Invalid(errors) => {
                let told = |error: &domain::errors::FieldError| FieldProblem {
                    field: excerpt(&error.path),
                    detail: error.problem.to_string(),
                };
                problem(site, StatusCode::BAD_REQUEST, errors.iter().map(told).collect())
            }
            Self::NotFound => problem(site, StatusCode::NOT_FOUND, Vec::new()),
            Self::Failed(failure) => {
                error!(error = %failure, "the API could not answer");
                let status = match failure {
                    StoreError::Unreachable { .. } | StoreError::Database(_) => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                };
                problem(site, status, Vec::new())
            }
        }
    }
}

/// The kinds of problem: the status, the anchor on the API's page that explains it, its title and what is said of it.
pub(super) const KINDS: [(StatusCode, &str, &str, &str); 6] = [
    (
        StatusCode::BAD_REQUEST,
        "invalid-request",
        "The request has wrong parameters",
        "Each wrong parameter is named in `errors`, with what would be accepted.",
    ),
    (
        StatusCode::NOT_FOUND,
        "not-found",
        "Nothing is here",
        "Nothing is published under this address, at this moment of the record.",
    ),
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "This can only be read",
        "The header `Allow` names the methods that are answered.",
    ),
    (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", "Requests to read need no body."),
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal-error",
        "The server failed",
        "The fault is the server's, and has been noted. The header `X-Request-Id` names this request.",
    ),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "The record can’t be read just now",
        "Nothing is lost. The same request can be sent again in a minute.",
    ),
];

/// The answer for a status; one that is not among [`KINDS`] has no explanation but its own.
fn problem(site: &str, status: StatusCode, errors: Vec<FieldProblem>) -> Response {
    let kind = KINDS.iter().find(|(of, ..)| *of == status);
    let details = ProblemDetails {
        kind: kind.map_or_else(|| "about:blank".to_owned(), |(_, anchor, ..)| format!("{site}/api#{anchor}")),
        title: kind.map_or_else(|| status.canonical_reason().unwrap_or("Error"), |(_, _, title, _)| title),
        status: status.as_u16(),
        detail: kind.map_or("", |(.., detail)| detail).to_owned(),
        errors,
    };
    let headers = [(header::CONTENT_TYPE, PROBLEM_JSON), (header::CACHE_CONTROL, CachePolicy::Never.header())];
    (status, headers, serde_json::to_string(&details).unwrap_or_default()).into_response()
}

/// The answer to an address under the API that there is not.
pub(super) async fn nothing_here(State(state): State<AppState>) -> Response {
    Refusal::NotFound.answer(&state.site)
}

/// Sees to it that what goes wrong around the API (a method that is not answered, a body too large, a request too slow) is
/// told as a problem too. The headers stay, `Allow` among them.
pub(crate) async fn only_problems(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let within = request.uri().path().strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let response = next.run(request).await;
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let told = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM_JSON);
    if !within || !failed || told {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let (told, body) = problem(&state.site, status, Vec::new()).into_parts();
    for name in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::TRANSFER_ENCODING] {
        parts.headers.remove(name);
    }
    for (name, value) in &told.headers {
        parts.headers.insert(name, value.clone());
    }
    parts.headers.entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    Response::from_parts(parts, body)
}
