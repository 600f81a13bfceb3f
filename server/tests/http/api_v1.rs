//! The API: what it answers is what it describes, and whole lists can be walked.

mod refused;

use std::{collections::BTreeSet, fs, path::Path};

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};
use server::{Front, clock::Clock, state::AppState};
use store::{Engine, on_both_engines};
use tower::ServiceExt;

use crate::site::{Answer, Site, now};

/// Where the site of the tests can be reached.
const SITE: &str = "https://pledges.example.org";

/// What the examples of the description ask for.
const REQUESTS: [(&str, &str); 12] = [
    ("list_pledges", "/api/v1/pledges?meeting=trilateral-2024&status=fulfilled"),
    ("get_pledge", "/api/v1/pledges/april-summit"),
    ("get_pledge_history", "/api/v1/pledges/april-summit/history"),
    ("list_parties", "/api/v1/parties?as_of=2022-06-09"),
    ("get_party", "/api/v1/parties/guatemala"),
    ("list_meetings", "/api/v1/meetings?as_of=2022-06-10"),
    ("get_meeting", "/api/v1/meetings/trilateral-2024"),
    ("list_topics", "/api/v1/topics?as_of=2022-06-09"),
    ("get_topic", "/api/v1/topics/governance"),
    ("get_source", "/api/v1/sources/lad-factsheet-third"),
    ("list_changes", "/api/v1/changes?as_of=2022-06-09"),
    ("get_stats", "/api/v1/stats?party=guatemala"),
];

/// What has no example: the log of the example record is too large for one.
const OF_THE_LOG: [(&str, &str); 4] = [
    ("list_record_entries", "/api/v1/record/entries"),
    ("get_record_proof", "/api/v1/record/proof?index=0"),
    ("get_record_proof", "/api/v1/record/proof?from=1"),
    ("get_record_checkpoint", "/api/v1/record/checkpoint"),
];

pub fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(answer.text()).expect("JSON")
}

impl Site {
    async fn json(&self, path: &str) -> Value {
        json_of(&self.get(path).await.assert_ok().assert_header("content-type", "application/json"))
    }
}

/// The description, with each object closed: a field that it does not name is then an error.
pub async fn closed_description(site: &Site) -> Value {
    let mut document = site.json("/api/v1/openapi.json").await;
    for schema in document["components"]["schemas"].as_object_mut().unwrap().values_mut() {
        if schema.get("properties").is_some() {
            schema["additionalProperties"] = json!(false);
        }
    }
    document
}

/// Checks an answer against a schema of the description.
#[track_caller]
pub fn assert_fits(document: &Value, schema: &Value, answer: &Value, what: &str) {
    let mut root = schema.clone();
    root["components"] = document["components"].clone();
    let validator = jsonschema::options().should_validate_formats(true).build(&root).unwrap();
    let errors: Vec<String> = validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// The operations of the description that need no token: name, path and the operation itself.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let named = paths.iter().flat_map(|(path, item)| {
        let open = item.as_object().unwrap().iter().filter(|(_, operation)| operation.get("security").is_none());
        open.map(move |(method, operation)| {
            assert_eq!(method, "get", "{path}");
            (operation["operationId"].as_str().unwrap().to_owned(), path.clone(), operation.clone())
        })
    });
    named.collect()
}

pub fn problem_of(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let problem = json_of(answer);
    assert_eq!(problem["status"], status);
    problem
}

/// The items of a list, piece by piece, by the links in the answers.
async fn walk(site: &Site, path: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let answer = site.get(&path).await.assert_ok();
        let list = json_of(&answer);
        items.extend(list["data"].as_array().unwrap().iter().cloned());
        assert!(items.len() < 1000, "{path} never ends");
        next = list["next"].as_str().map(|next| next.strip_prefix(SITE).unwrap().to_owned());
        let linked = answer.header("link").split(", ").find(|link| link.ends_with("; rel=\"next\"")).map(str::to_owned);
        assert_eq!(linked, next.as_ref().map(|next| format!("<{SITE}{next}>; rel=\"next\"")));
        assert!(answer.header("link").contains("; rel=\"first\""), "{}", answer.header("link"));
    }
    items
}

