//! What a URL asks for: whom to connect to, and what to say there. What is none of the public web is refused here, before
//! anything is looked up.

use std::net::IpAddr;

use url::{Host, Url};

use crate::Failed;

/// The ports on which web servers usually are. Others lead to mail servers and databases, which a request may harm.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Ends of names that are never public: RFC 6761, 6762, 7686, 8375, and what ICANN keeps for private networks.
const NOT_PUBLIC: [&str; 13] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "arpa",
    "onion",
    "test",
    "invalid",
];

/// Whom to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// A name, which is to be looked up.
    Name(String),
    /// An address.
    Address(IpAddr),
}

/// What a URL asks for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) url: Url,
    pub(crate) endpoint: Endpoint,
    pub(crate) port: u16,
    pub(crate) encrypted: bool,
}

impl Target {
    /// Reads a URL as browsers do (WHATWG URL Standard): then IPv4 in whatever spelling is IPv4.
    pub(crate) fn of(mut url: Url, may_be: impl Fn(&Endpoint, u16) -> bool) -> Result<Self, Failed> {
        let encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(Failed::not_allowed()),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failed::not_allowed());
        }
        let endpoint = match url.host() {
            Some(Host::Ipv4(address)) => Endpoint::Address(address.into()),
            Some(Host::Ipv6(address)) => Endpoint::Address(address.into()),
            Some(Host::Domain(name)) => Endpoint::Name(name.to_ascii_lowercase()),
            None => return Err(Failed::not_allowed()),
        };
        let port = url.port_or_known_default().unwrap_or(if encrypted { 443 } else { 80 });
        if !may_be(&endpoint, port) {
            return Err(Failed::not_allowed());
        }
        url.set_fragment(None);
        Ok(Self { url, endpoint, port, encrypted })
    }

    /// The name or address of the host, as certificates have it.
    pub(crate) fn host(&self) -> String {
        match &self.endpoint {
            Endpoint::Name(name) => name.trim_end_matches('.').to_owned(),
            Endpoint::Address(address) => address.to_string(),
        }
    }

    /// What stands in the `Host` header (RFC 9110, section 7.2).
    pub(crate) fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// What stands in the first line of the request (RFC 9112, section 3.2.1).
    pub(crate) fn path_and_query(&self) -> String {
        let path = self.url.path();
        self.url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
    }
}

/// Whether a URL may lead there, as far as its text tells.
pub(crate) fn is_of_the_public_web(endpoint: &Endpoint, port: u16) -> bool {
    PORTS.contains(&port)
        && match endpoint {
            Endpoint::Address(address) => crate::is_public(*address),
            Endpoint::Name(name) => {
                let name = name.trim_end_matches('.');
                let last = name.rsplit('.').next().unwrap_or_default();
                // A name without a dot is one of the machine's own network.
                name.contains('.') && !NOT_PUBLIC.contains(&last)
            }
        }
}
