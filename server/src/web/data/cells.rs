//! What a cell can hold, and how a CSV file says it.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::{FuzzyDate, Localized, spreadsheet::guard};

/// What stands in a cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// What somebody wrote: it may begin as a formula would.
    Text(String),
    /// A name, code or address, which never does.
    Word(Cow<'static, str>),
    /// A date as precise as its source.
    Date(FuzzyDate),
    /// A moment.
    Moment(DateTime<Utc>),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// The cells of one row.
pub(super) type Row = Vec<Cell>;

impl Cell {
    pub(super) fn code(code: &'static str) -> Self {
        Self::Word(Cow::Borrowed(code))
    }

    pub(super) fn word(word: &impl ToString) -> Self {
        Self::Word(Cow::Owned(word.to_string()))
    }

    pub(super) fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }

    /// A text in its two columns.
    pub(super) fn texts(text: &Localized) -> [Self; 2] {
        [Self::text(text.en.as_deref()), Self::text(text.es.as_deref())]
    }

    /// A text that may not be there at all.
    pub(super) fn texts_if(text: Option<&Localized>) -> [Self; 2] {
        text.map_or([Self::Empty, Self::Empty], Self::texts)
    }

    /// What may not be there.
    pub(super) fn if_any<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// The cell as it stands in a CSV file.
    pub(super) fn in_csv(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => guard(text),
            Self::Word(word) => Cow::Borrowed(word),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Moment(moment) => Cow::Owned(moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        }
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Date(FuzzyDate::Day(day))
    }
}