on_both_engines! {
    async fn every_operation_answers_as_it_is_described(engine) {
        let site = Site::with_example(engine).await;
        let document = closed_description(&site).await;
        let operations = operations(&document);
        assert_eq!(operations.len(), REQUESTS.len() + 4, "an operation is not called here");
        for (id, path, operation) in operations {
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            let Some((_, request)) = REQUESTS.iter().find(|(of, _)| *of == id) else {
                assert!(id == "get_openapi" || OF_THE_LOG.iter().any(|(of, _)| *of == id), "{id}");
                for (_, request) in OF_THE_LOG.iter().filter(|(of, _)| *of == id && *of != "get_record_checkpoint") {
                    assert_fits(&document, schema, &site.json(request).await, request);
                }
                continue;
            };
            assert!(request.starts_with(path.split('{').next().unwrap()), "{id}");
            let answer = site.json(request).await;
            assert_fits(&document, schema, &answer, request);
            let example = &operation["responses"]["200"]["content"]["application/json"]["example"];
            if std::env::var_os("PLEDGEBOOK_WRITE_EXAMPLES").is_some() && engine == Engine::Sqlite {
                let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("example/api/{id}.json"));
                fs::write(file, serde_json::to_string_pretty(&answer).unwrap() + "\n").unwrap();
            } else {
                assert_eq!(*example, answer, "{id}: PLEDGEBOOK_WRITE_EXAMPLES=1 writes the examples anew");
            }
        }
        // Beyond the examples: every pledge, party, meeting, topic and source there is.
        for (list, one) in [("pledges", "get_pledge"), ("parties", "get_party"), ("meetings", "get_meeting"), ("topics", "get_topic")] {
            let document = &document;
            let schema = |path: &str| document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone();
            let all = site.json(&format!("/api/v1/{list}?{}", if list == "pledges" { "limit=100" } else { "" })).await;
            assert_fits(document, &schema(&format!("/api/v1/{list}")), &all, list);
            assert!(all["data"].as_array().unwrap().len() > 3, "{one}");
            for item in all["data"].as_array().unwrap() {
                let path = item["api"].as_str().unwrap().strip_prefix(SITE).unwrap();
                assert_fits(document, &schema(&format!("/api/v1/{list}/{{slug}}")), &site.json(path).await, path);
                site.get(item["url"].as_str().unwrap().strip_prefix(SITE).unwrap()).await.assert_ok();
                if list == "pledges" {
                    let path = format!("{path}/history");
                    assert_fits(document, &schema("/api/v1/pledges/{slug}/history"), &site.json(&path).await, &path);
                }
            }
        }
    }

    async fn lists_are_walked_without_gap_or_double(engine) {
        let site = Site::with_example(engine).await;
        for (path, size) in [
            ("/api/v1/pledges?limit=7", 69),
            ("/api/v1/pledges?sort=due&limit=10", 69),
            ("/api/v1/pledges?sort=changed&limit=69", 69),
            ("/api/v1/pledges", 69),
            ("/api/v1/changes?limit=10", 118),
            ("/api/v1/changes?limit=100&as_of=2026-11-23", 118),
        ] {
            let items = walk(&site, path).await;
            assert_eq!(items.len(), size, "{path}");
            let different: BTreeSet<&str> = items.iter().map(|item| item["url"].as_str().unwrap()).collect();
            assert_eq!(different.len(), size, "{path} has something twice");
        }
        let whole = site.json("/api/v1/pledges?limit=100").await;
        assert_eq!(whole["total"], 69);
        assert_eq!(whole["next"], Value::Null);
        assert_eq!(*whole["data"].as_array().unwrap(), walk(&site, "/api/v1/pledges?limit=7").await, "in another order");
    }

    async fn the_two_clocks_are_answered_everywhere(engine) {
        let site = Site::with_example(engine).await;
        let then = site.json("/api/v1/pledges/april-summit?as_of=2024-04-15").await;
        assert_eq!(then["data"]["status"], "announced");
        assert_eq!(then["data"]["timeliness"]["code"], "due_soon");
        assert_eq!(then["as_of"], "2024-04-15");
        let now = site.json("/api/v1/pledges/april-summit").await;
        assert_eq!(now["data"]["status"], "fulfilled");
        assert_eq!(now["data"]["due"], json!({ "date": "2024-04", "words": null }));
        assert_eq!(now["data"]["timeliness"], json!({ "code": "late", "days": 7, "days_at_most": 7, "overdue_since": null }));
        let again = format!("/api/v1/pledges/april-summit?as_of={}&known_at={}", now["as_of"].as_str().unwrap(), now["known_at"].as_str().unwrap());
        assert_eq!(site.json(&again).await, now, "what an answer says of its moment asks for it again");
        assert_eq!(site.json("/api/v1/pledges/april-summit?as_of=2023-01-01").await["data"]["status"], Value::Null);
        problem_of(&site.get("/api/v1/pledges/april-summit?known_at=2026-11-01").await, 404);
        for list in ["pledges", "changes", "parties", "meetings", "topics"] {
            let before = site.json(&format!("/api/v1/{list}?known_at=2026-11-01")).await;
            assert_eq!((&before["total"], &before["known_at"]), (&json!(0), &json!("2026-11-01T23:59:59.999999Z")), "{list}");
        }
        assert_eq!(site.json("/api/v1/stats?as_of=2000-01-01").await["data"]["total"], 0);
        assert_eq!(site.json("/api/v1/pledges/april-summit/history?as_of=2024-04-15").await["total"], 1);
    }

    async fn an_empty_record_answers_too(engine) {
        let site = Site::empty(engine).await;
        let document = closed_description(&site).await;
        for list in ["pledges", "changes", "parties", "meetings", "topics"] {
            let answer = site.get(&format!("/api/v1/{list}?as_of=2024-01-01")).await.assert_ok().assert_header("last-modified", "");
            let schema = &document["paths"][format!("/api/v1/{list}")]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            assert_fits(&document, schema, &json_of(&answer), list);
            assert_eq!(json_of(&answer)["known_at"], Value::Null);
        }
    }

    async fn an_answer_that_is_known_is_not_sent_again(engine) {
        let site = Site::with_example(engine).await;
        for path in ["/api/v1/pledges?limit=3", "/api/v1/pledges/april-summit", "/api/v1/pledges/april-summit/history", "/api/v1/stats", "/api/v1/parties?as_of=2024-04-15", "/api/v1/openapi.json"] {
            let answer = site.get(path).await.assert_ok().assert_header("cache-control", "public, no-cache").assert_header("vary", "accept-encoding");
            let etag = answer.header("etag").to_owned();
            let again = site.get_with("if-none-match", &format!("\"other\", {etag}"), path).await.assert_status(304)
                .assert_header("etag", &etag).assert_header("cache-control", "public, no-cache").assert_header("vary", "accept-encoding");
            assert!(again.bytes.is_empty());
            site.get_with("if-none-match", "\"other\"", path).await.assert_ok();
            if path.ends_with("openapi.json") {
                continue;
            }
            let modified = answer.header("last-modified").to_owned();
            site.get_with("if-modified-since", &modified, path).await.assert_status(304);
            site.get_with("if-modified-since", "Sun, 22 Nov 2026 12:00:00 GMT", path).await.assert_ok();
            let both = Request::get(path).header(header::IF_NONE_MATCH, "\"other\"").header(header::IF_MODIFIED_SINCE, &modified);
            site.send(both.body(Body::empty()).unwrap()).await.assert_ok();
        }
        let etag = |answer: Answer| answer.header("etag").to_owned();
        let tags: BTreeSet<String> = BTreeSet::from([
            etag(site.get("/api/v1/pledges").await),
            etag(site.get("/api/v1/pledges?limit=1").await),
            etag(site.get("/api/v1/changes").await),
            etag(site.get("/api/v1/pledges?as_of=2026-11-22").await),
        ]);
        assert_eq!(tags.len(), 4, "different answers have different tags");
        // Nothing is modified where nothing is.
        problem_of(&site.get_with("if-modified-since", "Tue, 24 Nov 2026 12:00:00 GMT", "/api/v1/pledges/nowhere").await, 404);
        problem_of(&site.get_with("if-modified-since", "Tue, 24 Nov 2026 12:00:00 GMT", "/api/v1/pledges/nowhere/history").await, 404);
        problem_of(&site.get_with("if-none-match", "*", "/api/v1/pledges/nowhere").await, 404);
    }

    async fn a_new_day_is_a_new_answer_where_it_depends_on_today(engine) {
        let site = Site::with_example(engine).await;
        let tomorrow = Front::new(AppState::new(site.test.store.clone(), Clock::stopped_at(now() + chrono::TimeDelta::days(1)), SITE));
        for (path, same) in [("/api/v1/pledges", false), ("/api/v1/pledges?as_of=2024-04-15", true)] {
            let today = site.get(path).await.header("etag").to_owned();
            let request = Request::get(path).body(Body::empty()).unwrap();
            let then = tomorrow.clone().oneshot(request).await.unwrap().headers()["etag"].to_str().unwrap().to_owned();
            assert_eq!(today == then, same, "{path}");
        }
    }

    async fn what_is_unpublished_appears_nowhere_and_changes_no_tag(engine) {
        let site = Site::with_example(engine).await;
        let paths: Vec<&str> = REQUESTS.iter().map(|(_, path)| *path)
            .chain(["/api/v1/pledges?limit=100", "/api/v1/changes?limit=100", "/api/v1/parties", "/api/v1/meetings", "/api/v1/topics", "/api/v1/stats"])
            .collect();
        let mut before = Vec::new();
        for path in &paths {
            let answer = site.get(path).await.assert_ok();
            before.push((answer.header("etag").to_owned(), answer.header("last-modified").to_owned(), answer.bytes.clone()));
        }
        let id = |number: u32| match engine {
            Engine::Sqlite => format!("x'{number:032x}'"),
            Engine::Postgres => format!("'{number:032x}'"),
        };
        for statement in [
            format!("insert into party (id, slug, name_en, kind) values ({}, 'secret-party', 'Secret', 'person')", id(1)),
            format!("insert into topic (id, slug, name_en) values ({}, 'secret-topic', 'Secret')", id(2)),
            format!(
                "insert into source (id, slug, url, title, publisher, language, kind, translation_of)
                 select {}, 'secret-source', 'https://example.org/secret', 'Secret', 'Secret', 'en', 'news', id
                 from source where slug = 'lad-factsheet-third'",
                id(3)
            ),
            format!(
                "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en, recorded_at)
                 select {}, id, 99, 'stalled', '2024-06', '2024-06-30', 'Secret.', null from pledge where slug = 'april-summit'",
                id(4)
            ),
            format!(
                "insert into citation (id, status_change_id, position, source_id, quote, language, stance)
                 values ({}, {}, 0, {}, 'Secret.', 'en', 'supports')",
                id(5), id(4), id(3)
            ),
            format!(
                "insert into citation (id, pledge_id, position, source_id, quote, language, stance)
                 select {}, id, 98, {}, 'Secret.', 'en', 'supports' from pledge where slug = 'april-summit'",
                id(6), id(3)
            ),
        ] {
            site.test.sql(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        let again = Front::new(AppState::new(site.test.store.clone(), Clock::stopped_at(now()), SITE));
        for (path, (etag, modified, bytes)) in paths.into_iter().zip(before) {
            let answer = site.get(path).await;
            let response = again.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            let headers = response.headers().clone();
            let told = axum::body::to_bytes(response.into_body(), 10 << 20).await.unwrap();
            for (headers, told) in [(&answer.headers, &answer.bytes[..]), (&headers, &told[..])] {
                assert_eq!(headers["etag"], *etag, "{path}");
                assert_eq!(headers["last-modified"], *modified, "{path}");
                assert!(told == bytes, "{path} tells of a draft");
            }
        }
        for path in ["parties/secret-party", "topics/secret-topic", "sources/secret-source"] {
            let problem = problem_of(&site.get(&format!("/api/v1/{path}")).await, 404);
            assert_eq!(problem, problem_of(&site.get("/api/v1/sources/nowhere").await, 404), "a secret looks like nothing");
        }
    }
}

#[tokio::test]
async fn pages_of_other_sites_may_read() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in ["/api/v1/pledges", "/api/v1/pledges/nowhere", "/api/v1/nowhere", "/api/v1/pledges?status=broken"] {
        let answer = site.get_with("origin", "https://elsewhere.example", path).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-expose-headers"), "etag,last-modified,link");
        assert!(!answer.header("vary").contains("origin"), "one answer for all origins");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
    let preflight = Request::options("/api/v1/pledges")
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "if-none-match");
    let answer = site.send(preflight.body(Body::empty()).unwrap()).await.assert_ok();
    assert_eq!(answer.header("access-control-allow-methods"), "GET,HEAD,OPTIONS");
    assert!(answer.header("access-control-allow-headers").contains("if-none-match"));
    site.get_with("origin", "https://elsewhere.example", "/pledges")
        .await
        .assert_ok()
        .assert_header("access-control-allow-origin", "");
}

