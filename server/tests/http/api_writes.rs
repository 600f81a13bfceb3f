//! Writing by a token: the way from an empty hand to a published pledge, and what is told where something is wrong.

mod access;

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::{DeskRole, Lifetime, NewToken, Scopes};
use serde_json::{Value, json};
use store::{Editor, Engine, on_both_engines};

use crate::{
    api_v1::{assert_fits, closed_description, json_of, problem_of},
    site::{Answer, Site, now},
};

fn scopes(text: &str) -> Scopes {
    text.parse().unwrap()
}

/// A program that sends a token along.
struct Program<'a> {
    site: &'a Site,
    token: String,
}

impl Site {
    pub async fn token_of(&self, owner: &Editor, of: &str) -> String {
        let new = NewToken { name: "A program".into(), scopes: scopes(of), lifetime: Lifetime::Month };
        self.test.store.make_token(owner, &new, now()).await.unwrap().reveal().to_owned()
    }

    async fn somebody(&self, role: DeskRole) -> Editor {
        match self.test.store.account(&format!("{role}@example.org")).await.unwrap() {
            Some(account) => account.editor,
            None => self.let_in(role.code(), role).await,
        }
    }

    /// A program of somebody in this role.
    async fn program(&self, role: DeskRole, of: &str) -> Program<'_> {
        let owner = self.somebody(role).await;
        Program { site: self, token: self.token_of(&owner, of).await }
    }
}

impl Program<'_> {
    async fn send(&self, method: &str, path: &str, version: Option<i64>, content: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let body = match content {
            Some(content) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(content.to_string())
            }
            None => Body::empty(),
        };
        self.site.send(request.body(body).unwrap()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, None).await
    }

    async fn post(&self, path: &str, version: Option<i64>, content: Value) -> Answer {
        self.send("POST", path, version, Some(content)).await
    }
}

/// The example of what an operation is sent, and what else is told of it.
fn described<'a>(document: &'a Value, operation: &str) -> &'a Value {
    let paths = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    paths.into_iter().find(|of| of["operationId"] == operation).unwrap_or_else(|| panic!("{operation} is not described"))
}

fn content_of(document: &Value, operation: &str) -> Value {
    described(document, operation)["requestBody"]["content"]["application/json"]["example"].clone()
}

fn draft_in(answer: &Answer) -> (String, i64) {
    let draft = json_of(answer)["data"].clone();
    let path = draft["api"].as_str().unwrap().strip_prefix("https://pledges.example.org").unwrap().to_owned();
    (path, draft["version"].as_i64().unwrap())
}

