//! The log of the record: an entry for each publication, sealed, and the tree of hashes over them (RFC 6962).
//!
//! What was published before is put into the log by the store (`server/store/src/log/genesis.rs`), for an entry is more than a
//! statement could write.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::columns::{drop_tables, foreign_key, not_blank, reference, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let log_entry = Table::create()
            .table("log_entry")
            // Its index in the log, from 0.
            .col(big_integer("id").primary_key().check(Expr::col("id").gte(0)))
            .col(text("kind").check(not_blank("kind")))
            // The state of the record that it makes; null where it changes nothing of the pledges.
            .col(big_integer_null("revision"))
            .col(timestamp_with_time_zone("recorded_at"))
            // The entry itself, as canonical JSON (RFC 8785).
            .col(text("content").check(not_blank("content")))
            .to_owned();
        // The hash of every complete subtree: level 0 are the entries, level n those of 2^n entries.
        let log_node = Table::create()
            .table("log_node")
            .col(integer("level"))
            .col(big_integer("position"))
            .col(blob("hash").check(Expr::cust("length(hash) = 32")))
            .primary_key(Index::create().col("level").col("position"))
            .to_owned();
        // Which entries speak of a pledge. It can be made anew from the entries at any time.
        let log_mention = Table::create()
            .table("log_mention")
            .col(reference("pledge_id"))
            .col(big_integer("entry_id"))
            .primary_key(Index::create().col("pledge_id").col("entry_id"))
            .foreign_key(&mut foreign_key("log_mention", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("log_mention", "entry_id", "log_entry"))
            .to_owned();
        for table in [log_entry, log_node, log_mention] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index log_entry_recorded on log_entry (recorded_at)",
                "create index log_node_leaf on log_node (hash) where level = 0",
                "create index log_mention_entry on log_mention (entry_id)",
            ],
        )
        .await?;
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_UP } else { POSTGRES_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["log_mention", "log_node", "log_entry"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_to_change_the_log()"]).await?;
        }
        Ok(())
    }
}

const SQLITE_UP: &[&str] = &[
    "create trigger log_entry_no_update before update on log_entry
     begin select raise(abort, 'an entry of the log cannot be edited'); end",
    "create trigger log_entry_no_delete before delete on log_entry
     begin select raise(abort, 'an entry of the log cannot be deleted'); end",
    "create trigger log_entry_no_replace before insert on log_entry
     when exists (select 1 from log_entry as old where old.id = new.id)
     begin select raise(abort, 'an entry of the log cannot be replaced'); end",
    "create trigger log_node_no_update before update on log_node
     begin select raise(abort, 'a hash of the log cannot be edited'); end",
    "create trigger log_node_no_delete before delete on log_node
     begin select raise(abort, 'a hash of the log cannot be deleted'); end",
    // The rowid is a key too, by which a row could be pushed out.
    "create trigger log_node_no_replace before insert on log_node
     when exists (select 1 from log_node as old
       where (old.level = new.level and old.position = new.position) or old.rowid = new.rowid)
     begin select raise(abort, 'a hash of the log cannot be replaced'); end",
];

const POSTGRES_UP: &[&str] = &[
    "create function refuse_to_change_the_log() returns trigger language plpgsql as $$ begin
       raise exception 'an entry of the log cannot be edited or deleted' using errcode = 'integrity_constraint_violation';
     end $$",
    "create trigger log_entry_sealed before update or delete on log_entry
     for each row execute function refuse_to_change_the_log()",
    "create trigger log_entry_no_truncate before truncate on log_entry
     for each statement execute function refuse_to_change_the_log()",
    "create trigger log_node_sealed before update or delete on log_node
     for each row execute function refuse_to_change_the_log()",
    "create trigger log_node_no_truncate before truncate on log_node
     for each statement execute function refuse_to_change_the_log()",
];
