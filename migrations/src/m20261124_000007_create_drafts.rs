//! Drafts: what the desk proposes to publish, every state that it was saved in, and what reviewers said of it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key, id, not_blank, one_of, reference, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let draft = Table::create()
            .table("draft")
            .col(id())
            .col(text("kind").check(one_of("kind", &["pledge", "edit", "status_change", "withdrawal"])))
            .col(text("state").check(one_of("state", &["draft", "submitted", "returned", "scheduled", "published", "discarded"])))
            // What it is called in lists.
            .col(text("title"))
            // The fields of the form as they were typed, as a JSON object of texts.
            .col(text("fields"))
            // Grows with each save: who saves an older one is told.
            .col(integer("version"))
            // The published pledge that it changes; null for a new one until it is published.
            .col(uuid_null("pledge_id"))
            // The pledge's revision when the draft was begun or last brought up to date.
            .col(big_integer("base_revision"))
            .col(reference("author_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .col(timestamp_with_time_zone_null("submitted_at"))
            // Who decided on it, when, and with which words.
            .col(uuid_null("reviewer_id"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .col(text_null("decision_note"))
            // An administrator approved what they had written, for this reason.
            .col(text_null("override_reason").check(not_blank("override_reason")))
            // When an approved draft is to be published.
            .col(timestamp_with_time_zone_null("publish_at"))
            .check(Expr::cust("(state = 'scheduled') = (publish_at is not null) or state = 'published'"))
            .foreign_key(&mut foreign_key("draft", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("draft", "author_id", "person"))
            .foreign_key(&mut foreign_key("draft", "reviewer_id", "person"))
            .to_owned();
        let draft_version = Table::create()
            .table("draft_version")
            .col(reference("draft_id"))
            .col(integer("version"))
            .col(text("fields"))
            .col(reference("saved_by"))
            .col(timestamp_with_time_zone("saved_at"))
            .primary_key(Index::create().col("draft_id").col("version"))
            .foreign_key(&mut foreign_key("draft_version", "draft_id", "draft"))
            .foreign_key(&mut foreign_key("draft_version", "saved_by", "person"))
            .to_owned();
        let draft_comment = Table::create()
            .table("draft_comment")
            .col(id())
            .col(reference("draft_id"))
            // The field that it is about; empty for the whole.
            .col(text("field"))
            .col(text("words").check(not_blank("words")))
            .col(reference("author_id"))
            .col(timestamp_with_time_zone("at"))
            // The round of review in which it was said; earlier rounds are history.
            .col(integer("version"))
            .foreign_key(&mut foreign_key("draft_comment", "draft_id", "draft"))
            .foreign_key(&mut foreign_key("draft_comment", "author_id", "person"))
            .to_owned();
        // Who has which draft open, as of their last sign of life.
        let draft_presence = Table::create()
            .table("draft_presence")
            .col(reference("draft_id"))
            .col(reference("person_id"))
            .col(timestamp_with_time_zone("seen_at"))
            .primary_key(Index::create().col("draft_id").col("person_id"))
            .foreign_key(&mut foreign_key("draft_presence", "draft_id", "draft"))
            .foreign_key(&mut foreign_key("draft_presence", "person_id", "person"))
            .to_owned();
        for table in [draft, draft_version, draft_comment, draft_presence] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index draft_state on draft (state, updated_at)",
                "create index draft_author on draft (author_id, state)",
                "create index draft_pledge on draft (pledge_id, state)",
                "create index draft_due on draft (publish_at)",
                "create index draft_comment_draft on draft_comment (draft_id, at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["draft_presence", "draft_comment", "draft_version", "draft"]).await
    }
}
