//! What stands before the router: public answers are made once for an edition of the record and kept, as they are and packed,
//! and whoever has one already is told so.
//!
//! Kept is what everybody sees alike: the answer to a GET without a session or a token, that a cache may keep by its own word
//! (`Cache-Control: public`) and whose size is known. It holds for one edition and one day, since pledges fall due at midnight
//! without anybody publishing. Of those that ask for the same at once, one makes it and the others wait for it.

mod encoding;
mod kept;
mod validators;

use std::{
    convert::Infallible,
    future::{Future, Ready, ready},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use domain::Locale;
use futures_util::future::Either;
use http_body_util::BodyExt;
use quick_cache::{Weighter, sync::Cache};
use tower::{Service, ServiceExt};
use tracing::error;

pub(crate) use self::encoding::Encoding;
use self::{
    kept::{Good, Kept},
    validators::Known,
};
use crate::{
    auth,
    middleware::{request_id, settled::of_time},
    router,
    state::AppState,
};

/// What is longer is not kept; such answers are written while they are sent.
const LARGEST: usize = 2 << 20;

/// Longer addresses are answered and forgotten: hardly anybody asks for one again.
const LONGEST: usize = 1024;

/// For how long it is remembered that the answer at an address can't be kept.
const PASSED: Duration = Duration::from_secs(10);

/// After a fault all who waited for the same ask for themselves for so long: one after the other they would wait too long.
const FAULTY: Duration = Duration::from_secs(1);

/// About how large an answer is in its three forms.
const USUAL: usize = 32 << 10;

/// Answers every request, from what is kept where that can be. Clones share what is kept.
#[derive(Clone, Debug)]
pub struct Front(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: AppState,
    router: Router,
    cache: Cache<String, Held, Weight>,
}

/// How often an answer was kept already.
#[derive(Debug, Default)]
pub struct Figures {
    hits: AtomicU64,
    misses: AtomicU64,
}

impl Figures {
    /// How often an answer was kept already.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// How often one was made to be kept.
    #[must_use]
    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }
}

/// What is known of the answer at an address.
#[derive(Clone, Debug)]
enum Held {
    /// It was made.
    Kept(Arc<Kept>),
    /// It can't be kept, as far as was seen until then.
    Passed(Instant),
}

impl Held {
    /// Whether it holds at a point.
    fn holds(&self, at: Good) -> bool {
        match self {
            Self::Kept(kept) => kept.is_good(at),
            Self::Passed(until) => Instant::now() < *until,
        }
    }
}

#[derive(Clone, Debug)]
struct Weight;

impl Weighter<String, Held> for Weight {
    fn weight(&self, key: &String, held: &Held) -> u64 {
        // The key, and about what the table takes.
        let own = key.len() + 512;
        let body = if let Held::Kept(kept) = held { kept.weight() } else { 0 };
        (own + body) as u64
    }
}

impl Front {
    /// The whole site: what is kept of it, and the router behind.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        let room = state.room;
        let cache = Cache::with_weighter((room / USUAL).max(64), room as u64, Weight);
        let router = router(state.clone());
        Self(Arc::new(Shared { state, router, cache }))
    }

    /// How often an answer was found, and how often it was not.
    #[must_use]
    pub fn hits_and_misses(&self) -> (u64, u64) {
        (self.0.state.kept.hits(), self.0.state.kept.misses())
    }

    /// How many bytes are kept.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.0.cache.weight()
    }

    /// What is kept at an address, if it still holds. Never waits.
    fn find(&self, address: &str) -> Option<Arc<Kept>> {
        let Some(Held::Kept(kept)) = self.0.cache.get(address) else { return None };
        let edition = self.0.state.store.held_edition()?;
        kept.is_good(Good { edition: edition.number, day: self.0.state.now().date_naive() }).then_some(kept)
    }

    async fn make(self, address: String, asked: Asked, mut request: Request<Body>) -> Response {
        let edition = match self.0.state.store.edition().await {
            Ok(edition) => edition,
            Err(error) => {
                // The page need not find out anew, which takes as long again.
                error!(%error, "the record can't be read");
                request.extensions_mut().insert(Unreadable);
                return self.pass(asked, request).await;
            }
        };
        let now = self.0.state.now();
        let good = Good { edition: edition.number, day: now.date_naive() };
        loop {
            match self.0.cache.get_value_or_guard_async(&address).await {
                Ok(old) if !old.holds(good) => _ = self.0.cache.remove_if(&address, |held| !held.holds(good)),
                Ok(Held::Passed(_)) => return self.pass(asked, request).await,
                Ok(Held::Kept(kept)) => {
                    self.0.state.kept.hits.fetch_add(1, Ordering::Relaxed);
                    let mut response = kept.answer(&asked);
                    request_id::told(request.headers(), self.0.state.behind_proxy, response.headers_mut());
                    return response;
                }
                Err(guard) => {
                    self.0.state.kept.misses.fetch_add(1, Ordering::Relaxed);
                    // Whole, for those who will ask for it with GET.
                    *request.method_mut() = Method::GET;
                    let (mut parts, body) = self.answer(request).await.into_parts();
                    let whole = body.size_hint().exact().is_some_and(|size| size <= LARGEST as u64);
                    if !whole || !kept::may_be(&parts) {
                        // Who asks too often is told so, which says nothing of the answer: the next who waits makes it.
                        if parts.status != StatusCode::TOO_MANY_REQUESTS {
                            let passed = if parts.status.is_server_error() { FAULTY } else { PASSED };
                            _ = guard.insert(Held::Passed(Instant::now() + passed));
                        }
                        return finish(&asked, Response::from_parts(parts, body)).await;
                    }
                    let Ok(body) = body.collect().await else { return failed() };
                    // The id is this request's alone.
                    let id = parts.headers.remove(request_id::NAME);
                    let kept = Arc::new(Kept::new(parts, body.to_bytes(), good, edition, now));
                    _ = guard.insert(Held::Kept(kept.clone()));
                    let mut response = kept.answer(&asked);
                    response.headers_mut().extend(id.map(|id| (request_id::NAME, id)));
                    return response;
                }
            }
        }
    }

    /// The answer of the router, which nobody keeps.
    async fn pass(&self, asked: Asked, request: Request<Body>) -> Response {
        finish(&asked, self.answer(request).await).await
    }

    async fn answer(&self, request: Request<Body>) -> Response {
        let Ok(response) = self.0.router.clone().oneshot(request).await;
        response
    }
}

