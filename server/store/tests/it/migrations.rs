//! Every migration runs up and down on a database that has rows, and the domain's codes are those of the schema.

use ::migrations::Migrator;
use domain::{
    Authority, CaptureFailure, CaptureOrigin, CaptureState, Confidence, LinkState, Original, PartyKind, PledgeStatus, Role,
    SourceKind, Stance, TextState, TipState, pledge::VariantField,
};
use sea_orm_migration::MigratorTrait;
use store::{Engine, on_both_engines, testing::TestStore};

use crate::util::{example, now, today};

/// Rows to insert after the step of that name has run; `migrations/data/{step}.sql`.
pub(crate) fn rows_after(step: &str) -> &'static str {
    match step {
        "m20261123_000001_create_reference_tables" => {
            include_str!("../../../../migrations/data/m20261123_000001_create_reference_tables.sql")
        }
        "m20261123_000002_create_pledges" => include_str!("../../../../migrations/data/m20261123_000002_create_pledges.sql"),
        "m20261123_000003_create_status_changes" => {
            include_str!("../../../../migrations/data/m20261123_000003_create_status_changes.sql")
        }
        "m20261123_000004_seal_what_is_published" => {
            include_str!("../../../../migrations/data/m20261123_000004_seal_what_is_published.sql")
        }
        "m20261123_000005_number_publications" => {
            include_str!("../../../../migrations/data/m20261123_000005_number_publications.sql")
        }
        "m20261124_000006_create_people" => include_str!("../../../../migrations/data/m20261124_000006_create_people.sql"),
        "m20261124_000007_create_drafts" => include_str!("../../../../migrations/data/m20261124_000007_create_drafts.sql"),
        "m20261124_000008_revise_pledges" => include_str!("../../../../migrations/data/m20261124_000008_revise_pledges.sql"),
        "m20261124_000009_create_tips" => include_str!("../../../../migrations/data/m20261124_000009_create_tips.sql"),
        "m20261124_000010_create_imports" => include_str!("../../../../migrations/data/m20261124_000010_create_imports.sql"),
        "m20261126_000011_create_tokens" => include_str!("../../../../migrations/data/m20261126_000011_create_tokens.sql"),
        "m20261126_000012_mark_translations" => {
            include_str!("../../../../migrations/data/m20261126_000012_mark_translations.sql")
        }
        "m20261126_000013_log_what_is_published" => {
            include_str!("../../../../migrations/data/m20261126_000013_log_what_is_published.sql")
        }
        "m20261126_000014_keep_copies" => include_str!("../../../../migrations/data/m20261126_000014_keep_copies.sql"),
        "m20261126_000015_log_copies" => include_str!("../../../../migrations/data/m20261126_000015_log_copies.sql"),
        "m20261126_000016_watch_links" => include_str!("../../../../migrations/data/m20261126_000016_watch_links.sql"),
        "m20261126_000017_archive_sources" => include_str!("../../../../migrations/data/m20261126_000017_archive_sources.sql"),
        "m20261126_000018_number_editions" => include_str!("../../../../migrations/data/m20261126_000018_number_editions.sql"),
        "m20261127_000019_keep_glances" => include_str!("../../../../migrations/data/m20261127_000019_keep_glances.sql"),
        "m20261127_000020_find_words_sooner" => {
            include_str!("../../../../migrations/data/m20261127_000020_find_words_sooner.sql")
        }
        "m20261127_000021_find_busy_hosts" => {
            include_str!("../../../../migrations/data/m20261127_000021_find_busy_hosts.sql")
        }
        other => panic!("migrations/data/{other}.sql must give rows that live through the steps after {other}"),
    }
}

on_both_engines! {
    async fn each_step_runs_up_on_rows_and_down_again(engine) {
        let test = TestStore::bare(engine).await;
        let db = test.store.connection();
        for step in Migrator::migrations() {
            Migrator::up(db, Some(1)).await.unwrap_or_else(|error| panic!("{} up: {error}", step.name()));
            for statement in rows_after(step.name()).split(";\n").filter(|statement| !statement.trim().is_empty()) {
                test.sql(statement).await.unwrap_or_else(|error| panic!("rows after {}: {error}", step.name()));
            }
        }
        assert!(::migrations::pending(db).await.unwrap().is_empty());
        for step in Migrator::migrations().iter().rev() {
            Migrator::down(db, Some(1)).await.unwrap_or_else(|error| panic!("{} down: {error}", step.name()));
        }
        assert_eq!(::migrations::pending(db).await.unwrap().len(), Migrator::migrations().len());
        // And up once more: nothing was left behind.
        ::migrations::up(db).await.unwrap();
        test.store.load(&example(), now()).await.unwrap();
        assert!(test.store.pledge(&"april-summit".parse().unwrap(), today()).await.unwrap().is_some());
    }

    async fn a_step_that_breaks_off_is_taken_whole_later(engine) {
        let test = TestStore::bare(engine).await;
        let db = test.store.connection();
        let before = Migrator::migrations().iter().position(|step| step.name().ends_with("mark_translations")).unwrap();
        ::migrations::to_step(db, before).await.unwrap();
        // Its last statement makes an index of this name.
        test.sql("create index pledge_outdated on pledge (made_on)").await.unwrap();
        ::migrations::up(db).await.unwrap_err();
        assert_eq!(::migrations::pending(db).await.unwrap().len(), Migrator::migrations().len() - before);
        test.sql("drop index pledge_outdated").await.unwrap();
        ::migrations::up(db).await.unwrap();
        test.store.load(&example(), now()).await.unwrap();
    }

    async fn pending_steps_are_told_without_writing(engine) {
        let test = TestStore::bare(engine).await;
        assert_eq!(::migrations::pending(test.store.connection()).await.unwrap().len(), Migrator::migrations().len());
        assert!(test.sql("select 1 from seaql_migrations").await.is_err(), "asking made a table");
    }

    async fn the_schema_knows_every_code_of_the_domain(engine) {
        let test = TestStore::empty(engine).await;
        for (table, column, codes) in [
            ("party", "kind", PartyKind::CODES),
            ("source", "kind", SourceKind::CODES),
            ("pledge_party", "role", Role::CODES),
            ("pledge_variant", "field", VariantField::CODES),
            ("status_change", "status", PledgeStatus::CODES),
            ("status_change", "confidence", Confidence::CODES),
            ("status_span", "status", PledgeStatus::CODES),
            ("citation", "stance", Stance::CODES),
            ("citation", "authority", Authority::CODES),
            ("tip", "state", TipState::CODES),
            ("pledge", "wording_original", Original::CODES),
            ("snapshot", "text_state", TextState::CODES),
            ("capture", "origin", CaptureOrigin::CODES),
            ("capture_job", "state", CaptureState::CODES),
            ("capture_job", "failure", CaptureFailure::CODES),
            ("source_link", "state", LinkState::CODES),
        ] {
            let query = match engine {
                Engine::Sqlite => format!("select sql from sqlite_master where name = '{table}'"),
                Engine::Postgres => {
                    format!("select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint where conrelid = '{table}'::regclass")
                }
            };
            let schema = test.texts(&query).await.join(" ");
            for code in codes {
                assert!(schema.contains(&format!("'{code}'")), "{table}.{column} does not know {code}");
            }
        }
    }
}
