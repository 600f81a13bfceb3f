//! The plan: what each row of an import would do to the record, or why it would do nothing.

mod pledges;
mod things;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, Incoming, Known, Place, RowError, Thing, Unknown};
use crate::{
    codes::codes,
    draft::DraftKind,
    form::Fields,
    locale::Localized,
    text::{Slug, TITLE},
};

codes! {
    /// What becomes of a row.
    Outcome {
        /// It is new to the record.
        Added = "added",
        /// It changes what the record says.
        Changed = "changed",
        /// The record says the same already; it is skipped.
        Same = "same",
        /// No pledge of the import has need of it; it is skipped.
        Unused = "unused",
        /// Something is wrong with it.
        Refused = "refused",
    }
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The files, by name.
    pub files: Vec<String>,
    /// Columns that were read over.
    pub unknown: Vec<Unknown>,
    /// What becomes of every row: pledges first, in the order of the files, then what they refer to.
    pub rows: Vec<PlannedRow>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// What it is about.
    pub thing: Thing,
    /// Its name in URLs, as it was given.
    pub id: String,
    /// What it is called.
    pub title: Localized,
    /// Where it stands.
    pub place: Place,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What it changes; of a new thing, all that is said of it.
    pub changes: Vec<Change>,
    /// Why it is refused.
    pub errors: Vec<RowError>,
}

/// A draft that an import would make. An edit gives no reason yet, which whoever applies the import has to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The pledge.
    pub id: Slug,
    /// What it is called.
    pub title: Localized,
    /// What the draft would do.
    pub kind: DraftKind,
    /// What it says, as the form of the desk has it.
    pub fields: Fields,
}

/// How many rows have which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Of pledges, in the order of [`Outcome::ALL`].
    pub pledges: [usize; 5],
    /// Of what pledges refer to.
    pub others: [usize; 5],
}

impl Counts {
    /// How many rows have an outcome.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> usize {
        self.pledges[outcome as usize] + self.others[outcome as usize]
    }

    /// How many pledges the import would add or change.
    #[must_use]
    pub fn pledges_touched(&self) -> usize {
        self.pledges[Outcome::Added as usize] + self.pledges[Outcome::Changed as usize]
    }
}

impl Plan {
    /// How many rows have which outcome.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            let of = if row.thing == Thing::Pledge { &mut counts.pledges } else { &mut counts.others };
            of[row.outcome as usize] += 1;
        }
        counts
    }
}

impl Incoming {
    /// Compares with what the record has, on the day `today`. The proposals come in the order of their rows.
    #[must_use]
    pub fn plan(&self, known: &Known, today: NaiveDate) -> (Plan, Vec<Proposal>) {
        let mut new = Known::default();
        let mut others = things::plan(self, known, &mut new);
        let mut planner = pledges::Planner::new(self, known, &new, today);
        let mut rows: Vec<PlannedRow> = self.pledges.iter().map(|item| planner.row(item)).collect();
        let (proposals, used) = planner.end();
        for row in others.iter_mut().filter(|row| row.outcome == Outcome::Added && !used.contains(&(row.thing, row.id.as_str())))
        {
            row.outcome = Outcome::Unused;
        }
        rows.append(&mut others);
        (Plan { files: self.files.clone(), unknown: self.unknown.clone(), rows }, proposals)
    }
}

/// As much of a text as is worth keeping of one that nobody has checked.
fn short(text: &str) -> String {
    text.chars().take(TITLE).collect()
}
