//! The log as readers and other programs see it.

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::log::{Chain, RecordKey, tree};
use serde_json::Value;
use store::on_both_engines;

use crate::site::{Site, now};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn hash(value: &Value) -> tree::Hash {
    STANDARD.decode(value.as_str().unwrap()).unwrap().try_into().unwrap()
}

/// A site with three publications.
async fn site(engine: store::Engine) -> Site {
    let site = Site::empty(engine).await;
    let record = server::commands::example_record(now().date_naive()).unwrap();
    site.test.store.load(&record, now() - chrono::TimeDelta::seconds(2)).await.unwrap();
    for (number, id) in (-1..).zip(["one-more", "another-one"]) {
        let mut record = server::commands::example_record(now().date_naive()).unwrap();
        record.pledges.truncate(1);
        record.pledges[0].id = id.parse().unwrap();
        site.test.store.load(&record, now() + chrono::TimeDelta::seconds(number)).await.unwrap();
    }
    site
}

on_both_engines! {
    async fn the_log_can_be_downloaded_and_checked_against_its_checkpoint(engine) {
        let site = site(engine).await;
        let log = site.get("/data/record.jsonl").await.assert_ok().assert_header("content-type", "application/jsonl; charset=utf-8");
        let mut chain = Chain::default();
        for line in log.text().lines() {
            chain.link(line).unwrap_or_else(|broken| panic!("{broken:?}"));
        }
        let note = site.get("/api/v1/record/checkpoint").await.assert_ok().assert_header("content-type", "text/plain; charset=utf-8");
        let signer = RecordKey::from_seed([7; 32]).named("pledges.example.org/record");
        let checkpoint = signer.verifier().open(note.text()).unwrap();
        assert_eq!((checkpoint.size, checkpoint.root), (3, chain.root()));
        site.get_with("if-none-match", log.header("etag"), "/data/record.jsonl").await.assert_status(304);
        site.get_with("if-none-match", note.header("etag"), "/api/v1/record/checkpoint").await.assert_status(304);
    }

    async fn proofs_lead_from_entries_to_the_root(engine) {
        let site = site(engine).await;
        let entries = json(site.get("/api/v1/record/entries?start=1&end=2").await.assert_ok().text());
        assert_eq!((&entries["size"], entries["data"].as_array().unwrap().len()), (&Value::from(3), 2));
        let entry = &entries["data"][1];
        let canonical = domain::log::canonical(&entry["entry"]).unwrap();
        assert_eq!(hash(&entry["leaf_hash"]), tree::leaf(canonical.as_bytes()));
        let proof = json(site.get("/api/v1/record/proof?index=2").await.assert_ok().text());
        let of = |index: usize| hash(&proof["path"][index]);
        assert_eq!(tree::parent(&of(0), &hash(&proof["leaf_hash"])), hash(&proof["root_hash"]));
        let by_hash = format!("/api/v1/record/proof?hash={}", urlencoded(entry["leaf_hash"].as_str().unwrap()));
        assert_eq!(json(site.get(&by_hash).await.assert_ok().text()), proof);
        let grown = json(site.get("/api/v1/record/proof?from=2").await.assert_ok().text());
        assert_eq!((&grown["to"], tree::parent(&hash(&grown["from_root_hash"]), &hash(&grown["path"][0]))), (&Value::from(3), hash(&grown["to_root_hash"])));
        for (path, field) in [
            ("entries?start=x", "start"), ("entries?start=2&end=1", "end"), ("entries?start=0&end=100", "end"), ("entries?from=1", "from"),
            ("proof", "index"), ("proof?index=0&from=1", "index"), ("proof?index=0&size=4", "size"), ("proof?hash=x", "hash"),
            ("proof?from=0", "from"), ("proof?from=3&to=2", "from"), ("checkpoint?size=1", "size"),
        ] {
            let problem = site.get(&format!("/api/v1/record/{path}")).await.assert_status(400).assert_header("content-type", "application/problem+json");
            assert_eq!(json(problem.text())["errors"][0]["field"], field, "{path}");
        }
        for path in ["proof?index=3", "proof?index=2&size=2", &format!("proof?hash={}", "0".repeat(64))] {
            assert_eq!(site.get(&format!("/api/v1/record/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(json(site.get("/api/v1/record/entries?start=9").await.assert_ok().text())["data"], Value::Array(Vec::new()));
    }

    async fn every_page_names_the_entry_that_it_rests_on(engine) {
        let site = site(engine).await;
        site.get("/pledges").await.assert_ok().assert_has("<a href=\"/record/2\">entry 2 of the record</a>");
        site.get("/pledges/april-summit").await.assert_ok().assert_has("<a href=\"/record/0\">entry 0 of the record</a>");
        site.get("/es/pledges/another-one").await.assert_ok().assert_has("<a href=\"/es/record/2\">entrada 2 del registro</a>");
        site.get("/pledges?known_at=2026-11-23T11:59:59Z").await.assert_ok().assert_has("<a href=\"/record/1\">");
        site.get("/desk").await.assert_lacks("/record/");
        Site::empty(engine).await.get("/pledges").await.assert_ok().assert_lacks("/record/");
    }

    async fn the_record_has_a_page_and_so_has_each_entry(engine) {
        let site = site(engine).await;
        for path in ["/record", "/es/record"] {
            site.get(path).await.assert_ok().assert_has("pledges.example.org/record+").assert_has("pledgebook verify").assert_has("/record/2")
                .assert_lacks("<script");
        }
        site.get("/record/2").await.assert_ok().assert_has("/pledges/another-one").assert_has("added").assert_has("\"kind\":\"publication\"")
            .assert_has("/record/1");
        site.get("/es/record/0").await.assert_ok().assert_has("compromisos más");
        for path in ["/record/3", "/record/-1", "/record/00", "/record/x", "/record/99999999999999999999"] {
            site.get(path).await.assert_status(404);
        }
        Site::empty(engine).await.get("/record").await.assert_ok().assert_has("Nothing has been published yet");
    }
}

fn urlencoded(text: &str) -> String {
    text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}
