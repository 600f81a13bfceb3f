//! PostgreSQL is killed under load and comes back: meanwhile requests fail clearly and soon, and afterwards the same server goes on
//! by itself, with all that was acknowledged.

use std::{
    fs::File,
    os::unix::{fs::chown, process::CommandExt as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use store::{Location, Store};

use super::{
    Chance, Record, set,
    writers::{Ledger, Writers, ask},
};
use crate::process::{Served, free_port};

/// How soon a server answers again once its database is back.
const RECOVERY: Duration = Duration::from_secs(10);

/// How soon it says that there is none: it waits a little for one that is just starting.
const BOUND: Duration = Duration::from_secs(8);

/// A PostgreSQL of this test's own, which keeps what it acknowledges (`fsync`).
struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    /// PostgreSQL does not run as root.
    runs_as: Option<(u32, u32)>,
    port: u16,
    running: Option<Child>,
}

impl Cluster {
    fn new() -> Self {
        let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect())
            .unwrap_or_default();
        found.sort();
        let programs =
            found.pop().expect("this test starts PostgreSQL itself, from /usr/lib/postgresql; `make test` installs it");
        let id = |which: &str, name: &[&str]| -> u32 {
            let output = Command::new("id").arg(which).args(name).output().unwrap();
            String::from_utf8_lossy(&output.stdout).trim().parse().expect("a user called postgres")
        };
        let runs_as = (id("-u", &[]) == 0).then(|| (id("-u", &["postgres"]), id("-g", &["postgres"])));
        let folder = tempfile::tempdir().unwrap();
        if let Some((user, group)) = runs_as {
            chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let cluster = Self { folder, programs, runs_as, port: free_port(), running: None };
        let mut initdb = cluster.program("initdb");
        initdb.args(["--username=pledgebook", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"]);
        let output = initdb.arg(cluster.folder.path().join("data")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        cluster
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.folder.path());
        if let Some((user, group)) = self.runs_as {
            command.uid(user).gid(group);
        }
        command
    }

    fn url(&self) -> String {
        format!("postgres://pledgebook@127.0.0.1:{}/postgres", self.port)
    }

    fn location(&self) -> Location {
        Location::Postgres(self.url())
    }

    /// Starts it, and waits until it takes connections.
    async fn start(&mut self) {
        let begun = Instant::now();
        loop {
            let log = File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
            let mut command = self.program("postgres");
            command.arg("-D").arg(self.folder.path().join("data")).arg("-p").arg(self.port.to_string());
            for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=16MB", "fsync=on"] {
                command.args(["-c", setting]);
            }
            let mut running = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
            // What is left of the one before may still hold its memory; then it ends at once and is started again.
            while running.try_wait().unwrap().is_none() {
                if Store::open(&self.location()).await.is_ok() {
                    self.running = Some(running);
                    return;
                }
                assert!(begun.elapsed() < Duration::from_secs(30), "PostgreSQL does not start");
                thread::sleep(Duration::from_millis(50));
            }
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "{}",
                std::fs::read_to_string(self.folder.path().join("log")).unwrap()
            );
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Kills it on the spot.
    fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_is_killed_says_so_and_goes_on_by_itself_when_it_is_back() {
    let mut cluster = Cluster::new();
    cluster.start().await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&cluster.location()).await.unwrap();
    migrations::up(store.connection()).await.unwrap();
    let record = Record::new(&store, &cluster.url(), folder.path()).await;
    store.close().await.unwrap();
    let (mut chance, ledger) = (Chance::new(), Arc::new(Ledger::default()));
    let served = Served::of(record.command());
    for round in 0..set("PLEDGEBOOK_POSTGRES_KILLS", 2) {
        let writers = Writers::start(4, &served.address, &record.tokens, round, &ledger);
        thread::sleep(chance.millis(300, 1_200));
        cluster.kill();
        let down = Instant::now();
        // A page and the API say that it can't be read now; the process itself lives.
        let asked = ["/pledges/april-summit", "/api/v1/pledges/april-summit", "/readyz", "/healthz"].map(|path| {
            let address = served.address.clone();
            thread::spawn(move || ask(&address, &format!("GET {path} HTTP/1.1"), "").expect("an answer"))
        });
        let [page, api, ready, alive] = asked.map(|asked| asked.join().unwrap());
        assert_eq!(page.status, 503, "{}", page.body);
        assert!(page.body.contains("can’t be read just now") && page.body.contains("Nothing is lost"), "{}", page.body);
        assert_eq!((api.status, api.json()["title"].as_str()), (503, Some("The record can’t be read just now")), "{}", api.body);
        assert_eq!((ready.status, ready.body.as_str()), (503, "the database does not answer"));
        assert_eq!(alive.status, 200);
        assert!(down.elapsed() < BOUND, "it took {:?} to say that there is no database", down.elapsed());
        eprintln!("requests without a database were answered within {:?}", down.elapsed());
        thread::sleep(chance.millis(0, 500));
        cluster.start().await;
        let back = Instant::now();
        while ask(&served.address, "GET /pledges/april-summit HTTP/1.1", "").expect("an answer").status != 200 {
            assert!(back.elapsed() < RECOVERY, "it does not recover by itself; seed {}", chance.seed);
            thread::sleep(Duration::from_millis(50));
        }
        let acknowledged = ledger.acknowledged();
        while ledger.acknowledged() == acknowledged {
            assert!(back.elapsed() < RECOVERY, "nothing can be written again; seed {}", chance.seed);
            thread::sleep(Duration::from_millis(50));
        }
        eprintln!("it went on after {:?}", back.elapsed());
        writers.stop();
        ledger.assert_there(0, &served.address, &record.tokens);
    }
    eprintln!("{} acknowledged, {} published, {} refused", ledger.acknowledged(), ledger.published(), ledger.refused());
    assert!(ledger.published() > 0 && ledger.refused() > 0, "too little happened to tell anything");
    drop(served);
    record.assert_verified();
}
