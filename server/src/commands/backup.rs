//! `pledgebook backup` and `pledgebook export`: the whole record in one file, as it stands now.

use std::path::Path;

use store::OpenedFor;

use super::{CommandError, open, open_copies};
use crate::{
    backup::{self, BackupError},
    clock::Clock,
    config::Settings,
    record_key,
};

pub(super) async fn backup(settings: &Settings, file: &Path, with_key: bool, clock: &Clock) -> Result<(), CommandError> {
    // A database that an older version has made is backed up as it is: best before it is migrated.
    let (store, location) = open(settings, OpenedFor::Use).await?;
    let key = if with_key { Some(record_key::text(&settings.record_key().map_err(CommandError::Setting)?)?) } else { None };
    let snapshot = store.snapshot().await.map_err(BackupError::from)?;
    if snapshot.tables().is_empty() {
        return Err(CommandError::NoRecord(location));
    }
    let made = backup::write(&snapshot, &open_copies(settings)?.archive, key.as_deref(), file, clock.now()).await?;
    drop(snapshot);
    let manifest = made.manifest;
    println!(
        "Wrote the record in {location} into {}: {} pledges, {} rows in {} tables, {} kept copies; {} bytes.",
        file.display(),
        manifest.rows("pledge"),
        manifest.all_rows(),
        manifest.tables.len(),
        manifest.copies,
        made.bytes
    );
    println!(
        "{}",
        match key {
            Some(_) => "The record's key is in it: whoever has the file can sign as this record.",
            None => "The record's key is not in it.",
        }
    );
    store.close().await?;
    match manifest.missing_copies.first() {
        None => Ok(()),
        Some(first) => {
            Err(CommandError::CopiesMissing { file: file.to_owned(), count: manifest.missing_copies.len(), first: first.clone() })
        }
    }
}
