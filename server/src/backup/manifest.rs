//! What a file with a whole record says of itself.

use domain::Sha256Hex;
use serde::{Deserialize, Serialize};
use store::{Column, Shape};

/// What the format is called.
pub(super) const FORMAT: &str = "pledgebook-record";

/// The version of the format. A reader takes its own and refuses others.
pub(super) const VERSION: u32 = 1;

/// What a file with a whole record says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// [`FORMAT`].
    pub(super) format: String,
    /// [`VERSION`].
    pub(super) format_version: u32,
    /// The program and its version.
    pub(crate) made_by: String,
    /// When the record stood like this (RFC 3339).
    pub(crate) made_at: String,
    /// The migrations that made the tables, in order.
    pub(crate) migrations: Vec<String>,
    /// The tables, each behind those that it refers to.
    pub(crate) tables: Vec<Table>,
    /// What of the database is not in it.
    pub(super) left_out: Vec<String>,
    /// How many kept copies are in it.
    pub(crate) copies: u64,
    /// The names of copies whose bytes were gone or spoiled already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) missing_copies: Vec<String>,
    /// The SHA-256 of the record's key, where it is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key_sha256: Option<String>,
}

/// A table in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: String,
    /// How many rows it has.
    pub(crate) rows: u64,
    /// The SHA-256 of its part, unpacked.
    pub(super) sha256: String,
    /// Its columns.
    pub(super) columns: Vec<Column>,
}

impl Manifest {
    /// How many rows a table has.
    pub(crate) fn rows(&self, table: &str) -> u64 {
        self.tables.iter().find(|known| known.name == table).map_or(0, |table| table.rows)
    }

    /// How many rows all tables have.
    pub(crate) fn all_rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

impl Table {
    /// The name of its part.
    pub(super) fn part(&self) -> String {
        part_of(&self.name)
    }

    /// Whether a table of the database is the one that was written.
    pub(super) fn is(&self, shape: &Shape) -> bool {
        self.name == shape.table && self.columns == shape.columns
    }
}

/// The name of the part of a table.
pub(super) fn part_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// The name of the part of a kept copy.
pub(super) fn copy_part(name: &Sha256Hex) -> String {
    format!("{}{name}", super::COPIES)
}
