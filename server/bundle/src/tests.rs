//! A bundle is read again with what was not written for it: the ZIP reader, gzip, and JSON.

use std::io::{Cursor, Read};

use flate2::read::GzDecoder;
use serde_json::Value;
use zip::ZipArchive;

use super::*;

fn at() -> DateTime<Utc> {
    "2024-05-07T12:00:00Z".parse().expect("a time")
}

fn bundle() -> Vec<u8> {
    let about = About {
        title: "Host the summit".into(),
        description: "A pledge and its evidence.".into(),
        created: at(),
        main_page: "https://pledges.example.org/pledges/april-summit".into(),
        software: "Pledgebook 0.1.0".into(),
    };
    let mut exchanges = Exchanges::begin(Cursor::new(Vec::new()), about).expect("it begins");
    let html = [
        ("content-type".to_owned(), "text/html; charset=utf-8".to_owned()),
        ("Transfer-Encoding".to_owned(), "chunked".to_owned()),
    ];
    for (url, body) in [
        ("https://news.example.org/b", "<p>Guatemala será sede</p>"),
        ("https://pledges.example.org/pledges/april-summit", "<h1>Host</h1>"),
    ] {
        exchanges.add(&Exchange { url, at: at(), status: 200, headers: &html, body: body.as_bytes() }).expect("it is added");
    }
    exchanges.page(Page {
        url: "https://pledges.example.org/pledges/april-summit".into(),
        at: at(),
        title: "Host the summit".into(),
    });
    let mut files = exchanges.close().expect("the exchanges end");
    files.add("record/pledge.json", b"{}").expect("it is added");
    files.finish().expect("it ends").into_inner()
}

fn read(zip: &mut ZipArchive<Cursor<Vec<u8>>>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(path).expect(path).read_to_end(&mut bytes).expect("it can be read");
    bytes
}

#[test]
fn every_file_is_listed_with_its_digest() {
    let mut zip = ZipArchive::new(Cursor::new(bundle())).expect("a ZIP file");
    let package = read(&mut zip, PACKAGE);
    let digest: Value = serde_json::from_slice(&read(&mut zip, DIGEST)).expect("JSON");
    assert_eq!(digest["hash"], digest::of(&package));
    let package: Value = serde_json::from_slice(&package).expect("JSON");
    assert_eq!(package["mainPageUrl"], "https://pledges.example.org/pledges/april-summit");
    let resources = package["resources"].as_array().expect("a list").clone();
    assert_eq!(resources.len() + 2, zip.len());
    for resource in resources {
        let bytes = read(&mut zip, resource["path"].as_str().expect("a path"));
        assert_eq!(resource["hash"], digest::of(&bytes), "{resource}");
        assert_eq!(resource["bytes"], bytes.len());
    }
}

#[test]
fn the_index_leads_to_each_exchange_by_itself() {
    let mut zip = ZipArchive::new(Cursor::new(bundle())).expect("a ZIP file");
    let warc = read(&mut zip, WARC);
    let index = String::from_utf8(read(&mut zip, INDEX)).expect("text");
    let lines: Vec<&str> = index.lines().collect();
    assert!(lines[0].starts_with("org,example,news)/b 20240507120000 {"), "{index}");
    assert_eq!(lines.len(), 2);
    for (line, body) in lines.iter().zip(["<p>Guatemala será sede</p>", "<h1>Host</h1>"]) {
        let entry: Value = serde_json::from_str(line.splitn(3, ' ').nth(2).expect("JSON")).expect("JSON");
        let number = |name: &str| entry[name].as_str().and_then(|text| text.parse::<usize>().ok()).expect("a number");
        let (offset, length) = (number("offset"), number("length"));
        let mut record = String::new();
        GzDecoder::new(&warc[offset..offset + length]).read_to_string(&mut record).expect("a member of its own");
        assert!(record.contains("WARC-Type: response\r\n") && record.contains("x-archive-orig-Transfer-Encoding: chunked\r\n"));
        assert!(record.ends_with(&format!("content-length: {}\r\n\r\n{body}\r\n\r\n", body.len())), "{record}");
        assert_eq!(entry["digest"], digest::of(body.as_bytes()));
    }
}

#[test]
fn the_same_evidence_makes_the_same_bundle() {
    assert_eq!(bundle(), bundle());
}

#[test]
fn no_header_ends_its_line() {
    let headers = [("x".to_owned(), "a\r\nset-cookie: b".to_owned())];
    let mut record = Vec::new();
    let exchange = Exchange { url: "https://example.org/\r\nx", at: at(), status: 299, headers: &headers, body: b"" };
    warc::write_response(&mut record, &exchange).expect("it is written");
    let mut text = String::new();
    GzDecoder::new(&record[..]).read_to_string(&mut text).expect("gzip");
    assert!(text.contains("x: a  set-cookie: b\r\n") && text.contains("WARC-Target-URI: https://example.org/  x\r\n"), "{text}");
}
