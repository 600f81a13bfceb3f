//! A request by a token: whose it is, what its address names, and from which version of a draft it speaks.

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{Act, FieldErrors, Problem, Slug};
use serde::Serialize;
use store::{Draft, Editor, Store};
use uuid::Uuid;

use super::{super::problem::Refusal, refusals, wire};
use crate::{
    auth::{Peer, bearer, cookie},
    state::AppState,
};
use app::page::CachePolicy;

/// The longest key of a request, in characters.
const LONGEST_KEY: usize = 200;

/// A request in the name of whom the token belongs to.
pub(super) struct ByToken {
    pub(super) state: AppState,
    pub(super) editor: Editor,
    pub(super) now: DateTime<Utc>,
    /// The name in the path; empty where there is none.
    name: String,
    headers: HeaderMap,
    query: String,
}

impl FromRequestParts<AppState> for ByToken {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        Self::read(parts, state).await.map_err(|refusal| refusal.answer(&state.site))
    }
}

impl ByToken {
    async fn read(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        // Browsers send cookies by themselves: whoever has one acts at the desk, where each page guards its forms.
        if cookie::read(&parts.headers).is_some() {
            return Err(refusals::with_cookie());
        }
        let Some(token) = bearer::read(&parts.headers).map(str::to_owned) else { return Err(refusals::no_token()) };
        let (store, now) = (&state.store, state.clock.now());
        let Ok(Peer(address)) = Peer::from_request_parts(parts, state).await;
        if let Some(again_at) = store.tokens_again_at(&address, now).await? {
            return Err(refusals::too_many(again_at, now));
        }
        let Some(editor) = store.bearer(&token, now).await? else {
            store.token_failed(&address, now).await?;
            return Err(refusals::bad_token());
        };
        // A name that is no UTF-8 names nothing.
        let names = RawPathParams::from_request_parts(parts, state).await.ok();
        let name = names.and_then(|names| names.iter().next().map(|(_, name)| name.to_owned())).unwrap_or_default();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { state: state.clone(), editor, now, name, headers: parts.headers.clone(), query })
    }

    pub(super) fn store(&self) -> &Store {
        &self.state.store
    }

    pub(super) fn query(&self) -> &str {
        &self.query
    }

    /// Makes sure that the token and its owner may do it, before anything else is said of the request.
    pub(super) fn must(&self, act: Act) -> Result<(), Refusal> {
        self.editor.must(act).map_err(refusals::of)
    }

    /// The pledge that the path names.
    pub(super) fn pledge(&self) -> Result<Slug, Refusal> {
        self.name.parse().map_err(|_| Refusal::NotFound)
    }

    /// The id of the draft that the path names.
    pub(super) fn draft_id(&self) -> Result<Uuid, Refusal> {
        self.name.parse().map_err(|_| Refusal::NotFound)
    }

    /// That draft, if its reader may see it.
    pub(super) async fn draft(&self) -> Result<Draft, Refusal> {
        let draft = self.store().draft(&self.editor, self.draft_id()?).await.map_err(refusals::of)?;
        draft.ok_or(Refusal::NotFound)
    }

    /// The version of the draft from which the request speaks: its `If-Match`.
    pub(super) fn version(&self) -> Result<i32, Refusal> {
        const NAME: &str = "If-Match";
        let Some(value) = self.headers.get(header::IF_MATCH) else { return Err(refusals::no_version()) };
        let tag = value.to_str().unwrap_or_default().trim();
        let digits =
            tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).filter(|tag| tag.bytes().all(|b| b.is_ascii_digit()));
        let version = digits.and_then(|digits| digits.parse().ok());
        version.ok_or_else(|| {
            FieldErrors::one(NAME, Problem::MustBe("one tag such as \"3\", as the `ETag` of the draft has it")).into()
        })
    }

    /// The key under which a draft is begun once, if the request has one.
    pub(super) fn key(&self) -> Result<Option<&str>, Refusal> {
        const NAME: &str = "Idempotency-Key";
        let Some(value) = self.headers.get(NAME) else { return Ok(None) };
        let key = value.to_str().ok().filter(|key| !key.trim().is_empty() && key.len() <= LONGEST_KEY);
        match key {
            Some(key) => Ok(Some(key)),
            None => Err(FieldErrors::one(NAME, Problem::MustBe("1 to 200 characters of ASCII")).into()),
        }
    }

    /// A draft as the answer.
    pub(super) async fn told(&self, status: StatusCode, draft: Draft) -> Result<Response, Refusal> {
        let tag = format!("\"{}\"", draft.version);
        let data = wire::Draft::told(self, draft).await?;
        let location = (status == StatusCode::CREATED).then(|| data.api().to_owned());
        let mut response = answered(status, &wire::DraftTold { data });
        let headers = [(header::ETAG, Some(tag)), (header::LOCATION, location)];
        for (name, value) in headers {
            if let Some(Ok(value)) = value.map(|value| HeaderValue::from_str(&value)) {
                response.headers_mut().insert(name, value);
            }
        }
        Ok(response)
    }

    /// The draft that the path names, as it is after it was decided on.
    pub(super) async fn told_anew(&self) -> Result<Response, Refusal> {
        self.told(StatusCode::OK, self.draft().await?).await
    }

    /// The answer, or what keeps from it.
    pub(super) fn answer(&self, told: Result<Response, Refusal>) -> Response {
        told.unwrap_or_else(|refusal| refusal.answer(&self.state.site))
    }
}

/// An answer that nobody keeps.
pub(super) fn answered(status: StatusCode, body: &impl Serialize) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, CachePolicy::Never.header())];
    match serde_json::to_string(body) {
        Ok(json) => (status, headers, json).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An answer without a body, that nobody keeps either.
pub(super) fn nothing_to_tell() -> Response {
    (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, CachePolicy::Never.header())]).into_response()
}
