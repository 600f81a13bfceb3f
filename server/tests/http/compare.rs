//! What the record said of a pledge at two moments.

use store::on_both_engines;

use crate::{memento::corrected, site::Site};

on_both_engines! {
    async fn the_last_publication_is_compared_unless_asked_otherwise(engine) {
        let site = corrected(engine).await;
        site.get("/pledges/april-summit/compare").await.assert_ok()
            .assert_has("<meta name=\"robots\" content=\"noindex\">")
            .assert_lacks("rel=\"canonical\"")
            .assert_lacks("hreflang=\"x-default\"")
            .assert_has("Step added").assert_has("Step changed")
            .assert_has("Attendance was misread.")
            .assert_has("<ins>This entry was corrected.</ins>")
            .assert_has("1 step is told alike at both moments.")
            .assert_lacks("Not in the record yet");
        site.get("/es/pledges/april-summit/compare").await.assert_ok()
            .assert_has("Paso añadido").assert_has("<del>").assert_has("Cumplido en parte").assert_has("lang=\"es\"");
    }

    async fn two_moments_are_compared_by_timestamp_or_day(engine) {
        let site = corrected(engine).await;
        for to in ["&to=2026-11-23", "&to=2026-11-23T18:00:00Z", "&known_at=2026-11-23"] {
            site.get(&format!("/pledges/april-summit/compare?from=2026-11-23T12:00:00Z{to}")).await.assert_ok()
                .assert_has("The record says the same of this pledge at both moments.")
                .assert_lacks("<ins>").assert_lacks("<del>");
        }
        site.get("/pledges/april-summit/compare?from=2026-11-01&to=2026-11-23").await.assert_ok()
            .assert_has("Not in the record yet").assert_has("Step added").assert_lacks("Attendance was misread.");
        site.get("/pledges/april-summit/compare?from=2026-11-01&as_of=2024-04-15").await.assert_ok()
            .assert_has("due soon").assert_lacks("Attendance was misread.");
        // What is the same at both moments is not listed.
        site.get("/pledges/april-summit/compare").await.assert_ok()
            .assert_has("<th scope=\"row\">Status</th>").assert_lacks("<th scope=\"row\">Due</th>").assert_lacks("<th scope=\"row\">Parties</th>");
        site.get("/pledges/april-summit/compare?from=2020-01-01&to=2021-01-01").await.assert_status(404);
        site.get("/pledges/nowhere/compare").await.assert_status(404);
    }
}

#[tokio::test]
async fn a_wrong_moment_is_named() {
    let site = Site::with_example(store::Engine::Sqlite).await;
    for (query, field) in
        [("from=soon", "from"), ("to=2026-13-01", "to"), ("from=2026-11-23&to=2026-11-01", "from"), ("as_of=x", "as_of")]
    {
        site.get(&format!("/pledges/april-summit/compare?{query}"))
            .await
            .assert_status(400)
            .assert_has(&format!("<code>{field}</code>"));
    }
    site.get("/es/pledges/april-summit/compare?from=2026-11-23&to=2026-11-01")
        .await
        .assert_status(400)
        .assert_has("no puede ser posterior a to");
}

#[tokio::test]
async fn the_pledge_leads_to_its_earlier_moments() {
    let site = corrected(store::Engine::Sqlite).await;
    let page = site.get("/pledges/april-summit").await.assert_ok().assert_has("Compare with an earlier moment");
    let links: Vec<_> = page.links().into_iter().filter(|link| link.contains("/compare")).collect();
    assert_eq!(links, ["/pledges/april-summit/compare", "/pledges/april-summit/compare?from=2026-11-23T12%3A00%3A00Z"]);
    for link in links {
        site.get(&link).await.assert_ok().assert_has("Attendance was misread.");
    }
}

#[tokio::test]
async fn every_page_has_both_clocks_and_keeps_what_else_was_asked() {
    let site = Site::with_example(store::Engine::Sqlite).await;
    for path in [
        "/",
        "/es",
        "/pledges/april-summit",
        "/parties",
        "/meetings/trilateral-2024",
        "/topics/governance",
        "/sources/lad-factsheet-third",
        "/changes",
        "/method",
        "/pledges",
    ] {
        let page = site.get(path).await.assert_ok().assert_has("<input id=\"known-at\" type=\"datetime-local\"");
        assert_eq!(page.text().matches("name=\"as_of\"").count(), 1, "{path}");
    }
    site.get("/pledges?q=visas&status=fulfilled&as_of=2024-04-15&page=2")
        .await
        .assert_ok()
        .assert_has("<input type=\"hidden\" name=\"status\" value=\"fulfilled\">")
        .assert_has("<input type=\"hidden\" name=\"as_of\" value=\"2024-04-15\">")
        .assert_lacks("name=\"page\"");
    // What the form of a browser sends is to the second, and keeps the other clock.
    site.get("/parties/us?as_of=2024-04-15&known_at=2026-11-23T12%3A00")
        .await
        .assert_ok()
        .assert_has("This is how things stood on 15 April 2024, as the record told it at 23 November 2026, 12:00:59 UTC.")
        .assert_has("value=\"2026-11-23T12:00:59\"")
        .assert_has("<details open>");
    site.get("/parties/us?as_of=&known_at=").await.assert_ok().assert_lacks("role=\"note\"");
    for path in ["/nowhere?as_of=2024-04-15", "/pledges/april-summit?as_of=x"] {
        site.get(path).await.assert_lacks("id=\"known-at\"");
    }
}
