//! Fetching a source: one GET per hop, each to an address that was found public, all within limits, and what came as it came.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use domain::{CaptureFailure, Sha256Hex};
use http_body_util::Empty;
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::http1,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use serde::Serialize;
use tokio::time::{Instant, timeout, timeout_at};
use url::Url;

use crate::{
    Failed, Limits, Resolve, body,
    connect::{Connection, NotConnected, Tls},
    encoding,
    resolve::System,
    target::{Endpoint, Target, is_of_the_public_web},
};

/// How many addresses of a host are tried.
const ADDRESSES: usize = 3;

/// An answer that only led on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// What was asked for.
    pub url: String,
    /// With which status it led on.
    pub status: u16,
}

impl Hop {
    /// Whether it leads on for good (RFC 9110, sections 15.4.2 and 15.4.9).
    #[must_use]
    pub const fn is_for_good(&self) -> bool {
        matches!(self.status, 301 | 308)
    }
}

/// What is known of a source already, so that its host need not send it again (RFC 9110, section 13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The validator with which it came (`ETag`).
    pub etag: Option<String>,
    /// When it was last changed (`Last-Modified`).
    pub last_modified: Option<String>,
}

impl Seen {
    /// What the headers say with which it came.
    #[must_use]
    pub fn in_headers(headers: &[(String, String)]) -> Self {
        let of = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
        Self { etag: of("etag"), last_modified: of("last-modified") }
    }

    /// As headers of a request; what can't be one is left out.
    fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let of = |name, value: &Option<String>| Some((name, HeaderValue::from_str(value.as_deref()?).ok()?));
        [of(header::IF_NONE_MATCH, &self.etag), of(header::IF_MODIFIED_SINCE, &self.last_modified)].into_iter().flatten()
    }
}

/// What a host answers to who has seen a source already.
#[derive(Clone, Debug)]
pub enum Answered {
    /// It is as it was.
    AsBefore {
        /// Where it is, after all redirects.
        final_url: String,
        /// The answers that led there.
        hops: Vec<Hop>,
    },
    /// It, whether it has changed or not.
    With(Box<Fetched>),
}

/// What came, as it came.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where it came from, after all redirects.
    pub final_url: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers in their order; bytes that are no UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The answers that led here.
    pub hops: Vec<Hop>,
    /// The body as it came: packed, where the host packed it unasked.
    pub bytes: Bytes,
    /// The body unpacked; `None` where it was packed in a way that nobody here knows.
    pub unpacked: Option<Bytes>,
    /// Its name.
    pub sha256: Sha256Hex,
}

impl Fetched {
    /// What a header says; of several of one name the first.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

/// Fetches sources.
#[derive(Clone, Debug)]
pub struct Fetcher {
    tls: Tls,
    resolver: Arc<dyn Resolve>,
    agent: HeaderValue,
    limits: Limits,
    #[cfg(feature = "testing")]
    allowed: Vec<SocketAddr>,
}

impl Fetcher {
    /// One that says for which site it asks.
    ///
    /// # Errors
    /// If there can be no encryption.
    pub fn new(site: &str) -> io::Result<Self> {
        let agent = format!("Pledgebook/{} (keeps copies of sources; +{site})", env!("CARGO_PKG_VERSION"));
        Ok(Self {
            tls: Tls::new()?,
            resolver: Arc::new(System),
            agent: HeaderValue::from_str(&agent).map_err(io::Error::other)?,
            limits: Limits::default(),
            #[cfg(feature = "testing")]
            allowed: Vec::new(),
        })
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// What it keeps to.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The same, which finds hosts in another way.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn resolving(self, resolver: Arc<dyn Resolve>) -> Self {
        Self { resolver, ..self }
    }

    /// The same, which may also connect to these addresses.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn allowing(self, allowed: Vec<SocketAddr>) -> Self {
        Self { allowed, ..self }
    }

    /// Fetches a source once. Cookies, credentials and where the request comes from are never sent, nor is any proxy asked.
    ///
    /// # Errors
    /// What kept it from being fetched.
    pub async fn fetch(&self, url: &str) -> Result<Fetched, Failed> {
        match self.fetch_unless(url, &Seen::default()).await? {
            Answered::With(fetched) => Ok(*fetched),
            Answered::AsBefore { .. } => Err(Failed::broken("nothing was said to be known, and the host says it is as before")),
        }
    }

    /// The same, unless it is still what was seen.
    ///
    /// # Errors
    /// What kept it from being fetched.
    pub async fn fetch_unless(&self, url: &str, seen: &Seen) -> Result<Answered, Failed> {
        let whole = Instant::now() + self.limits.whole;
        timeout_at(whole, self.follow(url, seen)).await.unwrap_or_else(|_| Err(Failed::too_slow("the whole of it")))
    }

    async fn follow(&self, url: &str, seen: &Seen) -> Result<Answered, Failed> {
        let mut url = Url::parse(url).map_err(|_| Failed::not_allowed())?;
        let mut hops: Vec<Hop> = Vec::new();
        loop {
            let target = Target::of(url, |endpoint, port| self.may_be(endpoint, port))?;
            let response = self.ask(&target, seen).await?;
            let status = response.status().as_u16();
            let leads_on = matches!(status, 301 | 302 | 303 | 307 | 308);
            let location = leads_on.then(|| response.headers().get(header::LOCATION)).flatten();
            if let Some(location) = location {
                if hops.len() >= self.limits.redirects {
                    let detail = format!("given up: it leads on more than {} times", self.limits.redirects);
                    return Err(Failed::new(CaptureFailure::TooManyRedirects, detail));
                }
                let next = std::str::from_utf8(location.as_bytes()).ok().and_then(|next| target.url.join(next).ok());
                hops.push(Hop { url: target.url.into(), status });
                url = next.ok_or_else(Failed::not_allowed)?;
                continue;
            }
            if status == 304 && seen.headers().next().is_some() {
                return Ok(Answered::AsBefore { final_url: target.url.into(), hops });
            }
            if !response.status().is_success() {
                return Err(Failed {
                    status: Some(status),
                    wait: retry_after(response.headers()),
                    ..Failed::new(CaptureFailure::of_status(status), format!("the host answered with status {status}"))
                });
            }
            let headers = told(response.headers());
            let bytes = body::take(response.into_body(), &self.limits).await?;
            let unpacked = self.unpack(&bytes, &headers).await?;
            let sha256 = Sha256Hex::of(&bytes);
            let fetched = Fetched { final_url: target.url.into(), status, headers, hops, bytes, unpacked, sha256 };
            return Ok(Answered::With(Box::new(fetched)));
        }
    }

