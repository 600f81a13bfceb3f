//! The people of the desk: how they sign in, what they may do, and what they did.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::columns::{drop_tables, foreign_key, id, not_blank, one_of, reference, run};

const ROLES: &[&str] = &["contributor", "editor", "reviewer", "administrator"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = Table::create()
            .table("person")
            .col(id())
            // In lower case.
            .col(text_uniq("email").check(not_blank("email")))
            .col(text("name").check(not_blank("name")))
            .col(text("role").check(one_of("role", ROLES)))
            // Argon2id in PHC form; null until the person has chosen one.
            .col(text_null("password_hash"))
            // The second factor (RFC 6238), from when it was first proven; the last step that was used never counts again.
            .col(text_null("totp_secret"))
            .col(timestamp_with_time_zone_null("totp_since"))
            .col(big_integer_null("totp_last_step"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("disabled_at"))
            .to_owned();
        let recovery_code = Table::create()
            .table("recovery_code")
            .col(id())
            .col(reference("person_id"))
            .col(text("code_hash"))
            .col(timestamp_with_time_zone_null("used_at"))
            .foreign_key(&mut foreign_key("recovery_code", "person_id", "person"))
            .to_owned();
        let session = Table::create()
            .table("session")
            // The SHA-256 of what the cookie holds, in hexadecimal.
            .col(text("id_hash").primary_key())
            .col(reference("person_id"))
            // The password was right, and the code is still to come: it opens nothing but the page that asks for it.
            .col(boolean("half_way"))
            .col(timestamp_with_time_zone("created_at"))
            // Moves on with use, and never far from the beginning.
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut foreign_key("session", "person_id", "person"))
            .to_owned();
        let one_time_link = Table::create()
            .table("one_time_link")
            // The SHA-256 of what stands in the address, in hexadecimal.
            .col(text("token_hash").primary_key())
            .col(text("purpose").check(one_of("purpose", &["set_up", "invite", "reset", "reset_both"])))
            // Null for the set-up link, before there is anybody.
            .col(uuid_null("person_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone_null("used_at"))
            .foreign_key(&mut foreign_key("one_time_link", "person_id", "person"))
            .to_owned();
        // Failed attempts, kept as long as they count.
        let sign_in_failure = Table::create()
            .table("sign_in_failure")
            .col(id())
            // `account:…` or `address:…`, hashed: what was typed may be a password in the wrong field.
            .col(text("key_hash"))
            .col(timestamp_with_time_zone("at"))
            .to_owned();
        let audit_entry = Table::create()
            .table("audit_entry")
            .col(id())
            .col(timestamp_with_time_zone("at"))
            // Null where nobody was signed in, or the command line acted.
            .col(uuid_null("person_id"))
            .col(text("act").check(not_blank("act")))
            // What it was done to: `pledge`, `draft`, `person`…, and its name.
            .col(text("subject_kind"))
            .col(text("subject"))
            .col(text_null("detail"))
            .foreign_key(&mut foreign_key("audit_entry", "person_id", "person"))
            .to_owned();
        for table in [person, recovery_code, session, one_time_link, sign_in_failure, audit_entry] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create index recovery_code_person on recovery_code (person_id)",
                "create index session_person on session (person_id)",
                "create index session_expiry on session (expires_at)",
                "create index one_time_link_person on one_time_link (person_id)",
                "create index sign_in_failure_key on sign_in_failure (key_hash, at)",
                "create index sign_in_failure_at on sign_in_failure (at)",
                "create index audit_entry_at on audit_entry (at, id)",
                "create index audit_entry_act on audit_entry (act, at)",
                "create index audit_entry_person on audit_entry (person_id, at)",
            ],
        )
        .await?;
        run(manager, if manager.get_database_backend() == DbBackend::Sqlite { SQLITE_UP } else { POSTGRES_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["audit_entry", "sign_in_failure", "one_time_link", "session", "recovery_code", "person"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_to_forget()"]).await?;
        }
        Ok(())
    }
}

/// What was done was done: the log only grows.
const SQLITE_UP: &[&str] = &[
    "create trigger audit_entry_no_update before update on audit_entry
     begin select raise(abort, 'what was done cannot be edited'); end",
    "create trigger audit_entry_no_delete before delete on audit_entry
     begin select raise(abort, 'what was done cannot be deleted'); end",
    "create trigger audit_entry_no_replace before insert on audit_entry
     when exists (select 1 from audit_entry as old where old.id = new.id or old.rowid = new.rowid)
     begin select raise(abort, 'what was done cannot be replaced'); end",
];

const POSTGRES_UP: &[&str] = &[
    "create function refuse_to_forget() returns trigger language plpgsql as $$ begin
       raise exception 'what was done cannot be edited or deleted' using errcode = 'integrity_constraint_violation';
     end $$",
    "create trigger audit_entry_stays before update or delete on audit_entry
     for each row execute function refuse_to_forget()",
    "create trigger audit_entry_stays_whole before truncate on audit_entry
     for each statement execute function refuse_to_forget()",
];
