//! Publications are numbered, so that a reader can tell what is new since the last time; pledges are numbered as they are
//! published; and their texts get an index for searching, of the kind each engine has.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::columns::{drop_tables, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Each publication: a transaction that made something public.
        let publication = Table::create()
            .table("publication")
            .col(big_integer("revision").primary_key())
            .col(timestamp_with_time_zone_uniq("recorded_at"))
            .to_owned();
        // One row: who publishes locks it, and so publications come one after the other.
        let record_state = Table::create()
            .table("record_state")
            .col(integer("id").primary_key().check(Expr::cust("id = 1")))
            // The number of the newest publication.
            .col(big_integer("revision"))
            // The number of the last pledge that was published.
            .col(big_integer("pledges"))
            // By which version of the rules the texts were indexed for searching; 0 is not at all.
            .col(integer("texts"))
            .to_owned();
        manager.create_table(publication).await?;
        manager.create_table(record_state).await?;
        run(manager, COLUMNS).await?;
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_UP } else { POSTGRES_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["pledge_text"]).await?;
        run(
            manager,
            &[
                "drop index status_change_glance",
                // By its name of today, or the one that a later step gave it.
                "drop index if exists pledge_revision",
                "drop index if exists pledge_of_revision",
                "drop index pledge_number",
                "alter table pledge drop column revision",
                "alter table pledge drop column number",
                "alter table pledge add column search text not null default ''",
            ],
        )
        .await?;
        drop_tables(manager, &["record_state", "publication"]).await
    }
}

/// The columns, filled for what is public already.
const COLUMNS: &[&str] = &[
    "insert into publication (revision, recorded_at)
     select row_number() over (order by recorded_at), recorded_at from (
       select recorded_at from pledge where recorded_at is not null
       union select recorded_at from status_change where recorded_at is not null
       union select recorded_at from citation where recorded_at is not null) as published",
    "alter table pledge drop column search",
    // Null while the pledge is a draft.
    "alter table pledge add column number bigint",
    // The publication that last changed what is public of the pledge; 0 while it is a draft.
    "alter table pledge add column revision bigint not null default 0",
    "update pledge set number = numbered.number, revision = (select max(revision) from publication) from (
       select id, row_number() over (order by recorded_at, slug) as number from pledge where recorded_at is not null) as numbered
     where numbered.id = pledge.id",
    "create unique index pledge_number on pledge (number)",
    "create index pledge_revision on pledge (revision)",
    // All that lists need of a change, without its texts.
    "create index status_change_glance on status_change (pledge_id, id, position, status, effective_last, recorded_at)",
    "insert into record_state (id, revision, pledges, texts)
     select 1, coalesce((select max(revision) from publication), 0), coalesce((select max(number) from pledge), 0), 0",
];

// The texts come folded and cut into words (`domain::search::words`), so that both engines find the same. A character of
// private use stands between texts, so that no phrase runs from one into the next.
const SQLITE_UP: &[&str] =
    &["create virtual table pledge_text using fts5(title, body, evidence, content='', contentless_delete=1,
       tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co'\", prefix='2 3')"];

// Each column holds what those before it hold too: a word may be in the title and the next one in the summary.
const POSTGRES_UP: &[&str] = &[
    "create table pledge_text (number bigint primary key, title tsvector not null, body tsvector not null, evidence tsvector not null)",
    "create index pledge_text_title on pledge_text using gin (title)",
    "create index pledge_text_body on pledge_text using gin (body)",
    "create index pledge_text_evidence on pledge_text using gin (evidence)",
];
