//! What is answered when something is wrong: problem details (RFC 9457), always, and never more than the reader may know.

pub(super) mod kinds;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{FieldErrors, errors::FieldError};
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use tracing::error;
use utoipa::ToSchema;

use self::kinds::Kind;
use super::{
    ROOT,
    asked::excerpt,
    desk::{Draft, DraftContent},
};
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
    /// Every parameter or field that is wrong; only where the request was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// The draft as it is now; only where somebody else has saved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    current: Option<Draft>,
    /// The content from which both sides began; only there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = DraftContent)]
    base: Option<Value>,
    /// The paths of the fields that both sides changed, each in its way; only there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    contested: Option<Vec<String>>,
}

/// What is wrong with one parameter or field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The parameter, or the path of the field.
    field: String,
    /// What is wrong with it, and what would be accepted.
    detail: String,
}

impl FieldProblem {
    /// What is told of errors.
    pub(super) fn all(errors: &FieldErrors) -> Vec<Self> {
        let told = |error: &FieldError| Self { field: excerpt(&error.path), detail: error.problem.to_string() };
        errors.iter().map(told).collect()
    }

    /// What is wrong with a draft whose pledge is no longer there.
    pub(super) fn gone() -> Self {
        Self { field: String::new(), detail: "the pledge that it would change is no longer published".to_owned() }
    }
}

/// What there is to say of a problem besides its kind.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What is wrong with this request; what its kind says where it is `None`.
    pub detail: Option<String>,
    /// Every parameter or field that is wrong.
    pub errors: Vec<FieldProblem>,
    /// Headers of the answer.
    pub headers: Vec<(HeaderName, String)>,
    /// Both versions of a draft.
    pub stale: Option<Stale>,
}

/// A draft that somebody else has saved since it was read.
#[derive(Debug)]
pub(super) struct Stale {
    /// The draft as it is now.
    pub current: Draft,
    /// The content from which both sides began, if there was such a version.
    pub base: Option<Value>,
    /// The paths of the fields that both sides changed, each in its way.
    pub contested: Vec<String>,
}

/// Why a request can't be answered.
#[derive(Debug)]
pub(super) enum Refusal {
    /// For a reason of this kind.
    Of(&'static Kind, Box<Told>),
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
    /// A problem of a kind, of which there is this to say.
    pub(super) fn of(kind: &'static Kind, detail: impl Into<String>) -> Self {
        Self::Of(kind, Box::new(Told { detail: Some(detail.into()), ..Told::default() }))
    }

    /// The answer of the site at `site`.
    pub(super) fn answer(self, site: &str) -> Response {
        let (kind, told) = match self {
            Self::Of(kind, told) => (kind, *told),
            Self::Invalid(errors) => (&kinds::INVALID, Told { errors: FieldProblem::all(&errors), ..Told::default() }),
            Self::NotFound => (&kinds::NOT_FOUND, Told::default()),
            Self::Failed(failure) => {
                error!(error = %failure, "the API could not answer");
                let kind = match failure {
                    _ if failure.not_writable() => &kinds::NOT_WRITABLE,
                    StoreError::Unreachable { .. } | StoreError::Database(_) => &kinds::UNAVAILABLE,
                    _ => &kinds::FAILED,
                };
                (kind, Told::default())
            }
        };
        problem(site, Some(kind), kind.status, told)
    }
}

/// The answer that tells of a problem; `None` is a kind that has no explanation but its status.
fn problem(site: &str, kind: Option<&Kind>, status: StatusCode, told: Told) -> Response {
    let (current, base, contested) = match told.stale {
        Some(stale) => (Some(stale.current), stale.base, Some(stale.contested)),
        None => (None, None, None),
    };
    let details = ProblemDetails {
        kind: kind.map_or_else(|| "about:blank".to_owned(), |kind| format!("{site}/api#{}", kind.anchor)),
        title: kind.map_or_else(|| status.canonical_reason().unwrap_or("Error"), |kind| kind.title),
        status: status.as_u16(),
        detail: told.detail.unwrap_or_else(|| kind.map_or("", |kind| kind.detail).to_owned()),
        errors: told.errors,
        current,
        base,
        contested,
    };
    let headers = [(header::CONTENT_TYPE, PROBLEM_JSON), (header::CACHE_CONTROL, CachePolicy::Never.header())];
    let mut response = (status, headers, serde_json::to_string(&details).unwrap_or_default()).into_response();
    for (name, value) in told.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
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
    let (told, body) = problem(&state.site, Kind::of(status), status, Told::default()).into_parts();
    for name in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::TRANSFER_ENCODING] {
        parts.headers.remove(name);
    }
    for (name, value) in &told.headers {
        parts.headers.insert(name, value.clone());
    }
    Response::from_parts(parts, body)
}
