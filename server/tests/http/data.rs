//! Open data: what is given away can be read back, holds what was asked for, and nothing that is not public.

pub mod read_back;

use std::io::{Cursor, Read};

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::{DeskRole, Record, open_data::TABLES};
use http_body_util::BodyExt as _;
use server::{Front, clock::Clock, commands::example_record, state::AppState};
use store::{Engine, on_both_engines};
use tower::ServiceExt as _;

use self::read_back::{rows, sorted};
use crate::{
    desk::{approve, hand_in},
    site::{Answer, Site, now, send},
};

/// Every file that is given away.
fn files() -> Vec<String> {
    let tables = TABLES.iter().map(|table| format!("/data/{}.csv", table.name));
    let others = ["pledges.json", "pledges.jsonl", "pledges.xlsx", "datapackage.json"].map(|name| format!("/data/{name}"));
    tables.chain(others).collect()
}

fn read(answer: &Answer) -> Record {
    Record::from_json(answer.text(), now().date_naive()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A record in which every field of the format is used, with texts that a spreadsheet would run.
pub fn awkward() -> Record {
    let json = r#"{
        "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "es": "Un registro" },
        "sources": [
            { "id": "s", "url": "https://example.org/s?a=1,2&b=\"x\"", "title": "+cmd|' /C calc'!A0", "publisher": "@P", "language": "pt-BR", "kind": "ngo", "translation_of": "t", "archive_url": "https://archive.example.org/2024/https://example.org/s?a=1,2" },
            { "id": "t", "url": "https://example.org/t", "title": "Original, \"quoted\"", "publisher": "P", "language": "es", "kind": "treaty", "published_on": "2023-11" }
        ],
        "parties": [
            { "id": "p", "name": { "es": "=1+1" }, "kind": "government" },
            { "id": "q", "name": { "en": "-Q", "es": "'Q'" }, "kind": "country", "iso": "GT" }
        ],
        "meetings": [{ "id": "m", "name": { "en": "M" }, "held_on": "2024-01-31", "place": { "es": "Líneas\ny \"comas\", aquí" } }],
        "topics": [{ "id": "a", "name": { "en": "A" } }, { "id": "b", "name": { "es": "B" } }],
        "pledges": [
            { "id": "one", "title": { "en": "=HYPERLINK(\"https://evil.example\")" }, "summary": { "es": "\u002d2\nlíneas" }, "wording": { "en": "''w" },
              "originals": { "title": "en", "summary": "both", "wording": "es" },
              "made_on": "2024-01", "meeting": "m", "topics": ["b", "a"], "due_on": { "es": "＝pronto" }, "quantity": { "value": 2.5, "unit": { "en": "%" } },
              "parties": [{ "party": "q", "role": "lead" }, { "party": "p", "role": "party" }, { "party": "q", "role": "beneficiary" }],
              "citations": [{ "source": "s", "language": "es", "quote": "=SUM(A1)", "locator": "-3", "authority": "communique" }, { "source": "t", "language": "es", "stance": "context" }],
              "variants": [
                { "field": "due_on", "value": "2024-06", "taken": false, "source": "t", "language": "es", "stance": "contradicts" },
                { "field": "due_on", "value": { "es": "＝pronto" }, "taken": true, "source": "s", "language": "es" },
                { "field": "title", "value": { "en": "@other" }, "source": "s", "language": "en", "quote": "\"q\"" }
              ],
              "history": [
                { "status": "announced", "effective_on": "2024-01", "rationale": { "en": "+1" }, "citations": [{ "source": "t", "language": "es" }], "confidence": "low" },
                { "status": "stalled", "effective_on": "2024-03-02", "party": "p", "rationale": { "es": "-" }, "searched": { "es": "'todo" } },
                { "status": "in_progress", "effective_on": "2024-03", "rationale": { "en": "=" }, "searched": { "en": "x" }, "override_reason": { "en": "@why" } },
                { "status": "fulfilled", "effective_on": "2024-03", "rationale": { "en": "b" }, "searched": { "en": "x" }, "override_reason": { "en": "y" }, "replaces": 2, "reason": { "es": "=z" } }
              ] },
            { "id": "two", "title": { "es": "Dos" }, "summary": { "en": "2" }, "made_on": "2023-12-24", "due_on": "2024-04-30",
              "parties": [{ "party": "p", "role": "host" }],
              "history": [{ "status": "no_action_found", "effective_on": "2024", "rationale": { "es": "n" }, "searched": { "es": "s" } }] }
        ]
    }"#;
    Record::from_json(json, now().date_naive()).unwrap_or_else(|errors| panic!("{errors}"))
}

async fn with_awkward(engine: Engine) -> Site {
    let site = Site::empty(engine).await;
    site.test.store.load(&awkward(), now()).await.unwrap();
    site
}

on_both_engines! {
    async fn the_json_document_loads_elsewhere_and_comes_out_the_same_byte_for_byte(engine) {
        for (site, record) in [(Site::with_example(engine).await, example_record(now().date_naive()).unwrap()), (with_awkward(engine).await, awkward())] {
            let exported = site.get("/data/pledges.json").await.assert_ok().assert_header("content-type", "application/json");
            let loadable = read(&exported);
            let (read, record) = (sorted(read(&exported)), sorted(record));
            assert_eq!(read.pledges, record.pledges);
            // Only what public pledges refer to is public.
            assert!(!read.sources.is_empty() && read.sources.iter().all(|source| record.sources.contains(source)));
            assert!(!read.parties.is_empty() && read.parties.iter().all(|party| record.parties.contains(party)));
            assert!(read.meetings.iter().all(|meeting| record.meetings.contains(meeting)));
            assert!(read.topics.iter().all(|topic| record.topics.contains(topic)));
            let other = Site::empty(engine).await;
            other.test.store.load(&loadable, now()).await.unwrap();
            let again = other.get("/data/pledges.json").await.assert_ok();
            assert!(again.bytes == exported.bytes, "{}\n{}", exported.text(), again.text());
        }
    }

    async fn the_csv_files_hold_the_record_without_loss(engine) {
        for site in [Site::with_example(engine).await, with_awkward(engine).await] {
            let mut document = sorted(read(&site.get("/data/pledges.json").await));
            let files = sorted(read_back::record(&site).await);
            document.title.clone_from(&files.title);
            assert_eq!(files, document);
        }
    }

    async fn no_cell_begins_like_a_formula(engine) {
        let site = with_awkward(engine).await;
        for table in TABLES {
            let answer = site.get(&format!("/data/{}.csv", table.name)).await.assert_ok();
            let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
            for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{}: {cell}", table.name);
            }
        }
        let guarded = site.get("/data/pledges.csv").await;
        assert!(guarded.text().contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""), "{}", guarded.text());
    }

    async fn files_hold_what_was_asked_for(engine) {
        let site = Site::with_example(engine).await;
        assert_eq!(rows(&site, "pledges", "").await.len(), 69);
        assert_eq!(rows(&site, "history", "").await.len(), 118);
        let fulfilled = rows(&site, "pledges", "status=fulfilled&party=guatemala").await;
        let summit = fulfilled.iter().find(|row| row["id"] == "april-summit").unwrap();
        assert_eq!((summit["timeliness"].as_str(), summit["days_late"].as_str()), ("late", "7"));
        assert_eq!((summit["politifact"].as_str(), summit["unhcr_grf"].as_str(), summit["ogp"].as_str()), ("Promise Kept", "Fulfilled", "Complete"));
        assert_eq!(summit["page"], "https://pledges.example.org/pledges/april-summit");
        assert!(fulfilled.iter().all(|row| row["status"] == "fulfilled" && row["parties"].contains(":guatemala")));
        let named = rows(&site, "citations", "status=fulfilled&party=guatemala").await;
        let sources = rows(&site, "sources", "status=fulfilled&party=guatemala").await;
        assert!(named.iter().all(|row| sources.iter().any(|source| source["id"] == row["source"])));
        assert!(!sources.is_empty() && sources.len() < 81);
        assert!(rows(&site, "pledges", "q=nothing-of-the-kind").await.is_empty());
    }

    async fn files_answer_for_another_moment(engine) {
        let site = Site::with_example(engine).await;
        let then = rows(&site, "pledges", "as_of=2024-04-15").await;
        let summit = then.iter().find(|row| row["id"] == "april-summit").unwrap();
        assert_eq!((summit["status"].as_str(), summit["timeliness"].as_str()), ("announced", "due_soon"));
        let history = rows(&site, "history", "as_of=2024-04-15").await;
        assert!(history.iter().all(|row| row["pledge"] != "april-summit" || row["status"] == "announced"));
        for file in TABLES.map(|table| format!("/data/{}.csv", table.name)) {
            let none = site.get(&format!("{file}?known_at=2026-11-01")).await.assert_ok();
            assert_eq!(none.text().lines().count(), 1, "{file} has more than its header");
        }
        let document = site.get("/data/pledges.json?as_of=2024-04-15").await.assert_ok();
        assert!(read(&document).pledges.iter().any(|pledge| pledge.id.as_str() == "april-summit" && pledge.history.len() == 1));
        assert!(site.get("/data/pledges.jsonl?known_at=2026-11-01").await.assert_ok().bytes.is_empty());
    }

    async fn drafts_are_given_away_nowhere(engine) {
        let site = with_awkward(engine).await;
        let draft = r#"{ "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "en": "Drafts" },
            "sources": [{ "id": "draft-source", "url": "https://example.org/draft", "title": "Draft", "publisher": "P", "language": "en", "kind": "news" }],
            "parties": [{ "id": "draft-party", "name": { "en": "Draft" }, "kind": "person" }],
            "meetings": [{ "id": "draft-meeting", "name": { "en": "Draft" }, "held_on": "2024", "place": { "en": "Draft" } }],
            "topics": [{ "id": "draft-topic", "name": { "en": "Draft" } }],
            "pledges": [{ "id": "draft-pledge", "title": { "en": "Draft" }, "summary": { "en": "Draft" }, "made_on": "2024", "meeting": "draft-meeting",
                "parties": [{ "party": "draft-party", "role": "lead" }], "topics": ["draft-topic"],
                "citations": [{ "source": "draft-source", "language": "en" }] }] }"#;
        site.test.store.load(&Record::from_json(draft, now().date_naive()).unwrap(), now()).await.unwrap();
        site.test.sql("update pledge set recorded_at = null where slug = 'draft-pledge'").await.unwrap();
        // A second draft, of a change to a pledge that is public.
        let insert = "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en)";
        let id = if engine == Engine::Sqlite { "x'000000000000000000000000000000ff'" } else { "'000000000000000000000000000000ff'" };
        site.test
            .sql(&format!("{insert} select {id}, id, 9, 'withdrawn', '2024', '2024-12-31', 'Draft' from pledge where slug = 'two'"))
            .await
            .unwrap();
        for file in files().iter().filter(|file| !file.contains("xlsx")) {
            site.get(file).await.assert_ok().assert_lacks("raft");
        }
        assert!(rows(&site, "history", "").await.iter().all(|row| row["status"] != "withdrawn"));
    }

    async fn the_workbook_opens_as_a_workbook_does(engine) {
        for site in [with_awkward(engine).await, Site::empty(engine).await] {
            let answer = site.get("/data/pledges.xlsx").await.assert_ok();
            assert_eq!(answer.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            assert_eq!(answer.header("content-disposition"), "attachment; filename=\"pledges-2026-11-23.xlsx\"");
            // A zip archive, with its first file and its directory at the end (APPNOTE, 4.3).
            let bytes = &answer.bytes;
            assert!(bytes.starts_with(b"PK\x03\x04") && bytes.windows(4).any(|window| window == b"PK\x05\x06"));
            for part in ["xl/worksheets/sheet4.xml", "docProps/custom.xml"] {
                assert!(bytes.windows(part.len()).any(|window| window == part.as_bytes()), "{part}");
            }
        }
    }

    async fn a_reader_who_has_the_file_is_told_so(engine) {
        let site = Site::with_example(engine).await;
        for file in files() {
            let first = site.get(&file).await.assert_ok().assert_header("cache-control", "public, no-cache");
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with("W/\""), "{file}: {tag}");
            let ask = |path: String, known: String| site.send(Request::get(path).header(header::IF_NONE_MATCH, known).body(Body::empty()).unwrap());
            let again = ask(file.clone(), format!("\"other\", {tag}")).await.assert_status(304).assert_header("etag", &tag);
            assert!(again.bytes.is_empty());
            ask(format!("{file}?party=guatemala"), tag.clone()).await.assert_ok();
            ask(format!("{file}?as_of=2024-04-15"), tag.clone()).await.assert_ok();
        }
        let tag = site.get("/data/pledges.csv").await.header("etag").to_owned();
        site.test.store.load(&awkward(), now() - chrono::TimeDelta::hours(1)).await.unwrap();
        assert_ne!(site.get("/data/pledges.csv").await.header("etag"), tag);
    }
}

