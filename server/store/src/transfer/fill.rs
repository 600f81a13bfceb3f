//! Filling an empty record, in one transaction: all of it is there, or nothing.

use std::io;

use sea_orm::{ConnectionTrait, DbBackend, prelude::Expr, sea_query::Query};

use super::{
    IN_THE_EMPTY, Shape, TransferError, quoted,
    read::count,
    shape::{shapes, texts},
    value::{Cell, null, read_line},
};
use crate::{
    Store,
    lookups::{self, Lookup},
    writing::Writing,
};

/// How many rows are written at a time.
const ROWS: usize = 500;

/// How many values SQLite takes at a time.
const VALUES: usize = 30_000;

/// How many bytes are written at a time, about.
const BYTES: usize = 4 << 20;

/// An empty record that is being filled. What the database refuses of what is published, it lets pass until the end: what comes
/// in was published before.
#[derive(Debug)]
pub struct Filling {
    db: Writing,
    shapes: Vec<Shape>,
    /// What makes the triggers again that were taken away, on SQLite.
    triggers: Vec<String>,
    /// The indexes that were.
    lookups: Vec<&'static Lookup>,
}

impl Store {
    /// A table that has rows, and how many; `None` where the record is empty or no migration has run.
    ///
    /// # Errors
    /// As [`Store::snapshot`].
    pub async fn occupied(&self) -> Result<Option<(String, u64)>, TransferError> {
        occupied(&self.db, &shapes(&self.db).await?).await
    }

    /// Begins to fill an empty record.
    ///
    /// # Errors
    /// [`TransferError::NotEmpty`], and as [`Store::snapshot`].
    pub async fn fill(&self) -> Result<Filling, TransferError> {
        let db = self.begin_writing().await?;
        let shapes = shapes(&db).await?;
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        if !sqlite {
            // Nobody else begins to write here meanwhile.
            db.execute_unprepared("lock table record_state in access exclusive mode").await?;
        }
        if let Some((table, rows)) = occupied(&db, &shapes).await? {
            return Err(TransferError::NotEmpty { table, rows });
        }
        let mut triggers = Vec::new();
        if sqlite {
            db.execute_unprepared("pragma defer_foreign_keys = on").await?;
            for name in texts(&db, "select name from sqlite_master where type = 'trigger'", []).await? {
                triggers.extend(texts(&db, "select sql from sqlite_master where name = $1", [name.as_str().into()]).await?);
                db.execute_unprepared(&format!("drop trigger {}", quoted(&name))).await?;
            }
        } else {
            for shape in &shapes {
                let table = quoted(&shape.table);
                db.execute_unprepared(&format!("alter table {table} disable trigger user")).await?;
                // A row may refer to one that comes later.
                alter_keys(&db, shape, "deferrable initially deferred").await?;
            }
        }
        for table in IN_THE_EMPTY {
            db.execute_unprepared(&format!("delete from {}", quoted(table))).await?;
        }
        let lookups = lookups::set_aside(&db).await?;
        Ok(Filling { db, shapes, triggers, lookups })
    }
}

impl Filling {
    /// The tables that are to be filled, in this order.
    #[must_use]
    pub fn tables(&self) -> &[Shape] {
        &self.shapes
    }

    /// Adds every line as a row of a table, until there is none. Tells how many there were.
    ///
    /// # Errors
    /// [`TransferError::Line`], [`TransferError::Lines`] with what the giver says, [`TransferError::Store`] with what the
    /// database refuses. Nothing may follow but another attempt on a new [`Filling`].
    pub async fn add(
        &self,
        shape: &Shape,
        next: &mut (dyn FnMut() -> io::Result<Option<String>> + Send),
    ) -> Result<u64, TransferError> {
        let most = ROWS.min(VALUES / shape.columns.len().max(1)).max(1);
        let (mut rows, mut weight, mut line) = (Vec::with_capacity(most), 0, 0);
        while let Some(text) = next()? {
            line += 1;
            let refused = |cause| TransferError::Line { table: shape.table.clone(), line, cause };
            let cells = read_line(shape, &text).map_err(refused)?;
            weight += cells.iter().flatten().map(Cell::weight).sum::<usize>();
            rows.push(cells);
            if rows.len() == most || weight > BYTES {
                self.insert(shape, &mut rows).await?;
                weight = 0;
            }
        }
        self.insert(shape, &mut rows).await?;
        Ok(line)
    }

    async fn insert(&self, shape: &Shape, rows: &mut Vec<Vec<Option<Cell>>>) -> Result<(), TransferError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table(shape.table.clone()).columns(shape.columns.iter().map(|column| column.name.clone()));
        for cells in rows.drain(..) {
            let values = shape.columns.iter().zip(cells);
            insert.values_panic(values.map(|(column, cell)| Expr::value(cell.map_or(null(column.kind), Cell::value))));
        }
        self.db.execute(&insert).await?;
        Ok(())
    }

    /// Ends: from now on the record is there, and the database refuses again what it did. [`Store::prepare`] must follow, which
    /// makes the index of words.
    ///
    /// # Errors
    /// [`TransferError::Store`] where a row refers to one that is not there.
    pub async fn end(self) -> Result<(), TransferError> {
        // The index of words is not carried.
        self.db.execute_unprepared("update record_state set texts = 0").await?;
        let sqlite = self.db.get_database_backend() == DbBackend::Sqlite;
        if sqlite {
            for trigger in &self.triggers {
                self.db.execute_unprepared(trigger).await?;
            }
        } else {
            self.db.execute_unprepared("set constraints all immediate").await?;
        }
        let but_of_words: Vec<&Lookup> = self.lookups.iter().copied().filter(|lookup| !lookup.is_of_words).collect();
        lookups::make(&self.db, &but_of_words).await?;
        if !sqlite {
            for shape in &self.shapes {
                let table = quoted(&shape.table);
                alter_keys(&self.db, shape, "not deferrable").await?;
                self.db.execute_unprepared(&format!("alter table {table} enable trigger user")).await?;
                // Queries are planned well from the first on.
                self.db.execute_unprepared(&format!("analyze {table}")).await?;
            }
        }
        Ok(self.db.commit().await?)
    }
}

/// When the foreign keys of a table to itself are looked at, on PostgreSQL.
async fn alter_keys(db: &Writing, shape: &Shape, when: &str) -> Result<(), TransferError> {
    for key in &shape.to_itself {
        let sql = format!("alter table {} alter constraint {} {when}", quoted(&shape.table), quoted(key));
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}

async fn occupied(db: &impl ConnectionTrait, shapes: &[Shape]) -> Result<Option<(String, u64)>, TransferError> {
    for shape in shapes {
        let of_somebody = match shape.table.as_str() {
            // The link that a server prints on its first start.
            "one_time_link" => "where person_id is not null",
            table if IN_THE_EMPTY.contains(&table) => continue,
            _ => "",
        };
        let rows = count(db, &format!("select count(*) from {} {of_somebody}", quoted(&shape.table))).await?;
        if rows > 0 {
            return Ok(Some((shape.table.clone(), rows)));
        }
    }
    Ok(None)
}
