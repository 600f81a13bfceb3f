//! Import in bulk: files are read, compared with the record, and become a plan that says of every row what it would do.
//!
//! Nothing is written here. [`Incoming::read`] reads what [`crate::open_data`] gives away, [`Incoming::asks`] says what must be
//! known of the record, and [`Incoming::plan`] compares; every rule for a pledge is that of the record file.

mod assemble;
mod column;
mod compare;
mod draft;
mod json;
mod known;
mod place;
mod plan;
mod sheet;
mod text;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::{
    assemble::{Carried, Rows},
    sheet::{Row, Sheet},
};
use crate::{
    codes::codes,
    errors::{FieldErrors, Problem},
    open_data::{CITATIONS, HISTORY, PLEDGES, VARIANTS},
};

pub use compare::Change;
pub use known::{Asked, Known};
pub use place::{Place, RowError};
pub use plan::{Counts, Outcome, Plan, PlannedRow, Proposal};

codes! {
    /// What a row of an import is about.
    Thing {
        /// A pledge.
        Pledge = "pledge",
        /// A source.
        Source = "source",
        /// A party.
        Party = "party",
        /// A meeting.
        Meeting = "meeting",
        /// A topic.
        Topic = "topic",
    }
}

/// A file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A column that nobody knows here: it is read over, and said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The file, as its place among those sent.
    pub file: usize,
    /// The column.
    pub column: String,
}

/// What some files bring.
#[derive(Debug, Default)]
pub struct Incoming {
    files: Vec<String>,
    unknown: Vec<Unknown>,
    things: Vec<Item>,
    pledges: Vec<PledgeItem>,
    carried: Carried,
}

/// A source, party, meeting or topic that is brought.
#[derive(Debug)]
struct Item {
    thing: Thing,
    place: Place,
    value: Value,
    /// The row it is made of, where it stands in a table.
    row: Option<Row>,
}

/// A pledge that is brought.
#[derive(Debug)]
struct PledgeItem {
    place: Place,
    given: Given,
}

/// In which form a pledge is brought.
#[derive(Debug)]
enum Given {
    /// As a record file has it.
    Whole(Value),
    /// As rows of tables.
    Rows(Rows),
    /// As a row that says of nothing what it belongs to.
    Astray(Vec<RowError>),
}

impl Incoming {
    /// Reads files, each by what is in it: a record file, pledges as a list or one a line, or one of the tables of
    /// [`crate::open_data::TABLES`].
    ///
    /// # Errors
    /// What is wrong with a file as a whole, under its name.
    pub fn read(uploads: &[Upload]) -> Result<Self, FieldErrors> {
        let mut incoming = Self { files: uploads.iter().map(|upload| upload.name.clone()).collect(), ..Self::default() };
        let (mut sheets, mut errors) = (Vec::new(), FieldErrors::default());
        for (file, upload) in uploads.iter().enumerate() {
            let read = text::decode(&upload.bytes).and_then(|text| {
                if text.trim_start().starts_with(['{', '[']) {
                    return json::read(file, text, &mut incoming);
                }
                sheets.push(sheet::read(file, text, &mut incoming.unknown)?);
                Ok(())
            });
            for error in read.err().iter().flat_map(FieldErrors::iter) {
                let path = if error.path.is_empty() { upload.name.clone() } else { format!("{}: {}", upload.name, error.path) };
                errors.push(path, error.problem.clone());
            }
        }
        incoming.take(sheets);
        if errors.is_empty() && incoming.pledges.is_empty() && incoming.things.is_empty() {
            let named = if incoming.files.is_empty() { "files".to_owned() } else { incoming.files.join(", ") };
            errors.push(named, Problem::Missing);
        }
        errors.or(incoming)
    }

    /// Takes in the rows of tables; those of several tables that belong to one pledge come together.
    fn take(&mut self, sheets: Vec<Sheet>) {
        let mut of_pledge: HashMap<String, usize> = HashMap::new();
        // A pledge's own rows come first, whichever file was named first, so that pledges keep their order.
        let (pledges, others): (Vec<_>, Vec<_>) = sheets.into_iter().partition(|sheet| sheet.table.name == PLEDGES.name);
        for sheet in pledges.into_iter().chain(others) {
            self.carried.note(sheet.table.name);
            for row in sheet.rows {
                let key = match sheet.table.name {
                    name if name == PLEDGES.name => "id",
                    name if [HISTORY.name, VARIANTS.name, CITATIONS.name].contains(&name) => "pledge",
                    name => {
                        self.things.push(Item {
                            thing: thing_of(name),
                            place: row.place,
                            value: assemble::value_of(&row),
                            row: Some(row),
                        });
                        continue;
                    }
                };
                self.put(row, key, &mut of_pledge);
            }
        }
    }

    fn put(&mut self, row: Row, key: &'static str, of_pledge: &mut HashMap<String, usize>) {
        let place = row.place;
        let id = row.cells.get(key).cloned();
        if let Some(known) = id.as_ref().and_then(|id| of_pledge.get(id))
            && let Given::Rows(rows) = &mut self.pledges[*known].given
            && (key == "pledge" || rows.own.is_none())
        {
            rows.add(row);
            return;
        }
        if key == "pledge" && id.is_none() {
            let missing = RowError { place, field: key.to_owned(), problem: Problem::Missing };
            self.pledges.push(PledgeItem { place, given: Given::Astray(vec![missing]) });
            return;
        }
        if let Some(id) = id {
            of_pledge.entry(id).or_insert(self.pledges.len());
        }
        let mut rows = Rows::default();
        rows.add(row);
        self.pledges.push(PledgeItem { place, given: Given::Rows(rows) });
    }
}

/// What stands in a table of names.
fn thing_of(table: &str) -> Thing {
    match table {
        "sources" => Thing::Source,
        "parties" => Thing::Party,
        "meetings" => Thing::Meeting,
        _ => Thing::Topic,
    }
}