#[tokio::test]
async fn files_have_names_with_their_day_and_may_be_read_from_anywhere() {
    let site = Site::with_example(Engine::Sqlite).await;
    for file in files() {
        let request = Request::get(&file).header(header::ORIGIN, "https://other.example").body(Body::empty()).unwrap();
        site.send(request).await.assert_ok().assert_header("access-control-allow-origin", "*");
    }
    site.get("/data/history.csv?as_of=2024-04-15")
        .await
        .assert_header("content-disposition", "attachment; filename=\"history-2024-04-15.csv\"")
        .assert_header("content-type", "text/csv; charset=utf-8; header=present");
    site.get("/data/datapackage.json").await.assert_header("content-disposition", "");
    let head = Request::head("/data/pledges.csv").body(Body::empty()).unwrap();
    assert!(site.send(head).await.assert_ok().bytes.is_empty());
}

#[tokio::test]
async fn files_are_the_same_in_every_encoding() {
    let site = Site::with_example(Engine::Sqlite).await;
    for file in files() {
        let plain = site.get(&file).await.assert_ok();
        let packed = site.get_in("br", &file).await.assert_ok();
        if packed.header("content-encoding") == "br" {
            let mut unpacked = Vec::new();
            brotli::Decompressor::new(packed.bytes.as_slice(), 4096).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == plain.bytes && packed.bytes.len() < plain.bytes.len(), "{file}");
        }
        assert!(!site.get_in("gzip", &file).await.assert_ok().bytes.is_empty(), "{file}");
    }
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let site = Site::with_example(Engine::Sqlite).await;
    for file in files() {
        site.get(&format!("{file}?status=broken&as_of=2024-04"))
            .await
            .assert_status(400)
            .assert_header("content-type", "application/problem+json")
            .assert_header("cache-control", "no-store")
            .assert_has("\"parameter\":\"status\"")
            .assert_has("accepted: not_assessed, announced")
            .assert_has("\"parameter\":\"as_of\"");
    }
    site.get("/data/nothing.csv").await.assert_status(404);
}

