//! What is said to programs that come by themselves: where they may go, and to people whom to tell of a weakness.

use app::page::CachePolicy;
use axum::{
    Router,
    extract::State,
    http::{Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{Days, NaiveTime};

use super::pages;
use crate::state::AppState;

/// For how long the word on whom to tell holds; RFC 9116 (section 2.5.5) recommends less than a year.
const VALID: Days = Days::new(180);

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/robots.txt", get(robots)).route("/.well-known/security.txt", get(security))
}

/// Every public page may be read (RFC 9309). Not gone through are pages at other moments, of which there is no end, and what
/// shows another page's content once more.
async fn robots(State(state): State<AppState>) -> Response {
    text(format!(
        "User-agent: *\nAllow: /\nDisallow: /*?as_of=\nDisallow: /*&as_of=\nDisallow: /*?known_at=\nDisallow: /*&known_at=\n\
         Disallow: /embed/\nDisallow: /es/embed/\nDisallow: /pledges/*/compare\nDisallow: /es/pledges/*/compare\n\n\
         Sitemap: {}/sitemap.xml\n",
        state.site
    ))
}

/// `security.txt` (RFC 9116), where a contact is set; without one there would be nothing to say.
async fn security(State(state): State<AppState>, uri: Uri) -> Response {
    let Some(contact) = &state.security_contact else { return pages::nothing_here(State(state), uri).await };
    // To the day, so that the file changes once a day and not with every request.
    let expires = state.clock.now().with_time(NaiveTime::MIN).single().and_then(|today| today.checked_add_days(VALID));
    let expires = expires.unwrap_or_else(|| state.clock.now()).format("%Y-%m-%dT%H:%M:%SZ");
    text(format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en, es\nCanonical: {}/.well-known/security.txt\n",
        state.site
    ))
}

fn text(text: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, CachePolicy::Revalidate.header())];
    (headers, text).into_response()
}
