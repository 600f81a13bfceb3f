//! Sources as they stand beside a citation.

use domain::{FuzzyDate, Slug, SourceKind};

use crate::{StoreError, entity::source, row};

/// A source as it is shown where it is cited.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// Its name in URLs.
    pub id: Slug,
    /// Where it was published.
    pub url: String,
    /// Its title, in its own language.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The language it is in.
    pub language: String,
    /// When it was published.
    pub published_on: Option<FuzzyDate>,
    /// What kind of document it is.
    pub kind: SourceKind,
    /// Where an archive keeps what was at its address.
    pub archive_url: Option<String>,
}

impl TryFrom<source::Model> for SourceRow {
    type Error = StoreError;

    fn try_from(row: source::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row::slug(&row.slug)?,
            published_on: row::parsed_if("published_on", row.published_on.as_deref())?,
            kind: row::parsed("kind", &row.kind)?,
            url: row.url,
            title: row.title,
            publisher: row.publisher,
            language: row.language,
            archive_url: row.archive_url,
        })
    }
}
