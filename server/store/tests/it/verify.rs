//! What somebody at the database's own prompt can change once the seals are broken, and that each such change is found and named.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{DeskRole, DraftKind, Fields, Locale, desk_form::fields_of, log::Checkpoint};
use store::{Engine, NotVerified, Wrong, on_both_engines, testing::TestStore};

use crate::util::{cited, editor, example, hand_in, now, publish, slug, somebody, unseal, with_example};

fn after(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// The example, with a pledge that was edited, renamed and checked, one that was taken out, and one that came last.
async fn lived_in(engine: Engine) -> TestStore {
    let test = with_example(engine).await;
    let ana = somebody(&test.store, "ana", DeskRole::Administrator).await;
    let mut fields = fields_of(&test.store.published(&slug("april-summit"), after(1)).await.unwrap().unwrap());
    fields.set("title.en", "Host the summit");
    fields.set("id", "may-summit");
    fields.set("reason.en", "It was misnamed.");
    publish(&test.store, &ana, DraftKind::Edit, "april-summit", fields, after(1)).await;
    let notice = Fields::sent([("notice.en".to_owned(), "It was entered twice.".to_owned())]);
    publish(&test.store, &ana, DraftKind::Withdrawal, "operational-cell", notice, after(2)).await;
    test.store.check_pledge(&ana, &slug("may-summit"), "", Locale::En, after(3)).await.unwrap();
    let mut record = example();
    record.pledges.truncate(1);
    record.pledges[0].id = slug("the-last");
    test.store.load(&record, after(4)).await.unwrap();
    test
}

async fn first_wrong(test: &TestStore, earlier: &[Checkpoint]) -> Option<Wrong> {
    match test.store.verify(earlier).await {
        Ok(_) => None,
        Err(NotVerified::Wrong(wrong)) => Some(*wrong),
        Err(NotVerified::Store(error)) => panic!("{error}"),
    }
}

async fn checkpoint(test: &TestStore) -> Checkpoint {
    let head = test.store.log_head().await.unwrap();
    Checkpoint { origin: "pledges.example.org/record".into(), size: head.size, root: head.root }
}

/// What is changed, and which table, row and field are named for it.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    (
        "update status_change set rationale_en = rationale_en || '.' where position = 1 and pledge_id = SUMMIT",
        "status_change",
        "may-summit",
        "history[1].rationale.en",
    ),
    (
        "update status_change set status = 'stalled' where position = 1 and pledge_id = SUMMIT",
        "status_change",
        "may-summit",
        "history[1].status",
    ),
    (
        "update status_change set effective_on = '2024-05-08' where position = 1 and pledge_id = SUMMIT",
        "status_change",
        "may-summit",
        "history[1].effective_on",
    ),
    (
        "update status_change set effective_last = '2024-05-08' where position = 1 and pledge_id = SUMMIT",
        "status_change",
        "may-summit",
        "history[1].effective_last",
    ),
    (
        "update status_change set recorded_at = null where position = 1 and pledge_id = SUMMIT",
        "status_change",
        "may-summit",
        "history[1]",
    ),
    (
        "update status_change set position = 7 where position = 1 and pledge_id = SUMMIT",
        "status_change",
        "may-summit",
        "history[1].position",
    ),
    (
        "update citation set quote = 'Other words.' where quote is not null and pledge_id = SUMMIT",
        "citation",
        "may-summit",
        "citations[",
    ),
    ("update citation set stance = 'context' where pledge_id = SUMMIT", "citation", "may-summit", "citations["),
    (
        "update citation set source_id = (select id from source where slug = 'lad-factsheet-third') where position = 0 and pledge_id = SUMMIT",
        "citation",
        "may-summit",
        "citations[0].source",
    ),
    ("delete from citation where pledge_id = SUMMIT", "citation", "may-summit", "citations"),
    ("update source set title = title || ' ' where slug = 'lad-factsheet-third'", "source", "lad-factsheet-third", "title"),
    ("update source set url = url || '?' where slug = 'lad-factsheet-third'", "source", "lad-factsheet-third", "url"),
    ("update party set name_es = 'Otra' where slug = 'guatemala'", "party", "guatemala", "name.es"),
    ("update meeting set held_on = '2024-02' where slug = 'trilateral-2024'", "meeting", "trilateral-2024", "held_on"),
    ("update topic set name_en = 'Other' where slug = 'governance'", "topic", "governance", "name.en"),
    ("update pledge set summary_en = summary_en || '.' where id = SUMMIT", "pledge", "may-summit", "summary.en"),
    ("update pledge set slug = 'other' where id = SUMMIT", "pledge", "may-summit", "id"),
    ("update pledge set due_on = '2024-06', due_last = '2024-06-30' where id = SUMMIT", "pledge", "may-summit", "due_on"),
    ("update pledge set due_last = '2024-06-30' where id = SUMMIT", "pledge", "may-summit", "due_last"),
    ("update pledge set revision = 1 where id = SUMMIT", "pledge", "may-summit", "revision"),
    ("update pledge set recorded_at = null where id = SUMMIT", "pledge", "may-summit", "recorded_at"),
    ("update pledge_glance set due_on = '2024-06' where id = SUMMIT", "pledge_glance", "may-summit", "due_on"),
    (
        "update pledge_glance set spans = replace(spans, 'announced ', 'fulfilled ') where id = SUMMIT",
        "pledge_glance",
        "may-summit",
        "spans",
    ),
    ("update pledge set number = 900 where id = SUMMIT", "pledge", "may-summit", "row"),
    (
        "update pledge set recorded_at = (select recorded_at from pledge where id = SUMMIT) where slug = 'operational-cell'",
        "pledge",
        "operational-cell",
        "recorded_at",
    ),
    ("update pledge_party set role = 'beneficiary' where pledge_id = SUMMIT", "pledge_party", "may-summit", "parties[0].role"),
    ("delete from pledge_topic where pledge_id = SUMMIT", "pledge_topic", "may-summit", "topics"),
    (
        "update pledge_variant set value_en = 'soon' where value_en is not null and pledge_id = SUMMIT",
        "pledge_variant",
        "may-summit",
        "variants[",
    ),
    (
        "update pledge_correction set reason_en = 'It never was.' where pledge_id = SUMMIT",
        "pledge_correction",
        "may-summit",
        "corrections[0].reason.en",
    ),
    (
        "update pledge_correction set before = '{}' where pledge_id = SUMMIT",
        "pledge_correction",
        "may-summit",
        "corrections[0].before",
    ),
    ("delete from pledge_correction where pledge_id = SUMMIT", "pledge_correction", "may-summit", "corrections"),
    ("update pledge_removal set notice_en = 'It was untrue.'", "pledge_removal", "operational-cell", "removed.notice.en"),
    ("delete from former_slug", "former_slug", "may-summit", "former"),
    ("delete from pledge_check", "pledge_check", "may-summit", "checks"),
    ("update unreviewed set reason = 'Somebody looked.'", "unreviewed", "may-summit", "unreviewed[0].reason"),
    (
        "update status_span set status = 'stalled' where pledge_id = SUMMIT and known_to is null",
        "status_span",
        "may-summit",
        "folds[",
    ),
    (
        "update status_span set known_to = (select recorded_at from publication where revision = 5) where pledge_id = SUMMIT and known_to is not null",
        "status_span",
        "may-summit",
        "known_to",
    ),
    ("delete from status_span where pledge_id = SUMMIT and known_to is not null", "status_span", "may-summit", "folds["),
    ("delete from log_mention where pledge_id = SUMMIT", "log_mention", "may-summit", "entry_id"),
    ("update publication set revision = 9 where revision = 5", "publication", "5", "row"),
    ("update record_state set revision = 4", "record_state", "1", "revision"),
    ("update record_state set pledges = 4", "record_state", "1", "pledges"),
    (
        "update log_entry set content = replace(content, 'Host the summit', 'Host the Summit') where id = 1",
        "log_entry",
        "1",
        "hash",
    ),
    ("update log_entry set content = (select content from log_entry where id = 3) where id = 2", "log_entry", "2", "hash"),
    (
        "update log_entry set recorded_at = (select recorded_at from log_entry where id = 3) where id = 2",
        "log_entry",
        "2",
        "recorded_at",
    ),
    ("update log_entry set revision = 7 where id = 2", "log_entry", "2", "revision"),
    (
        "update log_node set hash = (select hash from log_node where level = 0 and position = 0) where level = 1 and position = 1",
        "log_node",
        "1 of level 1",
        "hash",
    ),
    ("delete from log_node where level = 2", "log_node", "0 of level 2", "row"),
];

