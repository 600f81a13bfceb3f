//! Tips of readers: sent from a public page without a cookie, seen by the desk alone.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use domain::{DeskRole, TipState, page::PageNumber};
use store::{Engine, on_both_engines};

use crate::{
    desk::location,
    site::{Answer, Site},
    visitor::encoded,
};

const TIPS: &str = "/pledges/april-summit/tips";
const URL: &str = "https://news.example.org/tip-link";
const WORDS: &str = "tip-word <b>& \"así\"";

/// Sends the form as a browser without cookies does, from an address.
async fn send_from(site: &Site, address: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(encoded(fields)))
        .unwrap();
    let peer: SocketAddr = format!("{address}:1000").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    site.send(request).await
}

async fn send(site: &Site, fields: &[(&str, &str)]) -> Answer {
    send_from(site, "192.0.2.1", TIPS, fields).await
}

/// The tips in a state, as the desk has them.
async fn kept(site: &Site, state: TipState) -> Vec<store::Tip> {
    let editor = match site.test.store.account("reader@example.org").await.unwrap() {
        Some(account) => account.editor,
        None => site.let_in("reader", DeskRole::Editor).await,
    };
    site.test.store.tips(&editor, state, PageNumber::asked(None), 500).await.unwrap().items
}

on_both_engines! {
    async fn a_reader_sends_a_tip_and_an_editor_makes_a_draft_of_it(engine) {
        let site = Site::with_example(engine).await;
        let form = site.get("/es/pledges/april-summit").await.assert_ok().assert_has("action=\"/es/pledges/april-summit/tips\"");
        assert_eq!(form.header("set-cookie"), "");
        let sent = send_from(&site, "192.0.2.1", "/es/pledges/april-summit/tips", &[("url", URL), ("words", WORDS), ("website", "")]).await
            .assert_status(303)
            .assert_header("location", "/es/pledges/april-summit/tips/thanks")
            .assert_header("cache-control", "no-store");
        assert_eq!(sent.header("set-cookie"), "");
        site.get("/es/pledges/april-summit/tips/thanks").await.assert_ok().assert_has("noindex").assert_has("href=\"/es/pledges/april-summit\"");

        let mut editor = site.signed_in(DeskRole::Editor).await;
        editor.get("/desk").await.assert_ok().assert_has("1 new tip from the public").assert_has("href=\"/desk/tips\"");
        let inbox = editor.get("/desk/tips").await.assert_ok();
        let inbox = inbox.assert_has("tip-word &lt;b&gt;&amp; \"así\"").assert_has("rel=\"nofollow noreferrer external\"").assert_has(URL);
        let accept = inbox.found_link("/desk/tips/");
        assert!(accept.ends_with("/accept"), "{accept}");
        let accepted = editor.post_form(&accept, &[]).await.assert_status(303);
        let draft = location(&accepted);
        let form = editor.get(&draft).await.assert_ok().assert_has("tip-word &lt;b&gt;").assert_has("A reader wrote this in a tip");
        let filled = form.filled_in();
        for (name, value) in [("citations[0].source.url", URL), ("citations[0].source.language", "es")] {
            assert!(filled.contains(&(name.to_owned(), value.to_owned())), "{name}: {filled:?}");
        }
        editor.get(&format!("{draft}/review")).await.assert_ok().assert_has("tip-word");
        // Somebody else gets the same draft; the tip stays where it can be found.
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        assert_eq!(location(&reviewer.post_form(&accept, &[]).await.assert_status(303)), draft);
        reviewer.post_form(&accept.replace("accept", "spam"), &[]).await.assert_status(409);
        editor.get("/desk/tips").await.assert_ok().assert_lacks("tip-word");
        editor.get("/desk/tips?state=accepted").await.assert_ok().assert_has("tip-word").assert_has(&draft);
    }

    async fn nothing_of_a_tip_is_public(engine) {
        let site = Site::with_example(engine).await;
        let plain = "/pledges/april-summit";
        let mut paths = vec!["/changes.atom".to_owned(), "/pledges/april-summit.atom".to_owned(), "/deadlines.ics".to_owned()];
        for public in ["/", "/pledges", "/pledges?q=tip-word", "/changes", "/sources/none", plain, "/sitemap.xml", "/data/pledges.json", "/data/pledges.csv"] {
            paths.push(public.to_owned());
        }
        for resource in ["pledges", "pledges/april-summit", "pledges/april-summit/history", "changes", "stats", "openapi.json"] {
            paths.push(format!("/api/v1/{resource}"));
        }
        let mut before = Vec::new();
        for path in &paths {
            before.push(site.get(path).await);
        }
        send(&site, &[("url", URL), ("words", "tip-word")]).await.assert_status(303);
        let tip = kept(&site, TipState::New).await.remove(0);
        let mut editor = site.signed_in(DeskRole::Editor).await;
        editor.post_form(&format!("/desk/tips/{}/accept", tip.id), &[]).await.assert_status(303);
        for (path, before) in paths.iter().zip(before) {
            let after = site.get(path).await;
            assert_eq!((after.status, after.header("etag")), (before.status, before.header("etag")), "{path}");
            if !path.contains("q=") {
                after.assert_lacks("tip-word").assert_lacks("tip-link");
            }
        }
        // Nor does what the page says differ for whoever has a cookie, or sent it.
        let said = |answer: &Answer| answer.text().split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned();
        assert_eq!(said(&editor.get(plain).await), said(&site.get(plain).await));
    }

    async fn so_many_an_hour_and_nothing_typed_is_lost(engine) {
        let site = Site::with_example(engine).await;
        for _ in 0..5 {
            send(&site, &[("words", "x")]).await.assert_status(303);
        }
        let refused = send(&site, &[("url", URL), ("words", WORDS)]).await.assert_status(429).assert_header("retry-after", "3600");
        refused.assert_has("Too many tips").assert_has(URL).assert_has("tip-word &lt;b&gt;").assert_header("cache-control", "no-store");
        send_from(&site, "192.0.2.2", TIPS, &[("words", "x")]).await.assert_status(303);
        assert_eq!(kept(&site, TipState::New).await.len(), 6);
        let site = site.later("2026-11-23T13:00:00Z", |state| state);
        send(&site, &[("words", "x")]).await.assert_status(303);
    }

    async fn who_fills_in_what_people_do_not_see_is_thanked_alike(engine) {
        let site = Site::with_example(engine).await;
        let person = send(&site, &[("words", "x"), ("website", " ")]).await.assert_status(303);
        let machine = send(&site, &[("words", "buy"), ("website", "https://spam.example")]).await.assert_status(303);
        assert_eq!(person.header("location"), machine.header("location"));
        assert_eq!((kept(&site, TipState::New).await.len(), kept(&site, TipState::Spam).await.len()), (1, 1));
        let mut editor = site.signed_in(DeskRole::Editor).await;
        editor.get("/desk/tips").await.assert_ok().assert_lacks("buy");
        editor.get("/desk/tips?state=spam").await.assert_ok().assert_has("buy").assert_has("A hidden field was filled in");
    }

    async fn what_is_put_aside_is_kept(engine) {
        let site = Site::with_example(engine).await;
        send(&site, &[("words", "tip-word")]).await.assert_status(303);
        let id = kept(&site, TipState::New).await[0].id;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        for (act, state) in [("spam", "spam"), ("decline", "declined")] {
            let answer = editor.post_form(&format!("/es/desk/tips/{id}/{act}"), &[]).await.assert_status(303);
            let told = answer.header("location").to_owned();
            editor.get(&told).await.assert_ok().assert_has("role=\"status\"").assert_lacks("tip-word");
            editor.get(&format!("/es/desk/tips?state={state}")).await.assert_ok().assert_has("tip-word");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_what_was_typed() {
    let site = Site::with_example(Engine::Sqlite).await;
    let refused = send(&site, &[("url", "javascript:alert(1)"), ("words", WORDS)]).await.assert_status(422);
    let refused =
        refused.assert_has("id=\"errors\"").assert_has("href=\"#f-url\"").assert_has("javascript:alert(1)").assert_lacks("<b>&");
    refused.assert_has("tip-word &lt;b&gt;").assert_has("noindex").assert_header("cache-control", "no-store");
    send(&site, &[("words", "  ")]).await.assert_status(422).assert_has("href=\"#f-words\"");
    send(&site, &[("words", &"x".repeat(2_001))]).await.assert_status(422);
    send(&site, &[("words", &"x".repeat(70_000))]).await.assert_status(413);
    assert!(kept(&site, TipState::New).await.is_empty());
}

#[tokio::test]
async fn the_addresses_of_tips_are_for_readers_and_not_for_machines() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in [TIPS, "/es/pledges/april-summit/tips", "/pledges/april-summit/tips/thanks"] {
        let page = site
            .get(path)
            .await
            .assert_ok()
            .assert_has("<meta name=\"robots\" content=\"noindex\">")
            .assert_lacks("rel=\"canonical\"");
        let page = page.assert_header("cache-control", "no-store").assert_runs_nothing();
        assert!(!page.header("link").contains("timemap"), "{path}");
    }
    site.get("/sitemap.xml").await.assert_ok().assert_lacks("/tips");
    for path in ["/pledges/no-such/tips", "/pledges/No%20Slug/tips/thanks", "/pledges/%FF/tips"] {
        site.get(path).await.assert_status(404);
    }
    send_from(&site, "192.0.2.1", "/pledges/no-such/tips", &[("words", "x")]).await.assert_status(404);
    // A page of the past has no form: it says what was known then.
    site.get("/pledges/april-summit").await.assert_ok().assert_has("/tips\"");
    site.get("/pledges/april-summit?as_of=2024-04-15").await.assert_ok().assert_lacks("/tips\"");
}

#[tokio::test]
async fn another_sites_page_sends_no_tip() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.visitor().post_from("cross-site", TIPS, &[("words", "x")]).await.assert_status(403);
    assert!(kept(&site, TipState::New).await.is_empty());
}
