//! A fresh, migrated database per test, on either engine.

use std::sync::{
    Arc,
    atomic::{AtomicU32, AtomicUsize, Ordering},
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    TransactionTrait,
};

use crate::{
    Engine, Location, Store, StoreError,
    connect::OpenedFor,
    entity::pledge,
    publish::follow,
    revision::{self, Publication},
};

/// Where the tests find PostgreSQL when the usual `PG*` variables don't say.
pub const POSTGRES_URL: &str = "PLEDGEBOOK_TEST_POSTGRES_URL";

/// A store of its own for one test; what it leaves behind goes with it.
#[derive(Debug)]
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// The folder of an SQLite file goes with the test.
    _folder: Option<tempfile::TempDir>,
    /// Its address, as another process can be given it.
    pub url: String,
}

impl TestStore {
    /// An empty database without any table.
    ///
    /// # Panics
    /// If the engine can't be had: a test on it is never skipped in silence.
    pub async fn bare(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a folder for the test's database");
                let file = folder.path().join("test.sqlite3");
                let url = format!("sqlite:{}", file.display());
                let store = Store::open(&Location::File(file)).await.expect("an SQLite file");
                Self { store, _folder: Some(folder), url }
            }
            Engine::Postgres => {
                let schema = fresh_schema().await.expect("a schema in the PostgreSQL for tests");
                let store = Store::open_with(&Location::Postgres(postgres_url()), Some(&schema), OpenedFor::Use)
                    .await
                    .expect("PostgreSQL");
                let url = postgres_url();
                let separator = if url.contains('?') { '&' } else { '?' };
                Self { store, _folder: None, url: format!("{url}{separator}options[search_path]={schema}") }
            }
        }
    }

    /// An empty record.
    ///
    /// # Panics
    /// If the engine can't be had or a migration fails.
    pub async fn empty(engine: Engine) -> Self {
        let test = Self::bare(engine).await;
        migrations::up(test.store.connection()).await.expect("the migrations run");
        test
    }

    /// Runs a statement as it stands, as somebody at the database's own prompt would.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn sql(&self, statement: &str) -> Result<u64, StoreError> {
        let done = self.store.db.execute_unprepared(statement).await?.rows_affected();
        // Nobody can tell what readers see of it; the table may not be there yet.
        _ = self.store.db.execute_unprepared("update record_state set edition = edition + 1").await;
        self.store.editions.overtake();
        Ok(done)
    }

    /// Counts, from now on, the queries of this store and of the clones that are made of it.
    pub fn count_queries(&mut self) -> Arc<AtomicUsize> {
        let counted = Arc::new(AtomicUsize::new(0));
        let counting = counted.clone();
        self.store.db.set_metric_callback(move |_| _ = counting.fetch_add(1, Ordering::SeqCst));
        counted
    }

    /// Publishes what a test has written by hand: numbers the pledges that have a `recorded_at` and makes anew what follows
    /// from their published changes.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn refold(&self, now: DateTime<Utc>) {
        let db = self.store.begin_writing().await.expect("a transaction");
        let state = revision::lock(&db).await.expect("the lock");
        let mut publication = Publication::begin(&db, &state, now).await.expect("a publication");
        let published =
            pledge::Entity::find().filter(pledge::Column::RecordedAt.is_not_null()).all(&db).await.expect("the pledges");
        let mut pledges = Vec::new();
        for row in published {
            let number = row.number.unwrap_or(publication.next_pledge);
            publication.next_pledge = publication.next_pledge.max(number + 1);
            pledges.push((row.id, number));
            let row = pledge::ActiveModel { number: Set(Some(number)), revision: Set(publication.revision), ..row.into() };
            row.update(&db).await.expect("the pledge is numbered");
        }
        follow(&db, &pledges, &publication).await.expect("the histories fold");
        publication.end(&db).await.expect("the publication");
        db.commit().await.expect("the commit");
    }

    /// Locks a table so that every reader of it waits, on PostgreSQL.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn lock(&self, table: &str) -> Lock {
        let transaction = self.store.db.begin().await.expect("a transaction");
        transaction.execute_unprepared(&format!("lock table {table} in access exclusive mode")).await.expect("the lock");
        Lock(transaction)
    }

    /// The first column of what a query answers, as texts.
    ///
    /// # Panics
    /// If the query fails or its first column is no text.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let statement = sea_orm::Statement::from_string(self.store.db.get_database_backend(), query);
        let rows = self.store.db.query_all_raw(statement).await.expect("the query runs");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
    }
}

/// A lock on a table; it ends with its release.
#[derive(Debug)]
pub struct Lock(DatabaseTransaction);

impl Lock {
    /// Lets the readers go on.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn release(self) {
        self.0.rollback().await.expect("the lock is released");
    }
}

/// The PostgreSQL for tests: the URL that is set, or what `pg_virtualenv` says in the `PG*` variables.
fn postgres_url() -> String {
    if let Ok(url) = std::env::var(POSTGRES_URL) {
        return url;
    }
    let of = |name: &str| {
        std::env::var(name).unwrap_or_else(|_| {
            panic!("the tests need PostgreSQL: run them by `make test`, or under pg_virtualenv, or set {POSTGRES_URL}")
        })
    };
    format!("postgres://{}:{}@{}:{}/{}", of("PGUSER"), of("PGPASSWORD"), of("PGHOST"), of("PGPORT"), of("PGDATABASE"))
}

async fn fresh_schema() -> Result<String, StoreError> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let store = Store::open(&Location::Postgres(postgres_url())).await?;
    store.db.execute_unprepared(&format!("drop schema if exists {schema} cascade")).await?;
    store.db.execute_unprepared(&format!("create schema {schema}")).await?;
    store.close().await?;
    Ok(schema)
}

/// Writes each async test body twice: once for SQLite, once for PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($engine:ident) $body:block)+) => { $(
        mod $name {
            use super::*;
            async fn body($engine: $crate::Engine) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() { body($crate::Engine::Sqlite).await; }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() { body($crate::Engine::Postgres).await; }
        }
    )+ };
}
