//! A form as it was sent.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::Fields;

use crate::middleware::body_limit;

/// The fields of a form, in order, as they were typed.
#[derive(Clone, Default)]
pub(crate) struct Sent(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let body: Result<Bytes, _> = axum::body::to_bytes(request.into_body(), 2 * body_limit::FORM).await;
        let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
        Ok(Self(url::form_urlencoded::parse(&body).into_owned().collect()))
    }
}

impl Sent {
    /// What is in a field; empty where nothing is.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The fields as forms and rules know them.
    pub(crate) fn fields(&self) -> Fields {
        Fields::sent(self.0.iter().cloned())
    }
}
