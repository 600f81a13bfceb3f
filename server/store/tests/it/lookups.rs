//! What only readers look by is set aside while a whole record is written, and is there again afterwards whatever happened.

use domain::{PledgeQuery, Search};
use store::{Engine, on_both_engines, testing::TestStore};

use crate::util::{example, now, today, with_example};

/// Every index, as the database would make it again; and on SQLite how that of words grows.
pub(crate) async fn definitions(test: &TestStore, engine: Engine) -> Vec<String> {
    match engine {
        Engine::Sqlite => {
            let indexes =
                test.texts("select sql from sqlite_master where type = 'index' and sql is not null order by name").await;
            let words =
                test.texts("select k || ' ' || v from pledge_text_config where k in ('automerge', 'hashsize') order by k").await;
            // Not told where it was never told otherwise.
            let as_by_default = ["automerge 4", "hashsize 1048576"];
            indexes.into_iter().chain(words.into_iter().filter(|word| !as_by_default.contains(&word.as_str()))).collect()
        }
        Engine::Postgres => {
            test.texts("select indexdef from pg_indexes where schemaname = current_schema() order by indexname").await
        }
    }
}

async fn found(test: &TestStore) -> u64 {
    let query = PledgeQuery { search: Search::parse("celula"), ..PledgeQuery::default() };
    test.store.figures(&query, today()).await.unwrap().total()
}

on_both_engines! {
    async fn what_is_set_aside_comes_back_as_the_migrations_made_it(engine) {
        let test = TestStore::empty(engine).await;
        let before = definitions(&test, engine).await;
        test.store.set_lookups_aside().await.unwrap();
        let meanwhile = definitions(&test, engine).await;
        let gone = before.iter().filter(|definition| !meanwhile.contains(definition)).count();
        assert_eq!(gone, if engine == Engine::Sqlite { 9 } else { 12 });
        test.store.load(&example(), now()).await.unwrap();
        test.store.put_lookups_back().await.unwrap();
        assert_eq!(definitions(&test, engine).await, before);
        assert!(found(&test).await > 0);
    }

    async fn what_broke_off_is_put_back_at_the_next_start(engine) {
        let test = TestStore::empty(engine).await;
        let before = definitions(&test, engine).await;
        test.store.set_lookups_aside().await.unwrap();
        test.store.load(&example(), now()).await.unwrap();
        test.store.prepare(now()).await.unwrap();
        assert_eq!(definitions(&test, engine).await, before);
        assert!(found(&test).await > 0);
    }

    async fn the_database_knows_its_tables_once_they_were_surveyed(engine) {
        let test = with_example(engine).await;
        test.store.survey().await.unwrap();
        if engine == Engine::Postgres {
            let of = "select cast(reltuples as text) from pg_class
                where relname = 'status_change' and relnamespace = current_schema()::regnamespace";
            assert_eq!(test.texts(of).await, ["118"]);
        }
    }

    async fn no_question_is_compiled_before_it_is_answered(engine) {
        let test = TestStore::empty(engine).await;
        if engine == Engine::Postgres {
            assert_eq!(test.texts("show jit").await, ["off"]);
        }
    }

    async fn several_records_are_loaded_together_or_not_at_all(engine) {
        let test = TestStore::empty(engine).await;
        let (mut first, mut second) = (example(), example());
        second.pledges = first.pledges.split_off(40);
        let later = now() + chrono::TimeDelta::hours(1);
        let mut wrong = second.clone();
        wrong.pledges[0].parties[0].party = "nobody".parse().unwrap();
        test.store.load_all(&[(first.clone(), now()), (wrong, later)]).await.unwrap_err();
        assert!(test.store.is_empty().await.unwrap());
        let loaded = test.store.load_all(&[(first, now()), (second, later)]).await.unwrap();
        assert_eq!((loaded.pledges, loaded.status_changes, loaded.sources), (69, 118, 81));
        let recorded = test.texts("select cast(count(*) as text) from publication").await;
        assert_eq!(recorded, ["2"]);
    }
}