#[tokio::test]
async fn short_tables_are_the_same_read_at_once_or_by_a_walk() {
    let site = Site::with_example(Engine::Sqlite).await;
    for table in ["parties", "meetings", "topics"] {
        let sorted = |mut rows: Vec<read_back::Cells>| {
            rows.sort_by(|a, b| a["id"].cmp(&b["id"]));
            rows
        };
        for then in ["", "&as_of=2023-06-30"] {
            let at_once = sorted(rows(&site, table, then).await);
            // Every pledge is due some day in these thousands of years or on none; so both halves are all of them.
            let mut walked = rows(&site, table, &format!("due=1000/9999{then}")).await;
            walked.extend(rows(&site, table, &format!("due=none{then}")).await);
            let mut walked = sorted(walked);
            walked.dedup();
            assert_eq!(at_once, walked, "{table}{then}");
        }
    }
}

#[tokio::test]
async fn each_line_is_a_pledge_with_its_history_and_its_state() {
    let site = Site::with_example(Engine::Sqlite).await;
    let answer = site.get("/data/pledges.jsonl").await.assert_ok();
    let lines: Vec<serde_json::Value> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 69);
    let summit = lines.iter().find(|line| line["id"] == "april-summit").unwrap();
    assert_eq!(summit["current"]["status"], "fulfilled");
    assert_eq!(summit["current"]["politifact"], "Promise Kept");
    assert_eq!(summit["history"].as_array().unwrap().len(), 2);
    assert!(summit["history"][0]["citations"][0]["source"].is_string());
}

