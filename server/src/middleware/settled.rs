//! What the record said at a time is the same whenever somebody asks.
//!
//! An answer for a former moment is made of what is there today, from which is taken back what came later. Where something is
//! published while that goes on, it may not know of it yet, and is made again.

use axum::{
    body::Body,
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use domain::Params;
use store::Store;

use crate::state::AppState;

/// How often an answer is made at most: somebody waits for it.
const TIMES: usize = 4;

/// Makes an answer of what was known at a time again as long as something was published meanwhile.
pub(crate) async fn settle(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !read || !request.uri().query().is_some_and(of_time) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    let again = || next.clone().run(Request::from_parts(parts.clone(), Body::empty()));
    settled(&state.store, again).await
}

/// Whether a query asks what the record said at a time, however the name is spelled. Most queries need not be read for that.
pub(crate) fn of_time(query: &str) -> bool {
    (query.contains("known_at") || query.contains('%')) && Params::parse(query).get("known_at").is_some()
}

/// Makes something of what was known at a time again as long as something was published meanwhile.
pub(crate) async fn settled<T, F: Future<Output = T>>(store: &Store, once: impl Fn() -> F) -> T {
    // Where the record can't be read just now, what is made says so, and need not do it again.
    let Ok(mut before) = store.edition_just_now().await else { return once().await };
    for _ in 1..TIMES {
        let made = once().await;
        match store.edition_just_now().await {
            Ok(after) if after != before => before = after,
            _ => return made,
        }
    }
    once().await
}
