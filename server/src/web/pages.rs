//! The public pages: which page is at which address, in both languages, and how it becomes an answer.

use std::future::Future;

use app::{
    page::Page,
    pages::{self, PageResult, Request},
    shell,
    visit::{Visit, localized_path},
};
use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use domain::{Locale, Moment, Params};
use store::StoreError;
use tracing::error;

use crate::{
    auth::{Visitor, locale_of},
    front::Unreadable,
    middleware::security_headers::with_script,
    state::AppState,
};

/// Every public page, in English at the root and in Spanish under `/es`.
pub(crate) fn routes() -> Router<AppState> {
    Locale::ALL.iter().fold(Router::new(), |router, locale| {
        let router = router
            .route(&localized_path(*locale, "/"), page(*locale, pages::home))
            .route(&localized_path(*locale, "/pledges"), page(*locale, pages::pledge_list))
            .route(&localized_path(*locale, "/parties"), page(*locale, pages::parties))
            .route(&localized_path(*locale, "/meetings"), page(*locale, pages::meetings))
            .route(&localized_path(*locale, "/topics"), page(*locale, pages::topics))
            .route(&localized_path(*locale, "/changes"), page(*locale, pages::changes))
            .route(&localized_path(*locale, "/deadlines"), page(*locale, pages::deadlines))
            .route(&localized_path(*locale, "/data"), page(*locale, pages::data))
            .route(&localized_path(*locale, "/method"), page(*locale, pages::method));
        router
            .route(
                &localized_path(*locale, "/pledges/{slug}"),
                named(*locale, async |request, slug| pages::pledge(request, &slug).await),
            )
            .route(
                &localized_path(*locale, "/pledges/{slug}/compare"),
                named(*locale, async |request, slug| pages::compare(request, &slug).await),
            )
            .route(
                &localized_path(*locale, "/parties/{slug}"),
                named(*locale, async |request, slug| pages::party(request, &slug).await),
            )
            .route(
                &localized_path(*locale, "/meetings/{slug}"),
                named(*locale, async |request, slug| pages::meeting(request, &slug).await),
            )
            .route(
                &localized_path(*locale, "/topics/{slug}"),
                named(*locale, async |request, slug| pages::topic(request, &slug).await),
            )
            .route(
                &localized_path(*locale, "/sources/{slug}"),
                named(*locale, async |request, slug| pages::source(request, &slug).await),
            )
    })
}

