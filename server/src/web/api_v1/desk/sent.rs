//! What a request brings along: JSON of one of the shapes of the desk.

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::header,
};
use domain::{FieldErrors, Fields, Problem, shape::Object};
use serde_json::{Map, Value};
use std::convert::Infallible;

use super::{
    super::problem::{Refusal, kinds},
    refusals,
};
use crate::middleware::body_limit;

/// The body of a request. It is looked at only after it is clear that whoever sends it may.
pub(super) struct Sent {
    /// The body; `None` where it was too large.
    body: Option<Bytes>,
    is_json: bool,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        let is_json = essence.eq_ignore_ascii_case("application/json");
        let body = to_bytes(request.into_body(), body_limit::FORM).await.ok();
        Ok(Self { body, is_json })
    }
}

impl Sent {
    /// The body as it is.
    pub(super) fn value(&self) -> Result<Value, Refusal> {
        let Some(body) = &self.body else { return Err(Refusal::Of(&kinds::TOO_LARGE, Box::default())) };
        if !self.is_json {
            return Err(Refusal::Of(&kinds::NOT_JSON, Box::default()));
        }
        serde_json::from_slice(body)
            .map_err(|error| FieldErrors::one("", Problem::NotJson(error.to_string().chars().take(200).collect())).into())
    }

    /// The fields of a body of this shape.
    pub(super) fn read(&self, shape: &Object) -> Result<Fields, Refusal> {
        shape.read(&self.value()?).map_err(|errors| refusals::not_accepted(&errors))
    }

    /// The same where no body is as good as an empty one.
    pub(super) fn read_if_any(&self, shape: &Object) -> Result<Fields, Refusal> {
        if self.body.as_ref().is_some_and(Bytes::is_empty) {
            return shape.read(&Map::new().into()).map_err(|errors| refusals::not_accepted(&errors));
        }
        self.read(shape)
    }

    /// What tells two requests apart that were sent under one key.
    pub(super) fn as_text(&self) -> String {
        self.body.as_ref().map(|body| String::from_utf8_lossy(body).into_owned()).unwrap_or_default()
    }
}
