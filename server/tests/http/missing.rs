//! What is not there.

use axum::{body::Body, http::Request};
use store::{Engine, on_both_engines};

use crate::site::Site;

#[tokio::test]
async fn what_is_not_there_is_a_real_404_with_ways_onward() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in [
        "/nowhere",
        "/pledges/nowhere",
        "/parties/nowhere",
        "/meetings/nowhere",
        "/topics/nowhere",
        "/sources/nowhere",
        "/pledges/No%20Slug",
        "/pledges/%FF",
        "/pledges/%00",
        "/pledges/a/b",
        "/pkg/nothing.css",
        "/es/nowhere",
    ] {
        let spanish = path.starts_with("/es");
        site.get(path)
            .await
            .assert_status(404)
            .assert_has(if spanish { "Aquí no hay nada" } else { "Nothing is here" })
            .assert_has(if spanish { "href=\"/es/pledges\"" } else { "href=\"/pledges\"" })
            .assert_has("<meta name=\"robots\" content=\"noindex\">")
            .assert_lacks("canonical")
            .assert_header("cache-control", "no-store");
    }
}

#[tokio::test]
async fn a_slash_too_many_leads_on_and_never_away() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/pledges/?q=a").await.assert_status(308).assert_header("location", "/pledges?q=a");
    site.get("/es/").await.assert_status(308).assert_header("location", "/es");
    site.get("//evil.example/").await.assert_status(308).assert_header("location", "/evil.example");
}

#[tokio::test]
async fn nothing_public_can_be_written_to() {
    let site = Site::with_example(Engine::Sqlite).await;
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let request = Request::builder().method(method).uri("/pledges/april-summit").body(Body::from("a=b")).unwrap();
        site.send(request).await.assert_status(405);
    }
}

on_both_engines! { async fn a_strange_query_harms_nothing(engine) {
    let site = Site::with_example(engine).await;
    let long = format!("/pledges?q={}", "a%20b+".repeat(2_000));
    for path in [
        long.as_str(),
        "/pledges?q=%FF%FE",
        "/pledges?q=%00", "/pledges?q=a%00b",
        "/pledges?&&==&q",
        "/pledges?page=-1",
        "/pledges?q=%27%22%3E%3Cscript%3Eevil",
        "/?%F0%9F",
    ] {
        site.get(path).await.assert_ok().assert_lacks("<script>evil");
    }
} }