    /// Sends one request, and gives the answer with its body still to come.
    async fn ask(&self, target: &Target, seen: &Seen) -> Result<Response<Incoming>, Failed> {
        let connection = self.connect(target).await?;
        let (mut sender, connection) = http1::Builder::new()
            .max_headers(self.limits.headers)
            .max_buf_size(self.limits.header_bytes)
            .handshake::<_, Empty<Bytes>>(connection)
            .await
            .map_err(Failed::broken)?;
        // It ends with the answer, or when nobody waits for the answer any more.
        tokio::spawn(connection);
        let mut request = Request::get(target.path_and_query())
            .header(header::HOST, target.authority())
            .header(header::USER_AGENT, self.agent.clone())
            .header(header::ACCEPT, "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5")
            // What comes unpacked is what readers see, and has the same SHA-256 for everybody.
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::CONNECTION, "close")
            .body(Empty::new())
            .map_err(Failed::broken)?;
        request.headers_mut().extend(seen.headers());
        let answer = timeout(self.limits.silence, sender.send_request(request)).await;
        answer.map_err(|_| Failed::too_slow("waiting for an answer"))?.map_err(Failed::broken)
    }

    /// The body as it was before its host packed it.
    async fn unpack(&self, bytes: &Bytes, headers: &[(String, String)]) -> Result<Option<Bytes>, Failed> {
        let packed_as = headers.iter().filter(|(name, _)| name == "content-encoding").map(|(_, how)| how.as_str());
        let packed_as = packed_as.collect::<Vec<_>>().join(",");
        if packed_as.is_empty() {
            return Ok(Some(bytes.clone()));
        }
        let (bytes, limit) = (bytes.clone(), self.limits.bytes);
        let unpacking = move || {
            let unpacked = encoding::unpack(&bytes, &packed_as, limit)?;
            Ok(unpacked.map(|unpacked| Bytes::from(unpacked.into_owned())))
        };
        tokio::task::spawn_blocking(unpacking).await.map_err(Failed::broken)?
    }

    /// Connects to one of the host's addresses, all of which must be public.
    async fn connect(&self, target: &Target) -> Result<Connection, Failed> {
        let deadline = Instant::now() + self.limits.connect;
        let addresses = match &target.endpoint {
            Endpoint::Address(address) => vec![*address],
            Endpoint::Name(name) => {
                let found = timeout_at(deadline, self.resolver.resolve(name)).await;
                let found = found.map_err(|_| Failed::too_slow("looking up the host"))?;
                let found = found
                    .map_err(|error| Failed::new(CaptureFailure::NoSuchHost, format!("the host can't be found: {error}")))?;
                if found.is_empty() {
                    return Err(Failed::new(CaptureFailure::NoSuchHost, "the host has no address"));
                }
                found
            }
        };
        let addresses: Vec<SocketAddr> = addresses.into_iter().map(|address| (address, target.port).into()).collect();
        // One that is not public among others is no oversight.
        if !addresses.iter().all(|address| self.may_reach(*address)) {
            return Err(Failed::not_allowed());
        }
        let mut failed = Failed::too_slow("reaching the host");
        for address in addresses.into_iter().take(ADDRESSES) {
            let connected = timeout_at(deadline, self.tls.connect(address, &target.host(), target.encrypted)).await;
            failed = match connected {
                Ok(Ok(connection)) => return Ok(connection),
                Ok(Err(NotConnected::Unreachable(error))) => {
                    Failed::new(CaptureFailure::Unreachable, format!("the host can't be reached: {error}"))
                }
                Ok(Err(NotConnected::NotSecure(error))) => {
                    Failed::new(CaptureFailure::NotSecure, format!("the connection is not secure: {error}"))
                }
                Err(_) => return Err(Failed::too_slow("reaching the host")),
            };
        }
        Err(failed)
    }

    /// Whether a URL may lead there, as far as its text tells.
    #[cfg_attr(not(feature = "testing"), expect(clippy::unused_self, reason = "only tests allow more than what is public"))]
    fn may_be(&self, endpoint: &Endpoint, port: u16) -> bool {
        #[cfg(feature = "testing")]
        match endpoint {
            Endpoint::Address(address) if self.allowed.contains(&(*address, port).into()) => return true,
            Endpoint::Name(_) if self.allowed.iter().any(|allowed| allowed.port() == port) => return true,
            _ => {}
        }
        is_of_the_public_web(endpoint, port)
    }

    /// Whether this very address may be connected to.
    #[cfg_attr(not(feature = "testing"), expect(clippy::unused_self, reason = "only tests allow more than what is public"))]
    fn may_reach(&self, address: SocketAddr) -> bool {
        #[cfg(feature = "testing")]
        if self.allowed.contains(&address) {
            return true;
        }
        crate::is_public(address.ip())
    }
}

fn told(headers: &HeaderMap) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}

/// How long a host asks to be left alone, where it says so in seconds (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}