/// Rows that nobody recorded, and rows that go with whatever refers to them.
const ROWS: &[(&[&str], &str)] = &[
    (&["delete from log_mention where entry_id = 2", "delete from log_entry where id = 2"], "log_entry"),
    (
        &[
            "delete from citation where status_change_id in (select id from status_change where position = 1 and pledge_id = SUMMIT)",
            "delete from status_change where position = 1 and pledge_id = SUMMIT",
        ],
        "status_change",
    ),
    (
        &[
            "delete from citation where pledge_id = LAST",
            "delete from citation where variant_id in (select id from pledge_variant where pledge_id = LAST)",
            "delete from citation where status_change_id in (select id from status_change where pledge_id = LAST)",
            "delete from status_span where pledge_id = LAST",
            "delete from status_change where pledge_id = LAST",
            "delete from pledge_variant where pledge_id = LAST",
            "delete from pledge_party where pledge_id = LAST",
            "delete from pledge_topic where pledge_id = LAST",
            "delete from log_mention where pledge_id = LAST",
            "delete from pledge where slug = 'the-last'",
        ],
        "pledge",
    ),
];

fn statement(text: &str) -> String {
    let id_of = |slugs: &str| format!("(select id from pledge where slug in ({slugs}))");
    // In two places, for one of the changes is to the slug itself.
    text.replace("SUMMIT", &id_of("'may-summit'")).replace("LAST", &id_of("'the-last'"))
}

