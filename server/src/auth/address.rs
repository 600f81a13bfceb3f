//! From where somebody asks: attempts to sign in are counted by it.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use crate::state::AppState;

/// Where nobody is connected.
const UNKNOWN: &str = "unknown";

/// The address that somebody asks from, as far as one household or office shares it.
#[derive(Clone, Debug)]
pub(crate) struct Peer(pub(crate) String);

impl FromRequestParts<AppState> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let address = if state.behind_proxy { forwarded(&parts.headers).or_else(peer) } else { peer() };
        Ok(Self(address.map_or_else(|| UNKNOWN.to_owned(), shared)))
    }
}

impl Peer {
    /// Whether somebody asks from this very machine, or the site itself.
    pub(crate) fn is_this_machine(&self) -> bool {
        // What no connection brought is asked by the site of itself.
        if self.0 == UNKNOWN {
            return true;
        }
        // Of IPv6 only the network is known, which for `::1` has nobody else.
        self.0.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()) || self.0 == "0:0:0:0::/64"
    }
}

/// The address that the proxy before this server has added; those before it are what somebody claims.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

/// An address as it counts.
pub(crate) fn shared(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        // One line has a whole network of 64 bits (RFC 6177); each of its addresses would have attempts of its own.
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_was_forwarded_the_last_address_is_the_proxys_word() {
        let of = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            forwarded(&headers).map(|address| address.to_string())
        };
        assert_eq!(of(&["192.0.2.9, 192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(of(&["192.0.2.9", "192.0.2.8,2001:db8::1"]).as_deref(), Some("2001:db8::1"));
        assert_eq!((of(&[]), of(&["192.0.2.9, unknown"])), (None, None));
    }

    #[test]
    fn all_addresses_of_one_line_are_the_same() {
        let of = |text: &str| shared(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
