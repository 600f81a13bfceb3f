//! One cell of a table: as the database has it, and as it stands in a line.

use std::{borrow::Cow, collections::HashMap};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::{DbBackend, DbErr, QueryResult, Value, prelude::Uuid};
use serde_json::value::RawValue;

use super::{Column, Kind, Shape, quoted};

/// A value of a column that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Uuid(Uuid),
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Date(NaiveDate),
    Timestamp(DateTime<Utc>),
    Bytes(Vec<u8>),
}

impl Column {
    /// How the column is read, so that both engines give the same.
    pub(super) fn read_as(&self, backend: DbBackend) -> String {
        let name = quoted(&self.name);
        // PostgreSQL has whole numbers of several widths.
        if self.kind == Kind::Integer && backend != DbBackend::Sqlite { format!("{name}::bigint") } else { name }
    }

    /// How the column is put in order, so that both engines have the same.
    pub(super) fn in_order(&self, backend: DbBackend) -> String {
        let name = quoted(&self.name);
        // PostgreSQL orders texts by the language of the database.
        if self.kind == Kind::Text && backend != DbBackend::Sqlite { format!("{name} collate \"C\"") } else { name }
    }

    /// Reads the cell at a place of a row.
    pub(super) fn cell(&self, row: &QueryResult, place: usize) -> Result<Option<Cell>, DbErr> {
        Ok(match self.kind {
            Kind::Uuid => row.try_get_by_index::<Option<Uuid>>(place)?.map(Cell::Uuid),
            Kind::Text => row.try_get_by_index::<Option<String>>(place)?.map(Cell::Text),
            Kind::Integer => row.try_get_by_index::<Option<i64>>(place)?.map(Cell::Integer),
            Kind::Number => row.try_get_by_index::<Option<f64>>(place)?.map(Cell::Number),
            Kind::Boolean => row.try_get_by_index::<Option<bool>>(place)?.map(Cell::Boolean),
            Kind::Date => row.try_get_by_index::<Option<NaiveDate>>(place)?.map(Cell::Date),
            Kind::Timestamp => row.try_get_by_index::<Option<DateTime<Utc>>>(place)?.map(Cell::Timestamp),
            Kind::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(place)?.map(Cell::Bytes),
        })
    }
}

impl Cell {
    /// The cell as the database is given it: exactly as the entities give it.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Uuid(value) => value.into(),
            Self::Text(value) => value.into(),
            Self::Integer(value) => value.into(),
            Self::Number(value) => value.into(),
            Self::Boolean(value) => value.into(),
            Self::Date(value) => value.into(),
            Self::Timestamp(value) => value.into(),
            Self::Bytes(value) => value.into(),
        }
    }

    /// How many bytes it takes, about.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            _ => 16,
        }
    }

    fn write(&self, line: &mut String) {
        let plain = |line: &mut String, text: &str| {
            line.push('"');
            line.push_str(text);
            line.push('"');
        };
        match self {
            Self::Uuid(value) => plain(line, &value.to_string()),
            Self::Text(value) => line.push_str(&json(value)),
            Self::Integer(value) => line.push_str(&value.to_string()),
            Self::Number(value) => line.push_str(&serde_json::Value::from(*value).to_string()),
            Self::Boolean(value) => line.push_str(if *value { "true" } else { "false" }),
            Self::Date(value) => plain(line, &value.to_string()),
            Self::Timestamp(value) => plain(line, &value.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Bytes(value) => plain(line, &STANDARD.encode(value)),
        }
    }
}

