//! What a first visit weighs over the wire, in brotli.

use store::Engine;

use crate::site::Site;

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
