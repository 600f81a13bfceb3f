//! Which tables and columns there are, as the database itself says.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use super::{LEFT_OUT, TransferError};

/// What a column holds, whatever the engine calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A UUID, as 8-4-4-4-12 hexadecimal digits.
    Uuid,
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number of double precision.
    Number,
    /// True or false.
    Boolean,
    /// A day, as `2024-04-30`.
    Date,
    /// A moment, in UTC (RFC 3339), as precise as it is kept.
    Timestamp,
    /// Bytes, in base64 (RFC 4648, section 4).
    Bytes,
}

impl Kind {
    /// The kind by the name that an engine gives to the type of a column.
    fn of(backend: DbBackend, name: &str) -> Option<Self> {
        let name = name.split('(').next().unwrap_or(name).to_lowercase();
        Some(match (backend, name.as_str()) {
            (DbBackend::Sqlite, "uuid_text") | (_, "uuid") => Self::Uuid,
            (_, "text" | "varchar" | "character varying") => Self::Text,
            (_, "integer" | "bigint") => Self::Integer,
            (DbBackend::Sqlite, "double") | (_, "double precision") => Self::Number,
            (_, "boolean") => Self::Boolean,
            (DbBackend::Sqlite, "date_text") | (_, "date") => Self::Date,
            (DbBackend::Sqlite, "timestamp_with_timezone_text") | (_, "timestamp with time zone") => Self::Timestamp,
            (DbBackend::Sqlite, "blob") | (_, "bytea") => Self::Bytes,
            _ => return None,
        })
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub table: String,
    /// Its columns, in its own order.
    pub columns: Vec<Column>,
    /// The places of the columns of its primary key, in the order of the key.
    pub(super) key: Vec<usize>,
    /// The foreign keys by which it refers to itself: their names, where the engine has names for them.
    pub(super) to_itself: Vec<String>,
}

impl Shape {
    /// The columns of its primary key.
    pub(super) fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.key.iter().filter_map(|place| self.columns.get(*place))
    }
}

#[derive(FromQueryResult)]
struct ColumnRow {
    name: String,
    kind: String,
    /// Its place in the primary key, from 1; 0 if it is not in it.
    key: i64,
}

/// The tables of a record, each behind those that it refers to.
pub(super) async fn shapes(db: &impl ConnectionTrait) -> Result<Vec<Shape>, TransferError> {
    let mut unordered = BTreeMap::new();
    for table in tables(db).await? {
        if LEFT_OUT.iter().any(|(left_out, _)| *left_out == table) {
            continue;
        }
        let (shape, refers) = shape(db, table).await?;
        unordered.insert(shape.table.clone(), (shape, refers));
    }
    let mut ordered: Vec<Shape> = Vec::with_capacity(unordered.len());
    while !unordered.is_empty() {
        let free = |refers: &Vec<String>| refers.iter().all(|to| !unordered.contains_key(to));
        // Where tables refer to one another in a circle, the first by name goes first, and the database says what it minds.
        let next = unordered.iter().find(|(_, (_, refers))| free(refers)).or(unordered.iter().next());
        let Some(name) = next.map(|(name, _)| name.clone()) else { break };
        ordered.extend(unordered.remove(&name).map(|(shape, _)| shape));
    }
    Ok(ordered)
}

/// The names of all tables, but those by which the engine itself keeps an index.
async fn tables(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'"
        }
        _ => {
            "select table_name::text from information_schema.tables
             where table_schema = current_schema() and table_type = 'BASE TABLE'"
        }
    };
    texts(db, sql, []).await
}

async fn shape(db: &impl ConnectionTrait, table: String) -> Result<(Shape, Vec<String>), TransferError> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "select name, type as kind, pk as key from pragma_table_xinfo($1) order by cid",
        _ => {
            "select c.column_name::text as name, c.data_type::text as kind,
               coalesce((select array_position(i.indkey::int2[], a.attnum) + 1
                 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attname = c.column_name
                 where i.indisprimary and i.indrelid = format('%I.%I', current_schema(), $1)::regclass), 0)::bigint as key
             from information_schema.columns c
             where c.table_schema = current_schema() and c.table_name = $1 order by c.ordinal_position"
        }
    };
    let rows =
        ColumnRow::find_by_statement(Statement::from_sql_and_values(backend, sql, [table.as_str().into()])).all(db).await?;
    let mut key: Vec<(i64, usize)> = Vec::new();
    let mut columns = Vec::with_capacity(rows.len());
    for (place, row) in rows.into_iter().enumerate() {
        let ColumnRow { name, kind, key: in_key } = row;
        let Some(known) = Kind::of(backend, &kind) else {
            return Err(TransferError::UnknownKind { table, column: name, kind });
        };
        if in_key > 0 {
            key.push((in_key, place));
        }
        columns.push(Column { name, kind: known });
    }
    key.sort_unstable();
    if key.is_empty() {
        return Err(TransferError::NoKey(table));
    }
    let key = key.into_iter().map(|(_, place)| place).collect();
    let (mut refers, mut to_itself) = (Vec::new(), Vec::new());
    for (name, to) in foreign_keys(db, &table).await? {
        if to == table { to_itself.push(name) } else { refers.push(to) }
    }
    Ok((Shape { table, columns, key, to_itself }, refers))
}

/// The foreign keys of a table: their names and what they refer to.
async fn foreign_keys(db: &impl ConnectionTrait, table: &str) -> Result<Vec<(String, String)>, DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "select '' as name, \"table\" as other from pragma_foreign_key_list($1)",
        _ => {
            "select c.conname::text as name, other.relname::text as other
             from pg_constraint c join pg_class other on other.oid = c.confrelid
             where c.contype = 'f' and c.conrelid = format('%I.%I', current_schema(), $1)::regclass"
        }
    };
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [table.into()])).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// The first column of what a query answers.
pub(super) async fn texts(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = sea_orm::Value>,
) -> Result<Vec<String>, DbErr> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(statement).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}
