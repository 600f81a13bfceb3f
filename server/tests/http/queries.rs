//! How often a page asks the database: never more than its bound, and no more of a large record than of a small one.

use std::sync::atomic::Ordering;

use server::{Front, clock::Clock, state::AppState, synth};
use store::{Engine, on_both_engines, testing::TestStore};

use crate::site::{now, send};

/// What is asked for, and how many queries it may take the first time.
const BOUNDS: &[(&str, usize)] = &[
    ("/", 12),
    ("/pledges", 8),
    ("/pledges?q=water&status=in_progress&sort=due", 16),
    ("/pledges?as_of=2024-01-01&page=2", 8),
    ("/pledges/{pledge}", 8),
    ("/parties", 4),
    ("/parties/{party}", 10),
    ("/topics/{topic}", 10),
    ("/meetings/{meeting}", 10),
    ("/sources/{source}", 18),
    ("/changes", 4),
    ("/changes.atom", 18),
    ("/deadlines", 8),
    ("/deadlines.ics", 8),
    ("/record", 10),
    ("/api/v1/pledges?limit=100", 8),
    ("/api/v1/pledges/{pledge}", 8),
    ("/api/v1/pledges/{pledge}/history", 8),
    ("/api/v1/changes?limit=100", 4),
    ("/api/v1/stats", 4),
    ("/embed/pledges/{pledge}", 8),
];

/// The queries that each takes in a record of so many pledges.
async fn counted(engine: Engine, pledges: usize) -> Vec<usize> {
    let mut test = TestStore::empty(engine).await;
    for (chunk, recorded_at) in synth::record(pledges) {
        test.store.load(&chunk, recorded_at).await.unwrap();
    }
    let name = async |table: &str| test.texts(&format!("select slug from {table} order by id limit 1")).await.swap_remove(0);
    let names = [
        ("{pledge}", name("pledge").await),
        ("{party}", name("party").await),
        ("{topic}", name("topic").await),
        ("{meeting}", name("meeting").await),
        ("{source}", name("source").await),
    ];
    let queries = test.count_queries();
    let state = AppState::new(test.store.clone(), Clock::stopped_at(now()), "https://pledges.example.org");
    // What is read ahead of the first reader is.
    test.store.warm(now().date_naive()).await.unwrap();
    let mut counts = Vec::new();
    for (path, _) in BOUNDS {
        let path = names.iter().fold((*path).to_owned(), |path, (what, name)| path.replace(what, name));
        let front = Front::new(state.clone());
        let before = queries.load(Ordering::SeqCst);
        let request = axum::http::Request::get(&path).body(axum::body::Body::empty()).unwrap();
        send(&front, request).await.assert_ok();
        counts.push(queries.load(Ordering::SeqCst) - before);
    }
    counts
}

on_both_engines! {
    async fn a_page_takes_no_more_queries_than_its_bound_however_large_the_record(engine) {
        let (small, large) = (counted(engine, 40).await, counted(engine, 240).await);
        let mut wrong = Vec::new();
        for (((path, bound), small), large) in BOUNDS.iter().zip(small).zip(large) {
            println!("{path}: {small} queries at 40 pledges, {large} at 240, {bound} allowed");
            if large > *bound || large > small + 4 {
                wrong.push(format!("{path}: {small} queries at 40 pledges, {large} at 240, {bound} allowed"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
