//! What is kept in memory is what would be made anew, at every moment and on every server.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Request, header},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::DeskRole;
use server::{Front, clock::Clock, commands::example_record, state::AppState};
use store::{Engine, Location, Store, on_both_engines};
use tokio::{sync::RwLock, task::JoinSet};

use crate::{
    desk::{CELL, location, with},
    site::{Answer, Site, now, send},
};

/// Publishes a pledge of this title at the desk; once this has answered, it is public.
async fn publish(site: &Site, title: &str) {
    let (mut editor, mut reviewer) = (site.signed_in(DeskRole::Editor).await, site.signed_in(DeskRole::Reviewer).await);
    let fields: Vec<_> =
        with(CELL, &[("do", "submit")]).into_iter().filter(|(name, _)| !matches!(*name, "title.en" | "title.es")).collect();
    let fields: Vec<_> = fields.into_iter().chain([("title.en", title)]).collect();
    let review = location(&editor.post_form("/desk/new", &fields).await.assert_status(303));
    reviewer.get(&review).await.assert_ok();
    reviewer.post_form(&review.replace("/review", "/approve"), &[("version", "1")]).await.assert_status(303);
}

async fn get(front: &Front, path: &str) -> Answer {
    send(front, Request::get(path).body(Body::empty()).unwrap()).await
}

/// What shows a new pledge.
const PATHS: &[&str] = &["/pledges?q=build", "/changes", "/changes.atom", "/api/v1/pledges?q=build", "/es/changes"];

