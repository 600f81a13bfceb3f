//! What the API does not answer: each is a problem that says why (RFC 9457).

use axum::{body::Body, http::Request};
use serde_json::json;
use server::{Front, clock::Clock, state::AppState};
use store::{Engine, on_both_engines, testing::TestStore};
use tower::ServiceExt;

use super::{SITE, assert_fits, closed_description, problem_of};
use crate::site::{Site, now};

on_both_engines! {
    async fn a_record_that_cannot_be_read_is_a_problem_without_its_cause(engine) {
        let bare = TestStore::bare(engine).await;
        let router = Front::new(AppState::new(bare.store.clone(), Clock::stopped_at(now()), "http://localhost"));
        for path in ["/api/v1/pledges", "/api/v1/pledges/april-summit", "/api/v1/stats"] {
            let response = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), 503, "{path}");
            assert_eq!(response.headers()["content-type"], "application/problem+json");
            let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            let text = String::from_utf8_lossy(&body);
            assert!(!text.contains("table") && !text.contains("relation") && !text.contains("database"), "{text}");
        }
    }

    async fn wrong_parameters_are_named_one_by_one(engine) {
        let site = Site::with_example(engine).await;
        let document = closed_description(&site).await;
        let problem = problem_of(&site.get("/api/v1/pledges?status=broken&limit=0&cursor=x&as_of=2024-04&due=soon").await, 400);
        let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["as_of", "status", "due", "limit", "cursor"]);
        assert_eq!(problem["type"], format!("{SITE}/api#invalid-request"));
        assert_eq!(problem["errors"][3]["detail"], "must be a whole number from 1 to 100");
        assert_fits(&document, &json!({ "$ref": "#/components/schemas/Problem" }), &problem, "a problem");
        for (path, field) in [
            ("/api/v1/pledges?limit=101", "limit"),
            ("/api/v1/pledges?statsu=stalled", "statsu"),
            ("/api/v1/pledges?status=", "status"),
            ("/api/v1/parties?limit=5", "limit"),
            ("/api/v1/stats?cursor=0.1", "cursor"),
            ("/api/v1/pledges?q=%FF%FE", "q"),
            ("/api/v1/pledges?q=%00", "q"),
            ("/api/v1/pledges/april-summit?known_at=%00", "known_at"),
            ("/api/v1/pledges?%FF=1", "\u{fffd}"),
        ] {
            let problem = problem_of(&site.get(path).await, 400);
            assert_eq!(problem["errors"][0]["field"], field, "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in [
        "/api/v1",
        "/api/v1/nowhere",
        "/api/v1/record",
        "/api/v1/pledges/nowhere",
        "/api/v1/pledges/nowhere/history",
        "/api/v1/pledges/april-summit/nothing",
        "/api/v1/parties/nowhere",
        "/api/v1/meetings/nowhere",
        "/api/v1/topics/nowhere",
        "/api/v1/sources/nowhere",
        "/api/v1/pledges/%FF",
        "/api/v1/pledges/%00",
        "/api/v1/pledges/No%20Slug",
        "/api/v1/pledges/",
    ] {
        let problem = problem_of(&site.get(path).await, 404);
        assert_eq!(problem["type"], format!("{SITE}/api#not-found"), "{path}");
    }
    site.get("/api/v1/").await.assert_status(308).assert_header("location", "/api/v1");
    site.get("/api/v2").await.assert_status(404).assert_has("<h1>");
}

#[tokio::test]
async fn it_can_only_be_read() {
    let site = Site::with_example(Engine::Sqlite).await;
    for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"] {
        for path in ["/api/v1/pledges", "/api/v1/pledges/april-summit", "/api/v1/openapi.json"] {
            let request = Request::builder().method(method).uri(path).body(Body::from("{}")).unwrap();
            let answer = site.send(request).await.assert_header("allow", "GET,HEAD");
            let problem = problem_of(&answer, 405);
            assert_eq!(problem["type"], format!("{SITE}/api#method-not-allowed"));
        }
    }
    let head = Request::head("/api/v1/pledges").body(Body::empty()).unwrap();
    let (head, get) = (site.send(head).await.assert_ok(), site.get("/api/v1/pledges").await);
    assert!(head.bytes.is_empty());
    assert_eq!((head.header("etag"), head.header("link")), (get.header("etag"), get.header("link")));
    let large = Request::get("/api/v1/pledges").header("content-length", "100000").body(Body::empty()).unwrap();
    problem_of(&site.send(large).await, 413);
}
