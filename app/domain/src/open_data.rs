//! The tables in which the record is given away: their columns, what stands in each, and how they refer to one another.
//!
//! The exports, their machine-readable description and the page that explains them are all made from these.

use crate::{
    citation::{Authority, Stance},
    party::PartyKind,
    pledge::VariantField,
    query::Timely,
    source::SourceKind,
    status::{Confidence, PledgeStatus},
    status_mapping::StatusMapping,
    translation::Original,
};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The name of a thing in URLs.
    Name,
    /// One of some codes.
    Code(&'static [&'static str]),
    /// A text, guarded as [`crate::spreadsheet`] says.
    Text,
    /// Names with `|` between them; of parties, each as `role:name`.
    Names,
    /// A date as precise as its source: `2024`, `2024-04` or `2024-04-30`.
    Date,
    /// A day: `2024-04-30`.
    Day,
    /// A moment (RFC 3339, UTC).
    Moment,
    /// A whole number of 0 or more.
    Integer,
    /// A number of 0 or more.
    Number,
    /// `true` or `false`.
    Flag,
    /// An http or https address.
    Address,
    /// A language tag (BCP 47).
    Language,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name: what it holds, and for one of two languages which.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Whether something always does.
    pub required: bool,
    /// The table whose `id` it names.
    pub refers_to: Option<&'static str>,
    /// Whether it is computed from the rest, so that an import has no need of it.
    pub computed: bool,
}

impl Column {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: true, refers_to: None, computed: false }
    }

    const fn optional(self) -> Self {
        Self { required: false, ..self }
    }

    const fn of(self, table: &'static str) -> Self {
        Self { refers_to: Some(table), ..self }
    }

    const fn computed(self) -> Self {
        Self { computed: true, ..self }
    }

    /// What it holds, without the language: `title` for `title_en`.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        let base = self.name.strip_suffix("_en").or_else(|| self.name.strip_suffix("_es"));
        base.unwrap_or(self.name)
    }
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, which is that of its file without the ending.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The columns that tell its rows apart.
    pub key: &'static [&'static str],
}

const fn name(name: &'static str) -> Column {
    Column::new(name, Kind::Name)
}

const fn text(name: &'static str) -> Column {
    Column::new(name, Kind::Text).optional()
}

