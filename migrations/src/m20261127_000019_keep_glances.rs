//! What lists need of each published pledge, in one row: made from the record with each publication, and anew where it is not there.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("pledge_glance")
            .col(big_integer("number").primary_key())
            .col(uuid("id"))
            .col(text("made_on"))
            .col(text_null("due_on"))
            // The slug of its meeting.
            .col(text_null("meeting"))
            // Lists, packed into one text each (`store::index::glance`).
            .col(text_null("spans"))
            .col(text_null("parties"))
            .col(text_null("topics"))
            // How many sources it has, and their languages.
            .col(text_null("sources"))
            .col(timestamp_with_time_zone("recorded_at"))
            .col(text_null("changes"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("pledge_glance").to_owned()).await
    }
}