#[tokio::test]
async fn a_long_record_is_sent_whole() {
    let site = Site::empty(Engine::Sqlite).await;
    for (chunk, recorded_at) in server::synth::record(450) {
        site.test.store.load(&chunk, recorded_at).await.unwrap();
    }
    let pledges = rows(&site, "pledges", "").await;
    let mut names: Vec<_> = pledges.iter().map(|row| &row["id"]).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 450);
    assert_eq!(read(&site.get("/data/pledges.json").await).pledges.len(), 450);
}

#[tokio::test]
async fn what_is_published_while_a_file_is_sent_does_not_tear_it() {
    const LAST_CHANGED: &str = "/data/pledges.csv?sort=changed";
    let site = Site::empty(Engine::Sqlite).await;
    for (chunk, recorded_at) in server::synth::record(1100) {
        site.test.store.load(&chunk, recorded_at).await.unwrap();
    }
    let reading = Front::new(AppState::new(site.test.store.clone(), Clock::stopped_at(now()), "https://pledges.example.org"));
    let asked = || Request::get(LAST_CHANGED).body(Body::empty()).unwrap();
    let whole = send(&reading, asked()).await.assert_ok().bytes;
    let (mut sent, mut body) = (Vec::new(), reading.clone().oneshot(asked()).await.unwrap().into_body());
    sent.extend(body.frame().await.unwrap().unwrap().into_data().unwrap());
    // The pledge that is still to come becomes the first of the list.
    let last = String::from_utf8_lossy(&whole).lines().last().unwrap().split(',').next().unwrap().to_owned();
    let site = site.later("2026-11-23T12:10:00Z", |state| state);
    let (mut editor, mut reviewer) = (site.signed_in(DeskRole::Editor).await, site.signed_in(DeskRole::Reviewer).await);
    let status = [
        ("status", "stalled"),
        ("effective_on", "2026-11-20"),
        ("rationale.en", "It has come to a halt."),
        ("citations[0].source.url", "https://news.example.org/halt"),
        ("citations[0].source.title", "A halt"),
        ("citations[0].source.publisher", "Diario Ejemplo"),
        ("citations[0].source.language", "en"),
        ("citations[0].quote", "has come to a halt"),
    ];
    let draft = hand_in(&mut editor, &format!("/desk/pledges/{last}/status"), &status).await;
    approve(&mut reviewer, &draft).await.assert_status(303);
    assert!(!sent.windows(last.len()).any(|window| window == last.as_bytes()), "all was sent before");
    while let Some(frame) = body.frame().await {
        sent.extend(frame.unwrap().into_data().unwrap());
    }
    assert!(sent == whole, "{} bytes instead of {}", sent.len(), whole.len());
    let since = site.get(LAST_CHANGED).await.assert_ok();
    assert!(since.text().lines().nth(1).unwrap().starts_with(&last));
}

