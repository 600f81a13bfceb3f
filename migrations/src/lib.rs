//! The schema of the record, step by step, on SQLite and PostgreSQL alike.
//!
//! A step that has landed is never changed; what comes later is a new step. `migrations/data` holds, for each step, rows
//! that live through all later ones in the test of the steps (`server/store/tests/it/migrations.rs`).

use sea_orm_migration::{prelude::*, sea_orm::DatabaseConnection};

mod columns;
mod m20261123_000001_create_reference_tables;
mod m20261123_000002_create_pledges;
mod m20261123_000003_create_status_changes;
mod m20261123_000004_seal_what_is_published;
mod m20261123_000005_number_publications;
mod m20261124_000006_create_people;
mod m20261124_000007_create_drafts;
mod m20261124_000008_revise_pledges;
mod m20261124_000009_create_tips;
mod m20261124_000010_create_imports;
mod m20261126_000011_create_tokens;
mod m20261126_000012_mark_translations;
mod m20261126_000013_log_what_is_published;
mod m20261126_000014_keep_copies;
mod m20261126_000015_log_copies;
mod m20261126_000016_watch_links;
mod m20261126_000017_archive_sources;
mod m20261126_000018_number_editions;
mod m20261127_000019_keep_glances;
mod m20261127_000020_find_words_sooner;
mod m20261127_000021_find_busy_hosts;

/// All steps, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            whole(m20261123_000001_create_reference_tables::Migration),
            whole(m20261123_000002_create_pledges::Migration),
            whole(m20261123_000003_create_status_changes::Migration),
            whole(m20261123_000004_seal_what_is_published::Migration),
            whole(m20261123_000005_number_publications::Migration),
            whole(m20261124_000006_create_people::Migration),
            whole(m20261124_000007_create_drafts::Migration),
            whole(m20261124_000008_revise_pledges::Migration),
            whole(m20261124_000009_create_tips::Migration),
            whole(m20261124_000010_create_imports::Migration),
            whole(m20261126_000011_create_tokens::Migration),
            whole(m20261126_000012_mark_translations::Migration),
            whole(m20261126_000013_log_what_is_published::Migration),
            whole(m20261126_000014_keep_copies::Migration),
            whole(m20261126_000015_log_copies::Migration),
            whole(m20261126_000016_watch_links::Migration),
            whole(m20261126_000017_archive_sources::Migration),
            whole(m20261126_000018_number_editions::Migration),
            whole(m20261127_000019_keep_glances::Migration),
            whole(m20261127_000020_find_words_sooner::Migration),
            whole(m20261127_000021_find_busy_hosts::Migration),
        ]
    }
}

fn whole(step: impl MigrationTrait + 'static) -> Box<dyn MigrationTrait> {
    Box::new(Whole(step))
}

/// A step in one transaction on SQLite too, or one that is broken off would stay half done and could never be taken again.
struct Whole<S>(S);

impl<S: MigrationTrait> MigrationName for Whole<S> {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl<S: MigrationTrait> MigrationTrait for Whole<S> {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.down(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Brings a database up to the newest step.
///
/// # Errors
/// Whatever the database says; no step is left half done.
pub async fn up(connection: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(connection, None).await
}

/// The names of the steps that a database has not taken yet, without changing anything in it.
///
/// # Errors
/// Whatever the database says.
pub async fn pending(connection: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let pending = Migrator::get_pending_migrations_read_only(connection).await?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}

/// The names of all steps that this version knows, in order.
#[must_use]
pub fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// Brings an empty database to where the first `steps` steps lead, up or down: a record of an older version goes in as it is, and
/// takes the later steps then.
///
/// # Errors
/// Whatever the database says.
pub async fn to_step(connection: &DatabaseConnection, steps: usize) -> Result<(), DbErr> {
    let taken = Migrator::migrations().len() - pending(connection).await?.len();
    let count = |steps: usize| -> Option<u32> { steps.try_into().ok() };
    match steps.checked_sub(taken) {
        Some(0) => Ok(()),
        Some(missing) => Migrator::up(connection, count(missing)).await,
        None => Migrator::down(connection, count(taken - steps)).await,
    }
}
