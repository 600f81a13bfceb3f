//! Imports in bulk: the files as they were sent, what they would do, and the drafts that they became.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key, id, one_of, reference, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let import_batch = Table::create()
            .table("import_batch")
            .col(id())
            .col(reference("person_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(text("state").check(one_of("state", &["planned", "applied", "undone"])))
            // The SHA-256 of all files, in hexadecimal: who sends the same again is told.
            .col(text("sha256"))
            // The names of the files and the columns that were read over, as JSON.
            .col(text("files"))
            .col(text("unknown"))
            // The SHA-256 of the plan: what is applied is what was shown.
            .col(text("plan_sha256"))
            // How many rows have which outcome, as JSON.
            .col(text("counts"))
            .col(timestamp_with_time_zone_null("applied_at"))
            .col(timestamp_with_time_zone_null("undone_at"))
            .check(Expr::cust("(state = 'planned') = (applied_at is null)"))
            .foreign_key(&mut foreign_key("import_batch", "person_id", "person"))
            .to_owned();
        let import_file = Table::create()
            .table("import_file")
            .col(reference("batch_id"))
            .col(integer("position"))
            .col(text("name"))
            .col(blob("content"))
            .primary_key(Index::create().col("batch_id").col("position"))
            .foreign_key(&mut foreign_key("import_file", "batch_id", "import_batch"))
            .to_owned();
        let import_row = Table::create()
            .table("import_row")
            .col(reference("batch_id"))
            .col(integer("position"))
            .col(text("outcome").check(one_of("outcome", &["added", "changed", "same", "unused", "refused"])))
            // The row of the plan, as JSON.
            .col(text("content"))
            .primary_key(Index::create().col("batch_id").col("position"))
            .foreign_key(&mut foreign_key("import_row", "batch_id", "import_batch"))
            .to_owned();
        let import_draft = Table::create()
            .table("import_draft")
            .col(uuid("draft_id").primary_key())
            .col(reference("batch_id"))
            .foreign_key(&mut foreign_key("import_draft", "draft_id", "draft"))
            .foreign_key(&mut foreign_key("import_draft", "batch_id", "import_batch"))
            .to_owned();
        for table in [import_batch, import_file, import_row, import_draft] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index import_batch_at on import_batch (created_at)",
                "create index import_batch_sha256 on import_batch (sha256)",
                "create index import_row_outcome on import_row (batch_id, outcome, position)",
                "create index import_draft_batch on import_draft (batch_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["import_draft", "import_row", "import_file", "import_batch"]).await
    }
}
