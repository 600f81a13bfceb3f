//! When the record said something new: the moments at which a page of it can have changed.

use chrono::{DateTime, Utc};
use domain::Slug;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select, prelude::DateTimeUtc,
};

use crate::{
    Store, StoreError,
    entity::{pledge, pledge_correction, publication, status_change},
};

impl Store {
    /// The moments until `until` at which a change or a correction of a pledge was published, or anything of the whole record; the
    /// newest first, each once and at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn publications(
        &self,
        pledge: Option<&Slug>,
        until: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let Some(pledge) = pledge else {
            let moments = publication::Entity::find()
                .select_only()
                .column(publication::Column::RecordedAt)
                .filter(publication::Column::RecordedAt.lte(until))
                .order_by_desc(publication::Column::RecordedAt)
                .limit(limit);
            return Ok(moments.into_tuple().all(&self.db).await?);
        };
        let changed = changes(pledge)
            .distinct()
            .filter(status_change::Column::RecordedAt.lte(until))
            .order_by_desc(status_change::Column::RecordedAt)
            .limit(limit)
            .into_tuple::<DateTimeUtc>();
        let corrected = pledge_correction::Entity::find()
            .select_only()
            .column(pledge_correction::Column::RecordedAt)
            .join(JoinType::InnerJoin, pledge_correction::Relation::Pledge.def())
            .filter(pledge::Column::Slug.eq(pledge.as_str()))
            .filter(pledge_correction::Column::RecordedAt.lte(until))
            .order_by_desc(pledge_correction::Column::RecordedAt)
            .limit(limit)
            .into_tuple::<DateTimeUtc>();
        let (changed, corrected) = tokio::try_join!(changed.all(&self.db), corrected.all(&self.db))?;
        let mut moments: Vec<DateTimeUtc> = changed.into_iter().chain(corrected).collect();
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
        let Some(pledge) = pledge else { return self.first_recorded().await };
        let first = changes(pledge).order_by_asc(status_change::Column::RecordedAt).limit(1);
        Ok(first.into_tuple().one(&self.db).await?)
    }
}

/// The moments of the published changes of a pledge.
fn changes(pledge: &Slug) -> Select<status_change::Entity> {
    status_change::Entity::find()
        .select_only()
        .column(status_change::Column::RecordedAt)
        .filter(status_change::Column::RecordedAt.is_not_null())
        .join(JoinType::InnerJoin, status_change::Relation::Pledge.def())
        .filter(pledge::Column::Slug.eq(pledge.as_str()))
        .filter(pledge::Column::RecordedAt.is_not_null())
}
