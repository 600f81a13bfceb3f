//! From an approved draft to the record: several of them together are one publication.

use chrono::{DateTime, Utc};
use domain::{
    DraftKind, Fields, Pledge,
    desk_form::{Proposal, fields_of},
    translation::{Consequences, still_right},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
};

use super::{
    Draft,
    known::{published, read},
    save::reread,
};
use crate::{
    PledgeCorrection, StoreError, archives,
    entity::{
        draft, former_slug, pledge, pledge_correction, pledge_party, pledge_removal, pledge_topic, status_change, unreviewed,
    },
    index::glance,
    load::{Names, rows::Rows},
    pledge::{lagging, lagging_since, revisions_of},
    publish,
    revision::{self, Publication},
    row, texts,
};

/// Publishes drafts in this transaction. Each is read anew, against the record as it is by now. Gives the time of the publication.
pub(super) async fn publish(db: &DatabaseTransaction, drafts: &[Draft], now: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
    let state = revision::lock(db).await?;
    let mut publication = Publication::begin(db, &state, now).await?;
    let mut changed: Vec<(Uuid, i64)> = Vec::new();
    for draft in drafts {
        // One before it in this publication may have renamed the pledge.
        let draft = &reread(db, draft.id).await?;
        // As this very publication has left it, where one before in it has changed the same pledge.
        let published = match &draft.pledge {
            Some(slug) => Some(published(db, slug, publication.recorded_at).await?.ok_or(StoreError::Conflict)?),
            None => None,
        };
        let proposal = read(db, draft, published.as_ref(), now).await?;
        publication.sources.extend(archives::add(db, &proposal.record).await?);
        let pledges = match (draft.kind, &published) {
            (DraftKind::Pledge, _) | (_, None) => add(db, &proposal, &mut publication).await?,
            (DraftKind::StatusChange, Some(published)) => add_change(db, &proposal, published, &mut publication).await?,
            (DraftKind::Edit, Some(published)) => replace(db, &proposal, published, &draft.fields, &mut publication).await?,
            (DraftKind::Withdrawal, Some(published)) => {
                withdraw(db, published, &draft.fields, &publication).await?;
                Vec::new()
            }
        };
        if let (None, Some((id, _))) = (&draft.pledge, pledges.first()) {
            draft::Entity::update_many()
                .col_expr(draft::Column::PledgeId, Expr::value(*id))
                .filter(draft::Column::Id.eq(draft.id))
                .exec(db)
                .await?;
        }
        mark_unreviewed(db, draft, &pledges, &publication).await?;
        changed.extend(pledges);
    }
    changed.sort_unstable();
    changed.dedup();
    publish::follow(db, &changed, &publication).await?;
    for (id, _) in &changed {
        pledge::Entity::update_many()
            .col_expr(pledge::Column::Revision, Expr::value(publication.revision))
            .filter(pledge::Column::Id.eq(*id))
            .exec(db)
            .await?;
    }
    let recorded_at = publication.recorded_at;
    publication.end(db).await?;
    Ok(recorded_at)
}

/// Adds a new pledge.
async fn add(
    db: &DatabaseTransaction,
    proposal: &Proposal,
    publication: &mut Publication,
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let (names, _) = Names::of(db, &proposal.record).await?;
    let mut rows = Rows::new(&names, publication);
    rows.add(proposal.pledge())?;
    rows.write(db).await
}

/// The id and number of a published pledge.
async fn row_of(db: &DatabaseTransaction, published: &Pledge) -> Result<(Uuid, i64), StoreError> {
    let row = pledge::Entity::find()
        .filter(pledge::Column::Slug.eq(published.id.as_str()))
        .filter(pledge::Column::RecordedAt.is_not_null())
        .one(db)
        .await?
        .ok_or(StoreError::Conflict)?;
    Ok((row.id, row.number.unwrap_or_default()))
}

