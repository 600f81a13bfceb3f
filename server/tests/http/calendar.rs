//! Calendars: every day on which something is due, as precisely as it is known.

use store::{Engine, on_both_engines};

use crate::site::{Answer, Site, now};

/// The lines of a calendar as they were before they were folded (RFC 5545, section 3.1).
fn lines(calendar: &Answer) -> Vec<String> {
    assert!(!calendar.text().replace("\r\n", "").contains('\n'), "lines end in CRLF");
    assert!(calendar.text().split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 bytes");
    calendar.text().replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

/// The lines of the event of a pledge.
fn event(lines: &[String], pledge: &str) -> Vec<String> {
    let uid = format!("UID:{pledge}@pledges.example.org");
    let events = lines.split(|line| line == "BEGIN:VEVENT");
    let event = events.skip(1).find(|event| event.contains(&uid)).unwrap_or_else(|| panic!("{pledge} is not in it"));
    event.to_vec()
}

on_both_engines! {
    async fn a_month_is_a_month_of_days_and_none_is_invented(engine) {
        let site = Site::with_example(engine).await;
        let calendar = site.get("/deadlines.ics").await.assert_ok()
            .assert_header("content-type", "text/calendar; charset=utf-8");
        let lines = lines(&calendar);
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pledgebook//EN", "REFRESH-INTERVAL;VALUE=DURATION:PT43200S", "END:VCALENDAR"] {
            assert!(lines.iter().any(|is| is == line), "{line} is missing");
        }
        let summit = event(&lines, "april-summit");
        for line in [
            "DTSTART;VALUE=DATE:20240401", "DTEND;VALUE=DATE:20240501", "DTSTAMP:20261123T120000Z", "TRANSP:TRANSPARENT",
            "STATUS:CONFIRMED", "CATEGORIES:Fulfilled", "URL:https://pledges.example.org/pledges/april-summit",
        ] {
            assert!(summit.iter().any(|is| is == line), "{line} is missing: {summit:#?}");
        }
        let es = site.get("/es/meetings/trilateral-2024.ics").await.assert_ok().assert_has("NAME:Pledgebook: plazos");
        assert!(es.text().contains("Vence: "));
    }

    async fn a_draft_is_in_no_calendar(engine) {
        // Two sites, so that the one with drafts has kept nothing from before there were any.
        let (public, site) = (Site::with_example(engine).await, Site::with_example(engine).await);
        site.add_drafts(engine).await;
        for path in ["/deadlines.ics", "/parties/guatemala.ics"] {
            let found = site.get(path).await.assert_ok().assert_has("BEGIN:VEVENT").assert_lacks("draft-");
            assert_eq!(found.bytes, public.get(path).await.bytes, "{path}");
        }
    }
}

#[tokio::test]
async fn a_calendar_holds_the_deadlines_that_were_asked_for() {
    let site = Site::with_example(Engine::Sqlite).await;
    let count = async |path: &str| site.get(path).await.assert_ok().text().matches("BEGIN:VEVENT").count();
    let all = count("/deadlines.ics").await;
    let fulfilled = count("/deadlines.ics?status=fulfilled").await;
    assert!(0 < fulfilled && fulfilled < all, "{fulfilled} of {all}");
    assert!(count("/parties/guatemala.ics").await < all);
    assert_eq!(count("/deadlines.ics?known_at=2026-01-01").await, 0);
    let then = site.get("/parties/guatemala.ics?as_of=2024-04-15").await.assert_ok();
    assert!(event(&lines(&then), "april-summit").iter().any(|line| line == "CATEGORIES:Announced"));
}

#[tokio::test]
async fn a_calendar_of_very_many_has_the_next_and_those_of_the_year_before() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut record = server::commands::example_record(now().date_naive()).unwrap();
    let made = record.pledges.swap_remove(0);
    record.pledges = (0..2_400)
        .map(|number: i32| {
            // From 2022 on, a hundred a year; and more than a calendar has, of which the next are first.
            let due = if number < 400 { format!("{}", 2022 + number / 100) } else { format!("{}", 2030 + number / 100) };
            let (id, due_on) = (format!("many-{number}").parse().unwrap(), Some(domain::Due::On(due.parse().unwrap())));
            domain::Pledge { id, due_on, ..made.clone() }
        })
        .collect();
    site.test.store.load(&record, now() + chrono::TimeDelta::seconds(1)).await.unwrap();
    let calendar = site.get("/deadlines.ics").await.assert_ok();
    assert_eq!(calendar.text().matches("BEGIN:VEVENT").count(), 2_000);
    let begins: Vec<String> = lines(&calendar).into_iter().filter(|line| line.starts_with("DTSTART")).collect();
    let first = begins.iter().min().unwrap();
    assert!(first.as_str() >= "DTSTART;VALUE=DATE:2025", "{first}");
    assert!(begins.iter().any(|line| line.ends_with("20340101")), "the next are there");
    // Who asks for those before has them.
    let before = site.get("/deadlines.ics?due=2022").await.assert_ok();
    assert!(before.text().matches("BEGIN:VEVENT").count() >= 100);
}
