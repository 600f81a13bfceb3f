//! The rules that the database itself keeps, tried as somebody at its own prompt would.

use store::{Engine, on_both_engines, testing::TestStore};

use crate::util::{uuid, with_example};

const REFUSED: &str = "no published status change without a citation";

/// The columns and values of a new status change of `april-summit`; `{}` stands for `searched_en` and `recorded_at`.
fn new_change(engine: Engine, id: u32, searched: &str, recorded: &str) -> String {
    format!(
        "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en, searched_en, recorded_at)
         select {}, id, 99, 'stalled', '2024-06', '2024-06-30', 'Because.', {searched}, {recorded} from pledge where slug = 'april-summit'",
        uuid(engine, id)
    )
}

async fn assert_refused(test: &TestStore, statement: &str, why: &str) {
    let error = test.sql(statement).await.expect_err(&format!("was accepted: {statement}")).to_string();
    assert!(error.contains(why), "refused, but as: {error}");
}

const NOW: &str = "'2026-11-23 12:00:00+00:00'";

on_both_engines! {
    async fn no_status_change_is_published_without_evidence(engine) {
        let test = with_example(engine).await;
        assert_refused(&test, &new_change(engine, 1, "null", NOW), REFUSED).await;
        let draft = new_change(engine, 1, "null", "null");
        test.sql(&draft).await.unwrap();
        assert_refused(&test, &format!("update status_change set recorded_at = {NOW} where position = 99"), REFUSED).await;
    }

    async fn a_note_on_where_was_searched_is_evidence_too(engine) {
        let test = with_example(engine).await;
        for blank in ["'  '", "' \t\n '"] {
            let blank = new_change(engine, 1, blank, NOW);
            assert!(test.sql(&blank).await.is_err(), "a blank note was accepted");
        }
        let noted = new_change(engine, 2, "'The gazette, 2024.'", NOW);
        assert_eq!(test.sql(&noted).await.unwrap(), 1);
    }

    async fn a_draft_citation_is_no_evidence(engine) {
        let test = with_example(engine).await;
        let (draft, id, other) = (new_change(engine, 1, "null", "null"), uuid(engine, 1), uuid(engine, 7));
        test.sql(&draft).await.unwrap();
        test.sql(&format!(
            "insert into citation (id, status_change_id, position, source_id, language, stance)
             select {other}, {id}, 0, id, 'en', 'supports' from source limit 1"
        )).await.unwrap();
        let publish = format!("update status_change set recorded_at = {NOW} where position = 99");
        assert_refused(&test, &publish, REFUSED).await;
        test.sql(&format!("update citation set recorded_at = {NOW} where id = {other}")).await.unwrap();
        assert_eq!(test.sql(&publish).await.unwrap(), 1);
        assert_refused(&test, &publish, "cannot be edited").await;
    }

    async fn what_is_published_can_be_neither_edited_nor_deleted(engine) {
        let test = with_example(engine).await;
        for statement in [
            "update status_change set rationale_en = 'Another story.'",
            "update status_change set recorded_at = null",
            "update status_change set status = 'fulfilled' where position = 0",
            "update citation set quote = 'Other words.'",
            "update citation set recorded_at = null",
        ] {
            assert_refused(&test, statement, "cannot be edited").await;
        }
        assert!(test.sql("delete from status_change").await.is_err());
        assert_refused(&test, "delete from citation where quote is not null", "deleted").await;
        assert!(test.sql("delete from pledge").await.is_err());
        assert!(test.sql("delete from source").await.is_err());
        let left = test.texts("select cast(count(*) as text) from status_change").await;
        assert_eq!(left, ["118"]);
    }

    async fn a_correction_is_sealed_like_what_it_corrects(engine) {
        let test = with_example(engine).await;
        let id = uuid(engine, 5);
        let correct = |reason: &str, pledge: &str| format!(
            "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en, searched_en, replaces_id, reason_en, recorded_at)
             select {id}, (select id from pledge where slug = '{pledge}'), 98, 'announced', '2024-05-07', '2024-05-07', 'Not held.', 'Everywhere.', s.id, {reason}, {NOW}
             from status_change s join pledge p on p.id = s.pledge_id where p.slug = 'april-summit' and s.position = 1"
        );
        assert!(test.sql(&correct("null", "april-summit")).await.is_err(), "a correction without a reason was accepted");
        assert!(test.sql(&correct("'Wrong year.'", "operational-cell")).await.is_err(), "it corrected another pledge's change");
        assert_eq!(test.sql(&correct("'Wrong year.'", "april-summit")).await.unwrap(), 1);
        assert_refused(&test, "update status_change set reason_en = 'x' where position = 98", "cannot be edited").await;
        assert_refused(&test, "delete from status_change where position = 98", "cannot be").await;
    }

    async fn codes_and_shapes_are_checked(engine) {
        let test = with_example(engine).await;
        for statement in [
            "update pledge set made_on = 'April' where slug = 'april-summit'",
            "update pledge set due_on = null where slug = 'april-summit'",
            "update pledge set title_en = null, title_es = null",
            "update pledge set slug = 'operational-cell' where slug = 'april-summit'",
            "update pledge_party set role = 'friend'",
            "update party set kind = 'empire'",
            "update source set url = 'javascript:alert(1)'",
            "update status_span set status = 'broken'",
        ] {
            assert!(test.sql(statement).await.is_err(), "was accepted: {statement}");
        }
    }
}