#[tokio::test]
async fn the_description_names_every_file_and_column() {
    let site = Site::with_example(Engine::Sqlite).await;
    let package: serde_json::Value = serde_json::from_str(site.get("/data/datapackage.json").await.assert_ok().text()).unwrap();
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(package["version"], "1");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), TABLES.len());
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let answer = site.get(&format!("/data/{path}")).await.assert_ok();
        let mut reader = csv::Reader::from_reader(Cursor::new(&answer.bytes));
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert!(reader.headers().unwrap().iter().eq(fields.iter().map(|field| field["name"].as_str().unwrap())));
    }
    site.get("/data/datapackage.json?party=guatemala")
        .await
        .assert_has("\"https://pledges.example.org/data/history.csv?party=guatemala\"");
}

#[tokio::test]
async fn the_page_explains_every_file_and_keeps_what_was_asked() {
    let site = Site::with_example(Engine::Sqlite).await;
    for (path, title) in [("/data", "Open data"), ("/es/data", "Datos abiertos")] {
        let answer = site
            .get(path)
            .await
            .assert_ok()
            .assert_has(title)
            .assert_has("Promise Kept")
            .assert_has("creativecommons.org/licenses/by/4.0");
        for file in files() {
            assert!(answer.links().contains(&file), "{path} does not lead to {file}");
        }
        for column in TABLES.iter().flat_map(|table| table.columns) {
            assert!(answer.text().contains(&format!("<code>{}</code>", column.name)), "{path} does not explain {}", column.name);
        }
    }
    let narrowed = site.get("/data?party=guatemala&as_of=2024-04-15").await.assert_ok();
    assert!(narrowed.links().contains(&"/data/history.csv?party=guatemala&as_of=2024-04-15".to_owned()));
    site.get("/data?status=broken").await.assert_status(400).assert_has("<code>status</code>");
    site.get("/").await.assert_ok().assert_has("href=\"/data\"");
}
