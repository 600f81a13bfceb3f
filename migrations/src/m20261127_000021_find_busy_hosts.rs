//! Which hosts were asked just now is found without going through all links: a large record has hundreds of thousands.

use sea_orm_migration::prelude::*;

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "create index source_link_looked_at on source_link (looked_at)",
                "create index source_link_leased on source_link (leased_until) where leased_until is not null",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["drop index source_link_leased", "drop index source_link_looked_at"]).await
    }
}
