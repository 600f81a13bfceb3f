//! A whole record goes out of one engine and into the other, and nothing is lost, whatever a migration has added.

use std::collections::{BTreeMap, BTreeSet};

use ::migrations::Migrator;
use sea_orm_migration::MigratorTrait;
use store::{Engine, LEFT_OUT, Snapshot, Store, TransferError, on_both_engines, testing::TestStore};

use crate::{
    lookups::definitions,
    migrations::rows_after,
    util::{example, now},
};

type Lines = BTreeMap<String, Vec<String>>;

async fn lines(snapshot: &Snapshot) -> Result<Lines, TransferError> {
    let mut all = Lines::new();
    for shape in snapshot.tables() {
        let mut lines = Vec::new();
        let count = snapshot
            .lines(shape, &mut |line| {
                lines.push(line.to_owned());
                Ok(())
            })
            .await?;
        assert_eq!(count, lines.len() as u64);
        all.insert(shape.table.clone(), lines);
    }
    Ok(all)
}

async fn all_lines(store: &Store) -> Lines {
    lines(&store.snapshot().await.unwrap()).await.unwrap()
}

async fn fill(store: &Store, all: &Lines) -> Result<(), TransferError> {
    let filling = store.fill().await?;
    for shape in filling.tables() {
        let mut rest = all[&shape.table].iter();
        filling.add(shape, &mut || Ok(rest.next().cloned())).await?;
    }
    filling.end().await
}

/// Whether two records are the same, line by line.
#[track_caller]
fn assert_same(found: &Lines, expected: &Lines) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    // But for the version of the index of words, which is made anew.
    for (table, lines) in expected.iter().filter(|(table, _)| *table != "record_state") {
        assert_eq!(found[table].len(), lines.len(), "{table}");
        for (found, expected) in found[table].iter().zip(lines) {
            assert_eq!(found, expected, "{table}");
        }
    }
    let counted = |lines: &Lines| lines["record_state"][0].split(",\"texts\"").next().unwrap().to_owned();
    assert_eq!(counted(found), counted(expected));
}

fn other(engine: Engine) -> Engine {
    if engine == Engine::Sqlite { Engine::Postgres } else { Engine::Sqlite }
}

/// A record with rows in every table, those that the steps of the schema are tested with.
async fn with_rows_everywhere(engine: Engine) -> TestStore {
    let test = TestStore::bare(engine).await;
    for step in Migrator::migrations() {
        Migrator::up(test.store.connection(), Some(1)).await.unwrap();
        for statement in rows_after(step.name()).split(";\n").filter(|statement| !statement.trim().is_empty()) {
            let statement = if engine == Engine::Sqlite { with_binary_ids(statement) } else { statement.to_owned() };
            test.sql(&statement).await.unwrap();
        }
    }
    let bytes = |hex: &str| if engine == Engine::Sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'") };
    let id = if engine == Engine::Sqlite { bytes(&format!("{:032x}", 1)) } else { format!("'{:032x}'", 1) };
    test.sql(&format!(
        "insert into import_file (batch_id, position, name, content) values ({id}, 0, 'a.csv', {})",
        bytes("00ff0a")
    ))
    .await
    .unwrap();
    test.sql(&format!("insert into log_node (level, position, hash) values (0, 0, {})", bytes(&"ab".repeat(32)))).await.unwrap();
    test
}

/// The statement with ids as the program writes them to SQLite.
fn with_binary_ids(statement: &str) -> String {
    let parts: Vec<&str> = statement.split('\'').collect();
    let with = parts.iter().enumerate().map(|(place, part)| {
        // What stands in quotation marks is a text or an id; the subject of an entry of the audit log is a text.
        let is_id = place % 2 == 1 && part.len() == 36 && part.starts_with("00000000-");
        match is_id && parts.get(place.wrapping_sub(2)) != Some(&"draft") {
            true => format!("x'{}'", part.replace('-', "")),
            false if place % 2 == 1 => format!("'{part}'"),
            false => (*part).to_owned(),
        }
    });
    with.collect()
}

