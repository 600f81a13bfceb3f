//! The indexes by which only readers look. Whoever writes a whole record sets them aside and makes them anew afterwards: that
//! sorts each once, where every row would have been placed in all of them by itself, all over the disk.
//!
//! They are the work of the migrations; here they are told once more, so that they can come back whatever has happened meanwhile.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement};

use crate::{Engine, Store, StoreError, texts};

/// An index that nothing but reading needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lookup {
    name: &'static str,
    table: &'static str,
    /// By what, as it stands in the statement that makes it.
    by: &'static str,
    /// Whether it is one of words, which PostgreSQL alone has.
    pub is_of_words: bool,
}

const fn of(name: &'static str, table: &'static str, by: &'static str) -> Lookup {
    Lookup { name, table, by, is_of_words: false }
}

/// That of the words; SQLite has a table of its own kind for it.
const fn of_words(name: &'static str, by: &'static str) -> Lookup {
    Lookup { name, table: "pledge_text", by, is_of_words: true }
}

const LOOKUPS: &[Lookup] = &[
    of("citation_source", "citation", "(source_id)"),
    of("pledge_due", "pledge", "(due_last)"),
    of("pledge_made", "pledge", "(made_on)"),
    of("pledge_meeting", "pledge", "(meeting_id)"),
    of("pledge_party_party", "pledge_party", "(party_id, pledge_id)"),
    of("pledge_topic_topic", "pledge_topic", "(topic_id, pledge_id)"),
    of("status_change_glance", "status_change", "(pledge_id, id, position, status, effective_last, recorded_at)"),
    of("status_change_recorded", "status_change", "(recorded_at, effective_last)"),
    of("status_span_status", "status_span", "(status, valid_from)"),
    of_words("pledge_text_title", "using gin (title)"),
    of_words("pledge_text_body", "using gin (body)"),
    of_words("pledge_text_evidence", "using gin (evidence)"),
];

/// What something in the database is called.
#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// Those that are there, or those that should be and are not.
pub(crate) async fn lookups(db: &impl ConnectionTrait, there: bool) -> Result<Vec<&'static Lookup>, DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "select name from sqlite_master where type = 'index'",
        _ => "select indexname::text as name from pg_indexes where schemaname = current_schema()",
    };
    let names = Name::find_by_statement(Statement::from_string(backend, sql)).all(db).await?;
    let here = LOOKUPS.iter().filter(|lookup| backend == DbBackend::Postgres || !lookup.is_of_words);
    Ok(here.filter(|lookup| names.iter().any(|found| found.name == lookup.name) == there).collect())
}

/// Takes them away, and gives what is to be made anew.
pub(crate) async fn set_aside(db: &impl ConnectionTrait) -> Result<Vec<&'static Lookup>, DbErr> {
    let there = lookups(db, true).await?;
    for lookup in &there {
        db.execute_unprepared(&format!("drop index {}", lookup.name)).await?;
    }
    Ok(there)
}

/// Makes them anew.
pub(crate) async fn make(db: &impl ConnectionTrait, lookups: &[&Lookup]) -> Result<(), DbErr> {
    for Lookup { name, table, by, .. } in lookups {
        db.execute_unprepared(&format!("create index {name} on {table} {by}")).await?;
    }
    Ok(())
}

/// Makes those anew that are missing, and brings the index of words to rest.
pub(crate) async fn put_back(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    texts::settle(db).await?;
    let missing = lookups(db, false).await?;
    make(db, &missing).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        let mut tables: Vec<&str> = missing.iter().map(|lookup| lookup.table).collect();
        tables.dedup();
        for table in tables {
            // Queries are planned well from the first on.
            db.execute_unprepared(&format!("analyze {table}")).await?;
        }
    }
    Ok(())
}

impl Store {
    /// Sets aside what only readers look by, for whoever is about to write a whole record. Where that breaks off,
    /// [`Store::prepare`] puts it back.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_lookups_aside(&self) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        set_aside(&db).await?;
        texts::expect_many(&db).await?;
        db.commit().await
    }

    /// Has PostgreSQL look at what its tables are like by now. Until then, or until it does so by itself, it takes them to be what tables
    /// usually are, and goes through them whole where an index would do. SQLite always takes the index.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn survey(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Sqlite {
            return Ok(());
        }
        let own = "select tablename::text as name from pg_tables where schemaname = current_schema()";
        for Name { name } in Name::find_by_statement(Statement::from_string(DbBackend::Postgres, own)).all(&self.db).await? {
            self.db.execute_unprepared(&format!("analyze \"{name}\"")).await?;
        }
        Ok(())
    }

    /// Puts back what was set aside: from now on the record can be read as fast as ever.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_lookups_back(&self) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        put_back(&db).await?;
        db.commit().await
    }
}