/// Adds a status change to the end of a pledge's history.
async fn add_change(
    db: &DatabaseTransaction,
    proposal: &Proposal,
    published: &Pledge,
    publication: &mut Publication,
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let pledge = row_of(db, published).await?;
    let Some(change) = proposal.pledge().history.last() else { return Err(StoreError::Conflict) };
    let earlier: Vec<Uuid> = status_change::Entity::find()
        .select_only()
        .column(status_change::Column::Id)
        .filter(status_change::Column::PledgeId.eq(pledge.0))
        .filter(status_change::Column::RecordedAt.is_not_null())
        .order_by_asc(status_change::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let (names, _) = Names::of(db, &proposal.record).await?;
    let mut rows = Rows::new(&names, publication);
    rows.add_change(pledge, change, &earlier)?;
    rows.write(db).await
}

/// Corrects what is said of a pledge. What it said before stays readable, with the reason.
async fn replace(
    db: &DatabaseTransaction,
    proposal: &Proposal,
    published: &Pledge,
    fields: &Fields,
    publication: &mut Publication,
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let pledge = row_of(db, published).await?;
    let revised = proposal.pledge();
    let (names, _) = Names::of(db, &proposal.record).await?;
    pledge_party::Entity::delete_many().filter(pledge_party::Column::PledgeId.eq(pledge.0)).exec(db).await?;
    pledge_topic::Entity::delete_many().filter(pledge_topic::Column::PledgeId.eq(pledge.0)).exec(db).await?;
    let mut rows = Rows::new(&names, publication);
    let row = rows.replace(pledge, revised, (published.citations.len(), published.variants.len()))?;
    pledge::ActiveModel { recorded_at: NotSet, number: NotSet, ..row }.update(db).await?;
    let pledges = rows.write(db).await?;
    if revised.id != published.id {
        let former = former_slug::ActiveModel {
            slug: Set(published.id.to_string()),
            pledge_id: Set(pledge.0),
            recorded_at: Set(publication.recorded_at),
        };
        former_slug::Entity::insert(former).exec_without_returning(db).await?;
    }
    let mut corrections = revisions_of(db, &[pledge.0]).await?.remove(&pledge.0).unwrap_or_default();
    let (was, is) = (fields_of(published), fields_of(revised));
    let outdated = lagging(revised.originals, |text| revised.text(text), &corrections);
    let (before, mut after) = differing(&was, &is);
    for text in Consequences::of(revised.originals, &was, &is, fields, &outdated).still_right {
        after.set(still_right(text), "true");
    }
    let text = |name: &str| Some(fields.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let revision = pledge_correction::ActiveModel {
        id: Set(Uuid::now_v7()),
        pledge_id: Set(pledge.0),
        position: Set(i32::try_from(corrections.len()).unwrap_or(i32::MAX)),
        before: Set(before.to_text()),
        after: Set(after.to_text()),
        reason_en: Set(text("reason.en")),
        reason_es: Set(text("reason.es")),
        recorded_at: Set(publication.recorded_at),
    };
    pledge_correction::Entity::insert(revision).exec_without_returning(db).await?;
    let reason = row::localized(text("reason.en"), text("reason.es"));
    corrections.push(PledgeCorrection { before, after, reason, recorded_at: publication.recorded_at });
    pledge::Entity::update_many()
        .col_expr(pledge::Column::OutdatedSince, Expr::value(lagging_since(revised, &corrections)))
        .filter(pledge::Column::Id.eq(pledge.0))
        .exec(db)
        .await?;
    Ok(pledges)
}

/// The fields in which two states differ, as they are in each.
fn differing(before: &Fields, after: &Fields) -> (Fields, Fields) {
    let only = |of: &Fields, other: &Fields| {
        let mut kept = Fields::default();
        for (name, value) in of.iter().filter(|(name, value)| other.get(name) != *value) {
            kept.set(name, value);
        }
        kept
    };
    (only(before, after), only(after, before))
}

/// Takes a pledge out of the record; its notice stands in its place.
async fn withdraw(
    db: &DatabaseTransaction,
    published: &Pledge,
    fields: &Fields,
    publication: &Publication,
) -> Result<(), StoreError> {
    let (id, number) = row_of(db, published).await?;
    let text = |name: &str| Some(fields.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let removal = pledge_removal::ActiveModel {
        pledge_id: Set(id),
        notice_en: Set(text("notice.en")),
        notice_es: Set(text("notice.es")),
        revision: Set(publication.revision),
        removed_at: Set(publication.recorded_at),
    };
    pledge_removal::Entity::insert(removal).exec_without_returning(db).await?;
    texts::forget(db, &[number]).await?;
    glance::forget(db, &[number]).await?;
    pledge::Entity::update_many()
        .col_expr(pledge::Column::RecordedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(pledge::Column::Revision, Expr::value(publication.revision))
        .filter(pledge::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Marks what was published without a second pair of eyes, for everybody to see.
async fn mark_unreviewed(
    db: &DatabaseTransaction,
    draft: &Draft,
    pledges: &[(Uuid, i64)],
    publication: &Publication,
) -> Result<(), StoreError> {
    let row = draft::Entity::find_by_id(draft.id).one(db).await?;
    let Some(reason) = row.and_then(|row| row.override_reason) else { return Ok(()) };
    for (pledge, _) in pledges {
        let row = unreviewed::ActiveModel {
            id: Set(Uuid::now_v7()),
            pledge_id: Set(*pledge),
            reason: Set(reason.clone()),
            recorded_at: Set(publication.recorded_at),
        };
        unreviewed::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}
