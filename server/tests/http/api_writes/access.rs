//! Who may write by a token: every operation, walked with every role and scope, and without a good token.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::{DeskRole, DraftKind, Fields, Lifetime, NewToken, Scope};
use serde_json::json;
use store::Engine;

use super::{Program, described, scopes};
use crate::{
    api_v1::{json_of, problem_of},
    site::{Site, now},
};

/// The least role for each operation, and a path for it. `{draft}` is a draft of a contributor. What scope it needs, the
/// description says.
const OPERATIONS: &[(&str, &str, &str, DeskRole)] = &[
    ("list_drafts", "GET", "/api/v1/drafts", DeskRole::Contributor),
    ("begin_pledge", "POST", "/api/v1/drafts", DeskRole::Contributor),
    ("get_draft", "GET", "/api/v1/drafts/{draft}", DeskRole::Contributor),
    ("save_draft", "PUT", "/api/v1/drafts/{draft}", DeskRole::Contributor),
    ("submit_draft", "POST", "/api/v1/drafts/{draft}/submit", DeskRole::Contributor),
    ("discard_draft", "POST", "/api/v1/drafts/{draft}/discard", DeskRole::Contributor),
    ("approve_draft", "POST", "/api/v1/drafts/{draft}/approve", DeskRole::Reviewer),
    ("return_draft", "POST", "/api/v1/drafts/{draft}/return", DeskRole::Reviewer),
    ("begin_edit", "POST", "/api/v1/pledges/april-summit/edit", DeskRole::Editor),
    ("begin_status_change", "POST", "/api/v1/pledges/april-summit/status", DeskRole::Editor),
    ("begin_withdrawal", "POST", "/api/v1/pledges/april-summit/withdraw", DeskRole::Editor),
    ("check_pledge", "POST", "/api/v1/pledges/april-summit/checked", DeskRole::Editor),
];

#[tokio::test]
async fn every_operation_that_writes_is_described_and_stands_in_the_table() {
    let site = Site::with_example(Engine::Sqlite).await;
    let document = json_of(&site.get("/api/v1/openapi.json").await);
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(scopes) = operation["security"][0]["token"].as_array() else {
                assert_eq!(method, "get", "{path} can be written to without a token");
                continue;
            };
            assert!(!scopes.is_empty() && scopes.iter().all(|scope| Scope::CODES.contains(&scope.as_str().unwrap())), "{path}");
            described.insert((operation["operationId"].as_str().unwrap().to_owned(), method.to_uppercase()));
            for status in ["401", "403", "429"] {
                assert!(operation["responses"].get(status).is_some(), "{method} {path} {status}");
            }
        }
    }
    let table: BTreeSet<_> = OPERATIONS.iter().map(|(id, method, ..)| ((*id).to_owned(), (*method).to_owned())).collect();
    assert_eq!(described, table);
    let page = site.get("/api").await.assert_ok().assert_has("id=\"writing\"").assert_has("curl -H").assert_has("If-Match");
    for (id, method, ..) in OPERATIONS {
        assert!(page.text().contains(&format!("<h3 id=\"{id}\"><code>{method} /api/v1/")), "{id}");
    }
    for kind in
        ["token-needed", "not-allowed", "conflict", "stale-version", "not-accepted", "version-needed", "too-many-attempts"]
    {
        assert!(page.text().contains(&format!("id=\"{kind}\"")), "{kind}");
    }
}

/// The table with a draft of a contributor in its gaps.
async fn filled(site: &Site) -> Vec<(&'static str, &'static str, String, DeskRole)> {
    let contributor = site.somebody(DeskRole::Contributor).await;
    let draft = site.test.store.begin_draft(&contributor, DraftKind::Pledge, None, Fields::default(), now()).await.unwrap();
    let fill = |path: &str| path.replace("{draft}", &draft.id.to_string());
    OPERATIONS.iter().map(|(id, method, path, least)| (*id, *method, fill(path), *least)).collect()
}

#[tokio::test]
async fn each_role_and_each_scope_may_what_the_description_says_and_no_more() {
    let site = Site::with_example(Engine::Sqlite).await;
    let document = json_of(&site.get("/api/v1/openapi.json").await);
    let operations = filled(&site).await;
    for role in DeskRole::ALL {
        let owner = site.somebody(*role).await;
        for of in ["draft", "check", "review", "draft check", "draft check review"] {
            // Made when the owner had the role for it: what a token may is decided when it is used.
            let program = Program { site: &site, token: site.token_of(&owner, of).await };
            for (id, method, path, least) in &operations {
                let needed: Vec<&str> = described(&document, id)["security"][0]["token"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|scope| scope.as_str().unwrap())
                    .collect();
                let answer =
                    program.send(method, path, Some(1), Some(json!({}))).await.assert_header("cache-control", "no-store");
                let what = format!("{role} with {of}: {id}: {}", answer.text());
                let in_scope = needed.iter().any(|scope| scopes(of).iter().any(|has| has.code() == *scope));
                if role < least || !in_scope {
                    assert_eq!(answer.status, 403, "{what}");
                    let problem = problem_of(&answer, 403);
                    let challenge = answer.header("www-authenticate");
                    if role < least {
                        assert!(problem["detail"].as_str().unwrap().contains(role.code()), "{what}");
                    } else {
                        assert!(challenge.contains("error=\"insufficient_scope\""), "{what}: {challenge}");
                        assert!(challenge.contains(&format!("scope=\"{}\"", needed.join(" "))), "{what}: {challenge}");
                    }
                } else {
                    assert!(!matches!(answer.status.as_u16(), 401 | 403 | 404 | 405 | 415 | 429 | 500..), "{what}");
                }
            }
        }
    }
}

