//! There is no room left: writes are refused and it is said why, reading goes on, and once there is room again so does writing,
//! with the same server.

use std::{
    fs::File,
    io::Write as _,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use store::{Location, Store};

use super::{
    Record,
    cluster::Cluster,
    writers::{Ledger, ask, write_one},
};
use crate::process::Served;

/// What takes the room away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Full {
    /// A small file system of its own, which something else fills.
    Disk,
    /// A limit on the size of files (`RLIMIT_FSIZE`), for who can mount nothing.
    Limit,
}

/// A small file system in a folder, as long as the test lasts.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    fn on(folder: &'a Path, megabytes: u32) -> Option<Self> {
        let size = format!("size={megabytes}m");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

impl Full {
    /// Takes the room away, but for some bytes.
    fn take(self, rest: u64, folder: &Path, served: &Served) {
        match self {
            Self::Disk => {
                let mut ballast = File::options().create(true).append(true).open(folder.join("ballast")).unwrap();
                while ballast.write_all(&[0; 4096]).is_ok() {}
                ballast.set_len(ballast.metadata().unwrap().len() - rest).unwrap();
            }
            Self::Limit => limit(served, &format!("{}:", largest(folder) + rest)),
        }
    }

    fn give_back(self, folder: &Path, served: &Served) {
        match self {
            Self::Disk => std::fs::remove_file(folder.join("ballast")).unwrap(),
            Self::Limit => limit(served, "unlimited:"),
        }
    }
}

fn limit(served: &Served, size: &str) {
    let pid = served.child.id().to_string();
    let output = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={size}")]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn largest(folder: &Path) -> u64 {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).max().unwrap()
}

/// With SQLite, all of whose files are in one folder.
async fn without_room_for_sqlite(full: Full, folder: &Path) {
    let file = folder.join("record.sqlite3");
    let url = format!("sqlite:{}", file.display());
    without_room(full, folder, &Location::File(file), &url, folder).await;
}

/// With a database that needs room in a folder, and a server with its own files in another.
async fn without_room(full: Full, folder: &Path, location: &Location, url: &str, own: &Path) {
    let store = Store::open(location).await.unwrap();
    migrations::up(store.connection()).await.unwrap();
    let record = Record::new(&store, url, own).await;
    store.close().await.unwrap();
    // Whose file grows beyond the limit would be killed, did it not say that it will look itself.
    let mut command = Command::new("sh");
    let mut serve = record.command();
    serve.env("PLEDGEBOOK_BEHIND_PROXY", "true");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(serve.get_program()).process_group(0);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    for (name, value) in serve.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let served = Served::of(command);
    let (address, ledger) = (served.address.clone(), Ledger::default());
    write_one(&address, &record.tokens, "While there is room", &ledger).expect("it is written");

    full.take(256 * 1024, folder, &served);
    let mut number = 0;
    while write_one(&address, &record.tokens, &format!("Ever less room {number}"), &ledger).is_some() {
        number += 1;
        assert!(number < 1_000, "there is room without end");
    }
    assert_eq!(ledger.refused(), 1, "it was not refused, it broke");
    assert_eq!(ledger.reason(), "not-writable");
    // A reader is told on a page. Little fits where much does not, for a while.
    let mut refused = None;
    for sender in 1..200 {
        full.take(0, folder, &served);
        while write_one(&address, &record.tokens, &format!("No room at all {sender} {number}"), &ledger).is_some() {
            number += 1;
        }
        let form = "POST /pledges/april-summit/tips HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";
        let form = format!("{form}\r\nX-Forwarded-For: 192.0.2.{sender}");
        let answered = ask(&address, &form, "url=https%3A%2F%2Fexample.org%2Fnews&words=It+took+place").expect("an answer");
        if answered.status == 503 {
            refused = Some(answered.body);
            break;
        }
        assert_eq!(answered.status, 303, "{}", answered.body);
    }
    let refused = refused.expect("a page that says that there is no room");
    assert!(
        refused.contains("Nothing can be written just now") && refused.contains("What is there can still be read"),
        "{refused}"
    );
    // Everything can be read, by whoever could.
    for path in ["/pledges/april-summit", "/pledges?q=operational", "/data/record.jsonl", "/api/v1/pledges", "/readyz"] {
        let answered = ask(&address, &format!("GET {path} HTTP/1.1"), "").expect("an answer");
        assert_eq!(answered.status, 200, "{path}: {}", answered.body);
    }
    ledger.assert_there(0, &address, &record.tokens);
    // When a token was last used can't be noted, and it opens all the same.
    let drafts = format!("GET /api/v1/drafts?list=mine HTTP/1.1\r\nAuthorization: Bearer {}", record.tokens.unused);
    let answered = ask(&address, &drafts, "").expect("an answer");
    assert_eq!(answered.status, 200, "{}", answered.body);

    full.give_back(folder, &served);
    let begun = Instant::now();
    while write_one(&address, &record.tokens, &format!("Room again {:?}", begun.elapsed()), &ledger).is_none() {
        assert!(begun.elapsed() < Duration::from_secs(5), "nothing can be written again");
        thread::sleep(Duration::from_millis(50));
    }
    ledger.assert_there(0, &address, &record.tokens);
    drop(served);
    record.assert_verified();
}

const UNMOUNTED: &str = "nothing can be mounted here: a full disk is not tried, only files that can't grow";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_writes_are_refused_and_reading_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    match Mounted::on(folder.path(), 24) {
        Some(mounted) => without_room_for_sqlite(Full::Disk, mounted.0).await,
        None => eprintln!("{UNMOUNTED}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_tables_of_postgresql_can_not_grow_writes_are_refused_and_reading_goes_on() {
    let (tables, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let Some(mounted) = Mounted::on(tables.path(), 64) else { return eprintln!("{UNMOUNTED}") };
    let mut cluster = Cluster::new();
    cluster.start().await;
    cluster.give(mounted.0);
    // Its log of what it does is elsewhere: without room for that PostgreSQL itself stops.
    cluster.run(&format!("create tablespace small location '{}'", mounted.0.display()));
    cluster.run("create database small tablespace small");
    let url = cluster.url_of("small");
    without_room(Full::Disk, mounted.0, &Location::Postgres(url.clone()), &url, own.path()).await;
    drop(cluster);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_files_can_not_grow_writes_are_refused_and_reading_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    without_room_for_sqlite(Full::Limit, folder.path()).await;
}
