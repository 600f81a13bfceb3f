//! From columns to the types of the domain, once for all tables.

use std::str::FromStr;

use domain::{Due, FuzzyDate, Localized, Slug, history::Span};
use sea_orm::{ColumnTrait, Condition, prelude::DateTimeUtc};

use crate::{StoreError, entity::status_span};

/// A text of two columns.
pub(crate) fn localized(en: Option<String>, es: Option<String>) -> Localized {
    Localized { en, es }
}

/// A value stored as its code or printed form.
pub(crate) fn parsed<T: FromStr>(column: &'static str, value: &str) -> Result<T, StoreError> {
    value.parse().map_err(|_| StoreError::NotUnderstood { column, value: value.to_owned() })
}

/// The same, where the column may be null.
pub(crate) fn parsed_if<T: FromStr>(column: &'static str, value: Option<&str>) -> Result<Option<T>, StoreError> {
    value.map(|value| parsed(column, value)).transpose()
}

/// A slug that the store itself has written.
pub(crate) fn slug(value: &str) -> Result<Slug, StoreError> {
    parsed("slug", value)
}

/// When a pledge is due, from its three columns.
pub(crate) fn due(on: Option<&str>, en: Option<String>, es: Option<String>) -> Result<Option<Due>, StoreError> {
    let words = localized(en, es);
    Ok(match parsed_if::<FuzzyDate>("due_on", on)? {
        Some(date) => Some(Due::On(date)),
        None if words.is_empty() => None,
        None => Some(Due::Words(words)),
    })
}

impl TryFrom<status_span::Model> for Span {
    type Error = StoreError;

    fn try_from(row: status_span::Model) -> Result<Self, StoreError> {
        Ok(Self {
            status: parsed("status", &row.status)?,
            effective_on: parsed("effective_on", &row.effective_on)?,
            earliest: row.earliest,
            from: row.valid_from,
            until: row.valid_to,
        })
    }
}

/// The spans that the record knew at a time.
pub(crate) fn known_at(known_at: DateTimeUtc) -> Condition {
    use status_span::Column as C;
    Condition::all().add(C::KnownFrom.lte(known_at)).add(Condition::any().add(C::KnownTo.is_null()).add(C::KnownTo.gt(known_at)))
}
