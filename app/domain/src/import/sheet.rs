//! Tables in CSV: recognised by their header, read row by row.

use std::{collections::HashMap, sync::Arc};

use csv::{ReaderBuilder, StringRecord};

use super::{Place, RowError, Unknown, text::Lines};
use crate::{
    date::excerpt,
    errors::{FieldErrors, Problem},
    open_data::{Column, Kind, TABLES, Table},
    spreadsheet::unguard,
};

/// A file that holds a table.
pub(super) struct Sheet {
    pub(super) table: Table,
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) table: Table,
    /// What stands in it, by column; empty cells are left out.
    pub(super) cells: HashMap<&'static str, String>,
    /// The columns that its file has not.
    pub(super) absent: Arc<[&'static str]>,
    /// What is wrong with the row itself.
    pub(super) errors: Vec<RowError>,
}

/// Reads a table and notes the columns that nobody knows.
///
/// # Errors
/// [`Problem::NotATable`], or a column that is there twice.
pub(super) fn read(file: usize, text: &str, unknown: &mut Vec<Unknown>) -> Result<Sheet, FieldErrors> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = reader.records();
    let not_a_table = || refused(Problem::NotATable(excerpt(text.lines().next().unwrap_or_default())));
    let header = records.next().and_then(Result::ok).ok_or_else(not_a_table)?;
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    let table = recognised(&names).ok_or_else(not_a_table)?;
    let mut columns = Vec::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        if names[..place].contains(name) && !name.is_empty() {
            return Err(refused(Problem::Twice((*name).to_owned())));
        }
        let column = table.columns.iter().find(|column| column.name == *name);
        if column.is_none() && !name.is_empty() {
            unknown.push(Unknown { file, column: (*name).to_owned() });
        }
        columns.push(column);
    }
    let absent: Arc<[&'static str]> =
        table.columns.iter().filter(|column| !names.contains(&column.name)).map(|column| column.name).collect();
    let lines = Lines::of(text);
    let mut rows = Vec::new();
    for record in records {
        // The text is UTF-8 and rows may have any length; so nothing of a record can be wrong here.
        let Ok(record) = record else { continue };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let at = record.position().map_or(0, csv::Position::byte);
        let place = Place { file, line: line_of(text, usize::try_from(at).unwrap_or_default(), &lines) };
        rows.push(row(&record, place, table, &columns, &absent));
    }
    Ok(Sheet { table, rows })
}

fn row(
    record: &StringRecord,
    place: Place,
    table: Table,
    columns: &[Option<&'static Column>],
    absent: &Arc<[&'static str]>,
) -> Row {
    let mut row = Row { place, table, cells: HashMap::new(), absent: Arc::clone(absent), errors: Vec::new() };
    if record.len() != columns.len() {
        let problem = Problem::MustBe("a row with as many cells as the first");
        row.errors.push(RowError { place, field: String::new(), problem });
    }
    for (column, cell) in columns.iter().zip(record) {
        let Some(column) = column.filter(|column| !column.computed) else { continue };
        let cell = if column.kind == Kind::Text { unguard(cell).replace("\r\n", "\n") } else { cell.trim().to_owned() };
        if !cell.trim().is_empty() {
            row.cells.insert(column.name, cell);
        }
    }
    row
}

/// The line of a record; the parser may begin it at the end of the line before.
fn line_of(text: &str, at: usize, lines: &Lines<'_>) -> u64 {
    let breaks = text.as_bytes().get(at..).map_or(0, |rest| rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count());
    lines.at(at + breaks)
}

/// What stands between the cells: the one of the usual signs that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The table whose columns these are: it has its key among them, and more of them than any other; of two that have as many,
/// the one that lacks fewer of its own.
fn recognised(names: &[&str]) -> Option<Table> {
    let shared = |table: &Table| table.columns.iter().filter(|column| names.contains(&column.name)).count();
    TABLES
        .into_iter()
        .filter(|table| table.key.iter().all(|key| names.contains(key)) && shared(table) > table.key.len())
        .max_by_key(|table| (shared(table), std::cmp::Reverse(table.columns.len())))
}

fn refused(problem: Problem) -> FieldErrors {
    FieldErrors::one("", problem)
}