const fn code(name: &'static str, codes: &'static [&'static str]) -> Column {
    Column::new(name, Kind::Code(codes))
}

/// In which language a text was written.
const fn original(name: &'static str) -> Column {
    code(name, Original::CODES).optional()
}

const POLITIFACT: Column = code("politifact", &StatusMapping::POLITIFACT).optional().computed();
const UNHCR_GRF: Column = code("unhcr_grf", &StatusMapping::UNHCR_GRF).optional().computed();
const OGP: Column = code("ogp", &StatusMapping::OGP).optional().computed();

/// The pledges, each with its state at the moment asked for.
pub const PLEDGES: Table = Table {
    name: "pledges",
    key: &["id"],
    columns: &[
        name("id"),
        text("title_en"),
        text("title_es"),
        original("title_original"),
        text("summary_en"),
        text("summary_es"),
        original("summary_original"),
        text("wording_en"),
        text("wording_es"),
        original("wording_original"),
        Column::new("made_on", Kind::Date),
        name("meeting").optional().of("meetings"),
        Column::new("parties", Kind::Names),
        Column::new("topics", Kind::Names).optional(),
        Column::new("due_on", Kind::Date).optional(),
        text("due_words_en"),
        text("due_words_es"),
        Column::new("quantity_value", Kind::Number).optional(),
        text("quantity_unit_en"),
        text("quantity_unit_es"),
        code("status", PledgeStatus::CODES).computed(),
        Column::new("status_effective_on", Kind::Date).computed(),
        Column::new("status_from", Kind::Day).computed(),
        code("confidence", Confidence::CODES).optional().computed(),
        code("timeliness", Timely::CODES).optional().computed(),
        Column::new("days_late", Kind::Integer).optional().computed(),
        Column::new("recorded_at", Kind::Moment).computed(),
        Column::new("changed_at", Kind::Moment).computed(),
        Column::new("outdated_translations", Kind::Names).optional().computed(),
        POLITIFACT,
        UNHCR_GRF,
        OGP,
        Column::new("page", Kind::Address).computed(),
    ],
};

/// The changes of status.
pub const HISTORY: Table = Table {
    name: "history",
    key: &["pledge", "position"],
    columns: &[
        name("pledge").of("pledges"),
        Column::new("position", Kind::Integer),
        name("party").optional().of("parties"),
        code("status", PledgeStatus::CODES),
        Column::new("effective_on", Kind::Date),
        text("rationale_en"),
        text("rationale_es"),
        code("confidence", Confidence::CODES).optional(),
        text("searched_en"),
        text("searched_es"),
        text("override_reason_en"),
        text("override_reason_es"),
        Column::new("replaces", Kind::Integer).optional(),
        text("reason_en"),
        text("reason_es"),
        Column::new("recorded_at", Kind::Moment).computed(),
        POLITIFACT,
        UNHCR_GRF,
        OGP,
    ],
};

/// What sources say differently.
pub const VARIANTS: Table = Table {
    name: "variants",
    key: &["pledge", "position"],
    columns: &[
        name("pledge").of("pledges"),
        Column::new("position", Kind::Integer),
        code("field", VariantField::CODES),
        Column::new("value_on", Kind::Date).optional(),
        text("value_en"),
        text("value_es"),
        Column::new("taken", Kind::Flag),
    ],
};

/// What pledges, variants and changes of status are cited from.
pub const CITATIONS: Table = Table {
    name: "citations",
    key: &["pledge", "claim", "position", "number"],
    columns: &[
        name("pledge").of("pledges"),
        code("claim", &["pledge", "variant", "change"]),
        Column::new("position", Kind::Integer),
        Column::new("number", Kind::Integer),
        name("source").of("sources"),
        text("quote"),
        text("locator"),
        Column::new("language", Kind::Language),
        code("stance", Stance::CODES),
        code("authority", Authority::CODES).optional(),
    ],
};

/// The documents that are cited.
pub const SOURCES: Table = Table {
    name: "sources",
    key: &["id"],
    columns: &[
        name("id"),
        Column::new("url", Kind::Address),
        Column::new("title", Kind::Text),
        Column::new("publisher", Kind::Text),
        Column::new("language", Kind::Language),
        Column::new("published_on", Kind::Date).optional(),
        code("kind", SourceKind::CODES),
        name("translation_of").optional().of("sources"),
        Column::new("archive_url", Kind::Address).optional(),
    ],
};

/// Who made the pledges, took part in them or benefits.
pub const PARTIES: Table = Table {
    name: "parties",
    key: &["id"],
    columns: &[
        name("id"),
        text("name_en"),
        text("name_es"),
        code("kind", PartyKind::CODES),
        // Two capital letters; there is no list of codes that would stay right.
        Column::new("iso", Kind::Text).optional(),
    ],
};

/// The occasions at which they were made.
pub const MEETINGS: Table = Table {
    name: "meetings",
    key: &["id"],
    columns: &[
        name("id"),
        text("name_en"),
        text("name_es"),
        Column::new("held_on", Kind::Date),
        text("place_en"),
        text("place_es"),
    ],
};

/// What they are about.
pub const TOPICS: Table = Table { name: "topics", key: &["id"], columns: &[name("id"), text("name_en"), text("name_es")] };

/// Every table, in the order in which people should meet them.
pub const TABLES: [Table; 8] = [PLEDGES, HISTORY, VARIANTS, CITATIONS, SOURCES, PARTIES, MEETINGS, TOPICS];

/// The licence of the data, as an SPDX identifier.
pub const LICENCE: &str = "CC-BY-4.0";

/// Where the licence stands.
pub const LICENCE_URL: &str = "https://creativecommons.org/licenses/by/4.0/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_references_lead_to_columns_and_tables() {
        for table in TABLES {
            let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), names.len(), "{} has a column twice", table.name);
            assert!(table.key.iter().all(|key| names.contains(key)), "{}", table.name);
            for to in table.columns.iter().filter_map(|column| column.refers_to) {
                assert!(TABLES.iter().any(|table| table.name == to && table.key == ["id"]), "{to}");
            }
        }
    }

    #[test]
    fn a_column_in_two_languages_means_one_thing() {
        assert_eq!((PLEDGES.columns[1].meaning(), PLEDGES.columns[2].meaning()), ("title", "title"));
        assert_eq!(PLEDGES.columns[10].meaning(), "made_on");
    }
}
