//! Editions: whatever changes what readers see makes the next one, and what was made for readers is good for one edition.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            big_integer("edition").default(0).to_owned(),
            // When it came to be; absent for the first.
            timestamp_with_time_zone_null("edition_at"),
            // The second that tells it apart from all others.
            timestamp_with_time_zone_null("edition_second"),
        ] {
            // SQLite adds one column at a time.
            manager.alter_table(Table::alter().table("record_state").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["edition_second", "edition_at", "edition"] {
            manager.alter_table(Table::alter().table("record_state").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