/// Marks a request for which the record can't be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unreadable;

/// What of a request decides about the form of its answer.
#[derive(Debug)]
struct Asked {
    method: Method,
    encoding: Encoding,
    accepts: Option<HeaderValue>,
    known: Known,
}

impl Asked {
    fn of<B>(request: &Request<B>) -> Self {
        let headers = request.headers();
        Self {
            method: request.method().clone(),
            encoding: Encoding::accepted(headers),
            accepts: headers.get(header::ACCEPT_ENCODING).cloned(),
            known: Known::of(headers),
        }
    }
}

/// The address under which the answer may be kept, if it may.
fn address_of<B>(request: &Request<B>) -> Option<&str> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let (uri, headers) = (request.uri(), request.headers());
    let address = uri.path_and_query()?.as_str();
    let personal = headers.contains_key(header::AUTHORIZATION) || auth::cookie::read(headers).is_some();
    // Mementos are negotiated (RFC 7089); files bring their own packing; the first page sends readers of Spanish on.
    let negotiated = headers.contains_key("accept-datetime") || address.starts_with("/pkg/");
    // What needs no record must not wait for one.
    let by_itself = ["/healthz", "/readyz", "/robots.txt", "/.well-known/"].iter().any(|path| address.starts_with(path));
    let elsewhere = || {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        address == "/" && Locale::preferred(accepted) != Locale::En
    };
    let empty = !headers.contains_key(header::TRANSFER_ENCODING)
        && headers.get(header::CONTENT_LENGTH).is_none_or(|length| length == "0");
    let plain =
        address.len() <= LONGEST && empty && !personal && !negotiated && !by_itself && !auth::at_desk(uri.path()) && !elsewhere();
    // What the record will have said at a time that has not come is another answer when it has, however it is asked for.
    (plain && !uri.query().is_some_and(of_time)).then_some(address)
}

impl<B> Service<Request<B>> for Front
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let asked = Asked::of(&request);
        let address = address_of(&request);
        if let Some(kept) = address.and_then(|address| self.find(address)) {
            self.0.state.kept.hits.fetch_add(1, Ordering::Relaxed);
            let mut response = kept.answer(&asked);
            request_id::told(request.headers(), self.0.state.behind_proxy, response.headers_mut());
            return Either::Left(ready(Ok(response)));
        }
        let address = address.map(str::to_owned);
        let mut request = request.map(Body::new);
        // What is kept is kept whole and unpacked; who has it already is found out here.
        for name in [header::ACCEPT_ENCODING, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
            if address.is_some() || name == header::ACCEPT_ENCODING && !request.uri().path().starts_with("/pkg/") {
                request.headers_mut().remove(name);
            }
        }
        let front = self.clone();
        Either::Right(Box::pin(async move {
            Ok(match address {
                Some(address) => front.make(address, asked, request).await,
                None => front.pass(asked, request).await,
            })
        }))
    }
}

/// The answer as it was asked for: with nothing in it for who has it already, else packed.
async fn finish(asked: &Asked, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if parts.status == StatusCode::OK && asked.known.matches(&parts.headers) {
        validators::unchanged(&mut parts);
        return Response::from_parts(parts, Body::empty());
    }
    let body = if asked.method == Method::HEAD { Body::empty() } else { body };
    encoding::pack(asked.accepts.clone(), Response::from_parts(parts, body)).await
}

fn failed() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
