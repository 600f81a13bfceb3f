//! Where something stands in the files of an import.

use serde::{Deserialize, Serialize};

use crate::errors::Problem;

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, as its place among those sent.
    pub file: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
}

/// What is wrong with a field of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// The row.
    pub place: Place,
    /// The field: a column of a table, or its path in a record file; empty for the whole row.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}
