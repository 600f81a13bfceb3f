//! The language of the first page: the one address that asks the browser. Everywhere else a link says which language it leads to.

use app::{page::CachePolicy, visit::localized_path};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Locale;

/// Leads whoever comes to `/` and reads rather Spanish to `/es`. Any parameter is a choice already made; links to the English
/// first page have one (`Visit::href`), so that it can be reached from anywhere on the site.
pub(crate) async fn negotiate(request: Request, next: Next) -> Response {
    if request.uri().path() != "/" || request.uri().query().is_some() {
        return next.run(request).await;
    }
    let asked = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = match Locale::preferred(asked) {
        Locale::Es => {
            let spanish = localized_path(Locale::Es, "/");
            (StatusCode::FOUND, [(header::LOCATION, spanish.as_str()), (header::CACHE_CONTROL, CachePolicy::Revalidate.header())])
                .into_response()
        }
        Locale::En => next.run(request).await,
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    response
}
