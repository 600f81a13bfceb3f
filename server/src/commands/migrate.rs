//! `pledgebook migrate`: brings the database up to what this version needs.

use store::OpenedFor;

use super::{CommandError, open, prepare, tell::tell};
use crate::{clock::Clock, config::Settings};

pub(super) async fn migrate(settings: &Settings, clock: &Clock) -> Result<(), CommandError> {
    let (store, location) = open(settings, OpenedFor::Use).await?;
    let failed = |error: &dyn std::fmt::Display| CommandError::Migrate(error.to_string());
    let pending = migrations::pending(store.connection()).await.map_err(|error| failed(&error))?;
    migrations::up(store.connection()).await.map_err(|error| failed(&error))?;
    prepare(&store, clock).await?;
    match pending.len() {
        0 => tell!("The database at {location} is up to date."),
        count => tell!("The database at {location} took {count} migration(s) and is up to date."),
    }
    Ok(store.close().await?)
}
