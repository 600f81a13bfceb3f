//! Long lists piece by piece: a cursor says where the last piece ended, and the next begins behind it.

use std::{fmt, str::FromStr};

use domain::{Moment, PledgeQuery, Problem};
use sea_orm::prelude::Uuid;

use crate::{Dossier, PledgeRow, Store, StoreError, choose::Chosen, pledge::dossiers_of};

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

impl<T> Listing<T> {
    /// A list of what was read, of which one more than asked for was looked up to see whether there is more.
    pub(crate) fn new(mut read: Vec<(T, Cursor)>, total: u64, limit: u32) -> Self {
        let more = read.len() > limit as usize;
        read.truncate(limit as usize);
        let next = read.last().filter(|_| more).map(|(_, cursor)| *cursor);
        Self { items: read.into_iter().map(|(item, _)| item).collect(), total, next }
    }
}

impl Store {
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
        let (chosen, Listing { items, total, next }) = self.chosen_from(query, moment, after, limit).await?;
        let numbers = items.into_iter().map(|(_, number)| number);
        Ok(Listing { items: self.rows(&chosen.held, numbers, None, moment).await?, total, next })
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
        let (_, Listing { items, total, next }) = self.chosen_from(query, moment, after, limit).await?;
        let ids: Vec<Uuid> = items.into_iter().map(|(id, _)| id).collect();
        Ok(Listing { items: dossiers_of(&self.db, &ids, moment).await?, total, next })
    }

    /// The ids and numbers of the pledges asked for.
    async fn chosen_from(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<(Chosen<'_>, Listing<(Uuid, u32)>), StoreError> {
        let mut chosen = self.choose(query, moment).await?;
        let stretch = self.stretch(&mut chosen, query, moment, after, 0, limit as usize + 1).await?;
        let numbered = stretch.into_iter().map(|(id, cursor)| ((id, cursor.number), cursor)).collect();
        let listing = Listing::new(numbered, chosen.total(), limit);
        Ok((chosen, listing))
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
