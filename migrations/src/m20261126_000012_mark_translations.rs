//! Of each text of a pledge: in which language it was written, and whether its translation lags behind.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                // Null where nobody has said it.
                "alter table pledge add column title_original text check (title_original in ('en', 'es', 'both'))",
                "alter table pledge add column summary_original text check (summary_original in ('en', 'es', 'both'))",
                "alter table pledge add column wording_original text check (wording_original in ('en', 'es', 'both'))",
            ],
        )
        .await?;
        // Since when a translation of one of them has been outdated: what the pledge's corrections amount to now, kept so that
        // the queue finds it.
        let outdated = Table::alter().table("pledge").add_column(timestamp_with_time_zone_null("outdated_since")).to_owned();
        manager.alter_table(outdated).await?;
        run(manager, &["create index pledge_outdated on pledge (outdated_since) where outdated_since is not null"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "drop index pledge_outdated",
                "alter table pledge drop column outdated_since",
                "alter table pledge drop column wording_original",
                "alter table pledge drop column summary_original",
                "alter table pledge drop column title_original",
            ],
        )
        .await
    }
}
