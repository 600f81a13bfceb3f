//! What a published pledge said before it was corrected, and what else its page owes the public on how it came about.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Fields, Localized, Slug};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use crate::{
    Store, StoreError,
    entity::{former_slug, pledge, pledge_check, pledge_correction, pledge_removal, unreviewed},
    row,
};

/// A correction of what is said of a pledge.
#[derive(Clone, Debug, PartialEq)]
pub struct PledgeCorrection {
    /// The fields that differ, as they were.
    pub before: Fields,
    /// The same, as they are since.
    pub after: Fields,
    /// Why.
    pub reason: Localized,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// What was published without a second pair of eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreviewed {
    /// Why.
    pub reason: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// The notice in the place of a pledge that was taken out of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal {
    /// What the public is told.
    pub notice: Localized,
    /// When.
    pub removed_at: DateTime<Utc>,
}

/// What became of a name that no pledge has.
#[derive(Clone, Debug, PartialEq)]
pub enum Former {
    /// The pledge has another name now.
    Renamed(Slug),
    /// The pledge was taken out of the record.
    Removed(Removal),
}

impl Store {
    /// What became of a pledge of this name; `None` if there never was one in public.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn former_pledge(&self, slug: &Slug) -> Result<Option<Former>, StoreError> {
        let former = former_slug::Entity::find_by_id(slug.as_str()).one(&self.db).await?;
        let by_name = match &former {
            Some(former) => pledge::Column::Id.eq(former.pledge_id),
            None => pledge::Column::Slug.eq(slug.as_str()),
        };
        let Some(row) = pledge::Entity::find().filter(by_name).one(&self.db).await? else { return Ok(None) };
        if let Some(removal) = pledge_removal::Entity::find_by_id(row.id).one(&self.db).await? {
            let notice = row::localized(removal.notice_en, removal.notice_es);
            return Ok(Some(Former::Removed(Removal { notice, removed_at: removal.removed_at })));
        }
        // A draft that never was public is as if it were not.
        if former.is_none() || row.recorded_at.is_none() {
            return Ok(None);
        }
        Ok(Some(Former::Renamed(row::slug(&row.slug)?)))
    }
}

/// The corrections of some pledges, the oldest first.
pub(crate) async fn revisions_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
) -> Result<HashMap<Uuid, Vec<PledgeCorrection>>, StoreError> {
    let rows = pledge_correction::Entity::find()
        .filter(pledge_correction::Column::PledgeId.is_in(pledges.iter().copied()))
        .order_by_asc(pledge_correction::Column::Position)
        .all(db)
        .await?;
    let mut revisions: HashMap<Uuid, Vec<PledgeCorrection>> = HashMap::new();
    for row in rows {
        revisions.entry(row.pledge_id).or_default().push(PledgeCorrection {
            before: crate::drafts::fields(&row.before)?,
            after: crate::drafts::fields(&row.after)?,
            reason: row::localized(row.reason_en, row.reason_es),
            recorded_at: row.recorded_at,
        });
    }
    Ok(revisions)
}

/// What of some pledges was published without review, by a time.
pub(super) async fn unreviewed_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<Unreviewed>>, StoreError> {
    let rows = unreviewed::Entity::find()
        .filter(unreviewed::Column::PledgeId.is_in(pledges.iter().copied()))
        .filter(unreviewed::Column::RecordedAt.lte(known_at))
        .order_by_asc(unreviewed::Column::RecordedAt)
        .all(db)
        .await?;
    let mut all: HashMap<Uuid, Vec<Unreviewed>> = HashMap::new();
    for row in rows {
        all.entry(row.pledge_id).or_default().push(Unreviewed { reason: row.reason, recorded_at: row.recorded_at });
    }
    Ok(all)
}

/// The days on which somebody last looked at some pledges and found nothing new, by a time.
pub(super) async fn checks_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, NaiveDate>, StoreError> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = pledge_check::Entity::find()
        .select_only()
        .column(pledge_check::Column::PledgeId)
        .column_as(pledge_check::Column::RecordedAt.max(), "last")
        .filter(pledge_check::Column::PledgeId.is_in(pledges.iter().copied()))
        .filter(pledge_check::Column::RecordedAt.lte(known_at))
        .group_by(pledge_check::Column::PledgeId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(pledge, at)| (pledge, at.date_naive())).collect())
}
