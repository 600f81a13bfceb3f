//! Kept copies of sources: what was kept, when and from where each time, and what is still to be fetched.
//!
//! What was kept is sealed: neither a copy, nor its text, nor the time at which it was made can be altered or taken away. Only
//! the queue of what is to be fetched goes on.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::columns::{drop_tables, foreign_key, id, one_of, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const OF_THE_WEB: &str = "url like 'http://%' or url like 'https://%'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let snapshot = Table::create()
            .table("snapshot")
            // Its bytes are in the archive, under this name.
            .col(text("sha256").primary_key().check(Expr::cust("length(sha256) = 64")))
            .col(big_integer("bytes").check(Expr::cust("bytes >= 0")))
            .col(text("media_type"))
            // As its host packed it (`Content-Encoding`), if it did.
            .col(text_null("packed_as"))
            .col(text("text_state").check(one_of("text_state", &["read", "none", "unreadable"])))
            .col(integer("pages").check(Expr::cust("(pages > 0) = (text_state = 'read')")))
            // What it says of itself, as JSON.
            .col(text("metadata"))
            .col(timestamp_with_time_zone("kept_at"))
            .to_owned();
        let snapshot_page = Table::create()
            .table("snapshot_page")
            .col(text("sha256"))
            // From 1 on.
            .col(integer("page").check(Expr::cust("page > 0")))
            .col(text("content"))
            .primary_key(Index::create().col("sha256").col("page"))
            .foreign_key(&mut to_snapshot("snapshot_page"))
            .to_owned();
        let capture = Table::create()
            .table("capture")
            .col(id())
            .col(text("url").check(Expr::cust(OF_THE_WEB)))
            .col(text("sha256"))
            .col(timestamp_with_time_zone("captured_at"))
            .col(text("origin").check(one_of("origin", &["fetched", "uploaded", "pasted"])))
            .col(text_null("final_url"))
            .col(integer_null("status"))
            // What came with it, as JSON: the headers in their order, and the answers that only led on.
            .col(text_null("headers"))
            .col(text_null("hops"))
            // Who handed it in; never public.
            .col(uuid_null("person_id"))
            .check(Expr::cust("(origin = 'fetched') = (final_url is not null)"))
            .check(Expr::cust("(origin = 'fetched') = (status is not null)"))
            .check(Expr::cust("(origin = 'fetched') = (headers is not null)"))
            .check(Expr::cust("(origin = 'fetched') = (person_id is null)"))
            .foreign_key(&mut to_snapshot("capture"))
            .foreign_key(&mut foreign_key("capture", "person_id", "person"))
            .to_owned();
        let capture_job = Table::create()
            .table("capture_job")
            .col(id())
            .col(text("url").check(Expr::cust(OF_THE_WEB)))
            // Whom to ask: one host is not asked twice at once.
            .col(text("host"))
            .col(text("state").check(one_of("state", &["queued", "running", "kept", "failed"])))
            .col(text_null("failure").check(one_of(
                "failure",
                &[
                    "not_allowed",
                    "no_such_host",
                    "unreachable",
                    "not_secure",
                    "too_slow",
                    "too_large",
                    "too_many_redirects",
                    "broken",
                    "refused",
                    "gone",
                    "server_error",
                ],
            )))
            .col(integer_null("status"))
            .col(integer("tries"))
            .col(uuid_null("asked_by"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone_null("tried_at"))
            .col(timestamp_with_time_zone_null("next_try_at"))
            // Whoever fetches it shows that it still does; what is past this time is free again.
            .col(uuid_null("lease"))
            .col(timestamp_with_time_zone_null("leased_until"))
            .check(Expr::cust("(state = 'running') = (lease is not null)"))
            .check(Expr::cust("(state = 'running') = (leased_until is not null)"))
            .check(Expr::cust("(state = 'queued') = (next_try_at is not null)"))
            .check(Expr::cust("state <> 'failed' or failure is not null"))
            .foreign_key(&mut foreign_key("capture_job", "asked_by", "person"))
            .to_owned();
        for table in [snapshot, snapshot_page, capture, capture_job] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index capture_url on capture (url, captured_at)",
                "create index capture_sha256 on capture (sha256)",
                "create unique index capture_job_url on capture_job (url)",
                "create index capture_job_next on capture_job (state, next_try_at)",
                "create index capture_job_host on capture_job (host, tried_at)",
            ],
        )
        .await?;
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SEAL_SQLITE } else { SEAL_POSTGRES }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["capture_job", "capture", "snapshot_page", "snapshot"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_to_change_copies()", "drop function refuse_page_beyond_the_last()"]).await?;
        }
        Ok(())
    }
}

