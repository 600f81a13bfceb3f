//! What changed across the record, the newest first.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    FuzzyDate, Localized, Moment, PledgeQuery, PledgeStatus, Slug,
    page::{Page, PageNumber},
};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait};

use crate::{
    Store, StoreError,
    entity::{pledge, status_change},
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
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn changes(
        &self,
        _query: &PledgeQuery,
        moment: Moment,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<RecordedChange>, StoreError> {
        let select = status_change::Entity::find()
            .filter(status_change::Column::RecordedAt.lte(moment.known_at))
            .filter(status_change::Column::EffectiveLast.lte(moment.as_of))
            .join(JoinType::InnerJoin, status_change::Relation::Pledge.def())
            .filter(pledge::Column::RecordedAt.lte(moment.known_at));
        let total = select.clone().count(&self.db).await?;
        let rows = select
            .select_also(pledge::Entity)
            .order_by_desc(status_change::Column::RecordedAt)
            .order_by_desc(status_change::Column::EffectiveLast)
            .order_by_desc(status_change::Column::Id)
            .limit(u64::from(per_page))
            .offset(number.offset(per_page))
            .all(&self.db)
            .await?;
        let mut items = Vec::with_capacity(rows.len());
        for (change, pledge) in rows {
            let Some(pledge) = pledge else { continue };
            items.push(RecordedChange {
                pledge: row::slug(&pledge.slug)?,
                title: row::localized(pledge.title_en, pledge.title_es),
                position: change.position,
                status: row::parsed("status", &change.status)?,
                effective_on: row::parsed("effective_on", &change.effective_on)?,
                rationale: row::localized(change.rationale_en, change.rationale_es),
                is_correction: change.replaces_id.is_some(),
                recorded_at: change.recorded_at.unwrap_or(moment.known_at),
            });
        }
        Ok(Page { items, total, number, per_page })
    }
}