fn errors_in(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

on_both_engines! {
    async fn from_a_token_to_a_published_pledge(engine) {
        let site = Site::with_time(engine).await;
        let document = closed_description(&site).await;
        let editor = site.program(DeskRole::Editor, "draft").await;
        let reviewer = site.program(DeskRole::Reviewer, "review").await;
        let content = content_of(&document, "begin_pledge");
        let begun = editor.post("/api/v1/drafts", None, content.clone()).await.assert_status(201).assert_header("etag", "\"1\"");
        assert_eq!(json_of(&begun)["data"]["problems"], json!([]), "{}", begun.text());
        let (draft, version) = draft_in(&begun);
        assert_eq!(begun.header("location"), format!("https://pledges.example.org{draft}"));
        // What is told can be sent back, and is the same.
        let told = json_of(&editor.get(&draft).await.assert_ok())["data"]["content"].clone();
        assert_eq!(told["topics"], json!(["governance"]));
        assert_eq!(told["due_on"], json!({ "en": "in the near future" }));
        let same = editor.send("PUT", &draft, Some(version), Some(told)).await.assert_ok();
        assert_eq!(json_of(&same)["data"]["version"], version);
        let saved = editor.send("PUT", &draft, Some(version), Some(content_of(&document, "save_draft"))).await.assert_ok();
        let (_, version) = draft_in(&saved);
        assert_eq!(version, 2);
        let answer = editor.send("POST", &format!("{draft}/submit"), Some(version), None).await.assert_ok();
        assert_eq!(json_of(&answer)["data"]["state"], "submitted");
        // It waits, is returned, handed in again and approved.
        let waiting = json_of(&reviewer.get("/api/v1/drafts?list=to_review").await.assert_ok());
        assert_eq!(waiting["data"].as_array().unwrap().len(), 1);
        let returned = reviewer.post(&format!("{draft}/return"), Some(version), content_of(&document, "return_draft")).await.assert_ok();
        let returned = json_of(&returned);
        assert_eq!((&returned["data"]["state"], &returned["data"]["comments"][0]["field"]), (&json!("returned"), &json!("title.en")));
        editor.send("POST", &format!("{draft}/submit"), Some(version), None).await.assert_ok();
        let slug = "set-up-a-joint-cell-for-the-northern-triangle";
        site.get(&format!("/api/v1/pledges/{slug}")).await.assert_status(404);
        let published = json_of(&reviewer.send("POST", &format!("{draft}/approve"), Some(version), None).await.assert_ok());
        assert_eq!(published["data"]["state"], "published");
        assert_eq!(published["data"]["pledge"]["slug"], slug);
        site.get(&format!("/pledges/{slug}")).await.assert_ok().assert_has("working group on migration").assert_has("Example Observatory");
        let schema = &described(&document, "get_draft")["responses"]["200"]["content"]["application/json"]["schema"];
        assert_fits(&document, schema, &json_of(&editor.get(&draft).await.assert_ok()), "a draft");
        assert_fits(&document, schema, &published, "a published draft");
        let schema = &described(&document, "list_drafts")["responses"]["200"]["content"]["application/json"]["schema"];
        assert_fits(&document, schema, &waiting, "a list");
        // The log names the program beside the person.
        let log = "select count(*) || '' from audit_entry where token_id is not null and act in ('draft.begin', 'draft.approve')";
        assert_eq!(site.test.texts(log).await, ["2"]);
    }

    async fn a_published_pledge_is_changed_by_programs_as_at_the_desk(engine) {
        let site = Site::with_time(engine).await;
        let document = closed_description(&site).await;
        let editor = site.program(DeskRole::Editor, "draft check").await;
        let reviewer = site.program(DeskRole::Reviewer, "review").await;
        let publish = async |path: &str, operation: &str| {
            let begun = editor.post(path, None, content_of(&document, operation)).await.assert_status(201);
            let (draft, version) = draft_in(&begun);
            let submitted = editor.send("POST", &format!("{draft}/submit"), Some(version), None).await;
            assert_eq!(submitted.status, 200, "{operation}: {}", submitted.text());
            reviewer.send("POST", &format!("{draft}/approve"), Some(version), None).await.assert_ok();
        };
        publish("/api/v1/pledges/april-summit/edit", "begin_edit").await;
        publish("/api/v1/pledges/april-summit/status", "begin_status_change").await;
        let pledge = json_of(&site.get("/api/v1/pledges/april-summit").await.assert_ok());
        assert_eq!(pledge["data"]["title"]["en"], "Host the ministerial of the Declaration");
        let history = json_of(&site.get("/api/v1/pledges/april-summit/history").await.assert_ok());
        assert_eq!(history["data"][0]["status"], "no_action_found");
        let checked = editor.post("/api/v1/pledges/april-summit/checked", None, content_of(&document, "check_pledge")).await;
        checked.assert_status(204).assert_header("cache-control", "no-store");
        site.get("/pledges/april-summit").await.assert_ok().assert_lacks("official gazette of this week");
        publish("/api/v1/pledges/april-summit/withdraw", "begin_withdrawal").await;
        site.get("/pledges/april-summit").await.assert_status(410).assert_has("It was entered twice.");
        problem_of(&editor.post("/api/v1/pledges/april-summit/edit", None, json!({})).await, 404);
    }

    async fn the_second_of_two_writers_is_told_both_versions(engine) {
        let site = Site::with_time(engine).await;
        let document = closed_description(&site).await;
        let (one, other) = (site.program(DeskRole::Editor, "draft").await, site.program(DeskRole::Reviewer, "draft review").await);
        let titled = |en: &str, es: &str| json!({ "title": { "en": en, "es": es } });
        let begun = one.post("/api/v1/drafts", None, titled("A", "B")).await.assert_status(201);
        let (draft, _) = draft_in(&begun);
        one.send("PUT", &draft, Some(1), Some(titled("First", "Primero"))).await.assert_ok();
        let answer = other.send("PUT", &draft, Some(1), Some(titled("Second", "B"))).await;
        let problem = problem_of(&answer, 412);
        assert_eq!(problem["current"]["content"], titled("First", "Primero"));
        assert_eq!(problem["base"], titled("A", "B"));
        assert_eq!(problem["contested"], json!(["title.en"]));
        assert_fits(&document, &json!({ "$ref": "#/components/schemas/Problem" }), &problem, "a conflict");
        other.send("PUT", &draft, Some(2), Some(titled("Second", "Primero"))).await.assert_ok().assert_header("etag", "\"3\"");
        for act in ["submit", "approve", "return"] {
            let content = if act == "return" { json!({ "note": "x" }) } else { json!({}) };
            let stale = other.post(&format!("{draft}/{act}"), Some(2), content).await;
            assert_eq!(problem_of(&stale, 412)["current"]["version"], 3, "{act}");
        }
        for path in [draft.clone(), format!("{draft}/submit"), format!("{draft}/approve"), format!("{draft}/return")] {
            let method = if path == draft { "PUT" } else { "POST" };
            problem_of(&other.send(method, &path, None, Some(json!({}))).await, 428);
        }
        // Not handed in, it can't be approved; given up, nothing can be done with it.
        let early = problem_of(&other.post(&format!("{draft}/approve"), Some(3), json!({})).await, 409);
        assert_eq!(early["detail"], "The draft has not been handed in.");
        one.send("POST", &format!("{draft}/discard"), None, None).await.assert_ok();
        problem_of(&one.send("PUT", &draft, Some(3), Some(json!({}))).await, 409);
        problem_of(&one.send("POST", &format!("{draft}/discard"), None, None).await, 409);
    }

    async fn the_same_request_sent_again_begins_nothing_more(engine) {
        let site = Site::with_time(engine).await;
        let editor = site.program(DeskRole::Editor, "draft").await;
        let send = async |key: &str, content: &str| {
            let request = Request::post("/api/v1/drafts").header(header::CONTENT_TYPE, "application/json").header("idempotency-key", key);
            site.send(request.header(header::AUTHORIZATION, format!("Bearer {}", editor.token)).body(Body::from(content.to_owned())).unwrap()).await
        };
        let first = send("a", "{}").await.assert_status(201);
        let again = send("a", "{}").await.assert_status(201);
        assert_eq!(first.header("location"), again.header("location"));
        assert_ne!(first.header("location"), send("b", "{}").await.assert_status(201).header("location"));
        problem_of(&send("a", "{\"made_on\":\"2024\"}").await, 409);
        assert_eq!(errors_in(&problem_of(&send(" ", "{}").await, 400)), ["Idempotency-Key"]);
        assert_eq!(json_of(&editor.get("/api/v1/drafts").await)["data"].as_array().unwrap().len(), 2);
    }

    async fn an_approval_can_wait_for_its_time(engine) {
        let site = Site::with_time(engine).await;
        let document = closed_description(&site).await;
        let editor = site.program(DeskRole::Editor, "draft").await;
        let admin = site.program(DeskRole::Administrator, "draft review").await;
        let begun = editor.post("/api/v1/pledges/april-summit/status", None, content_of(&document, "begin_status_change")).await;
        let (draft, _) = draft_in(&begun.assert_status(201));
        editor.send("POST", &format!("{draft}/submit"), Some(1), None).await.assert_ok();
        let wrong = admin.post(&format!("{draft}/approve"), Some(1), json!({ "publish_at": "soon", "at": 1 })).await;
        assert_eq!(errors_in(&problem_of(&wrong, 422)), ["at"]);
        let wrong = admin.post(&format!("{draft}/approve"), Some(1), json!({ "publish_at": "soon" })).await;
        assert_eq!(errors_in(&problem_of(&wrong, 422)), ["publish_at"]);
        let set = admin.post(&format!("{draft}/approve"), Some(1), content_of(&document, "approve_draft")).await.assert_ok();
        assert_eq!(json_of(&set)["data"]["publish_at"], "2026-12-01T09:00:00Z");
        // An administrator's own needs a reason that is public.
        let (own, _) = draft_in(&admin.post("/api/v1/drafts", None, content_of(&document, "begin_pledge")).await.assert_status(201));
        admin.send("POST", &format!("{own}/submit"), Some(1), None).await.assert_ok();
        let wrong = admin.send("POST", &format!("{own}/approve"), Some(1), None).await;
        assert_eq!(errors_in(&problem_of(&wrong, 422)), ["override_reason"]);
        admin.post(&format!("{own}/approve"), Some(1), json!({ "override_reason": "Nobody else is awake." })).await.assert_ok();
    }
}

#[tokio::test]
async fn whatever_is_wrong_with_the_content_is_named_by_its_path() {
    let site = Site::with_time(Engine::Sqlite).await;
    let editor = site.program(DeskRole::Editor, "draft").await;
    // What has not the shape is not kept.
    let wrong = json!({ "titel": "x", "parties": "guatemala", "citations": [{ "source": 5 }] });
    let problem = problem_of(&editor.post("/api/v1/drafts", None, wrong).await, 422);
    let mut fields = errors_in(&problem);
    fields.sort_unstable();
    assert_eq!(fields, ["citations[0].source", "parties", "titel"]);
    assert!(problem["errors"].to_string().contains("known here: id, title"), "{problem}");
    assert_eq!(json_of(&editor.get("/api/v1/drafts").await)["data"], json!([]));
    // What has it and is not all there is kept, told at once, and refused when it is handed in.
    let content = json!({
        "title": { "en": "Host" }, "made_on": "yesterday", "parties": [{ "party": "atlantis", "role": "king" }],
        "citations": [{ "source": "no-such-source" }], "topics": ["nothing"],
    });
    let begun = editor.post("/api/v1/drafts", None, content).await.assert_status(201);
    let (draft, _) = draft_in(&begun);
    let told = problem_of(&editor.send("POST", &format!("{draft}/submit"), Some(1), None).await, 422);
    assert_eq!(told["errors"], json_of(&begun)["data"]["problems"]);
    let fields = errors_in(&told);
    for field in ["summary.en", "made_on", "parties[0].party", "parties[0].role", "citations[0].source.url", "topics[0].topic"] {
        assert!(fields.contains(&field), "{field}: {told:#}");
    }
    assert!(told["errors"].to_string().contains("accepted: lead, party, host, beneficiary"), "{told}");
    // And what is no JSON at all.
    let raw = async |kind: &str, body: String| {
        let request = Request::post("/api/v1/drafts").header(header::CONTENT_TYPE, kind);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", editor.token));
        site.send(request.body(Body::from(body)).unwrap()).await
    };
    problem_of(&raw("application/json", "{".into()).await, 400);
    problem_of(&raw("application/json", "[".repeat(10_000)).await, 400);
    problem_of(&raw("application/x-www-form-urlencoded", "{}".into()).await, 415);
    problem_of(&raw("application/json", format!("{{\"id\":\"{}\"}}", "a".repeat(600 * 1024))).await, 413);
    raw("application/json; charset=utf-8", format!("{{\"id\":\"{}\"}}", "a".repeat(300 * 1024))).await.assert_status(201);
    for query in ["?list=all", "?lists=mine"] {
        problem_of(&editor.get(&format!("/api/v1/drafts{query}")).await, 400);
    }
    for path in ["/api/v1/drafts/no-id", "/api/v1/drafts/00000000-0000-0000-0000-000000000000"] {
        problem_of(&editor.get(path).await, 404);
    }
    problem_of(&editor.send("PUT", &draft, None, Some(json!({}))).await, 428);
}