on_both_engines! {
    async fn a_publication_shows_on_the_next_request(engine) {
        let site = Site::with_time(engine).await;
        let mut tags = Vec::new();
        for path in PATHS {
            let before = site.get(path).await.assert_ok().assert_lacks("lighthouse of");
            tags.push(before.header("etag").to_owned());
            assert_eq!(site.get(path).await.header("etag"), before.header("etag"), "{path}");
        }
        for number in 1..=3 {
            publish(&site, &format!("Build the lighthouse of {number}")).await;
            for (path, tag) in PATHS.iter().zip(&mut tags) {
                let after = site.get_with("if-none-match", tag, path).await.assert_ok();
                assert!(after.text().contains(&format!("lighthouse of {number}")), "{path}");
                assert_ne!(after.header("etag"), tag, "{path}");
                after.header("etag").clone_into(tag);
            }
        }
    }

    async fn what_another_server_publishes_shows_within_a_second(engine) {
        let site = Site::with_time(engine).await;
        let other = Store::open(&Location::parse(&site.test.url).unwrap()).await.unwrap();
        // Its clock is behind that of the one that publishes.
        let other = Front::new(AppState::new(other, Clock::stopped_at(now()), "https://pledges.example.org"));
        get(&other, "/changes").await.assert_ok().assert_lacks("lighthouse");
        publish(&site, "Build a lighthouse").await;
        let acknowledged = Instant::now();
        while !get(&other, "/changes").await.assert_ok().text().contains("Build a lighthouse") {
            assert!(acknowledged.elapsed() < Duration::from_secs(1), "it does not show");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn what_is_told_by_the_database_shows_at_once(engine) {
        let site = Site::with_time(engine).await;
        let other = Store::open(&Location::parse(&site.test.url).unwrap()).await.unwrap();
        let listening = other.clone();
        let task = tokio::spawn(async move { listening.listen_for_editions().await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let before = other.edition().await.unwrap();
        publish(&site, "Build a lighthouse").await;
        tokio::time::sleep(Duration::from_millis(if engine == Engine::Postgres { 100 } else { 900 })).await;
        assert!(other.edition().await.unwrap() > before);
        task.abort();
    }

    async fn of_many_that_ask_at_once_one_has_it_made(engine) {
        let site = Site::with_example(engine).await;
        let mut asking = JoinSet::new();
        for _ in 0..64 {
            let front = site.router.clone();
            asking.spawn(async move { get(&front, "/pledges/april-summit").await.assert_ok().bytes });
        }
        let answers = asking.join_all().await;
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let (hits, misses) = site.router.hits_and_misses();
        assert_eq!(misses, 1, "{hits} were found");
    }
}

// Whoever waits for a page to be made does not also wait until it is as short as it can be.
#[tokio::test]
async fn an_answer_is_packed_quickly_at_first_and_then_as_short_as_it_stays() {
    let site = Site::with_example(Engine::Sqlite).await;
    for (encoding, path) in [("br", "/pledges"), ("gzip", "/es/pledges"), ("br", "/pledges/april-summit")] {
        let mut lengths = Vec::new();
        for _ in 0..3 {
            lengths.push(site.get_in(encoding, path).await.assert_ok().bytes.len());
        }
        assert!(lengths[0] > lengths[1] && lengths[1] == lengths[2], "{path}: {lengths:?}");
    }
}

#[tokio::test]
async fn an_answer_says_how_it_may_be_kept_in_every_form() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in ["/pledges/april-summit", "/es/pledges", "/", "/changes.atom", "/deadlines.ics", "/api/v1/pledges"] {
        let plain = site.get(path).await.assert_ok();
        assert!(plain.header("cache-control").starts_with("public"), "{path}");
        assert!(plain.header("vary").contains("accept"), "{path}: {}", plain.header("vary"));
        assert_eq!(plain.header("last-modified"), "Mon, 23 Nov 2026 12:00:00 GMT", "{path}");
        for encoding in ["br", "gzip", "identity"] {
            for _ in 0..2 {
                let answer = site.get_in(encoding, path).await.assert_ok();
                let told = if encoding == "identity" { "" } else { encoding };
                assert_eq!(answer.header("content-encoding"), told, "{path}");
                assert_eq!(answer.header("etag"), plain.header("etag"), "{path}");
                assert_eq!(answer.header("content-length"), answer.bytes.len().to_string(), "{path}");
                assert!(encoding == "identity" || answer.bytes.len() < plain.bytes.len(), "{path}");
            }
        }
        let head = site.send(Request::head(path).body(Body::empty()).unwrap()).await.assert_ok();
        assert!(head.bytes.is_empty());
        assert_eq!(head.header("content-length"), plain.bytes.len().to_string(), "{path}");
        let known = site.get_with("if-none-match", plain.header("etag"), path).await.assert_status(304);
        assert!(known.bytes.is_empty());
        assert_eq!((known.header("etag"), known.header("content-type")), (plain.header("etag"), ""), "{path}");
        site.get_with("if-modified-since", plain.header("last-modified"), path).await.assert_status(304);
        site.get_with("if-modified-since", "Mon, 23 Nov 2026 11:59:59 GMT", path).await.assert_ok();
        assert_eq!(site.get(path).await.header("x-request-id").len(), 36, "{path}");
    }
}

#[tokio::test]
async fn a_request_with_a_session_or_a_token_or_of_a_time_never_touches_it() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/pledges").await.assert_ok();
    let before = site.router.hits_and_misses();
    for (name, value) in [("cookie", "a=b; __Host-pledgebook=x"), ("authorization", "Bearer pb_x"), ("accept-datetime", "x")] {
        site.get_with(name, value, "/pledges").await;
    }
    let mut editor = site.signed_in(DeskRole::Editor).await;
    editor.get("/desk").await.assert_ok();
    editor.get("/pledges").await.assert_ok();
    for asked in ["known_at", "known%5Fat"] {
        site.get(&format!("/pledges?{asked}=2026-11-24")).await.assert_ok();
    }
    assert_eq!(site.router.hits_and_misses(), before);
    site.get_with("cookie", "theme=dark", "/pledges").await.assert_ok();
    assert_eq!(site.router.hits_and_misses(), (before.0 + 1, before.1), "a cookie of another kind");
}

#[tokio::test]
async fn what_can_not_be_kept_is_answered_all_the_same() {
    let site = Site::with_example(Engine::Sqlite).await;
    let long = format!("/pledges?q={}", "a".repeat(2000));
    for (path, status) in
        [("/nowhere", 404), ("/pledges?status=broken", 400), ("/healthz", 200), (long.as_str(), 200), ("/data/pledges.csv", 200)]
    {
        for encoding in ["identity", "gzip"] {
            let first = site.get_in(encoding, path).await;
            let again = site.get_in(encoding, path).await;
            assert_eq!(first.status.as_u16(), status, "{path}");
            assert_eq!((first.status, first.bytes), (again.status, again.bytes), "{path}");
        }
    }
    // A body is none of a page's business, known or not.
    site.get("/pledges").await.assert_ok();
    let large = Request::get("/pledges").header(header::CONTENT_LENGTH, "100000").body(Body::empty()).unwrap();
    site.send(large).await.assert_status(413);
}

#[tokio::test]
async fn at_midnight_a_pledge_falls_due_by_itself() {
    let test = store::testing::TestStore::empty(Engine::Sqlite).await;
    let record = example_record(now().date_naive()).unwrap();
    test.store.load(&record, now()).await.unwrap();
    let time: Arc<std::sync::Mutex<DateTime<Utc>>> = Arc::new(std::sync::Mutex::new(now()));
    let told = time.clone();
    let front = Front::new(AppState::new(
        test.store.clone(),
        Clock::told_by(move || *told.lock().unwrap()),
        "https://pledges.example.org",
    ));
    let before = get(&front, "/pledges").await.assert_ok();
    *time.lock().unwrap() = "2026-11-23T23:59:59.9Z".parse().unwrap();
    assert_eq!(get(&front, "/pledges").await.header("last-modified"), before.header("last-modified"));
    assert_eq!(front.hits_and_misses(), (1, 1));
    *time.lock().unwrap() += TimeDelta::seconds(1);
    let after = get(&front, "/pledges").await.assert_ok();
    assert_eq!(front.hits_and_misses(), (1, 2), "made anew on the new day");
    assert_eq!(after.header("last-modified"), "Tue, 24 Nov 2026 00:00:00 GMT");
}

#[tokio::test]
async fn no_more_is_kept_than_there_is_room_for() {
    const ROOM: usize = 2 << 20;
    let site = Site::with_example(Engine::Sqlite).await;
    let state = AppState::new(site.test.store.clone(), Clock::stopped_at(now()), "https://pledges.example.org").with_room(ROOM);
    let front = Front::new(state);
    for number in 0..300 {
        get(&front, &format!("/method?n={number}")).await.assert_ok();
    }
    assert!(front.weight() <= ROOM as u64 && front.weight() > ROOM as u64 / 4, "{}", front.weight());
}

/// Readers ask without pause while somebody publishes: whoever asks after the acknowledgement sees it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_shown_what_was_before_after_it_was_acknowledged() {
    let site = Site::with_time(Engine::Sqlite).await;
    let acknowledged = Arc::new(RwLock::new(0));
    let mut readers = JoinSet::new();
    for _ in 0..4 {
        let (front, acknowledged) = (site.router.clone(), acknowledged.clone());
        readers.spawn(async move {
            loop {
                let published = *acknowledged.read().await;
                let page = get(&front, "/pledges?q=build").await.assert_ok();
                for number in 1..=published {
                    assert!(page.text().contains(&format!("lighthouse of {number:02}")), "{number} of {published} is missing");
                }
                if published == 8 {
                    return;
                }
                tokio::task::yield_now().await;
            }
        });
    }
    for number in 1..=8 {
        publish(&site, &format!("Build the lighthouse of {number:02}")).await;
        *acknowledged.write().await = number;
    }
    readers.join_all().await;
}