#[tokio::test]
async fn without_a_good_token_nobody_is_told_anything() {
    let site = Site::with_example(Engine::Sqlite).await;
    let administrator = site.somebody(DeskRole::Administrator).await;
    let operations = filled(&site).await;
    let store = &site.test.store;
    let all = "draft check review";
    let revoked = site.token_of(&administrator, all).await;
    let id = store.own_tokens(&administrator).await.unwrap()[0].id;
    store.revoke_token(&administrator, id, now()).await.unwrap();
    let disabled = site.let_in("disabled", DeskRole::Reviewer).await;
    let of_disabled = site.token_of(&disabled, all).await;
    store.disable_person(&administrator, disabled.id, now()).await.unwrap();
    let week = NewToken { name: "x".into(), scopes: scopes(all), lifetime: Lifetime::Week };
    let expired = store.make_token(&administrator, &week, now() - chrono::TimeDelta::days(7)).await.unwrap().reveal().to_owned();
    for (kind, token) in
        [("none", ""), ("a wrong one", "pb_x"), ("expired", &expired), ("revoked", &revoked), ("disabled", &of_disabled)]
    {
        for (id, method, path, _) in &operations {
            let request = Request::builder().method(*method).uri(path);
            let request =
                if token.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {token}")) };
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            let problem = problem_of(&answer, 401);
            assert_eq!(problem["type"], "https://pledges.example.org/api#token-needed", "{kind}: {id}");
            let challenge = if token.is_empty() {
                "Bearer realm=\"Pledgebook\""
            } else {
                "Bearer realm=\"Pledgebook\", error=\"invalid_token\""
            };
            assert_eq!(answer.header("www-authenticate"), challenge, "{kind}: {id}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{kind}: {id}");
        }
        // So that the kinds are not counted together.
        site.test.sql("delete from sign_in_failure").await.unwrap();
    }
    // Other schemes are none.
    let request = Request::get("/api/v1/drafts").header(header::AUTHORIZATION, "Basic eDp5").body(Body::empty()).unwrap();
    problem_of(&site.send(request).await, 401);
}

#[tokio::test]
async fn who_tries_tokens_is_stopped_and_waiting_helps() {
    let site = Site::with_example(Engine::Sqlite).await;
    let good = site.program(DeskRole::Editor, "draft").await;
    let wrong = Program { site: &site, token: "pb_wrong".into() };
    for _ in 0..30 {
        problem_of(&wrong.get("/api/v1/drafts").await, 401);
    }
    let stopped = good.get("/api/v1/drafts").await;
    assert_eq!(problem_of(&stopped, 429)["type"], "https://pledges.example.org/api#too-many-attempts");
    assert_eq!(stopped.header("retry-after"), "900");
    // What is public goes on, and so does signing in.
    site.get("/api/v1/pledges").await.assert_ok();
    site.visitor().sign_in("editor@example.org", crate::visitor::PASSWORD).await.assert_status(303);
    let token = good.token.clone();
    let later = site.later("2026-11-23T12:15:01Z", |state| state);
    Program { site: &later, token }.get("/api/v1/drafts").await.assert_ok();
}

#[tokio::test]
async fn cookies_and_pages_of_other_sites_write_nothing() {
    let site = Site::with_example(Engine::Sqlite).await;
    let program = site.program(DeskRole::Administrator, "draft check review").await;
    let mut browser = site.signed_in(DeskRole::Administrator).await;
    let log = "select act from audit_entry";
    let before = site.test.texts(log).await;
    for (_, method, path, _) in filled(&site).await {
        for (token, from) in [(false, "same-origin"), (true, "same-origin"), (true, "cross-site"), (false, "cross-site")] {
            let mut request = Request::builder().method(method).uri(&path).header("sec-fetch-site", from);
            if token {
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", program.token));
            }
            problem_of(&browser.send(request.body(Body::empty()).unwrap()).await, 403);
        }
        // No page of another site is told that it may send a token or read an answer.
        let preflight =
            Request::options(&path).header("origin", "https://elsewhere.example").header("access-control-request-method", method);
        let preflight = preflight.header("access-control-request-headers", "authorization,content-type");
        let answer = site.send(preflight.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (answer.header("access-control-allow-origin"), answer.header("access-control-allow-headers")),
            ("", ""),
            "{path}"
        );
    }
    let begun = site.test.texts("select act from audit_entry where act not in ('draft.begin', 'sign_in')").await;
    assert!(begun.iter().all(|act| before.contains(act)), "{begun:?}");
    program.get("/api/v1/drafts").await.assert_ok().assert_header("access-control-allow-origin", "");
}

#[tokio::test]
async fn drafts_of_others_are_as_if_they_were_not_there() {
    let site = Site::with_example(Engine::Sqlite).await;
    let editor = site.somebody(DeskRole::Editor).await;
    let draft = site.test.store.begin_draft(&editor, DraftKind::Pledge, None, Fields::default(), now()).await.unwrap();
    let contributor = site.program(DeskRole::Contributor, "draft").await;
    let path = format!("/api/v1/drafts/{}", draft.id);
    problem_of(&contributor.get(&path).await, 404);
    problem_of(&contributor.send("PUT", &path, Some(1), Some(json!({}))).await, 404);
    for list in ["mine", "others", "to_review", "published"] {
        assert_eq!(
            json_of(&contributor.get(&format!("/api/v1/drafts?list={list}")).await.assert_ok())["data"],
            json!([]),
            "{list}"
        );
    }
    // Nor does anything public tell of it.
    problem_of(&site.get(&path).await, 401);
}
