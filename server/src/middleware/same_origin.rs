//! No other site's page acts in a reader's name: whatever changes something must come from a page of this site.

use app::pages::people;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};

use crate::{
    auth::{locale_of, visit_of},
    state::AppState,
    web::pages::respond,
};

/// Refuses requests that may change something and do not come from here.
pub(crate) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if safe || from_here(request.headers(), &state.site) {
        return next.run(request).await;
    }
    let visit = visit_of(&state, locale_of(request.uri()), request.uri());
    respond(people::cross_site(visit.clone()), &visit, &state)
}

/// Whether a request comes from a page of this site, or from a program that no page can make send anything.
fn from_here(headers: &HeaderMap, site: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let cookie = headers.contains_key(header::COOKIE);
    // No page of another site knows a token, and without a cookie nothing else speaks for anybody.
    if !cookie
        && text("authorization").is_some_and(|value| value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer ")))
    {
        return true;
    }
    // What browsers say of the page that sends it (Fetch Metadata); older ones name its origin only.
    match (text("sec-fetch-site"), text("origin")) {
        (Some(from), _) => matches!(from, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == site || (host.is_some() && host == text("host"))
        }
        // No browser is that silent about what another site's page sends.
        (None, None) => !cookie,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_this_site_and_programs_may_change_something() {
        const SITE: &str = "https://pledges.example.org";
        let asked = |headers: &[(&'static str, &'static str)]| {
            let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            from_here(&headers.collect(), SITE)
        };
        let cookie = ("cookie", "__Host-pledgebook=x");
        for good in [
            &[("sec-fetch-site", "same-origin"), cookie][..],
            &[("sec-fetch-site", "none"), cookie],
            &[("origin", SITE), cookie],
            &[("origin", "http://localhost:3000"), ("host", "localhost:3000"), cookie],
            &[("authorization", "Bearer x")],
            &[("authorization", "Bearer x"), ("origin", "https://evil.example")],
            &[],
        ] {
            assert!(asked(good), "{good:?}");
        }
        for evil in [
            &[("sec-fetch-site", "cross-site"), cookie][..],
            &[("sec-fetch-site", "same-site"), cookie],
            &[("sec-fetch-site", "cross-site"), ("origin", SITE), cookie],
            &[("sec-fetch-site", "cross-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null"), cookie],
            &[("origin", "https://pledges.example.org.evil.example"), cookie],
            &[("authorization", "Bearer x"), cookie],
            &[("authorization", "Basic x"), ("origin", "https://evil.example")],
            &[cookie],
        ] {
            assert!(!asked(evil), "{evil:?}");
        }
    }
}
