//! The record as a workbook (Office Open XML), for those who work in a spreadsheet.
//!
//! Cells have types: a text is never a formula, whatever it begins with; a number is a number; a date that names a day is a
//! date, and one that names only a month or a year stays a text, for a workbook would make a day of it.

use chrono::{DateTime, Datelike, Utc};
use domain::{
    FuzzyDate,
    open_data::{HISTORY, Kind, LICENCE, LICENCE_URL, PARTIES, PLEDGES, SOURCES, Table},
};
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use tokio::{runtime::Handle, sync::Semaphore, task::spawn_blocking};

use super::{
    cells::{Cell, Row},
    flow::{Sink, Stopped},
    rows,
    walk::{Asked, Names, Walk, listed},
};

/// The media type (ECMA-376).
pub(super) const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How many pledges a workbook can hold: a sheet has 1,048,576 rows, and the history needs several for each.
pub(super) const LIMIT: u64 = 100_000;

/// Workbooks take a core each while they are made; others wait.
static TURNS: Semaphore = Semaphore::const_new(2);

/// The sheets, in order.
const SHEETS: [Table; 4] = [PLEDGES, HISTORY, SOURCES, PARTIES];

/// Writes the workbook. It is made on a thread of its own, with its rows in temporary files, before its first byte is sent.
pub(super) async fn write(title: String, published: Option<DateTime<Utc>>, asked: Asked, sink: Sink) -> Result<Sink, Stopped> {
    let turn = TURNS.acquire().await.map_err(|_| Stopped::Gone)?;
    let runtime = Handle::current();
    let made = spawn_blocking(move || make(&title, published, &asked, sink, &runtime)).await;
    drop(turn);
    made.map_err(std::io::Error::other)?
}

fn make(title: &str, published: Option<DateTime<Utc>>, asked: &Asked, mut sink: Sink, runtime: &Handle) -> Result<Sink, Stopped> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(title, published, &asked.site));
    let formats = Formats::new();
    let mut sheets = Vec::with_capacity(SHEETS.len());
    for table in SHEETS {
        sheets.push(Sheet::begin(table, workbook.add_worksheet_with_constant_memory()?, &formats)?);
    }
    let mut walk = Walk::through(asked);
    let mut names = Names::default();
    while let Some(dossiers) = runtime.block_on(walk.next())? {
        if sink.is_gone() {
            return Err(Stopped::Gone);
        }
        names.take(&dossiers);
        for dossier in &dossiers {
            sheets[0].put(workbook.worksheet_from_index(0)?, &rows::pledge(dossier, &asked.site), &formats)?;
            for row in rows::history(dossier) {
                sheets[1].put(workbook.worksheet_from_index(1)?, &row, &formats)?;
            }
        }
    }
    let cited = listed(&names.sources);
    for source in runtime.block_on(names.sources(&asked.store, cited))? {
        sheets[2].put(workbook.worksheet_from_index(2)?, &rows::source(&source), &formats)?;
    }
    for party in runtime.block_on(names.parties(&asked.store))? {
        sheets[3].put(workbook.worksheet_from_index(3)?, &rows::party(&party), &formats)?;
    }
    for (index, sheet) in sheets.iter().enumerate() {
        sheet.end(workbook.worksheet_from_index(index)?)?;
    }
    workbook.save_to_writer(&mut sink)?;
    Ok(sink)
}

fn properties(title: &str, published: Option<DateTime<Utc>>, site: &str) -> DocProperties {
    let properties = DocProperties::new()
        .set_title(title)
        .set_author("Pledgebook")
        .set_subject(site)
        .set_comment(format!("Licence: {LICENCE}, {LICENCE_URL}"))
        .set_custom_property("Licence", LICENCE)
        .set_custom_property("Licence address", LICENCE_URL);
    match published {
        // The same record makes the same file.
        Some(published) => properties.set_creation_datetime(&published),
        None => properties,
    }
}

/// How cells look.
struct Formats {
    header: Format,
    day: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            header: Format::new().set_bold().set_align(FormatAlign::Top),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

/// A sheet being written, row by row.
struct Sheet {
    table: Table,
    /// The row that comes next; 0 is the header.
    next: u32,
}

impl Sheet {
    fn begin(table: Table, sheet: &mut Worksheet, formats: &Formats) -> Result<Self, XlsxError> {
        sheet.set_name(table.name)?;
        sheet.set_freeze_panes(1, 1)?;
        for (place, column) in (0..).zip(table.columns) {
            sheet.set_column_width(place, width(column.kind))?;
            sheet.write_string_with_format(0, place, column.name, &formats.header)?;
        }
        Ok(Self { table, next: 1 })
    }

    fn put(&mut self, sheet: &mut Worksheet, row: &Row, formats: &Formats) -> Result<(), XlsxError> {
        for (place, cell) in (0..).zip(row) {
            put(sheet, self.next, place, cell, formats)?;
        }
        self.next += 1;
        Ok(())
    }

    fn end(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last_column = u16::try_from(self.table.columns.len().saturating_sub(1)).unwrap_or(0);
        sheet.autofilter(0, 0, self.next - 1, last_column)?;
        Ok(())
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => _ = sheet.write_string(row, column, text)?,
        Cell::Word(word) => _ = sheet.write_string(row, column, word.as_ref())?,
        // A workbook's calendar begins in 1900.
        Cell::Date(FuzzyDate::Day(day)) if day.year() >= 1900 => {
            sheet.write_datetime_with_format(row, column, *day, &formats.day)?;
        }
        Cell::Date(date) => _ = sheet.write_string(row, column, date.to_string())?,
        Cell::Moment(moment) => {
            sheet.write_datetime_with_format(row, column, moment.naive_utc(), &formats.moment)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "a workbook has no other numbers, and none here comes near 2^53")]
        Cell::Integer(number) => _ = sheet.write_number(row, column, *number as f64)?,
        Cell::Number(number) => _ = sheet.write_number(row, column, *number)?,
        Cell::Flag(flag) => _ = sheet.write_boolean(row, column, *flag)?,
    }
    Ok(())
}

/// How wide a column is, in characters.
fn width(kind: Kind) -> u16 {
    match kind {
        Kind::Text => 40,
        Kind::Name | Kind::Names | Kind::Address => 28,
        Kind::Moment => 20,
        Kind::Code(_) => 16,
        Kind::Date | Kind::Day | Kind::Integer | Kind::Number | Kind::Flag | Kind::Language => 12,
    }
}
