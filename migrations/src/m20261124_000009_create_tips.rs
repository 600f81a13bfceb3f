//! Tips: what readers send to the desk about a pledge, and what keeps them from sending too many.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key, id, not_blank, one_of, reference, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tip = Table::create()
            .table("tip")
            .col(id())
            .col(reference("pledge_id"))
            .col(text_null("url").check(Expr::cust("url like 'http://%' or url like 'https://%'")))
            .col(text_null("words").check(not_blank("words")))
            // The language of the page on which it was written.
            .col(text("language").check(one_of("language", &["en", "es"])))
            .col(timestamp_with_time_zone("sent_at"))
            .col(text("state").check(one_of("state", &["new", "accepted", "declined", "spam"])))
            // A field was filled in that people don't see.
            .col(boolean("trapped"))
            // The sender's address, hashed with the salt of the day; null as soon as it no longer counts.
            .col(text_null("sender_hash"))
            .col(uuid_null("decided_by"))
            .col(timestamp_with_time_zone_null("decided_at"))
            // What was made of it.
            .col(uuid_null("draft_id"))
            .check(Expr::cust("url is not null or words is not null"))
            .check(Expr::cust("(decided_by is null) = (decided_at is null)"))
            .check(Expr::cust("(state = 'accepted') = (draft_id is not null)"))
            // Nobody has decided on what is new, nor on what fell into the trap.
            .check(Expr::cust("decided_by is not null or state in ('new', 'spam')"))
            .check(Expr::cust("decided_by is null or state <> 'new'"))
            .foreign_key(&mut foreign_key("tip", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("tip", "decided_by", "person"))
            .foreign_key(&mut foreign_key("tip", "draft_id", "draft"))
            .to_owned();
        // A day's salt is thrown away after it: then no address leads to a hash any more, nor a hash to an address.
        let tip_salt = Table::create()
            .table("tip_salt")
            .col(date("day").primary_key())
            .col(text("salt").check(not_blank("salt")))
            .to_owned();
        for table in [tip, tip_salt] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index tip_state on tip (state, sent_at)",
                "create index tip_sent on tip (sent_at)",
                "create index tip_sender on tip (sender_hash, sent_at)",
                "create index tip_pledge on tip (pledge_id)",
                // A tip becomes one draft, and a draft comes from one tip.
                "create unique index tip_draft on tip (draft_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["tip_salt", "tip"]).await
    }
}
