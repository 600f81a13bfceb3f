//! A whole record in one file: written while the record is served and written to, brought back on either engine, and refused
//! where something is wrong with it.

use std::{
    io::{Read as _, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use bytes::Bytes;
use capture::Archive;
use domain::{CaptureOrigin, DeskRole, NewPerson, Sha256Hex, SourceMetadata, TextState, source::SourceUrl};
use serde_json::Value;
use store::{Engine, Keeper, NewCopy, Store, on_both_engines, testing::TestStore};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    process::{Served, assert_fails, pledgebook},
    site::now,
};

/// A database and a data folder of its own.
struct Place {
    test: TestStore,
    folder: tempfile::TempDir,
}

impl Place {
    async fn bare(engine: Engine) -> Self {
        Self { test: TestStore::bare(engine).await, folder: tempfile::tempdir().unwrap() }
    }

    /// The example, somebody at the desk, and a kept copy of one of its sources.
    async fn with_record(engine: Engine) -> Self {
        let place = Self { test: TestStore::empty(engine).await, folder: tempfile::tempdir().unwrap() };
        let store = &place.test.store;
        let record = server::commands::example_record(now().date_naive()).unwrap();
        store.load(&record, now()).await.unwrap();
        let ana = invite(store, 0).await;
        let points: Vec<String> = (0..2_000).map(|number| format!("The ministers agreed on point {number}.")).collect();
        let text = points.join("\n");
        Archive::in_folder(&place.file("snapshots")).unwrap().put(&Bytes::from(text.clone())).await.unwrap();
        let copy = NewCopy {
            url: SourceUrl::parse(record.sources[0].url.as_str()).unwrap(),
            sha256: Sha256Hex::of(text.as_bytes()),
            bytes: text.len() as u64,
            media_type: "text/plain".to_owned(),
            packed_as: None,
            text_state: TextState::Read,
            pages: vec![text.clone()],
            metadata: SourceMetadata::default(),
            answer: None,
        };
        store.keep_copy(copy, Keeper::Person(&ana, CaptureOrigin::Uploaded), now()).await.unwrap().unwrap();
        place
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self) -> Command {
        let mut command = pledgebook(&self.test.url);
        command.env("PLEDGEBOOK_DATA_DIR", self.folder.path()).env("PLEDGEBOOK_RECORD_KEY", self.file("record.key"));
        command.env("PLEDGEBOOK_NO_CAPTURE", "true").env("PLEDGEBOOK_PUBLIC_URL", "https://pledges.example.org");
        command
    }

    fn run(&self, arguments: &[&str], file: &Path) -> Output {
        self.command().args(arguments).arg(file).output().unwrap()
    }
}

async fn invite(store: &Store, number: usize) -> store::Editor {
    let new = NewPerson { email: format!("ana{number}@example.org"), name: "Ana".into(), role: DeskRole::Editor };
    let link = store.invite(None, &new, now()).await.unwrap();
    store.follow_link(link.reveal(), "hash".to_owned(), now()).await.unwrap().unwrap()
}

fn other(engine: Engine) -> Engine {
    if engine == Engine::Sqlite { Engine::Postgres } else { Engine::Sqlite }
}

#[track_caller]
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The parts of a file.
fn parts(file: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let read = |place| {
        let mut part = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..zip_len(file)).map(read).collect()
}

fn zip_len(file: &Path) -> usize {
    ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap().len()
}

/// Writes a file of parts.
fn write_parts(file: &Path, parts: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(std::fs::File::create(file).unwrap());
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// The parts that hold the record itself: not when they were written, nor which version of the index of words there is.
fn content(file: &Path) -> Vec<(String, Vec<u8>)> {
    parts(file).into_iter().filter(|(name, _)| name != "manifest.json" && name != "tables/record_state.jsonl").collect()
}

on_both_engines! {
    async fn a_record_that_is_written_to_is_backed_up_and_brought_back_on_either_engine(engine) {
        let place = Place::with_record(engine).await;
        let served = Served::of(place.command());
        // Somebody goes on writing for as long as the backups take.
        let writing = tokio::spawn({
            let store = place.test.store.clone();
            async move { for number in 1.. { invite(&store, number).await; } }
        });
        let file = place.folder.path().join("record.zip");
        let backup = said(&place.run(&["backup", "--with-key"], &file));
        assert!(backup.contains("69 pledges") && backup.contains("1 kept copies") && backup.contains("key is in it"), "{backup}");
        assert!(!writing.is_finished());
        writing.abort();
        _ = writing.await;
        let body = |served: &Served, path: &str| {
            let answer = served.get(path);
            assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
            answer.split_once("\r\n\r\n").unwrap().1.to_owned()
        };
        for restored in [Place::bare(engine).await, Place::bare(other(engine)).await] {
            let told = said(&restored.run(&["restore"], &file));
            assert!(told.contains("69 pledges") && told.contains("pledgebook verify"), "{told}");
            let verified = said(&restored.command().arg("verify").output().unwrap());
            assert!(verified.contains("pledges: 69; kept copies: 1 in 1 file(s)"), "{verified}");
            let again = restored.file("again.zip");
            said(&restored.run(&["backup", "--with-key"], &again));
            assert!(content(&again) == content(&file), "a part is not as it was");
            let serving = Served::of(restored.command());
            for path in ["/data/pledges.json", "/data/pledges.csv", "/data/record.jsonl", "/api/v1/record/checkpoint"] {
                assert!(body(&serving, path) == body(&served, path), "{path}");
            }
            assert!(body(&serving, "/pledges?q=operational").contains("/pledges/operational-cell"), "the words are not indexed");
        }
    }

    async fn a_record_moves_to_the_other_engine_and_back_by_export_and_import(engine) {
        let place = Place::with_record(engine).await;
        let (file, back) = (place.file("there.zip"), place.file("back.zip"));
        assert!(said(&place.run(&["export"], &file)).contains("key is not in it"));
        let there = Place::bare(other(engine)).await;
        let whole = said(&there.run(&["import", "--dry-run"], &file));
        assert!(whole.contains("is whole") && whole.contains("Nothing was done"), "{whole}");
        assert!(there.test.store.occupied().await.unwrap().is_none());
        assert_fails(&there.run(&["import", "--by", "ana@example.org"], &file), &["a whole record", "without --by"]);
        assert!(said(&there.run(&["import"], &file)).contains("The record's key was not in it"));
        said(&there.run(&["export"], &back));
        let home = Place::bare(engine).await;
        said(&home.run(&["import"], &back));
        let again = home.file("again.zip");
        said(&home.run(&["export"], &again));
        assert!(content(&again) == content(&file));
        assert_fails(&home.run(&["import"], &back), &["holds a record already", "row(s) in ", "--database-url"]);
        std::fs::write(home.file("more.csv"), "id\n").unwrap();
        assert_fails(&home.run(&["import"], &home.file("more.csv")), &["--by EMAIL"]);
    }

    async fn a_record_of_an_older_version_is_brought_back_and_taken_further(engine) {
        let place = Place::bare(engine).await;
        assert_fails(&place.run(&["backup"], &place.file("old.zip")), &["there is no record", "pledgebook migrate"]);
        let (connection, steps) = (place.test.store.connection(), migrations::names().len());
        migrations::to_step(connection, 14).await.unwrap();
        assert_eq!(migrations::pending(connection).await.unwrap().len(), steps - 14);
        let id = if engine == Engine::Sqlite { "x'00000000000000000000000000000001'" } else { "'00000000000000000000000000000001'" };
        place.test.sql(&format!("insert into topic (id, slug, name_en) values ({id}, 'asylum', 'Asylum')")).await.unwrap();
        let file = place.file("old.zip");
        said(&place.run(&["backup"], &file));
        // Into nothing at all, and into an empty record that has taken all steps.
        for restored in [Place::bare(other(engine)).await, Place { test: TestStore::empty(engine).await, folder: tempfile::tempdir().unwrap() }] {
            said(&restored.run(&["restore"], &file));
            assert!(migrations::pending(restored.test.store.connection()).await.unwrap().is_empty());
            assert_eq!(restored.test.texts("select slug from topic").await, ["asylum"]);
        }
        let mut newer = parts(&file);
        let manifest = newer.iter_mut().find(|(name, _)| name == "manifest.json").unwrap();
        let mut said: Value = serde_json::from_slice(&manifest.1).unwrap();
        said["migrations"].as_array_mut().unwrap().push("m20991231_000001_later".into());
        manifest.1 = said.to_string().into_bytes();
        write_parts(&place.file("newer.zip"), &newer);
        let none = Place::bare(engine).await;
        assert_fails(&none.run(&["restore"], &place.file("newer.zip")), &["another version", "m20991231_000001_later"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_over() {
    let place = Place::with_record(Engine::Sqlite).await;
    let file = place.file("record.zip");
    std::fs::write(&file, "mine").unwrap();
    assert_fails(&place.run(&["backup"], &file), &["is there already", "another name"]);
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    assert_fails(&place.run(&["backup"], &place.file("none/record.zip")), &["can't be written", "nothing is left"]);
    assert_fails(&place.run(&["backup", "--with-key"], &place.file("b.zip")), &["record.key", "can't be read"]);
    assert_fails(&place.run(&["restore"], &place.file("b.zip")), &["b.zip", "No such file"]);
    std::fs::remove_file(&file).unwrap();
    Served::of(place.command());
    said(&place.run(&["backup", "--with-key"], &file));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "others can read it");
    let occupied = Place::with_record(Engine::Sqlite).await;
    assert_fails(&occupied.run(&["restore"], &file), &["holds a record already", "nothing was changed"]);
    let other = Place::bare(Engine::Sqlite).await;
    Served::of(Place { test: TestStore::empty(Engine::Sqlite).await, folder: tempfile::tempdir().unwrap() }.command());
    let another = Place { test: TestStore::empty(Engine::Sqlite).await, folder: tempfile::tempdir().unwrap() };
    let served = Served::of(another.command());
    let begun = Instant::now();
    while !another.file("record.checkpoint").exists() {
        assert!(begun.elapsed() < Duration::from_secs(10), "no checkpoint was kept");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(served);
    std::fs::copy(another.file("record.key"), other.file("record.key")).unwrap();
    assert_fails(&other.run(&["restore"], &file), &["another key", "--record-key"]);
    // What a server leaves that was only started is no record.
    std::fs::remove_file(another.file("record.key")).unwrap();
    std::fs::write(another.file("record.key"), "no key").unwrap();
    assert_fails(&another.run(&["restore"], &file), &["record.key", "PEM"]);
    std::fs::remove_file(another.file("record.key")).unwrap();
    assert!(said(&another.run(&["restore"], &file)).contains("record.checkpoint.of-another-key"));
    // It is a record like any other: it verifies, and is served.
    assert!(another.command().arg("verify").status().unwrap().success());
    drop(Served::of(another.command()));
    assert_eq!(std::fs::read(another.file("record.key")).unwrap(), std::fs::read(place.file("record.key")).unwrap());
    let left: Vec<_> = std::fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_spoiled_or_cut_off_is_refused_with_the_name_of_the_part() {
    let place = Place::with_record(Engine::Sqlite).await;
    let file = place.file("record.zip");
    said(&place.run(&["backup"], &file));
    let none = Place::bare(Engine::Sqlite).await;
    let bad = place.file("bad.zip");
    let refused = |told: &[&str]| assert_fails(&none.run(&["restore"], &bad), told);
    let whole = std::fs::read(&file).unwrap();
    let at = |name: &str| whole.windows(name.len()).position(|window| window == name.as_bytes()).unwrap();
    let copy = parts(&file).into_iter().find(|(name, _)| name.starts_with("copies/")).unwrap().0;
    for part in ["tables/citation.jsonl", "tables/log_entry.jsonl", &copy] {
        let begin = at(part);
        // Behind its name there are some more bytes of its head.
        std::fs::write(&bad, &whole[..begin + part.len() + 60]).unwrap();
        refused(&["is cut off", part, "nothing was taken"]);
        let mut spoiled = whole.clone();
        spoiled[begin + part.len() + 100] ^= 1;
        std::fs::write(&bad, &spoiled).unwrap();
        refused(&["is damaged", part, "nothing was taken"]);
    }
    std::fs::write(&bad, &whole[..whole.len() - 30]).unwrap();
    refused(&["is cut off", "table of contents"]);
    std::fs::write(&bad, "PK\u{3}\u{4}").unwrap();
    refused(&["is cut off"]);
    std::fs::write(&bad, "{}").unwrap();
    refused(&["no whole record of Pledgebook"]);
    // Whole as an archive, and yet not what was written.
    let change = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut all = parts(&file);
        change(&mut all.iter_mut().find(|(part, _)| part.starts_with(name)).unwrap().1);
        write_parts(&bad, &all);
    };
    change("tables/party.jsonl", &|bytes| bytes[20] ^= 1);
    refused(&["damaged in the part tables/party.jsonl", "SHA-256"]);
    change("tables/party.jsonl", &|bytes| bytes.truncate(bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1));
    refused(&["damaged in the part tables/party.jsonl", "it has 1 rows"]);
    change("copies/", &|bytes| bytes[0] ^= 1);
    refused(&["damaged in the part copies/", "SHA-256"]);
    let without =
        |name: &str| write_parts(&bad, &parts(&file).into_iter().filter(|(part, _)| !part.starts_with(name)).collect::<Vec<_>>());
    without("tables/topic.jsonl");
    refused(&["damaged in the part tables/topic.jsonl"]);
    without("copies/");
    refused(&["damaged in the part copies/", "the manifest says 1"]);
    without("manifest.json");
    refused(&["no part manifest.json"]);
    assert!(none.test.store.occupied().await.unwrap().is_none() && !none.file("snapshots").exists());
    // A copy that is gone is told, and the rest is kept.
    std::fs::remove_dir_all(place.file("snapshots")).unwrap();
    assert_fails(&place.run(&["backup"], &place.file("rest.zip")), &["is written", "1 kept cop", "pledgebook verify"]);
    said(&none.run(&["restore"], &place.file("rest.zip")));
}
