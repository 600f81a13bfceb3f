//! The evidence of a pledge in one file, opened with what was not written for it.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{SecondsFormat, TimeDelta};
use domain::{
    CaptureOrigin, DeskRole, Sha256Hex,
    log::tree::{self, Hash},
    source::SourceUrl,
};
use serde_json::Value;
use server::copies::HandedIn;
use store::on_both_engines;
use zip::ZipArchive;

use crate::site::{Site, now};

fn read(zip: &mut ZipArchive<Cursor<Vec<u8>>>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn decoded(base64: &str) -> Hash {
    STANDARD.decode(base64).unwrap().try_into().unwrap()
}

/// Whether a path leads from a leaf to the root (RFC 9162, section 2.1.3.2).
fn includes(index: u64, size: u64, leaf: Hash, path: &[Hash], root: Hash) -> bool {
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = tree::parent(beside, &hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            hash = tree::parent(&hash, beside);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && hash == root
}

on_both_engines! {
    async fn the_evidence_of_a_pledge_is_one_file_whose_digests_hold(engine) {
        let site = Site::with_example(engine).await;
        let editor = site.let_in("keeper", DeskRole::Editor).await;
        let moment = domain::Moment::now(now());
        let pledge = site.test.store.pledge(&"april-summit".parse().unwrap(), moment).await.unwrap().unwrap();
        let source = pledge.steps.iter().flat_map(|step| &step.citations).next().unwrap().source.clone();
        let handed = HandedIn { origin: CaptureOrigin::Pasted, bytes: "Guatemala será sede.".into(), content_type: "text/plain".to_owned() };
        site.copies.hand_in(&site.test.store, &editor, SourceUrl::parse(&source.url).unwrap(), handed, now()).await.unwrap();
        let copies = site.copies.clone();
        site.test.store.check_pledge(&editor, &"april-summit".parse().unwrap(), "", domain::Locale::En, now() + TimeDelta::minutes(1)).await.unwrap();
        let later = (now() + TimeDelta::hours(1)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let key = domain::log::RecordKey::from_seed([7; 32]);
        let site = site.later(&later, |state| state.with_copies(copies.clone()).with_record_key(&key));

        site.get("/pledges/april-summit").await.assert_ok().assert_has("/pledges/april-summit/evidence.wacz");
        let answer = site.get("/pledges/april-summit/evidence.wacz").await.assert_ok().assert_header("content-type", "application/wacz");
        let mut zip = ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
        let package: Value = serde_json::from_slice(&read(&mut zip, "datapackage.json")).unwrap();
        assert_eq!(package["mainPageUrl"], "https://pledges.example.org/pledges/april-summit");
        let mut paths = BTreeSet::new();
        for resource in package["resources"].as_array().unwrap() {
            let path = resource["path"].as_str().unwrap();
            let hash = Sha256Hex::of(&read(&mut zip, path));
            assert_eq!(resource["hash"], format!("sha256:{hash}"), "{path}");
            paths.insert(path.to_owned());
        }
        let kept = Sha256Hex::of("Guatemala será sede.".as_bytes());
        for path in ["record/pledge.json", "record/history.json", &format!("copies/{kept}.txt")] {
            assert!(paths.contains(path), "{path}: {paths:?}");
        }
        assert_eq!(read(&mut zip, &format!("copies/{kept}.txt")), "Guatemala será sede.".as_bytes());
        assert!(!paths.contains("copies/left-out.txt"), "{paths:?}");
        site.get("/pledges/no-such/evidence.wacz").await.assert_status(404);

        // Each entry that speaks of the pledge or of the copy leads to the root that the checkpoint signs.
        let text = |zip: &mut _, path: &str| String::from_utf8(read(zip, path)).unwrap();
        let checkpoint = text(&mut zip, "record/checkpoint.txt");
        let head: Vec<&str> = checkpoint.lines().collect();
        let size: u64 = head[1].parse().unwrap();
        let root = decoded(head[2]);
        let entries = text(&mut zip, "record/entries.jsonl");
        let entries: Vec<&str> = entries.lines().collect();
        let proofs: Vec<Value> = serde_json::from_slice(&read(&mut zip, "record/proofs.json")).unwrap();
        let kinds: Vec<Value> = entries.iter().map(|entry| serde_json::from_str::<Value>(entry).unwrap()["kind"].clone()).collect();
        assert_eq!(kinds, ["publication", "snapshot", "publication"]);
        assert_eq!(proofs.len(), entries.len());
        for (entry, proof) in entries.iter().zip(&proofs) {
            let proof = &proof["proof"];
            assert_eq!(proof["size"], size);
            let path: Vec<Hash> = proof["path"].as_array().unwrap().iter().map(|hash| decoded(hash.as_str().unwrap())).collect();
            let leaf = tree::leaf(entry.as_bytes());
            assert!(includes(proof["index"].as_u64().unwrap(), size, leaf, &path, root), "{proof}");
        }
    }

    async fn what_has_no_room_is_left_out_and_told(engine) {
        let site = Site::with_example(engine).await;
        let editor = site.let_in("keeper", DeskRole::Editor).await;
        let pledge = site.test.store.pledge(&"april-summit".parse().unwrap(), domain::Moment::now(now())).await.unwrap().unwrap();
        let source = pledge.steps.iter().flat_map(|step| &step.citations).next().unwrap().source.clone();
        for (minute, text) in [(0, "The first. ".repeat(9)), (1, "The second.".to_owned())] {
            let handed = HandedIn { origin: CaptureOrigin::Pasted, bytes: text.into(), content_type: "text/plain".to_owned() };
            let at = now() + TimeDelta::minutes(minute);
            site.copies.hand_in(&site.test.store, &editor, SourceUrl::parse(&source.url).unwrap(), handed, at).await.unwrap();
        }
        let copies = site.copies.clone();
        let site = site.later("2026-11-23T13:00:00Z", |state| state.with_copies(copies.clone()).with_evidence_room(50));
        let answer = site.get("/pledges/april-summit/evidence.wacz").await.assert_ok();
        let mut zip = ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
        let told = String::from_utf8(read(&mut zip, "copies/left-out.txt")).unwrap();
        assert!(told.contains("1 were left out") && told.contains("50 bytes"), "{told}");
        let list: Vec<Value> = serde_json::from_slice(&read(&mut zip, "copies/copies.json")).unwrap();
        // The newest of a source comes before the older ones.
        assert_eq!(list.iter().map(|copy| copy["included"].as_bool().unwrap()).collect::<Vec<_>>(), [true, false]);
        assert_eq!(list[1]["left_out_because"], "size");
        let original = list[1]["original"].as_str().unwrap().strip_prefix("https://pledges.example.org").unwrap();
        assert_eq!(site.get(original).await.assert_ok().bytes, "The first. ".repeat(9).as_bytes());
        let package = String::from_utf8(read(&mut zip, "datapackage.json")).unwrap();
        assert!(package.contains("1 copies had no room"), "{package}");
    }
}
