//! The two clocks: every page answers for another day and for another state of knowledge.

use store::{Engine, on_both_engines};

use crate::site::Site;

on_both_engines! {
    async fn on_15_april_the_summit_was_still_to_come(engine) {
        let site = Site::with_example(engine).await;
        site.get("/pledges/april-summit?as_of=2024-04-15").await.assert_ok()
            .assert_has("This is how things stood on 15 April 2024")
            .assert_has("due soon")
            .assert_lacks("Held in Guatemala City")
            .assert_lacks("Fulfilled")
            .assert_has("href=\"/pledges/april-summit\">See it as it is now")
            .assert_has("<meta name=\"robots\" content=\"noindex\">");
        site.get("/pledges/april-summit?as_of=2024-05-01").await.assert_ok().assert_has("overdue by 1 day");
    }
}

#[tokio::test]
async fn every_page_answers_for_another_day_and_links_on_to_it() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in [
        "/",
        "/pledges",
        "/pledges/april-summit",
        "/parties",
        "/parties/us",
        "/meetings",
        "/meetings/trilateral-2024",
        "/topics",
        "/topics/governance",
        "/sources/lad-factsheet-third",
        "/changes",
        "/method",
        "/es",
        "/es/pledges",
    ] {
        let answer = site.get(&format!("{path}?as_of=2024-04-15")).await.assert_ok();
        let kept = answer.links().into_iter().filter(|link| link.contains("as_of=2024-04-15")).count();
        assert!(kept > 5, "{path} loses the moment");
    }
    site.get("/changes?as_of=2022-06-30").await.assert_ok().assert_lacks("2024-05-07");
    site.get("/?as_of=2000-01-01").await.assert_ok().assert_lacks("april-summit");
    site.get("/sources/lad-factsheet-third?as_of=2022-01-01").await.assert_ok();
}

#[tokio::test]
async fn before_it_was_made_a_pledge_says_so() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/pledges/april-summit?as_of=2023-01-01")
        .await
        .assert_ok()
        .assert_has("On this day the pledge had not been made yet");
}

#[tokio::test]
async fn before_it_was_recorded_the_record_knew_nothing() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/pledges/april-summit?known_at=2026-11-01").await.assert_status(404);
    site.get("/pledges?known_at=2026-11-01").await.assert_ok().assert_has("No pledge matches");
    let link = site
        .get("/pledges/april-summit")
        .await
        .text()
        .split("href=\"")
        .find(|rest| rest.contains("known_at="))
        .unwrap()
        .to_owned();
    let permalink = link.split('"').next().unwrap().replace("&amp;", "&").replace("https://pledges.example.org", "");
    site.get(&permalink).await.assert_ok().assert_has("Fulfilled, 7 days late");
}

#[tokio::test]
async fn a_moment_that_is_none_is_refused_by_name_in_both_languages() {
    let site = Site::with_example(Engine::Sqlite).await;
    for query in ["as_of=2024-04", "as_of=%00", "as_of=9999999-01-01", "as_of=2024-02-30", "as_of=9999-12-31"] {
        site.get(&format!("/pledges/april-summit?{query}")).await.assert_status(400).assert_has("<code>as_of</code>");
    }
    site.get("/es/changes?known_at=ayer")
        .await
        .assert_status(400)
        .assert_has("<code>known_at</code>")
        .assert_has("no es un momento");
    for query in ["as_of=1000-01-01", "known_at=9999-12-31", "known_at=1000-01-01T00:00:00Z"] {
        for path in ["/", "/pledges", "/changes", "/parties/us"] {
            site.get(&format!("{path}?{query}")).await.assert_ok();
        }
    }
}
