//! A whole record in one file: a ZIP archive that any tool opens.
//!
//! - `tables/NAME.jsonl`: the rows of a table, one a line, in the order of the table's primary key (`store::Snapshot`);
//! - `copies/SHA256`: the bytes of each kept copy of a source, under their name;
//! - `record.key`: the key that signs the log's checkpoints, only where it was asked for;
//! - `manifest.json`, the last: the version of the format, the migrations that made the tables, and of each table its columns, the
//!   number of its rows and the SHA-256 of its part.
//!
//! The same record gives the same parts on every engine, so that a record moves by way of such a file. Before anything of it is
//! written anywhere, all of it is read and held against the manifest.

mod manifest;
mod read;
mod write;

use std::path::PathBuf;

pub(crate) use manifest::Manifest;
pub(crate) use read::Whole;
use store::TransferError;
pub(crate) use write::write;

/// The name of the part that describes the others.
const MANIFEST: &str = "manifest.json";

/// The name of the part that holds the record's key.
const KEY: &str = "record.key";

/// Under what kept copies are.
const COPIES: &str = "copies/";

/// Why a record could not be written into a file or read from one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has that name.
    #[error("{} is there already, and nothing is written over: give another name, or move it away", .0.display())]
    Exists(PathBuf),
    /// The file can't be written.
    #[error("{} can't be written: {cause}; nothing is left of it", .file.display())]
    NotWritten {
        /// The file.
        file: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The file is something else.
    #[error("{} is no whole record of Pledgebook: {cause}", .file.display())]
    NotOurs {
        /// The file.
        file: PathBuf,
        /// What it lacks.
        cause: String,
    },
    /// The file ends too early.
    #[error("{} is cut off in the part {part}; nothing was taken from it", .file.display())]
    CutOff {
        /// The file.
        file: PathBuf,
        /// The part in which it ends.
        part: String,
    },
    /// A part is not what was written.
    #[error("{} is damaged in the part {part}: {cause}; nothing was taken from it", .file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The part.
        part: String,
        /// What is wrong with it.
        cause: String,
    },
    /// It was written by another version.
    #[error("{} was written by another version of Pledgebook ({made_by}), {cause}; use that version or a newer one", .file.display())]
    OtherVersion {
        /// The file.
        file: PathBuf,
        /// Which version.
        made_by: String,
        /// What this version does not know.
        cause: String,
    },
    /// The record could not be read or filled.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// The copies of sources could not be reached.
    #[error(transparent)]
    Copies(#[from] capture::ArchiveError),
}