/// A page at a fixed address.
pub(super) fn page<F, Fut>(locale: Locale, make: F) -> MethodRouter<AppState>
where
    F: FnOnce(Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = PageResult> + Send,
{
    get(async move |State(state): State<AppState>, uri: Uri, visitor: Visitor| answer(state, locale, &uri, visitor, make).await)
}

/// A page whose address ends in a name.
fn named<F, Fut>(locale: Locale, make: F) -> MethodRouter<AppState>
where
    F: FnOnce(Request, String) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = PageResult> + Send,
{
    get(async move |State(state): State<AppState>, uri: Uri, visitor: Visitor, slug: Result<Path<String>, PathRejection>| {
        // A name that is no UTF-8 is no slug, and so leads nowhere.
        let slug = slug.map(|Path(slug)| slug).unwrap_or_default();
        answer(state, locale, &uri, visitor, |request| make(request, slug)).await
    })
}

/// Reads the request, asks for the page and renders it.
pub(super) async fn answer<Fut>(
    state: AppState,
    locale: Locale,
    uri: &Uri,
    Visitor(visitor): Visitor,
    make: impl FnOnce(Request) -> Fut,
) -> Response
where
    Fut: Future<Output = PageResult>,
{
    let params: Params = Params::parse(uri.query().unwrap_or_default());
    let now = state.now();
    let moment = Moment::asked(params.get("as_of"), params.get("known_at"), now);
    let visit = visit(&state, locale, uri, *moment.as_ref().unwrap_or(&Moment::now(now)));
    let page = if let Err(errors) = moment {
        pages::refused(visit.clone(), errors)
    } else {
        let request = Request { visit: visit.clone(), params, store: state.store.clone() };
        let answered = async {
            // Before the page is made: what is published meanwhile may show on it, and is then in a later entry.
            let newest = state.store.entry_at(visit.moment).await?;
            let page = make(request).await?;
            Ok::<_, StoreError>(Page { rests_on: page.rests_on.or(newest), ..page })
        };
        answered.await.unwrap_or_else(|error| {
            error!(%error, "the page could not be made");
            unavailable(&visit, &error)
        })
    };
    respond(page.seen_by(visitor), &visit, &state)
}

/// What is said where the store could not do it.
pub(crate) fn unavailable(visit: &Visit, error: &StoreError) -> Page {
    if error.not_writable() { pages::not_writable(visit) } else { pages::unavailable(visit) }
}

/// The visit that a request is, in a language and at a moment.
pub(crate) fn visit(state: &AppState, locale: Locale, uri: &Uri, moment: Moment) -> Visit {
    let path = match uri.path().strip_prefix("/es") {
        Some("") if locale == Locale::Es => "/",
        Some(path) if locale == Locale::Es => path,
        _ => uri.path(),
    };
    Visit {
        locale,
        path: path.to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        moment,
        today: state.now().date_naive(),
        site: state.site.clone(),
    }
}

/// What is asked for at an address that is no page of its own, or the answer to who asks for it wrongly.
pub(crate) fn asked(state: &AppState, locale: Locale, uri: &Uri) -> Result<Request, Box<Response>> {
    let params = Params::parse(uri.query().unwrap_or_default());
    let now = state.now();
    let moment = Moment::asked(params.get("as_of"), params.get("known_at"), now);
    let visit = visit(state, locale, uri, *moment.as_ref().unwrap_or(&Moment::now(now)));
    match moment {
        Ok(_) => Ok(Request { visit, params, store: state.store.clone() }),
        Err(errors) => Err(Box::new(respond(pages::refused(visit.clone(), errors), &visit, state))),
    }
}

pub(crate) fn respond(page: Page, visit: &Visit, state: &AppState) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let cache = page.kept();
    if let Some(location) = page.location {
        return (status, [(header::LOCATION, location), (header::CACHE_CONTROL, cache.header().to_owned())]).into_response();
    }
    let rendered = shell::render(page, visit, &state.assets);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, cache.header()),
        (header::CONTENT_LANGUAGE, visit.locale.code()),
    ];
    let mut response = (status, headers, rendered.html).into_response();
    if let Some(policy) = rendered.script.and_then(|script| HeaderValue::from_str(&with_script(&script)).ok()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Says that the record can't be read, where that is known already.
pub(crate) async fn readable(State(state): State<AppState>, request: axum::extract::Request, next: Next) -> Response {
    if request.extensions().get::<Unreadable>().is_none() {
        return next.run(request).await;
    }
    let visit = visit(&state, locale_of(request.uri()), request.uri(), Moment::now(state.now()));
    respond(pages::unavailable(&visit), &visit, &state)
}

/// A real 404 with ways onward, in the language of the address. An address that only has slashes too many leads on.
pub(crate) async fn nothing_here(State(state): State<AppState>, uri: Uri) -> Response {
    let path = uri.path();
    if path.len() > 1 && path.ends_with('/') {
        // One slash before it and none behind: never an address of another host.
        let trimmed = format!("/{}", path.trim_matches('/'));
        let target = uri.query().map_or_else(|| trimmed.clone(), |query| format!("{trimmed}?{query}"));
        return Redirect::permanent(&target).into_response();
    }
    let locale = if path.starts_with("/es/") { Locale::Es } else { Locale::En };
    let visit = visit(&state, locale, &uri, Moment::now(state.now()));
    respond(pages::not_found(visit.clone()), &visit, &state)
}
