//! Pledges, with their parties, topics and the wordings their sources differ in.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key, fuzzy_date, id, one_language, one_of, reference, run, slug};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pledge = Table::create()
            .table("pledge")
            .col(id())
            .col(slug())
            .col(text_null("title_en"))
            .col(text_null("title_es"))
            .col(text_null("summary_en"))
            .col(text_null("summary_es"))
            .col(text_null("wording_en"))
            .col(text_null("wording_es"))
            .col(text("made_on").check(fuzzy_date("made_on")))
            .col(uuid_null("meeting_id"))
            .col(text_null("due_on").check(fuzzy_date("due_on")))
            // The last day on which the pledge is in time: what `due_on` amounts to.
            .col(date_null("due_last"))
            .col(text_null("due_words_en"))
            .col(text_null("due_words_es"))
            .col(double_null("quantity_value").check(Expr::col("quantity_value").gte(0)))
            .col(text_null("quantity_unit_en"))
            .col(text_null("quantity_unit_es"))
            // Title, summary and names as they are searched: without accents, in lower case.
            .col(text("search"))
            // Null while the pledge is a draft.
            .col(timestamp_with_time_zone_null("recorded_at"))
            .check(one_language("title"))
            .check(one_language("summary"))
            .check(Expr::cust("(due_on is null) = (due_last is null)"))
            .check(Expr::cust("due_on is null or (due_words_en is null and due_words_es is null)"))
            .foreign_key(&mut foreign_key("pledge", "meeting_id", "meeting"))
            .to_owned();
        let pledge_party = Table::create()
            .table("pledge_party")
            .col(reference("pledge_id"))
            .col(reference("party_id"))
            .col(text("role").check(one_of("role", &["lead", "party", "host", "beneficiary"])))
            .col(integer("position"))
            .primary_key(Index::create().col("pledge_id").col("party_id").col("role"))
            .foreign_key(&mut foreign_key("pledge_party", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("pledge_party", "party_id", "party"))
            .to_owned();
        let pledge_topic = Table::create()
            .table("pledge_topic")
            .col(reference("pledge_id"))
            .col(reference("topic_id"))
            .col(integer("position"))
            .primary_key(Index::create().col("pledge_id").col("topic_id"))
            .foreign_key(&mut foreign_key("pledge_topic", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("pledge_topic", "topic_id", "topic"))
            .to_owned();
        let pledge_variant = Table::create()
            .table("pledge_variant")
            .col(id())
            .col(reference("pledge_id"))
            .col(integer("position"))
            .col(text("field").check(one_of("field", &["title", "wording", "due_on", "party"])))
            .col(text_null("value_on").check(fuzzy_date("value_on")))
            .col(text_null("value_en"))
            .col(text_null("value_es"))
            .col(boolean("taken"))
            // Either a date or words.
            .check(Expr::cust("(value_on is null) = (value_en is not null or value_es is not null)"))
            .foreign_key(&mut foreign_key("pledge_variant", "pledge_id", "pledge"))
            .to_owned();
        for table in [pledge, pledge_party, pledge_topic, pledge_variant] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index pledge_meeting on pledge (meeting_id)",
                "create index pledge_made on pledge (made_on)",
                "create index pledge_due on pledge (due_last)",
                "create index pledge_party_party on pledge_party (party_id, pledge_id)",
                "create index pledge_topic_topic on pledge_topic (topic_id, pledge_id)",
                "create unique index pledge_variant_position on pledge_variant (pledge_id, position)",
                // The record goes by one variant of a field, not by two.
                "create unique index pledge_variant_taken on pledge_variant (pledge_id, field) where taken",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["pledge_variant", "pledge_topic", "pledge_party", "pledge"]).await
    }
}
