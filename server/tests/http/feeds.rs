//! Feeds: who follows the record hears of every change once, under a name that never changes.

use axum::{body::Body, http::Request};
use store::{Engine, on_both_engines};

use crate::site::{Answer, Site};

const ATOM: &str = "application/atom+xml; charset=utf-8";

/// What stands between each pair of tags of a feed.
fn all<'a>(feed: &'a Answer, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    feed.text().split(open.as_str()).skip(1).filter_map(|rest| rest.split(close.as_str()).next()).collect()
}

on_both_engines! {
    async fn every_change_is_one_entry_with_its_evidence(engine) {
        let site = Site::with_example(engine).await;
        let feed = site.get("/pledges/april-summit.atom").await.assert_ok()
            .assert_header("content-type", ATOM)
            .assert_header("cache-control", "public, no-cache")
            .assert_has("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">")
            .assert_has("<title>Guatemala to host the Declaration’s ministerial in April 2024: Fulfilled</title>")
            .assert_has("<id>tag:pledges.example.org,2026-01-01:pledges/april-summit/changes/1</id>")
            .assert_has("href=\"https://pledges.example.org/pledges/april-summit#change-1\"")
            .assert_has("<category term=\"fulfilled\"")
            .assert_has("<author><name>Pledgebook</name>")
            .assert_has("creativecommons.org/licenses/by/4.0/")
            .assert_has("<updated>2026-11-23T12:00:00+00:00</updated>")
            .assert_has("&lt;cite&gt;&lt;a href=");
        assert_eq!(all(&feed, "entry").len(), 2);
        site.get("/es/pledges/april-summit.atom").await.assert_ok()
            .assert_has(": Cumplido</title>")
            .assert_has("<id>tag:pledges.example.org,2026-01-01:pledges/april-summit/changes/1</id>")
            .assert_has("https://pledges.example.org/es/pledges/april-summit#change-1")
            .assert_header("content-language", "es");
    }

    async fn pages_of_a_feed_lead_on_and_none_tells_a_change_twice(engine) {
        let site = Site::with_example(engine).await;
        let mut path = "/changes.atom".to_owned();
        let mut ids = Vec::new();
        loop {
            let feed = site.get(&path).await.assert_ok().assert_header("content-type", ATOM);
            let entries = all(&feed, "entry");
            assert!(entries.len() <= 50);
            ids.extend(entries.iter().map(|entry| entry.split("<id>").nth(1).unwrap().split("</id>").next().unwrap().to_owned()));
            let Some(next) = feed.text().split("<link ").find(|link| link.contains("rel=\"next\"")) else { break };
            let href = next.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
            path = href.replacen("https://pledges.example.org", "", 1);
        }
        let told = ids.len();
        ids.sort();
        ids.dedup();
        assert!(told > 60 && ids.len() == told, "{told} entries, {} ids", ids.len());
    }

    async fn drafts_are_in_no_feed_and_change_no_answer(engine) {
        // Two sites, so that the one with drafts has kept nothing from before there were any.
        let (public, site) = (Site::with_example(engine).await, Site::with_example(engine).await);
        site.add_drafts(engine).await;
        for path in ["/changes.atom", "/pledges.atom?q=draft", "/pledges/april-summit.atom", "/parties/guatemala.atom"] {
            let found = site.get(path).await.assert_ok().assert_lacks("draft-");
            assert_eq!(found.bytes, public.get(path).await.bytes, "{path}");
        }
        site.get("/pledges/draft-pledge.atom").await.assert_status(404);
    }

    async fn a_new_title_leaves_every_id_as_it_was(engine) {
        let ids = |feed: &Answer| all(feed, "id").into_iter().map(str::to_owned).collect::<Vec<_>>();
        let before = ids(&Site::with_example(engine).await.get("/pledges/april-summit.atom").await.assert_ok());
        let site = Site::with_example(engine).await;
        site.test.sql("update pledge set title_en = 'Another title' where slug = 'april-summit'").await.unwrap();
        let after = site.get("/pledges/april-summit.atom").await.assert_ok().assert_has("<title>Another title: Fulfilled</title>");
        assert_eq!(ids(&after), before);
    }

    async fn who_has_the_feed_is_told_that_it_is_the_same(engine) {
        let site = Site::with_example(engine).await;
        for path in ["/changes.atom", "/pledges/april-summit.atom", "/deadlines.ics", "/cards/april-summit.png"] {
            let first = site.get(path).await.assert_ok();
            assert_eq!(first.headers.get_all("content-type").iter().count(), 1, "{path}");
            let etag = first.header("etag").to_owned();
            assert!(etag.starts_with("W/\""), "{path}: {etag}");
            let again = Request::get(path).header("if-none-match", &etag).body(Body::empty()).unwrap();
            let again = site.send(again).await.assert_status(304).assert_header("etag", &etag);
            assert!(again.bytes.is_empty());
            site.send(Request::get(path).header("if-none-match", "\"other\"").body(Body::empty()).unwrap()).await.assert_ok();
        }
    }
}

#[tokio::test]
async fn feeds_answer_for_any_search_and_any_moment() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in [
        "/pledges.atom?q=c%C3%A9lula+%3Coperativa%3E&status=stalled&due=2024&sort=due",
        "/es/pledges.atom?party=guatemala",
        "/parties/guatemala.atom",
        "/es/parties/guatemala.atom?status=fulfilled",
        "/meetings/trilateral-2024.atom",
        "/topics/governance.atom",
        "/changes.atom?changed_since=2026-01-01",
        "/pledges.atom?q=%00%1F%EF%BF%BE",
    ] {
        site.get(path).await.assert_ok().assert_header("content-type", ATOM).assert_has("</feed>");
    }
    site.get("/pledges/april-summit.atom?as_of=2024-04-15")
        .await
        .assert_ok()
        .assert_lacks("fulfilled")
        .assert_has("/pledges/april-summit?as_of=2024-04-15#change-0");
    site.get("/pledges/april-summit.atom?known_at=2026-01-01").await.assert_status(404);
    site.get("/changes.atom?known_at=2026-01-01").await.assert_ok().assert_lacks("<entry>").assert_has("<updated>");
}

