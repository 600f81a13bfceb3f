//! Whether the server lives and can work.

use std::time::{Duration, Instant};

use axum::{body::Body, http::Request};
use futures_util::future::join_all;
use server::{Front, clock::Clock, state::AppState};
use store::{Engine, on_both_engines, testing::TestStore};
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

#[tokio::test]
async fn a_database_that_takes_questions_and_never_answers_is_told_as_such() {
    let site = Site::with_example(Engine::Postgres).await;
    let lock = site.test.lock("record_state").await;
    let begun = Instant::now();
    for answer in
        join_all((0..8).map(|number| site.send(Request::get(format!("/method?n={number}")).body(Body::empty()).unwrap()))).await
    {
        answer.assert_status(503);
    }
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    lock.release().await;
    site.get("/pledges").await.assert_ok();
}

#[tokio::test]
async fn after_a_fault_nobody_waits_for_the_next_in_turn() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/pledges/april-summit").await.assert_ok();
    site.test.sql("alter table citation rename to lost").await.unwrap();
    let (_, before) = site.router.hits_and_misses();
    for answer in join_all((0..16).map(|_| site.get("/es/pledges/april-summit"))).await {
        answer.assert_status(503);
    }
    assert_eq!(site.router.hits_and_misses().1, before + 1, "they tried one after the other");
}
