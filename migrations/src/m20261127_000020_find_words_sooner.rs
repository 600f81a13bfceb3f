//! Who has a word is found sooner on PostgreSQL: the rows of `pledge_text` hold little but their numbers, the words themselves lie
//! beside them, and no search reads these. SQLite keeps its words otherwise.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, if manager.get_database_backend() == DbBackend::Postgres { POSTGRES_UP } else { &[] }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, if manager.get_database_backend() == DbBackend::Postgres { POSTGRES_DOWN } else { &[] }).await
    }
}

const POSTGRES_UP: &[&str] = &[
    "alter table pledge_text set (toast_tuple_target = 128)",
    // Texts are indexed anew before this version serves, in one transaction: the rows become short, and whoever searches meanwhile
    // through another server finds what they would have found.
    "update record_state set texts = 0",
    // Which of the texts is the name of a column. The planner does not know what it costs to read a tsvector that lies beside its
    // row, and would read all of them where a word is common.
    "create function pledge_numbers(which text, sought tsquery) returns text language plpgsql stable
       set enable_seqscan = off set jit = off as $$
     declare numbers text;
     begin
       execute format('select string_agg(number::text, '','') from pledge_text where %I @@ $1', which) into numbers using sought;
       return numbers;
     end $$",
];

const POSTGRES_DOWN: &[&str] =
    &["drop function pledge_numbers(text, tsquery)", "alter table pledge_text reset (toast_tuple_target)"];