fn to_snapshot(from: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("{from}_sha256_fkey")).from(from, "sha256").to("snapshot", "sha256").to_owned()
}

const SEAL_SQLITE: &[&str] = &[
    "create trigger snapshot_no_update before update on snapshot
     begin select raise(abort, 'a kept copy cannot be changed'); end",
    "create trigger snapshot_no_delete before delete on snapshot
     begin select raise(abort, 'a kept copy cannot be changed'); end",
    // `or replace` deletes without the triggers of a delete.
    "create trigger snapshot_no_replace before insert on snapshot
     when exists (select 1 from snapshot as old where old.sha256 = new.sha256 or old.rowid = new.rowid)
     begin select raise(abort, 'a kept copy cannot be changed'); end",
    "create trigger snapshot_page_no_update before update on snapshot_page
     begin select raise(abort, 'the text of a kept copy cannot be changed'); end",
    "create trigger snapshot_page_no_delete before delete on snapshot_page
     begin select raise(abort, 'the text of a kept copy cannot be changed'); end",
    "create trigger snapshot_page_no_replace before insert on snapshot_page
     when exists (select 1 from snapshot_page as old
       where (old.sha256 = new.sha256 and old.page = new.page) or old.rowid = new.rowid)
     begin select raise(abort, 'the text of a kept copy cannot be changed'); end",
    "create trigger snapshot_page_no_more before insert on snapshot_page
     when new.page > (select pages from snapshot where sha256 = new.sha256)
     begin select raise(abort, 'the text of a kept copy cannot be changed: it has no such page'); end",
    "create trigger capture_no_update before update on capture
     begin select raise(abort, 'the time of a kept copy cannot be changed'); end",
    "create trigger capture_no_delete before delete on capture
     begin select raise(abort, 'the time of a kept copy cannot be changed'); end",
    "create trigger capture_no_replace before insert on capture
     when exists (select 1 from capture as old where old.id = new.id or old.rowid = new.rowid)
     begin select raise(abort, 'the time of a kept copy cannot be changed'); end",
];

const SEAL_POSTGRES: &[&str] = &[
    "create function refuse_to_change_copies() returns trigger language plpgsql as $$ begin
       raise exception 'a kept copy, its text and its time cannot be changed' using errcode = 'integrity_constraint_violation';
     end $$",
    // The copy is the one beside this very table, not one of a temporary table of the same name.
    "create function refuse_page_beyond_the_last() returns trigger language plpgsql as $$
     declare last integer;
     begin
       execute format('select pages from %I.snapshot where sha256 = $1', tg_table_schema) into last using new.sha256;
       if new.page > last then
         raise exception 'the text of a kept copy cannot be changed: it has no such page'
           using errcode = 'integrity_constraint_violation';
       end if;
       return new;
     end $$",
    "create trigger snapshot_sealed before update or delete on snapshot
     for each row execute function refuse_to_change_copies()",
    "create trigger snapshot_no_truncate before truncate on snapshot
     for each statement execute function refuse_to_change_copies()",
    "create trigger snapshot_page_sealed before update or delete on snapshot_page
     for each row execute function refuse_to_change_copies()",
    "create trigger snapshot_page_no_truncate before truncate on snapshot_page
     for each statement execute function refuse_to_change_copies()",
    "create trigger snapshot_page_no_more before insert on snapshot_page
     for each row execute function refuse_page_beyond_the_last()",
    "create trigger capture_sealed before update or delete on capture
     for each row execute function refuse_to_change_copies()",
    "create trigger capture_no_truncate before truncate on capture
     for each statement execute function refuse_to_change_copies()",
];