#[tokio::test]
async fn wrong_feeds_are_refused_by_name_and_missing_ones_not_found() {
    let site = Site::with_example(Engine::Sqlite).await;
    for (path, field) in [
        ("/pledges.atom?status=broken", "status"),
        ("/changes.atom?after=x", "after"),
        ("/changes.atom?as_of=soon", "as_of"),
        ("/parties/us.ics?due=soon", "due"),
    ] {
        site.get(path).await.assert_status(400).assert_has(&format!("<code>{field}</code>"));
    }
    for path in [
        "/pledges/nowhere.atom",
        "/parties/No.atom",
        "/topics/nowhere.atom",
        "/meetings/nowhere.ics",
        "/nowhere.atom",
        "/pledges/a.ics",
    ] {
        site.get(path).await.assert_status(404).assert_has("Nothing is here");
    }
    let empty = Site::empty(Engine::Sqlite).await;
    empty.get("/changes.atom").await.assert_ok().assert_has("<updated>").assert_lacks("<entry>");
}

#[tokio::test]
async fn pages_name_their_feeds() {
    let site = Site::with_example(Engine::Sqlite).await;
    for (page, feed) in [
        ("/", "/changes.atom"),
        ("/", "/deadlines.ics"),
        ("/changes", "/changes.atom"),
        ("/pledges?status=stalled&page=1", "/pledges.atom?status=stalled"),
        ("/pledges/april-summit", "/pledges/april-summit.atom"),
        ("/es/parties/us", "/es/parties/us.atom"),
        ("/es/parties/us", "/es/parties/us.ics"),
        ("/meetings/trilateral-2024?as_of=2024-04-15", "/meetings/trilateral-2024.atom?as_of=2024-04-15"),
        ("/topics/governance", "/topics/governance.atom"),
    ] {
        let head = site.get(page).await.assert_ok();
        let head = head.text().split("</head>").next().unwrap();
        let link = head.split("<link ").find(|link| link.contains(&format!("href=\"{feed}\"")));
        let link = link.unwrap_or_else(|| panic!("{page} does not name {feed}"));
        assert!(link.contains("rel=\"alternate\"") && link.contains("type=\""), "{link}");
        site.get(feed).await.assert_ok();
    }
}
