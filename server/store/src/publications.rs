//! When the record said something new: the moments at which a page of it can have changed.

use chrono::{DateTime, Utc};
use domain::Slug;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select, prelude::DateTimeUtc,
};

use crate::{
    Store, StoreError,
    entity::{pledge, pledge_correction, status_change},
};

impl Store {
    /// The moments until `until` at which a change or a correction was published, the newest first, each once and at most `limit` of
    /// them: of one pledge, or of the whole record.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn publications(
        &self,
        pledge: Option<&Slug>,
        until: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let changed = published(pledge)
            .distinct()
            .filter(status_change::Column::RecordedAt.lte(until))
            .order_by_desc(status_change::Column::RecordedAt)
            .limit(limit)
            .into_tuple::<Option<DateTimeUtc>>();
        let corrected = corrections(pledge)
            .distinct()
            .filter(pledge_correction::Column::RecordedAt.lte(until))
            .order_by_desc(pledge_correction::Column::RecordedAt)
            .limit(limit)
            .into_tuple::<Option<DateTimeUtc>>();
        let (changed, corrected) = tokio::try_join!(changed.all(&self.db), corrected.all(&self.db))?;
        let mut moments: Vec<DateTimeUtc> = changed.into_iter().chain(corrected).flatten().collect();
        moments.sort_unstable_by(|one, other| other.cmp(one));
        moments.dedup();
        moments.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(moments)
    }

    /// The first such moment; `None` where nothing was ever published. A pledge begins with a change.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn first_publication(&self, pledge: Option<&Slug>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let first: Option<Option<DateTimeUtc>> =
            published(pledge).order_by_asc(status_change::Column::RecordedAt).limit(1).into_tuple().one(&self.db).await?;
        Ok(first.flatten())
    }
}

/// The moments of the published changes of a pledge, or of all.
fn published(pledge: Option<&Slug>) -> Select<status_change::Entity> {
    let published = status_change::Entity::find()
        .select_only()
        .column(status_change::Column::RecordedAt)
        .filter(status_change::Column::RecordedAt.is_not_null());
    match pledge {
        None => published,
        Some(slug) => published
            .join(JoinType::InnerJoin, status_change::Relation::Pledge.def())
            .filter(pledge::Column::Slug.eq(slug.as_str()))
            .filter(pledge::Column::RecordedAt.is_not_null()),
    }
}

/// The moments at which what is said of a pledge, or of any, was corrected.
fn corrections(pledge: Option<&Slug>) -> Select<pledge_correction::Entity> {
    let corrections = pledge_correction::Entity::find().select_only().column(pledge_correction::Column::RecordedAt);
    match pledge {
        None => corrections,
        Some(slug) => corrections
            .join(JoinType::InnerJoin, pledge_correction::Relation::Pledge.def())
            .filter(pledge::Column::Slug.eq(slug.as_str())),
    }
}
