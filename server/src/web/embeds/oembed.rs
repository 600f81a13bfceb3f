//! oEmbed 1.0 (<https://oembed.com>): given the address of a pledge's page, how to show the pledge.

use app::{
    card,
    page::CachePolicy,
    pages::{EMBED_SIZE, embed_html},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::{Locale, Params, Slug};
use serde_json::{Value, json};
use tracing::error;
use url::Url;

use crate::{state::AppState, web::pages::asked};

/// The least width and height in which an embed can be read.
const LEAST: (u32, u32) = (220, 120);

/// The answer, for programs in browsers too: it tells nobody anything but what is public.
pub(super) async fn answer(State(state): State<AppState>, uri: Uri) -> Response {
    let params = Params::parse(uri.query().unwrap_or_default());
    let mut response = match described(&state, &params).await {
        Ok(described) => {
            let headers = [(header::CACHE_CONTROL, CachePolicy::Revalidate.header())];
            (headers, Json(described)).into_response()
        }
        Err((status, why)) => {
            let headers =
                [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, CachePolicy::Never.header())];
            (status, headers, why).into_response()
        }
    };
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

type No = (StatusCode, &'static str);

const NOTHING: No = (StatusCode::NOT_FOUND, "url is not the address of a pledge of this record");

async fn described(state: &AppState, params: &Params) -> Result<Value, No> {
    if params.get("format").is_some_and(|format| format != "json") {
        return Err((StatusCode::NOT_IMPLEMENTED, "only format=json is answered"));
    }
    let page = params.get("url").ok_or((StatusCode::BAD_REQUEST, "the parameter url is missing"))?;
    let (locale, slug, query) = pledge_at(&state.site, page).ok_or(NOTHING)?;
    let most = |name: &str| match params.get(name).map(str::parse::<u32>) {
        None => Ok(u32::MAX),
        Some(Ok(most)) if most > 0 => Ok(most),
        Some(_) => Err((StatusCode::BAD_REQUEST, "maxwidth and maxheight are numbers of pixels")),
    };
    let (max_width, max_height) = (most("maxwidth")?, most("maxheight")?);
    if max_width < LEAST.0 || max_height < LEAST.1 {
        return Err((StatusCode::NOT_FOUND, "there is no embed as small as that"));
    }
    // The address as readers have it may ask for another moment; so does what is embedded then.
    let uri: Uri = format!("/?{query}").parse().map_err(|_| NOTHING)?;
    let visit = asked(state, locale, &uri).map_err(|_| NOTHING)?.visit;
    let pledge = state.store.pledge(&slug, visit.moment).await.map_err(|error| {
        error!(%error, "the pledge to embed could not be read");
        (StatusCode::SERVICE_UNAVAILABLE, "the record can't be read just now")
    })?;
    let pledge = pledge.ok_or(NOTHING)?;
    let (width, height) = (EMBED_SIZE.0.min(max_width), EMBED_SIZE.1.min(max_height));
    let mut described = json!({
        "version": "1.0",
        "type": "rich",
        "title": visit.words(&pledge.title),
        "provider_name": "Pledgebook",
        "provider_url": format!("{}/", state.site),
        "cache_age": 3600,
        "html": embed_html(&visit, &pledge, (width, height)),
        "width": width,
        "height": height,
    });
    // A thumbnail must obey the same bounds (section 2.3.4.1).
    if card::SIZE.0 <= max_width && card::SIZE.1 <= max_height {
        described["thumbnail_url"] = card::linked(&visit, &pledge).href.into();
        described["thumbnail_width"] = card::SIZE.0.into();
        described["thumbnail_height"] = card::SIZE.1.into();
    }
    Ok(described)
}

/// The pledge whose page an address is, in which language, and with which query; `None` if it is no such page of this site.
fn pledge_at(site: &str, page: &str) -> Option<(Locale, Slug, String)> {
    let (page, site) = (Url::parse(page).ok()?, Url::parse(site).ok()?);
    // People paste addresses with http for https; the host and its port say whose page it is.
    let same = page.host() == site.host() && page.port() == site.port() && matches!(page.scheme(), "http" | "https");
    let path = page.path().trim_end_matches('/');
    let (locale, path) = path.strip_prefix("/es/").map_or((Locale::En, path), |_| (Locale::Es, &path[3..]));
    let slug = path.strip_prefix("/pledges/").filter(|_| same)?.parse().ok()?;
    Some((locale, slug, page.query().unwrap_or_default().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_pledges_of_this_site_are_known() {
        let at = |page: &str| {
            pledge_at("https://pledges.example.org", page).map(|(locale, slug, query)| (locale, slug.to_string(), query))
        };
        let is = |locale, query: &str| Some((locale, "a-b".to_owned(), query.to_owned()));
        assert_eq!(at("https://pledges.example.org/pledges/a-b"), is(Locale::En, ""));
        assert_eq!(at("http://pledges.example.org/es/pledges/a-b/?as_of=2024-01-01#x"), is(Locale::Es, "as_of=2024-01-01"));
        for page in [
            "https://evil.example/pledges/a-b",
            "https://pledges.example.org:8443/pledges/a-b",
            "https://pledges.example.org@evil.example/pledges/a-b",
            "https://pledges.example.org/parties/a-b",
            "https://pledges.example.org/pledges/a-b/c",
            "https://pledges.example.org/pledges/",
            "javascript:alert(1)",
            "a-b",
        ] {
            assert_eq!(at(page), None, "{page}");
        }
    }
}
