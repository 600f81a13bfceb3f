//! What changed across the record, the newest first.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    FuzzyDate, Localized, Moment, PledgeQuery, PledgeStatus, Slug,
    page::{Page, PageNumber},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    Cursor, Listing, Store, StoreError,
    entity::{pledge, status_change},
    index::Mark,
    row,
};

/// A status change as it stands among those of the whole record.
#[derive(Clone, Debug)]
pub struct RecordedChange {
    /// The pledge.
    pub pledge: Slug,
    /// What the pledge is called.
    pub title: Localized,
    /// Its place in the pledge's history.
    pub position: i32,
    /// The new status.
    pub status: PledgeStatus,
    /// When it happened.
    pub effective_on: FuzzyDate,
    /// What happened, and why this status.
    pub rationale: Localized,
    /// Whether it corrects an earlier change.
    pub is_correction: bool,
    /// When the record said so.
    pub recorded_at: DateTime<Utc>,
}

/// A stretch of a list of changes.
struct Stretch {
    /// Each with the cursor that goes on behind it.
    marks: Vec<(Mark, Cursor)>,
    /// How many there are in the whole list.
    total: u64,
    /// What pledges were called, by number, that were corrected since.
    titles: HashMap<i64, Localized>,
}

impl RecordedChange {
    /// The day on which the record said so.
    #[must_use]
    pub fn recorded_on(&self) -> NaiveDate {
        self.recorded_at.date_naive()
    }
}

impl Store {
    /// One page of the changes that had happened and were known at the moment: the last recorded first, and among those
    /// recorded together the last to happen.
    ///
    /// Of the query, `status` is that which a change set and `changed_since` the first day on which it was recorded; the
    /// rest says of which pledges. The order is always this one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn changes(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<RecordedChange>, StoreError> {
        let skip = usize::try_from(number.offset(per_page)).unwrap_or(usize::MAX);
        let Stretch { marks, total, titles } = self.marks(query, moment, None, skip, per_page as usize).await?;
        let marks: Vec<Mark> = marks.into_iter().map(|(mark, _)| mark).collect();
        Ok(Page { items: self.recorded(&marks, titles).await?, total, number, per_page })
    }

    /// The same changes, at most `limit` of them, behind a cursor.
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
        let Stretch { marks, total, titles } = self.marks(query, moment, after, 0, limit as usize + 1).await?;
        let Listing { items, total, next } = Listing::new(marks, total, limit);
        Ok(Listing { items: self.recorded(&items, titles).await?, total, next })
    }

    /// A stretch of the changes asked for.
    async fn marks(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        skip: usize,
        take: usize,
    ) -> Result<Stretch, StoreError> {
        let of_pledges = PledgeQuery { status: None, changed_since: None, sort: None, ..query.clone() };
        let (held, members) = if of_pledges.is_of_all() {
            (self.index(moment).await?, None)
        } else {
            let chosen = self.choose(&of_pledges, moment).await?;
            (chosen.held, Some(chosen.selection))
        };
        let index = held.read();
        let marks = index.marks.all();
        let since = query.changed_since.map_or(0, |day| marks.partition_point(|mark| mark.recorded_at.date_naive() < day));
        let meant = |mark: &Mark| {
            mark.effective_last <= moment.as_of
                && query.status.is_none_or(|status| status == mark.status)
                && members.as_ref().is_none_or(|members| members.numbers.contains(mark.number))
        };
        let total = if since == 0 && members.is_none() {
            index.marks.count(query.status, moment.as_of)
        } else {
            marks[since..].iter().filter(|mark| meant(mark)).count() as u64
        };
        // A change keeps its place: what is recorded later comes behind it.
        let until = after.map_or(marks.len(), |after| usize::try_from(after.key).unwrap_or_default().min(marks.len()));
        let behind = marks.iter().enumerate().take(until).skip(since).rev().filter(|(_, mark)| meant(mark));
        let with_cursor = |(place, mark): (usize, &Mark)| {
            let key = i64::try_from(place).unwrap_or(i64::MAX);
            (*mark, Cursor { key, number: mark.number })
        };
        let marks: Vec<(Mark, Cursor)> = behind.skip(skip).take(take).map(with_cursor).collect();
        let titles = index.titles_then(marks.iter().map(|(mark, _)| mark.number.into()));
        Ok(Stretch { marks, total, titles })
    }

    /// Changes as they stand in a list, in this order.
    async fn recorded(&self, marks: &[Mark], titles: HashMap<i64, Localized>) -> Result<Vec<RecordedChange>, StoreError> {
        let rows = status_change::Entity::find()
            .find_also_related(pledge::Entity)
            .filter(pledge::Column::Number.is_in(marks.iter().map(|mark| i64::from(mark.number))))
            .filter(status_change::Column::Position.is_in(marks.iter().map(|mark| mark.position)))
            .filter(status_change::Column::RecordedAt.is_not_null())
            .all(&self.db)
            .await?;
        let mut by_mark: HashMap<(i64, i32), RecordedChange> = HashMap::with_capacity(rows.len());
        for (change, pledge) in rows {
            let (Some(pledge), Some(recorded_at)) = (pledge, change.recorded_at) else { continue };
            let number = pledge.number.unwrap_or_default();
            let recorded = RecordedChange {
                pledge: row::slug(&pledge.slug)?,
                title: titles.get(&number).cloned().unwrap_or_else(|| row::localized(pledge.title_en, pledge.title_es)),
                position: change.position,
                status: row::parsed("status", &change.status)?,
                effective_on: row::parsed("effective_on", &change.effective_on)?,
                rationale: row::localized(change.rationale_en, change.rationale_es),
                is_correction: change.replaces_id.is_some(),
                recorded_at,
            };
            by_mark.insert((number, change.position), recorded);
        }
        Ok(marks.iter().filter_map(|mark| by_mark.remove(&(i64::from(mark.number), mark.position))).collect())
    }
}
