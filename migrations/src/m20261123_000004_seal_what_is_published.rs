//! What is published is sealed by the database itself: no status change without evidence, none edited, none deleted;
//! the same for citations. Corrections are status changes that name another, so they are sealed with them.
//!
//! A change is written as a draft (`recorded_at` null), gets its citations, and is published by setting `recorded_at`.
//! A citation may be added to a published change (more evidence), but never altered or taken away.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_UP } else { POSTGRES_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_DOWN } else { POSTGRES_DOWN }).await
    }
}

const SQLITE_UP: &[&str] = &[
    "create trigger status_change_evidence_on_insert before insert on status_change
     when new.recorded_at is not null and new.searched_en is null and new.searched_es is null
     begin select raise(abort, 'no published status change without a citation or a note on where was searched'); end",
    "create trigger status_change_evidence_on_publish before update on status_change
     when old.recorded_at is null and new.recorded_at is not null and new.searched_en is null and new.searched_es is null
       and not exists (select 1 from citation where status_change_id = new.id and recorded_at is not null)
     begin select raise(abort, 'no published status change without a citation or a note on where was searched'); end",
    "create trigger status_change_no_update before update on status_change
     when old.recorded_at is not null
     begin select raise(abort, 'a published status change cannot be edited; publish a correction'); end",
    "create trigger status_change_no_delete before delete on status_change
     when old.recorded_at is not null
     begin select raise(abort, 'a published status change cannot be deleted; publish a correction'); end",
    // `or replace` deletes without the triggers of a delete: whatever it could push out, by whichever key, is looked for first.
    "create trigger status_change_no_replace before insert on status_change
     when exists (select 1 from status_change as old where old.recorded_at is not null
       and (old.id = new.id or (old.pledge_id = new.pledge_id and old.position = new.position) or old.replaces_id = new.replaces_id
         or old.rowid = new.rowid))
     begin select raise(abort, 'a published status change cannot be replaced; publish a correction'); end",
    "create trigger status_change_no_replace_by_update before update on status_change
     when old.recorded_at is null and exists (select 1 from status_change as other where other.recorded_at is not null
       and (other.id = new.id or (other.pledge_id = new.pledge_id and other.position = new.position)
         or other.replaces_id = new.replaces_id or other.rowid = new.rowid))
     begin select raise(abort, 'a published status change cannot be replaced; publish a correction'); end",
    "create trigger citation_no_update before update on citation
     when old.recorded_at is not null
     begin select raise(abort, 'a published citation cannot be edited'); end",
    "create trigger citation_no_delete before delete on citation
     when old.recorded_at is not null
     begin select raise(abort, 'a published citation cannot be deleted'); end",
    "create trigger citation_no_replace before insert on citation
     when exists (select 1 from citation as old where old.recorded_at is not null and (old.id = new.id or old.rowid = new.rowid))
     begin select raise(abort, 'a published citation cannot be replaced'); end",
    "create trigger citation_no_replace_by_update before update on citation
     when old.recorded_at is null and exists (select 1 from citation as other where other.recorded_at is not null
       and (other.id = new.id or other.rowid = new.rowid))
     begin select raise(abort, 'a published citation cannot be replaced'); end",
];

const SQLITE_DOWN: &[&str] = &[
    "drop trigger citation_no_replace_by_update",
    "drop trigger citation_no_replace",
    "drop trigger citation_no_delete",
    "drop trigger citation_no_update",
    "drop trigger status_change_no_replace_by_update",
    "drop trigger status_change_no_replace",
    "drop trigger status_change_no_delete",
    "drop trigger status_change_no_update",
    "drop trigger status_change_evidence_on_publish",
    "drop trigger status_change_evidence_on_insert",
];

const POSTGRES_UP: &[&str] = &[
    // The citations are those beside this very table, not those of a temporary table of the same name.
    "create function refuse_unless_evidence() returns trigger language plpgsql as $$
     declare cited boolean;
     begin
       execute format('select exists (select 1 from %I.citation where status_change_id = $1 and recorded_at is not null)', tg_table_schema)
         into cited using new.id;
       if new.recorded_at is not null and new.searched_en is null and new.searched_es is null and not cited then
         raise exception 'no published status change without a citation or a note on where was searched'
           using errcode = 'integrity_constraint_violation';
       end if;
       return new;
     end $$",
    "create function refuse_if_published() returns trigger language plpgsql as $$ begin
       if tg_op = 'TRUNCATE' or old.recorded_at is not null then
         raise exception 'a published % cannot be edited or deleted; publish a correction', replace(tg_table_name, '_', ' ')
           using errcode = 'integrity_constraint_violation';
       end if;
       if tg_op = 'DELETE' then return old; end if;
       return new;
     end $$",
    "create trigger status_change_a_sealed before update or delete on status_change
     for each row execute function refuse_if_published()",
    "create trigger status_change_b_evidence before insert or update on status_change
     for each row execute function refuse_unless_evidence()",
    "create trigger status_change_no_truncate before truncate on status_change
     for each statement execute function refuse_if_published()",
    "create trigger citation_sealed before update or delete on citation
     for each row execute function refuse_if_published()",
    "create trigger citation_no_truncate before truncate on citation
     for each statement execute function refuse_if_published()",
];

const POSTGRES_DOWN: &[&str] = &[
    "drop trigger citation_no_truncate on citation",
    "drop trigger citation_sealed on citation",
    "drop trigger status_change_no_truncate on status_change",
    "drop trigger status_change_b_evidence on status_change",
    "drop trigger status_change_a_sealed on status_change",
    "drop function refuse_if_published()",
    "drop function refuse_unless_evidence()",
];
