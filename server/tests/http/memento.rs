//! Pages as Memento clients find them (RFC 7089): by `Accept-Datetime`, by their mementos, by the lists of these.

use axum::{body::Body, http::Request};
use store::{Engine, on_both_engines};

use crate::site::{Answer, Site};

/// The site three days on: on the day after the example was loaded, within a second, the summit's end was corrected.
pub async fn corrected(engine: Engine) -> Site {
    let site = Site::with_example(engine).await;
    let id = match engine {
        Engine::Sqlite => format!("x'{:032x}'", 9),
        Engine::Postgres => format!("'{:032x}'", 9),
    };
    let correction = format!(
        "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en, searched_en, replaces_id, reason_en, recorded_at)
         select {id}, p.id, 2, 'partly_fulfilled', '2024-05-07', '2024-05-07', 'Held in Guatemala City; some did not come.', 'Lists.', s.id, 'Attendance was misread.', '2026-11-24T12:00:00.250+00:00'
         from status_change s join pledge p on p.id = s.pledge_id where p.slug = 'april-summit' and s.position = 1"
    );
    site.test.sql(&correction).await.unwrap();
    site.test.refold("2026-11-24T12:00:00.250Z".parse().unwrap()).await;
    site.later("2026-11-26T12:00:00Z", |state| state)
}

async fn at(site: &Site, date: &str, path: &str) -> Answer {
    site.get_with("accept-datetime", date, path).await
}

/// The address that an answer leads to, without the site.
fn led_to(answer: &Answer) -> String {
    answer.header("location").to_owned()
}

const FIRST: &str = "Mon, 23 Nov 2026 12:00:00 GMT";
const LAST: &str = "Tue, 24 Nov 2026 12:00:00 GMT";

on_both_engines! {
    async fn a_page_is_its_own_timegate(engine) {
        let site = corrected(engine).await;
        let plain = site.get("/pledges/april-summit").await.assert_ok();
        assert!(plain.headers.get_all("vary").iter().any(|vary| vary == "accept-datetime"));
        assert_eq!(
            plain.header("link"),
            "<https://pledges.example.org/pledges/april-summit>; rel=\"original timegate\", \
             <https://pledges.example.org/timemap/link/pledges/april-summit>; rel=\"timemap\"; type=\"application/link-format\""
        );
        let gate = at(&site, "Mon, 23 Nov 2026 18:00:00 GMT", "/pledges/april-summit").await.assert_status(302)
            .assert_header("vary", "accept-datetime")
            .assert_header("memento-datetime", "")
            .assert_header("location", "/pledges/april-summit?known_at=2026-11-23T12:00:00.999999999Z");
        for rel in ["original timegate", "timemap", "first memento", "last memento"] {
            assert!(gate.header("link").contains(&format!("rel=\"{rel}\"")), "{rel}: {}", gate.header("link"));
        }
        let memento = site.get(&led_to(&gate)).await.assert_ok()
            .assert_header("memento-datetime", FIRST)
            .assert_has("Fulfilled, 7 days late")
            .assert_has("This is what the record said at 23 November 2026, 12:00:00 UTC")
            .assert_lacks("Partly fulfilled</span>");
        assert!(memento.header("link").starts_with("<https://pledges.example.org/pledges/april-summit>; rel=\"original timegate\""));
        assert!(!memento.headers.get_all("vary").iter().any(|vary| vary == "accept-datetime"));
    }

    async fn the_date_of_a_memento_leads_back_to_it(engine) {
        let site = corrected(engine).await;
        for path in [
            "/", "/es", "/pledges", "/pledges?party=guatemala", "/parties", "/parties/guatemala", "/meetings", "/meetings/trilateral-2024",
            "/topics", "/topics/governance", "/changes", "/sources/lad-factsheet-third", "/es/pledges/april-summit",
        ] {
            // Before the first is the first; after the last, whatever the hour, is the last.
            for (asked, met) in [("Sat, 01 Jan 2000 00:00:00 GMT", FIRST), (FIRST, FIRST), (LAST, LAST), ("Fri, 31 Dec 2100 23:59:59 GMT", LAST)] {
                let gate = at(&site, asked, path).await.assert_status(302);
                let memento = site.get(&led_to(&gate)).await.assert_ok().assert_header("memento-datetime", met);
                let again = at(&site, memento.header("memento-datetime"), path).await.assert_status(302);
                assert_eq!(led_to(&again), led_to(&gate), "{path} {asked}");
            }
        }
        // What was recorded a quarter of a second into it belongs to the second.
        let last = led_to(&at(&site, LAST, "/es/pledges/april-summit").await);
        site.get(&last).await.assert_ok().assert_has("Cumplido en parte");
    }

    async fn the_timemap_lists_what_the_page_went_through(engine) {
        let site = corrected(engine).await;
        let map = site.get("/timemap/link/es/pledges/april-summit").await.assert_ok().assert_header("content-type", "application/link-format");
        assert_eq!(map.text(),
            "<https://pledges.example.org/es/pledges/april-summit>; rel=\"original timegate\",\n\
             <https://pledges.example.org/timemap/link/es/pledges/april-summit>; rel=\"self\"; type=\"application/link-format\"; from=\"Mon, 23 Nov 2026 12:00:00 GMT\"; until=\"Tue, 24 Nov 2026 12:00:00 GMT\",\n\
             <https://pledges.example.org/es/pledges/april-summit?known_at=2026-11-23T12:00:00.999999999Z>; rel=\"first memento\"; datetime=\"Mon, 23 Nov 2026 12:00:00 GMT\",\n\
             <https://pledges.example.org/es/pledges/april-summit?known_at=2026-11-24T12:00:00.999999999Z>; rel=\"last memento\"; datetime=\"Tue, 24 Nov 2026 12:00:00 GMT\"\n");
        // Another pledge went through nothing of the kind; the record as a whole did.
        site.get("/timemap/link/pledges/operational-cell").await.assert_ok().assert_has("rel=\"first last memento\"").assert_lacks("2026-11-24");
        for path in ["/timemap/link", "/timemap/link/es", "/timemap/link/changes", "/timemap/link/parties/us"] {
            site.get(path).await.assert_ok().assert_has("2026-11-24T12:00:00.999999999Z>; rel=\"last memento\"");
        }
        site.get("/timemap/link/pledges?status=fulfilled").await.assert_ok()
            .assert_has("<https://pledges.example.org/pledges?status=fulfilled&known_at=2026-11-23T12:00:00.999999999Z>");
        site.get("/timemap/link?before=2026-11-24T12:00:00Z").await.assert_ok()
            .assert_has("rel=\"first memento\"").assert_lacks("2026-11-24T12:00:00.999999999Z");
        site.get("/timemap/link?before=soon").await.assert_status(400).assert_has("before");
        for path in ["/timemap/link/nowhere", "/timemap/link/method", "/timemap/link/pledges/nowhere", "/timemap/link/parties/nowhere", "/timemap/link/sources/%FF"] {
            site.get(path).await.assert_status(404);
        }
    }

    async fn a_draft_is_in_no_timemap_and_moves_no_memento(engine) {
        let site = Site::with_example(engine).await;
        let id = match engine { Engine::Sqlite => "x'00000000000000000000000000000009'", Engine::Postgres => "'00000000000000000000000000000009'" };
        site.test.sql(&format!(
            "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en)
             select {id}, id, 2, 'stalled', '2024-06-01', '2024-06-01', 'A draft.' from pledge where slug = 'april-summit'"
        )).await.unwrap();
        site.get("/timemap/link/pledges/april-summit").await.assert_ok().assert_has("rel=\"first last memento\"");
        site.get("/pledges/april-summit/compare").await.assert_ok().assert_lacks("A draft.");
    }

    async fn an_empty_record_has_no_mementos(engine) {
        let site = Site::empty(engine).await;
        site.get("/timemap/link").await.assert_status(404);
        at(&site, FIRST, "/").await.assert_status(404).assert_has("empty");
        site.get("/?known_at=2026-11-01").await.assert_ok().assert_header("memento-datetime", "");
    }
}

