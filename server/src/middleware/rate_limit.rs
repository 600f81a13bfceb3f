//! How often one address may ask for what has to be made: a burst, and then so many a second. What is kept costs nothing and is not
//! counted, nor are the files that pages load; neither is this machine itself.

use std::{num::NonZeroU32, sync::Arc};

use app::pages;
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use domain::Moment;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::{
    auth::{Peer, locale_of},
    state::AppState,
    web::pages::{respond, visit},
};

/// How many seconds' worth may come at once.
const BURST: u32 = 10;

/// The rates of all addresses.
#[derive(Clone, Debug)]
pub struct Rates(Arc<DefaultKeyedRateLimiter<String>>);

impl Rates {
    /// So many requests a second from each address.
    #[must_use]
    pub fn of(a_second: NonZeroU32) -> Self {
        let burst = a_second.saturating_mul(NonZeroU32::MIN.saturating_add(BURST - 1));
        Self(Arc::new(RateLimiter::keyed(Quota::per_second(a_second).allow_burst(burst))))
    }

    /// For how many seconds an address is to wait, if it is to.
    fn wait(&self, address: &str) -> Option<u64> {
        let clock = DefaultClock::default();
        let refused = self.0.check_key(&address.to_owned()).err()?;
        Some(refused.wait_time_from(clock.now()).as_secs() + 1)
    }

    /// Forgets the addresses from which nothing came lately.
    pub fn forget(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}

/// Answers 429 to who asks too often.
pub(crate) async fn keep(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(rates) = state.rates.clone() else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let Ok(peer) = Peer::from_request_parts(&mut parts, &state).await;
    // Files are there already; and without them the answer below would be hard to read.
    let is_free = peer.is_this_machine() || parts.uri.path().starts_with("/pkg/");
    let wait = if is_free { None } else { rates.wait(&peer.0) };
    let Some(wait) = wait else { return next.run(Request::from_parts(parts, body)).await };
    let visit = visit(&state, locale_of(&parts.uri), &parts.uri, Moment::now(state.now()));
    let mut response = respond(pages::too_often(&visit, wait), &visit, &state);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_and_then_so_many_a_second() {
        let rates = Rates::of(NonZeroU32::new(2).unwrap());
        let allowed = (0..30).filter(|_| rates.wait("192.0.2.1").is_none()).count();
        assert!((20..=21).contains(&allowed), "{allowed}");
        assert!(rates.wait("192.0.2.1").is_some_and(|seconds| seconds == 1));
        assert!(rates.wait("192.0.2.2").is_none(), "another address has its own");
    }
}
