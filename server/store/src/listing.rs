//! Long lists piece by piece: a cursor says where the last piece ended, and the next begins behind it.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use domain::{Moment, PledgeQuery, Problem, page::PageNumber};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::{Dossier, PledgeRow, RecordedChange, Store, StoreError, entity::status_change};

/// Where a piece of a list ended. To those who get it, it is a word without meaning that asks for the next piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) key: i64,
    pub(crate) number: u32,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:x}", self.key.cast_unsigned(), self.number)
    }
}

impl FromStr for Cursor {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let parsed = text.split_once('.').and_then(|(key, number)| {
            let key = u64::from_str_radix(key, 16).ok()?.cast_signed();
            Some(Self { key, number: u32::from_str_radix(number, 16).ok()? })
        });
        parsed.ok_or(Problem::MustBe("a cursor as a `next` link has it"))
    }
}

/// One piece of a list.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// How many there are in the whole list.
    pub total: u64,
    /// Where the next piece begins; `None` at the end.
    pub next: Option<Cursor>,
}

/// Which state of the record an answer was made from: it grows with every publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number, from 1; 0 is the empty record.
    pub number: i64,
    /// When it was published; `None` for the empty record.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Store {
    /// The newest state of the record.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn revision(&self) -> Result<Revision, StoreError> {
        let published = status_change::Entity::find().filter(status_change::Column::RecordedAt.is_not_null());
        let last = published.clone().order_by_desc(status_change::Column::RecordedAt).one(&self.db).await?;
        let number = published.count(&self.db).await?.cast_signed();
        Ok(Revision { number, recorded_at: last.and_then(|change| change.recorded_at) })
    }

    /// The pledges asked for, in order, at most `limit` of them, behind a cursor.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn pledges_from(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Listing<PledgeRow>, StoreError> {
        let page = after.map_or(1, |cursor| cursor.number);
        let found = self.pledges(query, moment, PageNumber::asked(Some(&page.to_string())), limit).await?;
        let next = (u64::from(page) < found.count()).then_some(Cursor { key: 0, number: page + 1 });
        Ok(Listing { items: found.items, total: found.total, next })
    }

    /// The same pledges with everything their pages say.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn dossiers(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Listing<Dossier>, StoreError> {
        let Listing { items: rows, total, next } = self.pledges_from(query, moment, after, limit).await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.extend(self.pledge(&row.slug, moment).await?);
        }
        Ok(Listing { items, total, next })
    }

    /// The changes to the pledges asked for, the last recorded first, at most `limit` of them, behind a cursor.
    ///
    /// `status` is that which a change set, `changed_since` the first day on which it was recorded; the order is this one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn changes_from(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Listing<RecordedChange>, StoreError> {
        let page = after.map_or(1, |cursor| cursor.number);
        let found = self.changes(query, moment, PageNumber::asked(Some(&page.to_string())), limit).await?;
        let next = (u64::from(page) < found.count()).then_some(Cursor { key: 0, number: page + 1 });
        Ok(Listing { items: found.items, total: found.total, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_as_they_were_sent() {
        for cursor in [Cursor { key: 0, number: 1 }, Cursor { key: -5, number: u32::MAX }, Cursor { key: i64::MAX, number: 0 }] {
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for wrong in ["", "1", "x.y", "1.1.1", "-1.1"] {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }
}
