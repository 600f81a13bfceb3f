//! Tips of readers: a form on each pledge, sent without an account, without a cookie and without a script.

use app::{
    components::Form,
    page::CachePolicy,
    pages::{self, Request, TRAP},
    visit::{Visit, localized_path},
};
use axum::{
    Router,
    extract::{FromRequestParts, Path},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use domain::{FieldErrors, Fields, Locale, NewTip, Params};
use store::StoreError;
use tracing::error;

use crate::{
    auth::{Peer, locale_of, visit_of},
    state::AppState,
    web::{
        pages::{respond, unavailable},
        sent::Sent,
    },
};

pub(crate) fn routes() -> Router<AppState> {
    Locale::ALL.iter().fold(Router::new(), |router, locale| {
        router
            .route(&localized_path(*locale, "/pledges/{slug}/tips"), get(ask).post(send))
            .route(&localized_path(*locale, "/pledges/{slug}/tips/thanks"), get(thanks))
    })
}

/// A reader at the form of a pledge, now.
struct Reader {
    state: AppState,
    visit: Visit,
    /// The name of the pledge, as it stands in the address.
    pledge: String,
}

impl FromRequestParts<AppState> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let visit = visit_of(state, locale_of(&parts.uri), &parts.uri);
        // A name that is no UTF-8 is no slug, and so leads nowhere.
        let pledge = Path::<String>::from_request_parts(parts, state).await.map(|Path(name)| name).unwrap_or_default();
        Ok(Self { state: state.clone(), visit, pledge })
    }
}

impl Reader {
    fn request(&self) -> Request {
        Request { visit: self.visit.clone(), params: Params::default(), store: self.state.store.clone() }
    }

    fn answer(&self, page: pages::PageResult) -> Response {
        let page = page.unwrap_or_else(|error| {
            error!(%error, "the page could not be made");
            unavailable(&self.visit, &error)
        });
        respond(page, &self.visit, &self.state)
    }

    /// The form with what was typed.
    async fn form(&self, fields: Fields, errors: FieldErrors, too_many: bool) -> Response {
        self.answer(pages::tip(self.request(), &self.pledge, Form { fields, errors }, too_many).await)
    }
}

async fn ask(reader: Reader) -> Response {
    reader.form(Fields::default(), FieldErrors::default(), false).await
}

async fn thanks(reader: Reader) -> Response {
    reader.answer(pages::tip_thanks(reader.request(), &reader.pledge).await)
}

async fn send(reader: Reader, Peer(sender): Peer, sent: Sent) -> Response {
    let fields = sent.fields();
    let (Ok(slug), now) = (reader.pledge.parse(), reader.state.clock.now()) else {
        return reader.answer(Ok(pages::not_found(reader.visit.clone())));
    };
    let tip = match NewTip::read(&fields, reader.visit.locale) {
        Ok(tip) => tip,
        Err(errors) => return reader.form(fields, errors, false).await,
    };
    // Who fills in what people don't see is thanked like everybody else, and learns nothing.
    let trapped = !fields.get(TRAP).is_empty();
    match reader.state.store.send_tip(&slug, &tip, trapped, &sender, now).await {
        Ok(()) => onward(&localized_path(reader.visit.locale, &format!("/pledges/{slug}/tips/thanks"))),
        Err(StoreError::TooMany { again_at }) => {
            let mut answer = reader.form(fields, FieldErrors::default(), true).await;
            answer.headers_mut().insert(header::RETRY_AFTER, seconds_until(again_at, now));
            answer
        }
        Err(StoreError::NoSuch { .. }) => reader.answer(Ok(pages::not_found(reader.visit.clone()))),
        Err(error) => reader.answer(Err(error)),
    }
}

/// Onward after sending, so that reloading sends nothing again.
fn onward(to: &str) -> Response {
    let headers = [(header::LOCATION, to), (header::CACHE_CONTROL, CachePolicy::Never.header())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn seconds_until(at: DateTime<Utc>, now: DateTime<Utc>) -> HeaderValue {
    HeaderValue::from((at - now).num_seconds().max(1))
}
