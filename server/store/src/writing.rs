//! Writing in turn: how many write at once, and that nobody who waits is passed over.

use std::{ops::Deref, sync::Arc, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Engine, Store, StoreError, edition::Editions};

/// How many write at once on PostgreSQL. Each holds a connection while it waits for another's lock, and readers need the rest.
const ON_POSTGRES: usize = 8;

/// How long the record at a glance waits before it follows what was written: whoever has published is led to the page of it, which is made
/// from the record itself and wants the machine to itself for a moment.
const LED_ON: Duration = Duration::from_millis(15);

/// The turns of those who write through this store.
///
/// SQLite takes one writer at a time and leaves it to chance which of those that wait comes next, so that of many somebody gives
/// up; here they come in order. Other processes that write to the same file are waited for by SQLite itself.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Semaphore>);

impl Turns {
    /// The turns on an engine.
    pub(crate) fn on(engine: Engine) -> Self {
        Self(Arc::new(Semaphore::new(if engine == Engine::Sqlite { 1 } else { ON_POSTGRES })))
    }
}

/// The turn of one writer. When it ends, what is known of the newest edition is no longer taken for granted.
#[derive(Debug)]
pub(crate) struct Turn {
    _permit: OwnedSemaphorePermit,
    editions: Arc<Editions>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.editions.overtake();
    }
}

/// A transaction that writes. What is not committed is undone when it goes.
#[derive(Debug)]
pub(crate) struct Writing {
    db: DatabaseTransaction,
    store: Store,
    // Behind the transaction, which must end before the next one has its turn.
    turn: Turn,
}

impl Writing {
    /// Makes what was written so. Once this has answered it is on disk.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.db.commit().await?;
        drop(self.turn);
        self.store.read_ahead();
        Ok(())
    }

    /// Undoes what was written, before anything else is done.
    pub(crate) async fn give_up(self) -> Result<(), StoreError> {
        Ok(self.db.rollback().await?)
    }
}

impl Store {
    /// Waits for the turn to write; it lasts as long as what is given back.
    pub(crate) async fn turn(&self) -> Result<Turn, StoreError> {
        let permit = self.turns.0.clone().acquire_owned().await;
        let permit = permit.map_err(|closed| DbErr::Custom(closed.to_string()))?;
        Ok(Turn { _permit: permit, editions: self.editions.clone() })
    }

    /// Begins a transaction that will write: on SQLite it waits for other writers now, and not in the midst of its work.
    pub(crate) async fn begin_writing(&self) -> Result<Writing, StoreError> {
        let turn = self.turn().await?;
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        Ok(Writing { db: self.db.begin_with_options(options).await?, store: self.clone(), turn })
    }
}

impl Store {
    /// Reads, after something was written, what the next reader would have to wait for; only what somebody has asked for before.
    fn read_ahead(&self) {
        if !self.has_readers() {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            // Whoever needs it learns why it can't be read.
            _ = store.edition().await;
            tokio::time::sleep(LED_ON).await;
            _ = store.follow().await;
        });
    }
}

impl Deref for Writing {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.db
    }
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Writing {
    fn get_database_backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.db.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.db.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.db.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.db.query_all_raw(statement).await
    }
}