on_both_engines! {
    async fn every_table_and_column_is_carried_to_the_other_engine_and_back(engine) {
        let test = with_rows_everywhere(engine).await;
        let snapshot = test.store.snapshot().await.unwrap();
        let query = match engine {
            Engine::Sqlite => "select t.name || '.' || c.name from sqlite_master t, pragma_table_info(t.name) c
                where t.type = 'table' and t.name not like 'pledge_text_%'",
            Engine::Postgres => "select table_name || '.' || column_name from information_schema.columns where table_schema = current_schema()",
        };
        let left_out = |name: &&String| LEFT_OUT.iter().any(|(table, _)| name.split('.').next() == Some(table));
        let (left, there): (BTreeSet<String>, BTreeSet<String>) = test.texts(query).await.into_iter().partition(|name| left_out(&name));
        let carried: BTreeSet<String> = snapshot.tables().iter()
            .flat_map(|shape| shape.columns.iter().map(|column| format!("{}.{}", shape.table, column.name))).collect();
        assert_eq!(carried, there, "a column is not carried");
        for (table, _) in LEFT_OUT {
            assert!(left.iter().any(|name| name.starts_with(&format!("{table}."))), "{table} is left out, and there is no such table");
        }
        let before = lines(&snapshot).await.unwrap();
        drop(snapshot);
        // What has no row in this test could be lost unseen.
        for (table, lines) in &before {
            assert!(!lines.is_empty(), "migrations/data has no row of {table}");
        }

        let moved = TestStore::empty(other(engine)).await;
        fill(&moved.store, &before).await.unwrap();
        let after = all_lines(&moved.store).await;
        assert_same(&after, &before);
        let back = TestStore::empty(engine).await;
        fill(&back.store, &after).await.unwrap();
        assert_same(&all_lines(&back.store).await, &before);
    }

    async fn a_table_that_is_added_later_is_carried_and_a_column_of_an_unknown_kind_refused_by_name(engine) {
        let test = TestStore::empty(engine).await;
        let uuid = if engine == Engine::Sqlite { "uuid_text" } else { "uuid" };
        test.sql(&format!("create table addition (id {uuid} primary key, words text not null)")).await.unwrap();
        assert!(test.store.snapshot().await.unwrap().tables().iter().any(|shape| shape.table == "addition"));
        test.sql("alter table addition add column shape json").await.unwrap();
        let refused = test.store.snapshot().await.unwrap_err().to_string();
        assert!(refused.contains("addition.shape is “json”"), "{refused}");
        test.sql("drop table addition").await.unwrap();
        test.sql("create table addition (words text not null)").await.unwrap();
        let refused = test.store.snapshot().await.unwrap_err().to_string();
        assert!(refused.contains("without a primary key") && refused.contains("addition"), "{refused}");
    }

    async fn what_is_read_is_the_record_of_one_moment_while_others_write(engine) {
        let test = TestStore::empty(engine).await;
        test.store.load(&example(), now()).await.unwrap();
        let snapshot = test.store.snapshot().await.unwrap();
        test.sql("insert into topic (id, slug, name_en) select id, 'later', 'Later' from pledge limit 1").await.unwrap();
        assert!(!lines(&snapshot).await.unwrap()["topic"].iter().any(|line| line.contains("later")));
        drop(snapshot);
        assert!(all_lines(&test.store).await["topic"].iter().any(|line| line.contains("later")));
    }

    async fn only_an_empty_record_is_filled_and_all_of_it_or_nothing(engine) {
        let test = TestStore::empty(engine).await;
        test.store.load(&example(), now()).await.unwrap();
        let mut all = all_lines(&test.store).await;
        let Err(TransferError::NotEmpty { table, rows }) = fill(&test.store, &all).await else { panic!("it was filled") };
        assert_eq!(test.store.occupied().await.unwrap(), Some((table, rows)));
        let empty = TestStore::empty(engine).await;
        let whole = all["topic"].clone();
        all.get_mut("topic").unwrap().push("{\"id\":\"cut o".into());
        let refused = fill(&empty.store, &all).await.unwrap_err().to_string();
        assert!(refused.contains("line") && refused.contains("of the table topic"), "{refused}");
        assert_eq!(empty.store.occupied().await.unwrap(), None);
        // A row that refers to one that is not there.
        all.get_mut("topic").unwrap().clear();
        fill(&empty.store, &all).await.unwrap_err();
        assert_eq!(empty.store.occupied().await.unwrap(), None);
        all.insert("topic".into(), whole);
        // A server that was only started has left the link by which its first administrator comes.
        empty.store.set_up_link(now()).await.unwrap();
        fill(&empty.store, &all).await.unwrap();
        empty.store.prepare(now()).await.unwrap();
        assert_same(&all_lines(&empty.store).await, &all);
    }

    async fn what_the_database_refuses_it_refuses_again_behind_a_filling(engine) {
        let (test, moved) = (TestStore::empty(engine).await, TestStore::empty(engine).await);
        test.store.load(&example(), now()).await.unwrap();
        let triggers = match engine {
            Engine::Sqlite => "select sql from sqlite_master where type = 'trigger' order by name",
            Engine::Postgres => "select tgname || tgenabled::text || tgdeferrable::text || tginitdeferred::text from pg_trigger
                where tgrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace)
                and not tgname like 'RI_Con%' order by tgname",
        };
        let before = moved.texts(triggers).await;
        assert!(!before.is_empty());
        let indexes = definitions(&moved, engine).await;
        fill(&moved.store, &all_lines(&test.store).await).await.unwrap();
        assert_eq!(moved.texts(triggers).await, before);
        moved.store.prepare(now()).await.unwrap();
        assert_eq!(definitions(&moved, engine).await, indexes);
        for refused in ["update status_change set status = 'stalled'", "delete from citation", "update log_entry set content = '{}'"] {
            assert!(moved.sql(refused).await.is_err(), "{refused}");
        }
        if engine == Engine::Postgres {
            assert_eq!(moved.texts("select conname::text from pg_constraint where condeferrable
                and connamespace = current_schema()::regnamespace").await, Vec::<String>::new());
        }
    }
}