#[tokio::test]
async fn sqlite_does_not_let_a_published_row_be_replaced() {
    let test = with_example(Engine::Sqlite).await;
    for table in ["status_change", "citation"] {
        assert_refused(&test, &format!("insert or replace into {table} select * from {table} limit 1"), "cannot be replaced")
            .await;
    }
    // Pushed out by a draft that takes its key, or its rowid.
    test.sql(&new_change(Engine::Sqlite, 1, "null", "null")).await.unwrap();
    let columns = "id, status_change_id, position, source_id, language, stance";
    test.sql(&format!(
        "insert into citation ({columns})
         select x'00000000000000000000000000000007', id, 0, (select id from source limit 1), 'en', 'supports'
         from status_change where position = 99"
    ))
    .await
    .unwrap();
    for (table, draft) in [("status_change", "position = 99"), ("citation", "recorded_at is null")] {
        for key in ["id", "rowid"] {
            let published = format!("(select {key} from {table} where recorded_at is not null limit 1)");
            assert_refused(
                &test,
                &format!("update or replace {table} set {key} = {published} where {draft}"),
                "cannot be replaced",
            )
            .await;
        }
    }
    assert_refused(&test, "update or replace status_change set position = 0 where position = 99", "cannot be replaced").await;
    let by_rowid = format!(
        "insert or replace into citation (rowid, {columns})
         select rowid, x'00000000000000000000000000000008', status_change_id, position, source_id, language, stance
         from citation where status_change_id is not null and recorded_at is not null limit 1"
    );
    assert_refused(&test, &by_rowid, "cannot be replaced").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_looks_for_evidence_in_the_record_and_not_in_a_temporary_table() {
    let test = with_example(Engine::Postgres).await;
    let publish = new_change(Engine::Postgres, 1, "null", NOW);
    let decoy = format!(
        "create temp table citation (status_change_id uuid, recorded_at timestamptz);
         insert into citation values ({}, now()); {publish}",
        uuid(Engine::Postgres, 1)
    );
    assert_refused(&test, &decoy, REFUSED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_does_not_let_what_is_published_be_truncated() {
    let test = with_example(Engine::Postgres).await;
    for table in ["status_change", "citation"] {
        assert_refused(&test, &format!("truncate {table} cascade"), "cannot be edited or deleted").await;
    }
}

#[tokio::test]
async fn sqlite_writes_ahead_and_waits_for_the_disk() {
    let test = TestStore::empty(Engine::Sqlite).await;
    assert_eq!(test.texts("select journal_mode from pragma_journal_mode").await, ["wal"]);
    assert_eq!(test.texts("select cast(synchronous as text) from pragma_synchronous").await, ["2"], "2 is FULL");
    assert_eq!(test.texts("select cast(foreign_keys as text) from pragma_foreign_keys").await, ["1"]);
}
