//! Where the database is and how it is opened.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    ConnectOptions, Database, DbBackend,
    sqlx::{self, AssertSqlSafe, Connection as _, SqliteConnection},
};

use crate::{Store, StoreError, captures::Remembered, writing::Turns};

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file; it is made if it is not there.
    File(PathBuf),
    /// A PostgreSQL server, as `postgres://…`.
    Postgres(String),
}

/// Which engine a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Location {
    /// Reads a database URL: `postgres://…`, `postgresql://…` or `sqlite:PATH`.
    ///
    /// # Errors
    /// One sentence that says what would be accepted.
    pub fn parse(url: &str) -> Result<Self, String> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//")) {
            Some(path) if !path.is_empty() => Ok(Self::File(path.split('?').next().unwrap_or(path).into())),
            _ => Err("a database is given as postgres://USER@HOST/NAME or sqlite:PATH".to_owned()),
        }
    }

    /// The location as it can be shown: without the password.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let after = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                format!("{scheme}://{}", after.split('?').next().unwrap_or(after))
            }
        }
    }
}

impl Location {
    /// What keeps the file from being opened, where it can be told: SQLite says the same of all of it.
    fn obstacle(&self) -> Option<String> {
        let Self::File(path) = self else { return None };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Some(format!("there is no folder {}", folder.display()));
        }
        if path.is_dir() {
            return Some("it is a folder".to_owned());
        }
        // SQLite needs files beside it.
        let probe = folder.join(format!(".pledgebook-{}", std::process::id()));
        let made = File::create(&probe);
        _ = std::fs::remove_file(&probe);
        made.err().map(|error| format!("nothing can be written in {}: {error}", folder.display()))
    }
}

/// How long opening a connection, or waiting for a free one, may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections there are at most. On SQLite each is a thread with a cache of its own, and one of them writes.
const ON_SQLITE: u32 = 8;
const ON_POSTGRES: u32 = 16;

/// How many rows wait on SQLite for whoever reads them: each time that none waits, its thread is waited for.
const ROWS_AHEAD: usize = 500;

/// A connection that was not used for so long is tried before it is.
const IDLE: Duration = Duration::from_millis(100);

/// How long a connection is kept at most. To make one takes longer than most questions, also of a quiet site.
const KEPT: Duration = Duration::from_hours(24);

/// For what a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedFor {
    /// Reading and writing as it comes.
    Use,
    /// Writing a whole record at once: with more memory than a server should take.
    Filling,
}

impl OpenedFor {
    /// How many connections there are at most on SQLite. Each has pages of its own, which it reads anew after another has written:
    /// one that writes most of the time had better be alone.
    const fn connections(self) -> u32 {
        match self {
            Self::Use => ON_SQLITE,
            Self::Filling => 1,
        }
    }

    /// The pragmas of SQLite in which they differ. Whoever fills a record comes back to every page of every index again and
    /// again, and would read each anew, and write it back, if it were not held until then.
    const fn pragmas(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Use => &[],
            // 256 MiB of pages (negative counts KiB); a checkpoint after 64 MiB of the log.
            Self::Filling => &[("cache_size", "-262144"), ("wal_autocheckpoint", "16384")],
        }
    }
}

impl Store {
    /// Opens the database. An SQLite file is opened in WAL mode with `synchronous=FULL`: what was acknowledged is on disk.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], with the location.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        Self::open_for(location, OpenedFor::Use).await
    }

    /// Opens the database for something.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], with the location.
    pub async fn open_for(location: &Location, opened_for: OpenedFor) -> Result<Self, StoreError> {
        Self::open_with(location, None, opened_for).await
    }

    /// Opens the database; tables are looked for in a schema of PostgreSQL other than the usual one if it is named.
    pub(crate) async fn open_with(location: &Location, schema: Option<&str>, opened_for: OpenedFor) -> Result<Self, StoreError> {
        let mut options = match location {
            Location::File(path) => {
                let path = path.clone();
                let mut options = ConnectOptions::new("sqlite:");
                options.map_sqlx_sqlite_opts(move |sqlite| {
                    let sqlite = sqlite
                        .filename(&path)
                        .create_if_missing(true)
                        .foreign_keys(true)
                        .busy_timeout(PATIENCE)
                        .row_buffer_size(ROWS_AHEAD)
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL");
                    opened_for.pragmas().iter().fold(sqlite, |sqlite, (name, value)| sqlite.pragma(*name, *value))
                });
                options.map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_done(connection))));
                options
            }
            Location::Postgres(url) => {
                let mut options = ConnectOptions::new(url);
                let set = settings(schema);
                options.map_sqlx_postgres_pool_opts(move |pool| {
                    let set = set.clone();
                    pool.after_connect(move |connection, _| {
                        let set = sqlx::raw_sql(AssertSqlSafe(set.clone()));
                        Box::pin(async move { set.execute(connection).await.map(drop) })
                    })
                });
                options
            }
        };
        // A file is there or not; to ask each time whether it is would take as long as what is asked of it. A server may have gone
        // since it was last asked.
        match location {
            Location::File(_) => options.test_before_acquire(false).max_connections(opened_for.connections()),
            Location::Postgres(_) => options.test_before_acquire_if_idle_for(IDLE).max_connections(ON_POSTGRES),
        };
        options.connect_timeout(PATIENCE).acquire_timeout(PATIENCE).sqlx_logging(false);
        options.idle_timeout(KEPT).max_lifetime(KEPT);
        let db = Database::connect(options).await.map_err(|cause| {
            let (place, shown) = (location.obstacle(), location.shown());
            match place {
                Some(cause) => StoreError::NoPlace { location: shown, cause },
                None => StoreError::Unreachable { location: shown, cause },
            }
        })?;
        let engine = if db.get_database_backend() == DbBackend::Sqlite { Engine::Sqlite } else { Engine::Postgres };
        let (turns, editions) = (Turns::on(engine), Arc::default());
        Ok(Self { db, engine, turns, editions, indexes: Arc::default(), anchored: Remembered::default() })
    }

    /// The engine it runs on.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The connections themselves, for the migrations alone.
    #[must_use]
    pub fn connection(&self) -> &sea_orm::DatabaseConnection {
        &self.db
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`StoreError::Database`] if there is none.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }

    /// Closes the connections, after what runs on them has ended.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.db.close().await?)
    }
}

