//! Where the database is and how it is opened.

use std::{path::PathBuf, sync::Arc, time::Duration};

use sea_orm::{ConnectOptions, Database, DbBackend};

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

/// How long opening a connection, or waiting for a free one, may take.
const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// Opens the database. An SQLite file is opened in WAL mode with `synchronous=FULL`: what was acknowledged is on disk.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], with the location.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        Self::open_with(location, None).await
    }

    /// Opens the database; tables are looked for in a schema of PostgreSQL other than the usual one if it is named.
    pub(crate) async fn open_with(location: &Location, schema: Option<&str>) -> Result<Self, StoreError> {
        let mut options = match location {
            Location::File(path) => {
                let path = path.clone();
                let mut options = ConnectOptions::new("sqlite:");
                options.map_sqlx_sqlite_opts(move |sqlite| {
                    sqlite
                        .filename(&path)
                        .create_if_missing(true)
                        .foreign_keys(true)
                        .busy_timeout(PATIENCE)
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL")
                });
                options
            }
            Location::Postgres(url) => ConnectOptions::new(url),
        };
        options.connect_timeout(PATIENCE).acquire_timeout(PATIENCE).max_connections(16).sqlx_logging(false);
        if let Some(schema) = schema {
            options.set_schema_search_path(schema);
        }
        let db =
            Database::connect(options).await.map_err(|cause| StoreError::Unreachable { location: location.shown(), cause })?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations() {
        assert_eq!(Location::parse("sqlite:///srv/record.sqlite3?mode=rwc"), Ok(Location::File("/srv/record.sqlite3".into())));
        assert_eq!(Location::parse("sqlite:record.sqlite3"), Ok(Location::File("record.sqlite3".into())));
        assert!(Location::parse("mysql://host/db").is_err());
        let postgres = Location::parse("postgres://editor:secret@db.example.org/record?sslmode=require").unwrap();
        assert_eq!(postgres.shown(), "postgres://db.example.org/record");
    }
}
