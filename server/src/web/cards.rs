//! The pictures of pledges for where their addresses are shared: `/cards/{slug}.png`, drawn when they are first asked for.

mod drawing;

use app::{card, page::CachePolicy, pages};
use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderName, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use domain::{Locale, Slug};
use store::{Dossier, StoreError};
use tokio::sync::Semaphore;
use tracing::error;

use super::pages::{asked, nothing_here, respond};
use crate::state::AppState;

/// How many are drawn at once; who comes meanwhile waits. Drawing takes a processor for itself, and readers need one too.
static DRAWING: Semaphore = Semaphore::const_new(2);

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/cards/{name}", card_in(Locale::En)).route("/es/cards/{name}", card_in(Locale::Es))
}

/// Why there is no picture.
enum No {
    NotFound,
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for No {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

fn card_in(locale: Locale) -> MethodRouter<AppState> {
    get(async move |State(state): State<AppState>, uri: Uri, name: Result<Path<String>, PathRejection>| {
        let slug = name.ok().and_then(|Path(name)| name.strip_suffix(".png")?.parse::<Slug>().ok());
        let Some(slug) = slug else { return nothing_here(State(state), uri).await };
        answer(&state, locale, &uri, slug).await
    })
}

async fn answer(state: &AppState, locale: Locale, uri: &Uri, slug: Slug) -> Response {
    let mut request = match asked(state, locale, uri) {
        Ok(request) => request,
        Err(refused) => return *refused,
    };
    if let Some(asked) = request.params.get("lang").and_then(|language| language.parse().ok()) {
        request.visit.locale = asked;
    }
    let visit = request.visit;
    let made = async {
        let pledge = state.store.pledge(&slug, visit.moment).await?.ok_or(No::NotFound)?;
        drawn(visit.clone(), pledge).await.map_err(No::Failed)
    };
    match made.await {
        Ok(png) => (of_picture(visit.locale), png).into_response(),
        Err(No::NotFound) => respond(pages::not_found(visit.clone()), &visit, state),
        Err(No::Failed(error)) => {
            error!(%error, "the card could not be made");
            respond(pages::unavailable(&visit), &visit, state)
        }
    }
}

/// Draws on a thread where nobody waits for another.
async fn drawn(visit: app::visit::Visit, pledge: Dossier) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let turn = DRAWING.acquire().await?;
    let drawing = tokio::task::spawn_blocking(move || {
        let svg = card::svg(&visit, &pledge, &drawing::width_of);
        drop(pledge);
        drawing::png(&svg, card::SIZE)
    });
    let png = drawing.await??;
    drop(turn);
    Ok(png)
}

fn of_picture(locale: Locale) -> [(HeaderName, HeaderValue); 4] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static(CachePolicy::Revalidate.header())),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.code())),
        // It is made to be shown by others.
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    ]
}
