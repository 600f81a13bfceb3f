//! The one cookie of the site: who is signed in. Public pages neither read nor set it.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use store::Secret;

/// Its name: browsers take one that begins so only from this very host, over an encrypted connection, for all its paths
/// (RFC 6265bis, section 4.1.3.2), so that no neighbour can plant another.
pub(crate) const NAME: &str = "__Host-pledgebook";

/// How long browsers keep it; the session behind it may end sooner.
const MAX_AGE: u32 = 7 * 24 * 60 * 60;

/// What the cookie of a request holds.
pub(crate) fn read(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let named = |pair: &'_ str| pair.trim().strip_prefix(NAME).and_then(|rest| rest.strip_prefix('=')).is_some();
    pairs.into_iter().find(|pair| named(pair)).and_then(|pair| pair.split_once('=')).map(|(_, value)| value.trim())
}

/// Gives the browser a new one.
pub(crate) fn give(response: &mut Response, secret: &Secret) {
    set(response, &format!("{NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={MAX_AGE}", secret.reveal()));
}

/// Takes it away.
pub(crate) fn take(response: &mut Response) {
    set(response, &format!("{NAME}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(mut value) = HeaderValue::from_str(cookie) {
        value.set_sensitive(true);
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_among_others() {
        let read_from = |cookie: &str| {
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())]);
            read(&headers).map(str::to_owned)
        };
        assert_eq!(read_from("a=b; __Host-pledgebook=x-_1; c=d").as_deref(), Some("x-_1"));
        for other in ["pledgebook=x", "__Host-pledgebook2=x", "a=__Host-pledgebook", "__Host-pledgebook"] {
            assert_eq!(read_from(other), None, "{other}");
        }
    }
}
