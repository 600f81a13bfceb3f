//! Tokens, by which programs act in somebody's name, and what each of them did.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::columns::{drop_tables, foreign_key, id, not_blank, reference, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let token = Table::create()
            .table("token")
            .col(id())
            .col(reference("person_id"))
            .col(text("name").check(not_blank("name")))
            // Codes with spaces between them (RFC 6749, section 3.3).
            .col(text("scopes").check(not_blank("scopes")))
            // The SHA-256 of the token, in hexadecimal.
            .col(text_uniq("hash").check(not_blank("hash")))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .foreign_key(&mut foreign_key("token", "person_id", "person"))
            .to_owned();
        // What a program began under a key of its own choice: sent again, it begins nothing more.
        let begun_once = Table::create()
            .table("begun_once")
            .col(reference("person_id"))
            // The SHA-256 of the key, in hexadecimal, and that of what was sent with it.
            .col(text("key_hash"))
            .col(text("content_hash"))
            .col(reference("draft_id"))
            .col(timestamp_with_time_zone("at"))
            .primary_key(Index::create().col("person_id").col("key_hash"))
            .foreign_key(&mut foreign_key("begun_once", "person_id", "person"))
            .foreign_key(&mut foreign_key("begun_once", "draft_id", "draft"))
            .to_owned();
        for table in [token, begun_once] {
            manager.create_table(table).await?;
        }
        // By which token somebody acted. Not a foreign key, for SQLite could not drop the column again; tokens are never deleted.
        let by_token = Table::alter().table("audit_entry").add_column(uuid_null("token_id")).to_owned();
        manager.alter_table(by_token).await?;
        run(
            manager,
            &[
                "create index token_person on token (person_id)",
                "create index begun_once_at on begun_once (at)",
                "create index audit_entry_token on audit_entry (token_id, at)",
            ],
        )
        .await?;
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_UP } else { POSTGRES_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["drop index audit_entry_token"]).await?;
        manager.alter_table(Table::alter().table("audit_entry").drop_column("token_id").to_owned()).await?;
        drop_tables(manager, &["begun_once", "token"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_to_revive()"]).await?;
        }
        Ok(())
    }
}

/// A token never becomes another one, never is good for more or for longer, and once revoked stays so.
const SQLITE_UP: &[&str] = &[
    "create trigger token_no_update before update on token
     when old.id is not new.id or old.person_id is not new.person_id or old.scopes is not new.scopes or old.hash is not new.hash
       or new.expires_at > old.expires_at or (old.revoked_at is not null and new.revoked_at is not old.revoked_at)
     begin select raise(abort, 'a token never becomes another, and what is revoked stays so'); end",
    "create trigger token_no_delete before delete on token
     begin select raise(abort, 'tokens are revoked, never deleted'); end",
    "create trigger token_no_replace before insert on token
     when exists (select 1 from token as old where old.id = new.id or old.rowid = new.rowid or old.hash = new.hash)
     begin select raise(abort, 'a token cannot be replaced'); end",
];

const POSTGRES_UP: &[&str] = &[
    "create function refuse_to_revive() returns trigger language plpgsql as $$ begin
       if tg_op = 'UPDATE' then
         if (old.id, old.person_id, old.scopes, old.hash) is not distinct from (new.id, new.person_id, new.scopes, new.hash)
           and new.expires_at <= old.expires_at
           and (old.revoked_at is null or new.revoked_at is not distinct from old.revoked_at) then
           return new;
         end if;
       end if;
       raise exception 'a token never becomes another, and what is revoked stays so' using errcode = 'integrity_constraint_violation';
     end $$",
    "create trigger token_stays before update or delete on token
     for each row execute function refuse_to_revive()",
    "create trigger token_stays_whole before truncate on token
     for each statement execute function refuse_to_revive()",
];
