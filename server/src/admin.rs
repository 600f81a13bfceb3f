//! The admin listener: figures for whoever runs the server, at an address of their own that the public never reaches.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use tokio::{net::TcpListener, sync::Mutex, time::Instant};
use tracing::{error, warn};

use crate::{
    metrics::{CONTENT_TYPE, Links, Process, Snapshot},
    state::AppState,
};

/// How long the database may take to answer before the figures go without it.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long the states of all links hold good: counting them goes through them all.
const COUNTED: Duration = Duration::from_mins(1);

/// What the admin listener knows.
#[derive(Clone, Debug)]
struct Admin {
    state: AppState,
    started: DateTime<Utc>,
    links: Arc<Mutex<Option<(Instant, Links)>>>,
}

/// What the admin listener answers: `/metrics`, and nothing else.
pub fn router(state: AppState) -> Router {
    let started = state.clock.now();
    let admin = Admin { state, started, links: Arc::default() };
    let nothing = async || (StatusCode::NOT_FOUND, "here is only /metrics\n");
    Router::new().route("/metrics", get(metrics)).fallback(nothing).with_state(admin)
}

/// Answers whoever runs the server, until the server ends.
pub(crate) async fn serve(listener: TcpListener, state: AppState) {
    if let Err(error) = axum::serve(listener, router(state)).await {
        error!(%error, "the admin listener has ended");
    }
}

async fn metrics(State(admin): State<Admin>) -> Response {
    let record = match tokio::time::timeout(PATIENCE, admin.record()).await {
        Ok(Ok(record)) => Some(record),
        Ok(Err(error)) => {
            warn!(%error, "the figures go without the record");
            None
        }
        Err(_) => {
            warn!("the figures go without the record: the database does not answer in {} seconds", PATIENCE.as_secs());
            None
        }
    };
    let store = &admin.state.store;
    let snapshot = Snapshot {
        answers: Arc::clone(&admin.state.answers),
        kept: Arc::clone(&admin.state.kept),
        process: Process::now(admin.started),
        engine: store.engine(),
        pool: store.pool(),
        record,
    };
    match snapshot.text() {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Admin {
    async fn record(&self) -> Result<(store::Vitals, Links), store::StoreError> {
        let vitals = self.state.store.vitals(self.state.clock.now()).await?;
        let mut counted = self.links.lock().await;
        let fresh = counted.as_ref().filter(|(at, _)| at.elapsed() < COUNTED).map(|(_, links)| Arc::clone(links));
        let links = match fresh {
            Some(links) => links,
            None => self.state.store.link_states().await?.into(),
        };
        if counted.as_ref().is_none_or(|(at, _)| at.elapsed() >= COUNTED) {
            *counted = Some((Instant::now(), Arc::clone(&links)));
        }
        Ok((vitals, links))
    }
}