#[tokio::test]
async fn every_parameter_that_is_described_is_read_and_no_other() {
    let site = Site::with_example(Engine::Sqlite).await;
    let document = site.json("/api/v1/openapi.json").await;
    for (id, _, operation) in operations(&document) {
        let Some((_, request)) = REQUESTS.iter().chain(&OF_THE_LOG).find(|(of, _)| *of == id) else { continue };
        if id == "get_record_checkpoint" {
            continue;
        }
        let path = request.split('?').next().unwrap();
        let parameters = operation["parameters"].as_array().unwrap();
        let described: Vec<&str> =
            parameters.iter().filter(|of| of["in"] == "query").map(|of| of["name"].as_str().unwrap()).collect();
        // A name that is not known comes back with all that are.
        let problem = problem_of(&site.get(&format!("{path}?unknown=1")).await, 400);
        let detail = problem["errors"][0]["detail"].as_str().unwrap();
        let known: Vec<&str> = detail.split("known here: ").nth(1).unwrap().split(", ").collect();
        assert_eq!(described, known, "{id}");
        assert!(parameters.iter().all(|of| !of["description"].as_str().unwrap().is_empty()), "{id}");
    }
}

#[tokio::test]
async fn the_page_tells_of_every_operation_in_both_languages_without_scripts() {
    let site = Site::with_example(Engine::Sqlite).await;
    let document = site.json("/api/v1/openapi.json").await;
    for (path, title) in [("/api", "The record for other programs"), ("/es/api", "El registro para otros programas")] {
        let page = site.get(path).await.assert_ok().assert_has(title).assert_lacks("<script").assert_has("lang=\"en\"");
        for (id, path, operation) in operations(&document) {
            assert!(page.text().contains(&format!("<h3 id=\"{id}\"><code>GET {path}</code></h3>")), "{id}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(page.text().contains(&format!("<code>{}</code>", parameter["name"].as_str().unwrap())), "{id}");
            }
        }
        for status in ["invalid-request", "not-found", "method-not-allowed", "unavailable"] {
            assert!(page.text().contains(&format!("id=\"{status}\"")), "{status}");
        }
        assert!(
            page.text().contains("curl &#x27;https://pledges.example.org/api/v1/pledges/april-summit&#x27;")
                || page.text().contains("curl 'https://pledges.example.org/api/v1/pledges/april-summit'")
        );
    }
    site.get("/es").await.assert_ok().assert_has("<a href=\"/es/api\">API</a>");
}
