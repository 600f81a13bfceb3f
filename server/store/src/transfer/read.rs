//! Reading a whole record as it stood at one moment, while others go on writing.

use std::io;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult, Statement, TransactionTrait, Value,
};

use super::{
    Shape, TransferError, quoted,
    shape::{shapes, texts},
    value::{Cell, write_line},
};
use crate::Store;

/// How many rows are read at a time at first, while nobody knows how large they are; and at most.
const FIRST: usize = 4;
const MOST: usize = 1000;

/// How many bytes are read at a time, about.
const BYTES: usize = 4 << 20;

/// A record as it stood when this was begun. Until it goes, the database keeps what was written over since.
#[derive(Debug)]
pub struct Snapshot {
    db: DatabaseTransaction,
    shapes: Vec<Shape>,
    migrations: Vec<String>,
}

impl Store {
    /// Holds the record as it stands now, to be read as a whole. Nobody waits for it.
    ///
    /// # Errors
    /// [`TransferError::UnknownKind`], [`TransferError::NoKey`], [`TransferError::Store`].
    pub async fn snapshot(&self) -> Result<Snapshot, TransferError> {
        let db = match self.db.get_database_backend() {
            // With WAL a transaction sees what was there at its first read.
            DbBackend::Sqlite => self.db.begin().await?,
            _ => self.db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await?,
        };
        let shapes = shapes(&db).await?;
        let migrations = if shapes.is_empty() {
            Vec::new()
        } else {
            texts(&db, "select version from seaql_migrations order by version", []).await?
        };
        Ok(Snapshot { db, shapes, migrations })
    }
}

impl Snapshot {
    /// The tables of the record, each behind those that it refers to; none where no migration has run.
    #[must_use]
    pub fn tables(&self) -> &[Shape] {
        &self.shapes
    }

    /// The names of the migrations that made these tables, in their order.
    #[must_use]
    pub fn migrations(&self) -> &[String] {
        &self.migrations
    }

    /// Hands over every row of a table as a line without its end. Tells how many there were.
    ///
    /// # Errors
    /// [`TransferError::Lines`] with what the taker says, [`TransferError::Lost`], [`TransferError::Store`].
    pub async fn lines(
        &self,
        shape: &Shape,
        take: &mut (dyn FnMut(&str) -> io::Result<()> + Send),
    ) -> Result<u64, TransferError> {
        let backend = self.db.get_database_backend();
        let table = quoted(&shape.table);
        let expected = self.count(&table).await?;
        let columns: Vec<String> = shape.columns.iter().map(|column| column.read_as(backend)).collect();
        let order: Vec<String> = shape.key_columns().map(|column| column.in_order(backend)).collect();
        let select = format!("select {} from {table}", columns.join(", "));
        let order = format!("order by {}", order.join(", "));
        let cursor = quoted(&format!("backup_{}", shape.table));
        if backend != DbBackend::Sqlite {
            self.db.execute_unprepared(&format!("declare {cursor} no scroll cursor for {select} {order}")).await?;
        }
        let (mut found, mut last, mut line, mut batch) = (0, None, String::new(), FIRST);
        loop {
            let rows = if backend == DbBackend::Sqlite {
                self.rows_after(shape, &select, &format!("{order} limit {batch}"), last.take()).await?
            } else {
                let fetch = format!("fetch forward {batch} from {cursor}");
                self.db.query_all_raw(Statement::from_string(backend, fetch)).await?
            };
            let mut bytes = 1;
            for row in &rows {
                let cells = cells(shape, row)?;
                write_line(shape, &cells, &mut line);
                take(&line)?;
                bytes += line.len();
                last = Some(cells);
            }
            found += rows.len() as u64;
            if rows.len() < batch || found > expected {
                break;
            }
            // As many as these rows let expect to fit.
            batch = (BYTES * batch / bytes).clamp(1, MOST);
        }
        if backend != DbBackend::Sqlite {
            self.db.execute_unprepared(&format!("close {cursor}")).await?;
        }
        if found == expected { Ok(found) } else { Err(TransferError::Lost { table: shape.table.clone(), expected, found }) }
    }

    /// The next rows in the order of the primary key.
    async fn rows_after(
        &self,
        shape: &Shape,
        select: &str,
        order: &str,
        last: Option<Vec<Option<Cell>>>,
    ) -> Result<Vec<QueryResult>, TransferError> {
        let (mut after, mut values) = (String::new(), Vec::new());
        if let Some(mut last) = last {
            let names: Vec<String> = shape.key_columns().map(|column| quoted(&column.name)).collect();
            let marks: Vec<String> = (1..=names.len()).map(|number| format!("${number}")).collect();
            after = format!("where ({}) > ({})", names.join(", "), marks.join(", "));
            let key = shape.key.iter().filter_map(|place| last.get_mut(*place)?.take());
            values = key.map(Cell::value).collect::<Vec<Value>>();
        }
        let sql = format!("{select} {after} {order}");
        Ok(self.db.query_all_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await?)
    }

    async fn count(&self, table: &str) -> Result<u64, TransferError> {
        count(&self.db, &format!("select count(*) from {table}")).await
    }
}

/// A number that a query answers.
pub(super) async fn count(db: &impl ConnectionTrait, sql: &str) -> Result<u64, TransferError> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

fn cells(shape: &Shape, row: &QueryResult) -> Result<Vec<Option<Cell>>, sea_orm::DbErr> {
    shape.columns.iter().enumerate().map(|(place, column)| column.cell(row, place)).collect()
}
