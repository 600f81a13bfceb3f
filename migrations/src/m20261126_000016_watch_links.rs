//! The health of links to sources: how each fares now, and what every look at it found.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, id, one_of, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const STATES: &[&str] = &["ok", "moved", "changed", "gone", "refused"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let link = Table::create()
            .table("source_link")
            .col(text("url").primary_key())
            // Whom to ask: one host is not asked twice at once.
            .col(text("host"))
            // Absent while nobody can tell.
            .col(text_null("state").check(one_of("state", STATES)))
            .col(timestamp_with_time_zone_null("since"))
            .col(timestamp_with_time_zone_null("looked_at"))
            // How often in a row nothing came.
            .col(integer("failures").default(0))
            .col(timestamp_with_time_zone("next_look_at"))
            .col(uuid_null("lease"))
            .col(timestamp_with_time_zone_null("leased_until"))
            .check(Expr::cust("(state is null) = (since is null)"))
            .check(Expr::cust("(lease is null) = (leased_until is null)"))
            .to_owned();
        let look = Table::create()
            .table("source_link_look")
            .col(id())
            .col(text("url"))
            .col(timestamp_with_time_zone("looked_at"))
            .col(text_null("state").check(one_of("state", STATES)))
            .col(text_null("failure"))
            .col(integer_null("status"))
            .col(text_null("final_url"))
            .col(double_null("likeness").check(Expr::cust("likeness between 0 and 1")))
            .foreign_key(
                &mut ForeignKey::create()
                    .name("source_link_look_url_fkey")
                    .from("source_link_look", "url")
                    .to("source_link", "url")
                    .to_owned(),
            )
            .to_owned();
        for table in [link, look] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index source_link_next on source_link (next_look_at)",
                "create index source_link_host on source_link (host, looked_at)",
                "create index source_link_state on source_link (state, since)",
                "create index source_link_look_url on source_link_look (url, looked_at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["source_link_look", "source_link"]).await
    }
}
