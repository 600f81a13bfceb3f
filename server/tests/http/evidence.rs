//! The evidence of a pledge in one file, opened with what was not written for it.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};

use chrono::{SecondsFormat, TimeDelta};
use domain::{CaptureOrigin, DeskRole, Sha256Hex, source::SourceUrl};
use serde_json::Value;
use server::copies::HandedIn;
use sha2::{Digest, Sha256};
use store::on_both_engines;
use zip::ZipArchive;

use crate::site::{Site, now};

fn read(zip: &mut ZipArchive<Cursor<Vec<u8>>>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
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
        let later = (now() + TimeDelta::hours(1)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let site = site.later(&later, |state| state.with_copies(copies.clone()));

        site.get("/pledges/april-summit").await.assert_ok().assert_has("/pledges/april-summit/evidence.wacz");
        let answer = site.get("/pledges/april-summit/evidence.wacz").await.assert_ok().assert_header("content-type", "application/wacz");
        let mut zip = ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
        let package: Value = serde_json::from_slice(&read(&mut zip, "datapackage.json")).unwrap();
        assert_eq!(package["mainPageUrl"], "https://pledges.example.org/pledges/april-summit");
        let mut paths = BTreeSet::new();
        for resource in package["resources"].as_array().unwrap() {
            let path = resource["path"].as_str().unwrap();
            let hash = Sha256::digest(read(&mut zip, path)).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            assert_eq!(resource["hash"], format!("sha256:{hash}"), "{path}");
            paths.insert(path.to_owned());
        }
        let kept = Sha256Hex::of("Guatemala será sede.".as_bytes());
        for path in ["record/pledge.json", "record/history.json", &format!("copies/{kept}.txt")] {
            assert!(paths.contains(path), "{path}: {paths:?}");
        }
        assert_eq!(read(&mut zip, &format!("copies/{kept}.txt")), "Guatemala será sede.".as_bytes());
        site.get("/pledges/no-such/evidence.wacz").await.assert_status(404);
    }
}
