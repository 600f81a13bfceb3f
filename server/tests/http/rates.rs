//! How often one address may ask: what is kept is free, and what has to be made is not without end.

use std::{net::SocketAddr, num::NonZeroU32};

use axum::{body::Body, extract::ConnectInfo, http::Request};
use server::{Front, Rates, clock::Clock, state::AppState};
use store::Engine;

use crate::site::{Answer, Site, now, send};

async fn from(front: &Front, peer: &str, path: &str, forwarded: Option<&str>) -> Answer {
    let peer: SocketAddr = format!("{peer}:1234").parse().unwrap();
    let mut request = Request::get(path).extension(ConnectInfo(peer));
    if let Some(forwarded) = forwarded {
        request = request.header("x-forwarded-for", forwarded);
    }
    send(front, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let site = Site::with_example(Engine::Sqlite).await;
    let state = AppState::new(site.test.store.clone(), Clock::stopped_at(now()), "https://pledges.example.org");
    let front = Front::new(state.clone().with_rates(NonZeroU32::new(1).map(Rates::of)));
    let mut refused = None;
    for number in 0..20 {
        let answer = from(&front, "192.0.2.1", &format!("/method?n={number}"), None).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("ten at once are allowed, and no more");
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=2).contains(&seconds)));
    let refused = refused.assert_header("cache-control", "no-store").assert_has("Too many requests");
    let refused = refused.assert_header("x-content-type-options", "nosniff").assert_header("x-frame-options", "DENY");
    assert!(refused.header("content-security-policy").starts_with("default-src 'none'"));
    // What it says can be read as all pages can: its files are not counted.
    for file in refused.links().into_iter().filter(|link| link.starts_with("/pkg/")) {
        from(&front, "192.0.2.1", &file, None).await.assert_ok();
    }
    from(&front, "192.0.2.1", "/es/method?n=21", None)
        .await
        .assert_status(429)
        .assert_has("Demasiadas solicitudes")
        .assert_has("descargarse de una vez: <a href=\"/es/data\">");
    let problem = from(&front, "192.0.2.1", "/api/v1/pledges", None).await.assert_status(429);
    problem
        .assert_header("content-type", "application/problem+json")
        .assert_has("too-many-attempts")
        .assert_header("x-content-type-options", "nosniff");
    // What one is refused is made and kept for others all the same.
    from(&front, "192.0.2.1", "/topics", None).await.assert_status(429);
    let (hits, _) = front.hits_and_misses();
    for peer in ["192.0.2.2", "192.0.2.3"] {
        from(&front, peer, "/topics", None).await.assert_ok();
    }
    assert_eq!(front.hits_and_misses().0, hits + 1, "it was made anew");
    // What is kept costs nothing, another address has a measure of its own, and this machine none.
    from(&front, "192.0.2.1", "/method?n=0", None).await.assert_ok();
    from(&front, "192.0.2.2", "/method?n=22", None).await.assert_ok();
    for number in 30..50 {
        from(&front, "127.0.0.1", &format!("/method?n={number}"), None).await.assert_ok();
    }
    // Without a proxy nobody else says who asks.
    from(&front, "192.0.2.1", "/method?n=50", Some("192.0.2.77")).await.assert_status(429);
    let behind = Front::new(state.with_rates(NonZeroU32::new(1).map(Rates::of)).behind_proxy(true));
    let mut allowed = 0;
    for number in 0..20 {
        allowed +=
            usize::from(from(&behind, "127.0.0.1", &format!("/method?n={number}"), Some("203.0.113.9")).await.status == 200);
    }
    assert!((10..=12).contains(&allowed), "{allowed}");
    from(&behind, "127.0.0.1", "/method?n=60", Some("203.0.113.9, 203.0.113.10")).await.assert_ok();
}
