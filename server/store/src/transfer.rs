//! The whole record, table by table, as lines that are the same on every engine: what a backup is made of, and what a record is
//! moved by from one engine to the other.
//!
//! Which tables and columns there are is read from the database itself, so that what a later migration adds can't be forgotten:
//! it is carried, or it is refused by name. A line is a JSON object of a row, with the columns in the order of the table, absent
//! where they are null. The rows of a table come in the order of its primary key.

mod fill;
mod read;
mod shape;
mod value;

pub use fill::Filling;
pub use read::Snapshot;
pub use shape::{Column, Kind, Shape};

use crate::StoreError;

/// What is no part of a record, and why.
///
/// What is good for one visit alone is left out: from a copy nobody stays signed in, whether or not they have left since.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("draft_presence", "who has a draft open just now"),
    ("pledge_glance", "what lists look at, made anew from the record"),
    ("pledge_text", "the index of words, made anew from the record"),
    ("seaql_migrations", "the steps of the schema, which the migrations themselves take"),
    ("session", "who is signed in: after a move everybody signs in again"),
    ("sign_in_failure", "failed attempts to sign in, which count for minutes"),
    ("tip_salt", "the salt of the day for those who send tips: it is thrown away so that nobody finds out who they were"),
];

/// What may be in an empty record: one row that counts publications, and what a server leaves that has only been started.
const IN_THE_EMPTY: &[&str] = &["record_state", "one_time_link", "sign_in_failure", "tip_salt"];

/// Why a record could not be read or filled.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A column is of a kind that has no form in a line.
    #[error("the database has a column of a kind that can't be carried: {table}.{column} is “{kind}”")]
    UnknownKind {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What the database calls its kind.
        kind: String,
    },
    /// A table has no primary key, so its rows have no order.
    #[error("the database has a table without a primary key, which can't be carried: {0}")]
    NoKey(String),
    /// There are other rows than the table has.
    #[error("the table {table} has {expected} rows, but {found} were read")]
    Lost {
        /// The table.
        table: String,
        /// How many it has.
        expected: u64,
        /// How many were read.
        found: u64,
    },
    /// There is a record already.
    #[error("there is a record already: the table {table} has {rows} row(s)")]
    NotEmpty {
        /// A table that has rows.
        table: String,
        /// How many.
        rows: u64,
    },
    /// A line is no row of its table.
    #[error("line {line} of the table {table} is not accepted: {cause}")]
    Line {
        /// The table.
        table: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        cause: String,
    },
    /// Lines could not be written or read.
    #[error(transparent)]
    Lines(#[from] std::io::Error),
}

impl From<sea_orm::DbErr> for TransferError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// A name as it stands in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