/// The null of a kind.
pub(super) fn null(kind: Kind) -> Value {
    match kind {
        Kind::Uuid => Value::Uuid(None),
        Kind::Text => Value::String(None),
        Kind::Integer => Value::BigInt(None),
        Kind::Number => Value::Double(None),
        Kind::Boolean => Value::Bool(None),
        Kind::Date => Value::ChronoDate(None),
        Kind::Timestamp => Value::ChronoDateTimeUtc(None),
        Kind::Bytes => Value::Bytes(None),
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a row as a line, without its end.
pub(super) fn write_line(shape: &Shape, cells: &[Option<Cell>], line: &mut String) {
    line.clear();
    line.push('{');
    for (column, cell) in shape.columns.iter().zip(cells) {
        let Some(cell) = cell else { continue };
        if line.len() > 1 {
            line.push(',');
        }
        line.push_str(&json(&column.name));
        line.push(':');
        cell.write(line);
    }
    line.push('}');
}

/// Reads a line. What is wrong with it is told in a sentence.
pub(super) fn read_line(shape: &Shape, line: &str) -> Result<Vec<Option<Cell>>, String> {
    let mut found: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut cells = Vec::with_capacity(shape.columns.len());
    for column in &shape.columns {
        let cell = match found.remove(column.name.as_str()).map(RawValue::get) {
            None | Some("null") => None,
            Some(text) => Some(read(column.kind, text).ok_or_else(|| format!("{} is no {:?}", column.name, column.kind))?),
        };
        cells.push(cell);
    }
    match found.keys().next() {
        None => Ok(cells),
        Some(unknown) => Err(format!("there is no column {unknown}")),
    }
}

fn read(kind: Kind, json: &str) -> Option<Cell> {
    let text = || serde_json::from_str::<Cow<'_, str>>(json).ok();
    Some(match kind {
        Kind::Uuid => Cell::Uuid(Uuid::parse_str(&text()?).ok()?),
        Kind::Text => Cell::Text(serde_json::from_str(json).ok()?),
        Kind::Integer => Cell::Integer(json.parse().ok()?),
        // Not by way of a JSON number, which may be off by the last digit.
        Kind::Number => Cell::Number(json.parse().ok().filter(|number: &f64| number.is_finite())?),
        Kind::Boolean => Cell::Boolean(json.parse().ok()?),
        Kind::Date => Cell::Date(text()?.parse().ok()?),
        Kind::Timestamp => Cell::Timestamp(DateTime::parse_from_rfc3339(&text()?).ok()?.to_utc()),
        Kind::Bytes => Cell::Bytes(STANDARD.decode(text()?.as_bytes()).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(kind: Kind) -> Shape {
        let columns = vec![Column { name: "it".into(), kind }];
        Shape { table: "t".into(), columns, key: vec![0], to_itself: vec![] }
    }

    #[test]
    fn a_cell_comes_back_from_its_line_as_it_was() {
        let moment = "2026-01-01T00:00:00.000001Z".parse().unwrap();
        for (kind, cell, told) in [
            (Kind::Uuid, Cell::Uuid(Uuid::from_u128(7)), "\"00000000-0000-0000-0000-000000000007\""),
            (Kind::Text, Cell::Text("“a\"b\\\u{0}\n\u{1F600}".into()), "\"“a\\\"b\\\\\\u0000\\n\u{1F600}\""),
            (Kind::Integer, Cell::Integer(i64::MIN), "-9223372036854775808"),
            (Kind::Number, Cell::Number(0.1 + 0.2), "0.30000000000000004"),
            (Kind::Number, Cell::Number(6.022_140_76e23), "6.02214076e+23"),
            (Kind::Boolean, Cell::Boolean(false), "false"),
            (Kind::Date, Cell::Date("2024-02-29".parse().unwrap()), "\"2024-02-29\""),
            (Kind::Timestamp, Cell::Timestamp(moment), "\"2026-01-01T00:00:00.000001Z\""),
            (Kind::Bytes, Cell::Bytes(vec![0, 255, 10]), "\"AP8K\""),
        ] {
            let (shape, mut line) = (shape(kind), String::new());
            write_line(&shape, &[Some(cell.clone())], &mut line);
            assert_eq!(line, format!("{{\"it\":{told}}}"));
            assert_eq!(read_line(&shape, &line), Ok(vec![Some(cell)]));
            write_line(&shape, &[None], &mut line);
            assert_eq!((line.as_str(), read_line(&shape, &line)), ("{}", Ok(vec![None])));
        }
    }

    #[test]
    fn what_is_no_such_cell_is_refused_by_name() {
        for (kind, line) in [
            (Kind::Uuid, r#"{"it":"7"}"#),
            (Kind::Text, r#"{"it":7}"#),
            (Kind::Integer, r#"{"it":7.5}"#),
            (Kind::Number, r#"{"it":"x"}"#),
            (Kind::Boolean, r#"{"it":1}"#),
            (Kind::Date, r#"{"it":"2024"}"#),
            (Kind::Timestamp, r#"{"it":"2024-01-01"}"#),
            (Kind::Bytes, r#"{"it":"?"}"#),
        ] {
            assert!(read_line(&shape(kind), line).unwrap_err().starts_with("it is no "), "{line}");
        }
        assert_eq!(read_line(&shape(Kind::Text), r#"{"other":1}"#), Err("there is no column other".into()));
        assert!(read_line(&shape(Kind::Text), "{\"it\":\"cut o").is_err());
    }
}
