//! What a first visit weighs over the wire, in brotli.

use server::{clock::Clock, state::AppState};
use store::Engine;

use crate::site::{Site, now};

/// The bytes of a page and of every file that it loads by itself.
async fn first_visit(site: &Site, path: &str) -> usize {
    let page = site.get_in("br", path).await.assert_ok().assert_header("content-encoding", "br");
    let files = site.get(path).await.links().into_iter().filter(|link| link.starts_with("/pkg/"));
    let mut total = page.bytes.len();
    for file in files {
        total += site.get_in("br", &file).await.assert_ok().bytes.len();
    }
    total
}

#[tokio::test]
async fn pages_stay_within_their_budgets() {
    let site = Site::with_example(Engine::Sqlite).await;
    for (path, budget) in [
        ("/pledges/april-summit", 20_000),
        ("/pledges/us-haitian-frp", 20_000),
        ("/es/pledges/operational-cell", 20_000),
        ("/pledges", 30_000),
        ("/", 30_000),
        ("/changes", 30_000),
        ("/method", 30_000),
    ] {
        let weight = first_visit(&site, path).await;
        println!("{path}: {weight} bytes");
        assert!(weight <= budget, "{path} weighs {weight} bytes, {budget} are allowed");
    }
}

/// What wakes an island brings: a module and its WebAssembly, once, and only when somebody reaches for it.
#[tokio::test]
async fn islands_stay_within_theirs() {
    let site = Site::with_example(Engine::Sqlite).await;
    let islands = AppState::new(site.test.store.clone(), Clock::stopped_at(now()), "http://localhost").assets.islands.clone();
    let mut total = 0;
    for file in [format!("/pkg/{islands}.js"), format!("/pkg/{islands}_bg.wasm")] {
        let packed = site.get_in("br", &file).await.assert_ok().assert_header("content-encoding", "br");
        println!("{file}: {} bytes", packed.bytes.len());
        total += packed.bytes.len();
    }
    assert!(total <= 200_000, "the islands weigh {total} bytes, 200000 are allowed");
    // Who only reads never loads them.
    for (path, has_islands) in
        [("/pledges", true), ("/pledges/april-summit", false), ("/", false), ("/changes", false), ("/method", false)]
    {
        let page = site.get(path).await.assert_ok();
        assert_eq!(page.text().contains("<leptos-island"), has_islands, "{path}");
        assert!(!page.links().iter().any(|link| link.contains(&islands)), "{path} loads its islands at once");
        if !has_islands {
            page.assert_runs_nothing();
        }
    }
}
