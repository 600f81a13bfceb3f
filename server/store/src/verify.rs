//! Whether the database still says what was recorded: the log is gone through from its first entry, every hash is made anew,
//! and what the entries add up to is compared with the rows that pages are made from.
//!
//! Each step is a module that looks at one thing and names the first that is wrong.

mod copies;
mod entries;
mod names;
mod rows;
mod shown;
mod tables;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use domain::{
    Slug,
    log::{Broken, Checkpoint, Difference, Snapshot, tree::Hash},
};
use sea_orm::{AccessMode, DatabaseTransaction, DbBackend, IsolationLevel, TransactionTrait};

use crate::{Store, StoreError, log::Thing};

/// The first thing that is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The table.
    pub table: &'static str,
    /// Which of its rows: the id or slug by which people know it.
    pub name: String,
    /// The field.
    pub field: String,
    /// What was recorded.
    pub expected: String,
    /// What the database says now.
    pub found: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, name, field, expected, found } = self;
        write!(f, "{table} {name}, {field}: expected {expected}, found {found}")
    }
}

impl From<Broken> for Wrong {
    fn from(Broken { index, field, expected, found }: Broken) -> Self {
        Self { table: "log_entry", name: index.to_string(), field: field.to_owned(), expected, found }
    }
}

impl Wrong {
    /// Something of a row that is not as it was recorded.
    fn new(
        table: &'static str,
        name: impl fmt::Display,
        field: &str,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Self {
        Self { table, name: name.to_string(), field: field.to_owned(), expected: expected.to_string(), found: found.to_string() }
    }

    /// A row that is not there any more.
    fn missing(table: &'static str, name: impl fmt::Display) -> Self {
        Self::new(table, name, "row", "one, as it was recorded", "none")
    }

    /// A difference within a row.
    fn differing(table: &'static str, name: impl fmt::Display, difference: Difference) -> Self {
        Self { table, name: name.to_string(), field: difference.path, expected: difference.expected, found: difference.found }
    }
}

/// Why a record could not be verified.
#[derive(Debug, thiserror::Error)]
pub enum NotVerified {
    /// Something is wrong with it.
    #[error("{0}")]
    Wrong(Box<Wrong>),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<T: Into<Wrong>> From<T> for NotVerified {
    fn from(wrong: T) -> Self {
        Self::Wrong(Box::new(wrong.into()))
    }
}

impl From<sea_orm::DbErr> for NotVerified {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// A record that says what was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries its log has.
    pub entries: u64,
    /// The root over them.
    pub root: Hash,
    /// The number of its last publication.
    pub revision: i64,
    /// How many pledges were compared, those that were taken out among them.
    pub pledges: u64,
    /// How many times copies were kept of published sources.
    pub copies: u64,
}

/// What the entries say, as far as it is kept in memory: where to find the rest.
#[derive(Debug, Default)]
struct Told {
    /// Which entries speak of the pledge of a number.
    pledges: BTreeMap<i64, Vec<u64>>,
    /// The hash of what was last said of a thing, and by which entry.
    things: HashMap<(Thing, Slug), (Hash, u64)>,
    /// What was said of each kept copy, with the index of the entry.
    copies: Vec<(u64, Snapshot)>,
    /// The publications in order, with those before the log.
    publications: Vec<(i64, chrono::DateTime<chrono::Utc>)>,
}

impl Store {
    /// Verifies the whole record, and that it begins with what an earlier checkpoint was made of.
    ///
    /// # Errors
    /// [`NotVerified::Wrong`] with the first thing that is wrong; [`NotVerified::Store`].
    pub async fn verify(&self, earlier: &[Checkpoint]) -> Result<Verified, NotVerified> {
        let db = self.begin_reading().await?;
        let (chain, told) = entries::go_through(&db, earlier).await?;
        tables::compare(&db, &chain, &told).await?;
        let rows = shown::compare(&db, &told).await?;
        rows::count(&db, &rows).await?;
        names::compare(&db, &told).await?;
        copies::compare(&db, &told).await?;
        let numbers: Vec<i64> = told.pledges.keys().copied().collect();
        rows::check_glances(&db, &numbers).await?;
        Ok(Verified {
            entries: chain.size(),
            root: chain.root(),
            revision: chain.revision(),
            pledges: told.pledges.len() as u64,
            copies: told.copies.len() as u64,
        })
    }

    /// Begins a transaction that sees one state of the record, whatever is published meanwhile.
    async fn begin_reading(&self) -> Result<DatabaseTransaction, StoreError> {
        // A transaction of SQLite always does.
        let (isolation, access) = match self.db.get_database_backend() {
            DbBackend::Sqlite => (None, None),
            _ => (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)),
        };
        Ok(self.db.begin_with_config(isolation, access).await?)
    }
}
