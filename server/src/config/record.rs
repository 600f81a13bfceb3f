//! What is set for whole records: to move one, to bring many pledges in, to make one up, to verify one.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::accept::how_many;

/// What is backed up, and where it goes.
#[derive(Args, Debug)]
pub struct BackupSettings {
    /// The file, which must not be there yet.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Put the key that signs the log's checkpoints into it too. Whoever has the file can sign as this record then.
    #[arg(long)]
    pub with_key: bool,
}

/// Where a record goes.
#[derive(Args, Debug)]
pub struct ExportSettings {
    /// The file, which must not be there yet.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// What is brought back.
#[derive(Args, Debug)]
pub struct RestoreSettings {
    /// The file, as `backup` or `export` wrote it.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only make sure that the file is whole, and say what is in it.
    #[arg(long)]
    pub dry_run: bool,
}

/// What holds for an import.
#[derive(Args, Debug)]
pub struct ImportSettings {
    /// The files: a record file, pledges as JSON, or tables as /data gives them, known by their columns; or one file of `export`.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only show what would be done.
    #[arg(long)]
    pub dry_run: bool,
    /// What becomes of the rows: drafts to be handed in, or drafts that wait for review at once.
    #[arg(long = "as", value_enum, default_value_t, value_name = "WHAT")]
    pub target: ImportAs,
    /// In whose name, by their address at the desk. A whole record needs nobody's.
    #[arg(long, value_name = "EMAIL")]
    pub by: Option<String>,
    /// Leave out rows that are refused; else nothing is imported if one is.
    #[arg(long)]
    pub skip_refused: bool,
    /// Why published pledges are edited, in English, for everybody to read. [default: the names of the files]
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
}

/// What becomes of the rows of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ImportAs {
    /// Drafts to be handed in.
    #[default]
    Draft,
    /// Drafts that wait for review.
    Review,
}

/// What holds for a synthetic record.
#[derive(Args, Debug)]
pub struct SynthSettings {
    /// How many pledges it has.
    #[arg(value_name = "N", value_parser = how_many)]
    pub pledges: usize,
}

/// What holds for verifying.
#[derive(Args, Debug)]
pub struct VerifySettings {
    /// An earlier checkpoint, with whose entries the log must begin; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// Verify the log in this file, as /data/record.jsonl gives it, without any database.
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Whose signature the checkpoints must have, as /record shows it. [default: that of the record's own key]
    #[arg(long, value_name = "KEY")]
    pub verifier_key: Option<String>,
}
