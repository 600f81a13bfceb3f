//! The example record in a fresh database.

use chrono::{DateTime, Utc};
use domain::{Moment, Record, Slug};
use store::{Engine, testing::TestStore};

pub fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

pub fn example() -> Record {
    Record::from_json(include_str!("../../../example/la-declaration.json"), now().date_naive())
        .unwrap_or_else(|errors| panic!("the example record is wrong:\n{errors}"))
}

pub async fn with_example(engine: Engine) -> TestStore {
    let test = TestStore::empty(engine).await;
    test.store.load(&example(), now()).await.expect("the example loads");
    test
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// The truth of a day as known at the time of the tests.
pub fn on(day: &str) -> Moment {
    Moment::asked(Some(day), None, now()).unwrap()
}

pub fn today() -> Moment {
    Moment::now(now())
}

/// A UUID literal as each engine keeps it: bytes in SQLite, its own type in PostgreSQL.
pub fn uuid(engine: Engine, id: u32) -> String {
    match engine {
        Engine::Sqlite => format!("x'{id:032x}'"),
        Engine::Postgres => format!("'{id:032x}'"),
    }
}

/// Breaks every seal, as somebody can who owns the database.
pub async fn unseal(test: &TestStore, engine: Engine) {
    let triggers = match engine {
        Engine::Sqlite => "select 'drop trigger ' || name from sqlite_master where type = 'trigger'",
        Engine::Postgres => {
            "select format('drop trigger %I on %I', tgname, relname) from pg_trigger join pg_class on pg_class.oid = tgrelid
             where not tgisinternal and relnamespace = current_schema()::regnamespace"
        }
    };
    for statement in test.texts(triggers).await {
        test.sql(&statement).await.unwrap();
    }
}
