//! Nothing that was acknowledged is lost: whatever is killed, and when there is no room left.
//!
//! Real processes, on real engines. `PLEDGEBOOK_SEED` makes the moments of a run happen again; it is told where something fails.
//! `PLEDGEBOOK_KILLS` says how often the server is killed on each engine, and `PLEDGEBOOK_POSTGRES_KILLS` how often PostgreSQL is.

mod cluster;
mod full_disk;
mod postgres_killed;
mod server_killed;
mod writers;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};
use store::Store;

use crate::process::pledgebook;

/// A number from the environment, or another.
fn set(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} must be a whole number")))
}

/// Moments that nobody can foresee, and that can be had again.
struct Chance {
    seed: u64,
    random: ChaCha8Rng,
}

impl Chance {
    fn new() -> Self {
        let seed = set("PLEDGEBOOK_SEED", uuid::Uuid::new_v4().as_u64_pair().1);
        eprintln!("PLEDGEBOOK_SEED={seed}");
        Self { seed, random: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// A number of milliseconds between two.
    fn millis(&mut self, from: u64, to: u64) -> std::time::Duration {
        std::time::Duration::from_millis(from + self.random.next_u64() % (to - from))
    }
}

/// A record with the example, and with whom it is written.
struct Record {
    url: String,
    folder: PathBuf,
    tokens: writers::Tokens,
}

impl Record {
    /// Fills an empty record.
    async fn new(store: &Store, url: &str, folder: &Path) -> Self {
        let now = server::clock::Clock::system().now();
        store.load(&server::commands::example_record(now.date_naive()).unwrap(), now).await.unwrap();
        store.prepare(now).await.unwrap();
        let tokens = writers::Tokens::new(store, now).await;
        Self { url: url.to_owned(), folder: folder.to_owned(), tokens }
    }

    fn command(&self) -> Command {
        let mut command = pledgebook(&self.url);
        command.env("PLEDGEBOOK_DATA_DIR", &self.folder).env("PLEDGEBOOK_RECORD_KEY", self.folder.join("record.key"));
        command.env("PLEDGEBOOK_NO_CAPTURE", "true").env("PLEDGEBOOK_LOG", "off");
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command
    }

    /// Makes sure that the record says what its log recorded.
    #[track_caller]
    fn assert_verified(&self) {
        let Output { status, stderr, .. } = self.command().arg("verify").stderr(std::process::Stdio::piped()).output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    }
}
