//! What a published pledge said before it was corrected, and why: the record goes on saying what it said at each moment.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::columns::{drop_tables, foreign_key, id, not_blank, one_language, reference, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pledge_revision = Table::create()
            .table("pledge_revision")
            .col(id())
            .col(reference("pledge_id"))
            // Counted from 0 within the pledge.
            .col(integer("position"))
            // The fields that were changed, as they were until `recorded_at` and from then on, as JSON objects of texts.
            .col(text("before"))
            .col(text("after"))
            .col(text_null("reason_en"))
            .col(text_null("reason_es"))
            .col(timestamp_with_time_zone("recorded_at"))
            .check(one_language("reason"))
            .foreign_key(&mut foreign_key("pledge_revision", "pledge_id", "pledge"))
            .to_owned();
        // Each time somebody looked and nothing had changed.
        let pledge_check = Table::create()
            .table("pledge_check")
            .col(id())
            .col(reference("pledge_id"))
            .col(text_null("note_en"))
            .col(text_null("note_es"))
            .col(timestamp_with_time_zone("recorded_at"))
            .foreign_key(&mut foreign_key("pledge_check", "pledge_id", "pledge"))
            .to_owned();
        // Names that a pledge had before; they lead to it for good.
        let former_slug = Table::create()
            .table("former_slug")
            .col(string_len("slug", 80).primary_key())
            .col(reference("pledge_id"))
            .col(timestamp_with_time_zone("recorded_at"))
            .foreign_key(&mut foreign_key("former_slug", "pledge_id", "pledge"))
            .to_owned();
        // Tables and indexes share their names, and an index had this one. Its new name stays when this step is undone: on another
        // connection SQLite may not yet know that the table is gone.
        run(
            manager,
            &["drop index if exists pledge_revision", "create index if not exists pledge_of_revision on pledge (revision)"],
        )
        .await?;
        // A pledge that was taken out of the record has a notice in its place, for good. The pledge itself is no longer public
        // (its `recorded_at` is null again), and what was sealed of it stays.
        let pledge_removal = Table::create()
            .table("pledge_removal")
            .col(uuid("pledge_id").primary_key())
            .col(text_null("notice_en"))
            .col(text_null("notice_es"))
            .col(big_integer("revision"))
            .col(timestamp_with_time_zone("removed_at"))
            .check(one_language("notice"))
            .foreign_key(&mut foreign_key("pledge_removal", "pledge_id", "pledge"))
            .to_owned();
        // What an administrator published without a second pair of eyes, for a reason that everybody can read.
        let unreviewed = Table::create()
            .table("unreviewed")
            .col(id())
            .col(reference("pledge_id"))
            .col(text("reason").check(not_blank("reason")))
            .col(timestamp_with_time_zone("recorded_at"))
            .foreign_key(&mut foreign_key("unreviewed", "pledge_id", "pledge"))
            .to_owned();
        for table in [pledge_revision, pledge_check, former_slug, pledge_removal, unreviewed] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create unique index pledge_revision_position on pledge_revision (pledge_id, position)",
                "create index unreviewed_pledge on unreviewed (pledge_id)",
                "create index pledge_removal_revision on pledge_removal (revision)",
                "create index pledge_check_pledge on pledge_check (pledge_id, recorded_at)",
            ],
        )
        .await?;
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_UP } else { POSTGRES_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["unreviewed", "pledge_removal", "former_slug", "pledge_check", "pledge_revision"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_always()"]).await?;
        }
        Ok(())
    }
}

const SQLITE_UP: &[&str] = &[
    "create trigger pledge_revision_no_update before update on pledge_revision
     begin select raise(abort, 'what a pledge said before cannot be edited'); end",
    "create trigger pledge_revision_no_delete before delete on pledge_revision
     begin select raise(abort, 'what a pledge said before cannot be deleted'); end",
    "create trigger pledge_revision_no_replace before insert on pledge_revision
     when exists (select 1 from pledge_revision as old
       where old.id = new.id or old.rowid = new.rowid or (old.pledge_id = new.pledge_id and old.position = new.position))
     begin select raise(abort, 'what a pledge said before cannot be replaced'); end",
];

const POSTGRES_UP: &[&str] = &[
    "create function refuse_always() returns trigger language plpgsql as $$ begin
       raise exception 'what a pledge said before cannot be edited or deleted' using errcode = 'integrity_constraint_violation';
     end $$",
    "create trigger pledge_revision_sealed before update or delete on pledge_revision
     for each row execute function refuse_always()",
    "create trigger pledge_revision_no_truncate before truncate on pledge_revision
     for each statement execute function refuse_always()",
];
