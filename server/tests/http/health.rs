//! Whether the server lives and can work.

use axum::{body::Body, http::Request};
use server::{Front, clock::Clock, state::AppState};
use store::{on_both_engines, testing::TestStore};
use tower::ServiceExt;

use crate::site::{Site, now};

on_both_engines! {
    async fn ready_is_who_has_every_migration(engine) {
        Site::empty(engine).await.get("/readyz").await.assert_ok().assert_has("ready");
        let bare = TestStore::bare(engine).await;
        let router = Front::new(AppState::new(bare.store.clone(), Clock::stopped_at(now()), "http://localhost"));
        let request = |path: &str| Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(router.clone().oneshot(request("/readyz")).await.unwrap().status(), 503);
        assert_eq!(router.clone().oneshot(request("/healthz")).await.unwrap().status(), 200, "alive all the same");
    }

    async fn a_record_that_cannot_be_read_is_told_as_such(engine) {
        let bare = TestStore::bare(engine).await;
        let router = Front::new(AppState::new(bare.store.clone(), Clock::stopped_at(now()), "http://localhost"));
        let response = router.oneshot(Request::get("/pledges/a").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
}
