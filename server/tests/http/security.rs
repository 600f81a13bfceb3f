//! The headers that keep pages to themselves.

use sha2::{Digest, Sha256};
use store::Engine;

use crate::site::Site;

#[tokio::test]
async fn a_page_without_an_island_may_run_nothing() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in ["/", "/pledges/april-summit", "/parties", "/sources/lad-factsheet-third", "/changes", "/method", "/nowhere"] {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'")
                && policy.contains("base-uri 'none'")
                && policy.contains("form-action 'self'")
        );
        answer.assert_runs_nothing().assert_lacks(" style=\"").assert_lacks(" onclick");
    }
}

#[tokio::test]
async fn the_list_runs_its_own_script_alone_named_by_its_hash() {
    let site = Site::with_example(Engine::Sqlite).await;
    let answer = site.get("/pledges").await.assert_ok();
    let policy = answer.header("content-security-policy").to_owned();
    assert!(policy.contains("'wasm-unsafe-eval'") && !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    assert_eq!(answer.text().matches("<script").count(), 1);
    let script = answer.text().split("<script>").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    let hash = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, Sha256::digest(script));
    assert!(policy.contains(&format!("script-src 'self' 'sha256-{hash}' 'wasm-unsafe-eval'")), "{policy}");
}

#[tokio::test]
async fn the_usual_headers_are_on_every_answer() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in ["/", "/nowhere", "/healthz", "/robots.txt", "/pledges?status=broken"] {
        let answer = site.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert_eq!(answer.header("x-request-id").len(), 36);
        assert_eq!(answer.header("set-cookie"), "");
    }
    let local = Site::at(Engine::Sqlite, "http://127.0.0.1:3000").await;
    local.get("/").await.assert_ok().assert_header("strict-transport-security", "");
}
