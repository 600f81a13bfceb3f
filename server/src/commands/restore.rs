//! `pledgebook restore`: a whole record from a file, where there is none.

use std::path::Path;

use store::{OpenedFor, TransferError};

use super::{CommandError, open, open_copies, prepare};
use crate::{
    backup::{BackupError, Manifest, Whole},
    clock::Clock,
    config::Settings,
    record_key,
};

pub(super) async fn restore(settings: &Settings, file: &Path, dry_run: bool, clock: &Clock) -> Result<(), CommandError> {
    // Nothing is touched before the file is known to be whole.
    let mut whole = Whole::open(file)?;
    let step = whole.step(&migrations::names())?;
    let holds = holds(&whole.manifest);
    if dry_run {
        println!(
            "{} is whole and was written at {}. It holds {holds}. Nothing was done.",
            file.display(),
            whole.manifest.made_at
        );
        return Ok(());
    }
    let key_file = settings.record_key().map_err(CommandError::Setting)?;
    let key = whole.key()?;
    if let Some(key) = &key {
        // A file that is there and no key is not passed over either.
        if key_file.exists() && record_key::text(&key_file)? != *key {
            return Err(CommandError::OtherKey(key_file));
        }
    }
    let (store, location) = open(settings, OpenedFor::Filling).await?;
    let failed = |error: &dyn std::fmt::Display| CommandError::Migrate(error.to_string());
    let occupied = |table, rows| CommandError::Occupied { location: location.clone(), table, rows };
    if let Some((table, rows)) = store.occupied().await.map_err(BackupError::from)? {
        return Err(occupied(table, rows));
    }
    migrations::to_step(store.connection(), step).await.map_err(|error| failed(&error))?;
    // As when a copy is kept: its bytes first.
    whole.copies_into(&open_copies(settings)?.archive).await?;
    if let Some(key) = &key {
        record_key::bring_back(&key_file, key)?;
    }
    if let Some(aside) = record_key::set_aside_anothers_checkpoint(&key_file)? {
        println!("The checkpoint that lay beside the key was signed with another one. It is now {}.", aside.display());
    }
    let filling = store.fill().await.map_err(|error| match error {
        TransferError::NotEmpty { table, rows } => occupied(table, rows),
        error => BackupError::from(error).into(),
    })?;
    whole.rows_into(&filling).await?;
    filling.end().await.map_err(BackupError::from)?;
    migrations::up(store.connection()).await.map_err(|error| failed(&error))?;
    prepare(&store, clock).await?;
    println!("Brought back the record of {} into {location}: {holds}.", whole.manifest.made_at);
    if key.is_none() && !key_file.exists() {
        println!("The record's key was not in it. Put it at {}, or a new one is made when it is served.", key_file.display());
    }
    println!("To make sure that it says what was recorded, run: pledgebook verify");
    Ok(store.close().await?)
}

fn holds(manifest: &Manifest) -> String {
    format!(
        "{} pledges, {} rows in {} tables, {} kept copies; the record's key is {} it",
        manifest.rows("pledge"),
        manifest.all_rows(),
        manifest.tables.len(),
        manifest.copies,
        if manifest.key_sha256.is_some() { "in" } else { "not in" }
    )
}
