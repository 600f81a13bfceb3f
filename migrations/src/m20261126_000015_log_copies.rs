//! Which entry of the log says that a copy was kept; a copy of what only drafts name has none yet.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let logged = Table::create()
            .table("log_capture")
            .col(pk_uuid("capture_id"))
            .col(big_integer("entry_id").unique_key())
            .foreign_key(&mut foreign_key("log_capture", "capture_id", "capture"))
            .foreign_key(&mut foreign_key("log_capture", "entry_id", "log_entry"))
            .to_owned();
        manager.create_table(logged).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["log_capture"]).await
    }
}