on_both_engines! {
    async fn what_was_recorded_is_what_is_there(engine) {
        let test = lived_in(engine).await;
        let verified = test.store.verify(&[checkpoint(&test).await]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!((verified.entries, verified.revision, verified.pledges), (5, 5, 70));
        // Names of those who work at the desk, and notes between them, are in none of it.
        let log = test.store.log_entries(0, 9, u64::MAX / 4).await.unwrap();
        assert!(log.iter().all(|entry| !entry.content.as_ref().unwrap().to_lowercase().contains("zoraida")));
    }

    async fn a_change_anywhere_is_found_and_named(engine) {
        let test = lived_in(engine).await;
        unseal(&test, engine).await;
        for (change, table, name, field) in CHANGES {
            let undo = saved(&test, table_of(change)).await;
            assert!(test.sql(&statement(change)).await.unwrap() > 0, "changes nothing: {change}");
            let wrong = first_wrong(&test, &[]).await.unwrap_or_else(|| panic!("not found: {change}"));
            assert_eq!((wrong.table, wrong.name.as_str()), (*table, *name), "{change}: {wrong}");
            assert!(wrong.field.contains(field), "{change}: {wrong}");
            put_back(&test, table_of(change), undo).await;
        }
        assert_eq!(first_wrong(&test, &[]).await, None, "the test does not put back what it changes");
    }

    async fn a_row_that_is_gone_or_was_never_recorded_is_found_and_named(engine) {
        for (statements, table) in ROWS {
            let test = lived_in(engine).await;
            unseal(&test, engine).await;
            for change in *statements {
                test.sql(&statement(change)).await.unwrap_or_else(|error| panic!("{change}: {error}"));
            }
            let wrong = first_wrong(&test, &[]).await.unwrap_or_else(|| panic!("not found: {statements:?}"));
            assert_eq!(wrong.table, *table, "{wrong}");
        }
        let test = lived_in(engine).await;
        let id = crate::util::uuid(engine, 1);
        test.sql(&statement(&format!(
            "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en, searched_en, recorded_at)
             select {id}, SUMMIT, 9, 'stalled', '2024-06', '2024-06-30', 'Because.', 'Everywhere.', recorded_at from publication where revision = 1"
        ))).await.unwrap();
        let wrong = first_wrong(&test, &[]).await.unwrap();
        assert_eq!((wrong.table, wrong.name.as_str()), ("status_change", "may-summit"));
        assert!(wrong.expected == "nothing" && wrong.found.contains("Because."), "{wrong}");
    }

    async fn a_change_of_a_kept_copy_is_found_and_named(engine) {
        let test = lived_in(engine).await;
        hand_in(&test.store, &editor(&test.store).await, &cited(), "what it says", after(9)).await;
        unseal(&test, engine).await;
        for (change, table, field) in [
            ("update snapshot_page set content = 'what it said'", "capture", "text_sha256"),
            ("update snapshot set media_type = 'text/html'", "capture", "media_type"),
            ("update snapshot set bytes = bytes + 1", "capture", "bytes"),
            ("update capture set origin = 'pasted'", "capture", "origin"),
            ("update capture set captured_at = (select recorded_at from publication where revision = 1)", "capture", "captured_at"),
            ("delete from log_capture", "log_capture", "row"),
        ] {
            let undo = saved(&test, table_of(change)).await;
            assert!(test.sql(change).await.unwrap() > 0, "changes nothing: {change}");
            let wrong = first_wrong(&test, &[]).await.unwrap_or_else(|| panic!("not found: {change}"));
            assert_eq!((wrong.table, wrong.field.as_str()), (table, field), "{change}: {wrong}");
            put_back(&test, table_of(change), undo).await;
        }
        // Nor can a copy be slipped in that no entry is of.
        test.sql("insert into capture (id, url, sha256, captured_at, origin, person_id)
            select (select id from person limit 1), url, sha256, captured_at, origin, person_id from capture").await.unwrap();
        let wrong = first_wrong(&test, &[]).await.unwrap();
        assert!(wrong.table == "capture" && wrong.expected.starts_with("none"), "{wrong}");
    }

    async fn a_tail_that_was_cut_off_with_its_rows_is_found_by_an_earlier_checkpoint(engine) {
        let test = lived_in(engine).await;
        let earlier = checkpoint(&test).await;
        unseal(&test, engine).await;
        for change in ROWS[2].0 {
            test.sql(&statement(change)).await.unwrap();
        }
        for change in [
            "delete from log_node where (position + 1) * (1 << level) > 4",
            "delete from log_entry where id = 4",
            "delete from publication where revision = 5",
            "delete from pledge_glance where number = 70",
            "update record_state set revision = 4, pledges = 69",
        ] {
            assert!(test.sql(change).await.unwrap() > 0, "{change}");
        }
        // Nothing in what is left tells that there was more.
        assert_eq!(first_wrong(&test, &[]).await, None);
        let wrong = first_wrong(&test, std::slice::from_ref(&earlier)).await.unwrap();
        assert_eq!((wrong.table, wrong.found.as_str()), ("log_entry", "4"), "{wrong}");
        // Nor does it help to publish something else in its place.
        let mut record = example();
        record.pledges.truncate(1);
        record.pledges[0].id = slug("in-its-place");
        test.store.load(&record, after(5)).await.unwrap();
        let wrong = first_wrong(&test, &[earlier]).await.unwrap();
        assert_eq!((wrong.table, wrong.field.as_str()), ("log_entry", "root"), "{wrong}");
    }
}

fn table_of(change: &str) -> &str {
    let words: Vec<&str> = change.split(' ').collect();
    if words[0] == "update" { words[1] } else { words[2] }
}

/// Keeps the rows of a table aside.
async fn saved(test: &TestStore, table: &str) -> String {
    let aside = format!("aside_{table}");
    test.sql(&format!("drop table if exists {aside}")).await.unwrap();
    test.sql(&format!("create table {aside} as select * from {table}")).await.unwrap();
    aside
}

/// Gives a table its rows back; what refers to it does not notice.
async fn put_back(test: &TestStore, table: &str, aside: String) {
    let off = match test.store.engine() {
        Engine::Sqlite => format!(
            "pragma foreign_keys = off; begin; delete from {table}; insert into {table} select * from {aside}; commit; pragma foreign_keys = on"
        ),
        Engine::Postgres => format!(
            "set session_replication_role = replica; delete from {table}; insert into {table} select * from {aside}; \
             set session_replication_role = default"
        ),
    };
    test.sql(&off).await.unwrap();
}