#[tokio::test]
async fn a_date_that_is_none_is_refused() {
    let site = Site::with_example(Engine::Sqlite).await;
    for wrong in ["soon", "2026-11-23T12:00:00Z", "Tue, 23 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 12:00:00 +0100", ""] {
        at(&site, wrong, "/es/pledges/april-summit")
            .await
            .assert_status(400)
            .assert_has("Accept-Datetime")
            .assert_header("vary", "accept-datetime");
    }
}

#[tokio::test]
async fn what_has_no_mementos_is_left_alone() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in ["/method", "/robots.txt", "/healthz", "/pledges/april-summit/compare"] {
        at(&site, FIRST, path).await.assert_ok().assert_header("link", "").assert_header("memento-datetime", "");
    }
    at(&site, FIRST, "/pledges/nowhere").await.assert_status(404).assert_header("link", "");
    // A memento is what it is, whatever other time is asked of it.
    at(&site, "Sat, 01 Jan 2000 00:00:00 GMT", "/pledges?known_at=2026-11-23T12:00:00Z")
        .await
        .assert_ok()
        .assert_header("memento-datetime", FIRST);
    // What may still change is none yet.
    site.get("/pledges?known_at=2100-01-01").await.assert_ok().assert_header("memento-datetime", "");
    let head = Request::head("/pledges").header("accept-datetime", FIRST).body(Body::empty()).unwrap();
    site.send(head).await.assert_status(302);
}

#[tokio::test]
async fn a_memento_says_the_same_on_every_later_day() {
    let site = Site::with_example(Engine::Sqlite).await;
    let path = "/pledges/colombia-chair-2025?known_at=2026-11-23T12:00:00.999999999Z";
    let then = site.get(path).await.assert_ok().assert_has("overdue by");
    let years_on = site.later("2031-01-01T00:00:00Z", |state| state);
    let now = years_on.get(path).await.assert_ok();
    let main = |answer: &Answer| answer.text().split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned();
    assert_eq!(main(&then), main(&now));
    assert_ne!(main(&then), main(&years_on.get("/pledges/colombia-chair-2025").await));
}