/// What each connection to PostgreSQL begins with. No question is compiled before it is answered: what readers ask takes a millisecond,
/// and to compile it a hundred, wherever more rows are expected than there are.
fn settings(schema: Option<&str>) -> String {
    let within = schema.map(|schema| format!("; set search_path = \"{schema}\"")).unwrap_or_default();
    format!("set jit = off{within}")
}

/// Whether a connection has no transaction any more when it is given back; else it is closed.
///
/// Where there is no room SQLite may end a transaction by itself, which the driver does not learn: it goes on counting, what
/// begins next on the connection is within a transaction that nobody ends, and what is committed there is lost.
async fn is_done(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if !connection.is_in_transaction() {
        return Ok(true);
    }
    // Behind a rollback that is still to be done.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "testing")]
    #[tokio::test]
    async fn what_is_acknowledged_is_on_disk() {
        use sea_orm::{ConnectionTrait as _, Statement};
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::File(folder.path().join("test.sqlite3"))).await.unwrap();
        let ask = async |pragma: &str| {
            let statement = Statement::from_string(DbBackend::Sqlite, format!("pragma {pragma}"));
            store.db.query_one_raw(statement).await.unwrap().unwrap()
        };
        assert_eq!(ask("journal_mode").await.try_get_by_index::<String>(0).unwrap(), "wal");
        // 2 is FULL (SQLite's documentation of the pragma).
        assert_eq!(ask("synchronous").await.try_get_by_index::<i64>(0).unwrap(), 2);
        assert_eq!(ask("foreign_keys").await.try_get_by_index::<i64>(0).unwrap(), 1);
    }

    #[cfg(feature = "testing")]
    #[tokio::test]
    async fn connections_share_no_lock_of_sqlite() {
        use sea_orm::{ConnectionTrait as _, Statement};
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::File(folder.path().join("test.sqlite3"))).await.unwrap();
        let rows = store.db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "pragma compile_options")).await.unwrap();
        let options: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        // As `.cargo/config.toml` wants it.
        assert!(!options.iter().any(|option| option == "ENABLE_MEMORY_MANAGEMENT"), "{options:?}");
        assert!(options.iter().any(|option| option == "DEFAULT_MEMSTATUS=0"), "{options:?}");
    }

    #[tokio::test]
    async fn what_is_in_the_way_of_the_file_is_named() {
        for (path, told) in [
            ("/dev/null/none/record.sqlite3", "there is no folder /dev/null/none"),
            ("/proc/record.sqlite3", "nothing can be written in /proc"),
            ("/", "it is a folder"),
        ] {
            let refused = Store::open(&Location::File(path.into())).await.unwrap_err().to_string();
            assert!(refused.contains(path) && refused.contains(told), "{refused}");
        }
    }

    #[cfg(feature = "testing")]
    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_committed_after_sqlite_has_ended_a_transaction_by_itself_is_there() {
        use sea_orm::{ConnectionTrait as _, Statement};
        let folder = tempfile::tempdir().unwrap();
        let location = Location::File(folder.path().join("test.sqlite3"));
        let (store, other) = (Store::open(&location).await.unwrap(), Store::open(&location).await.unwrap());
        store.db.execute_unprepared("create table word (word text)").await.unwrap();
        let count = async || {
            let counted = other.db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "select count(*) from word")).await;
            counted.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap()
        };
        for committed in 1..=3 {
            // As when the disk is full in the midst of it.
            let ended = store.begin_writing().await.unwrap();
            ended.execute_unprepared("rollback").await.unwrap();
            drop(ended);
            let given_up = store.begin_writing().await.unwrap();
            given_up.execute_unprepared("insert into word values ('given up')").await.unwrap();
            drop(given_up);
            let kept = store.begin_writing().await.unwrap();
            kept.execute_unprepared("insert into word values ('kept')").await.unwrap();
            kept.commit().await.unwrap();
            assert_eq!(count().await, committed);
        }
    }

    #[test]
    fn locations() {
        assert_eq!(Location::parse("sqlite:///srv/record.sqlite3?mode=rwc"), Ok(Location::File("/srv/record.sqlite3".into())));
        assert_eq!(Location::parse("sqlite:record.sqlite3"), Ok(Location::File("record.sqlite3".into())));
        assert!(Location::parse("mysql://host/db").is_err());
        let postgres = Location::parse("postgres://editor:secret@db.example.org/record?sslmode=require").unwrap();
        assert_eq!(postgres.shown(), "postgres://db.example.org/record");
    }
}
