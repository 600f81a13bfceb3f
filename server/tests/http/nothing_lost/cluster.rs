//! A PostgreSQL of a test's own, which may be killed or have no room.

use std::{
    fs::File,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use store::{Location, Store};

use crate::process::free_port;

/// A PostgreSQL of a test's own, which keeps what it acknowledges (`fsync`).
pub struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    /// PostgreSQL does not run as root.
    runs_as: Option<(u32, u32)>,
    port: u16,
    running: Option<Child>,
}

impl Cluster {
    pub fn new() -> Self {
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
        let cluster = Self { folder, programs, runs_as, port: free_port(), running: None };
        cluster.give(cluster.folder.path());
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

    /// Makes a folder PostgreSQL's.
    pub fn give(&self, folder: &Path) {
        if let Some((user, group)) = self.runs_as {
            chown(folder, Some(user), Some(group)).unwrap();
        }
    }

    /// Has its own client run a statement.
    pub fn run(&self, statement: &str) {
        let output = self.program("psql").args(["--quiet", "--command", statement]).arg(self.url()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://pledgebook@127.0.0.1:{}/{database}", self.port)
    }

    pub fn location(&self) -> Location {
        Location::Postgres(self.url())
    }

    /// Starts it, and waits until it takes connections.
    pub async fn start(&mut self) {
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
    pub fn kill(&mut self) {
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
