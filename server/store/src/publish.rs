//! Publishing: what follows from a pledge's published changes is made anew, its folded history, its texts for searching and what
//! is kept of it at a glance.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    FuzzyDate, Role,
    history::{self, Change, Span},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
};

use crate::{
    StoreError,
    entity::{pledge, pledge_party, status_change, status_span},
    index::glance,
    revision::Publication,
    row, texts,
};

/// How many rows are written with one statement.
const ROWS: usize = 500;

/// Writes many rows with few statements.
pub(crate) async fn insert_all<A>(db: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), StoreError>
where
    A: ActiveModelTrait + Clone,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    for rows in rows.chunks(ROWS) {
        A::Entity::insert_many(rows.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Makes anew what follows from the published changes of some pledges, given with their numbers: it is part of a publication.
pub(crate) async fn follow(
    db: &impl ConnectionTrait,
    pledges: &[(Uuid, i64)],
    publication: &Publication,
) -> Result<(), StoreError> {
    for batch in pledges.chunks(ROWS) {
        let (ids, numbers): (Vec<Uuid>, Vec<i64>) = batch.iter().copied().unzip();
        refold(db, &ids, publication.recorded_at).await?;
        texts::index(db, batch, publication.recorded_at).await?;
        glance::keep(db, &numbers, publication.recorded_at).await?;
    }
    Ok(())
}

/// Pledges that were ever published, with their numbers: the next behind a number, in order, at most so many.
pub(crate) async fn numbered_after(db: &impl ConnectionTrait, number: i64, most: usize) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let numbered = pledge::Entity::find()
        .select_only()
        .columns([pledge::Column::Id, pledge::Column::Number])
        .filter(pledge::Column::Number.gt(number))
        .order_by_asc(pledge::Column::Number)
        .limit(most as u64);
    Ok(numbered.into_tuple().all(db).await?)
}

/// A published change as the fold wants it.
pub(crate) fn foldable(row: &status_change::Model) -> Result<Change<Uuid, Uuid>, StoreError> {
    Ok(Change {
        id: row.id,
        party: row.party_id,
        status: row::parsed("status", &row.status)?,
        effective_on: row::parsed::<FuzzyDate>("effective_on", &row.effective_on)?,
        recorded_at: row.recorded_at.unwrap_or(DateTime::<Utc>::MAX_UTC),
        replaces: row.replaces_id,
        overrides: row.override_reason_en.is_some() || row.override_reason_es.is_some(),
    })
}

/// Folds the published histories of some pledges anew: what was known until `now` stays readable as it was, what is known
/// from now on is written beside it.
async fn refold(db: &impl ConnectionTrait, pledges: &[Uuid], now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = status_change::Entity::find()
        .filter(status_change::Column::PledgeId.is_in(pledges.iter().copied()))
        .filter(status_change::Column::RecordedAt.is_not_null())
        .order_by_asc(status_change::Column::RecordedAt)
        .order_by_asc(status_change::Column::Position)
        .all(db)
        .await?;
    let mut changes: HashMap<Uuid, Vec<Change<Uuid, Uuid>>> = HashMap::new();
    for row in &rows {
        changes.entry(row.pledge_id).or_default().push(foldable(row)?);
    }
    let parties =
        pledge_party::Entity::find().filter(pledge_party::Column::PledgeId.is_in(pledges.iter().copied())).all(db).await?;
    let mut owing: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for party in parties {
        let owing = owing.entry(party.pledge_id).or_default();
        if row::parsed::<Role>("role", &party.role)?.owes() && !owing.contains(&party.party_id) {
            owing.push(party.party_id);
        }
    }
    // What was folded at this very instant was never readable.
    status_span::Entity::delete_many()
        .filter(status_span::Column::PledgeId.is_in(pledges.iter().copied()))
        .filter(status_span::Column::KnownFrom.gte(now))
        .exec(db)
        .await?;
    status_span::Entity::update_many()
        .col_expr(status_span::Column::KnownTo, Expr::value(now))
        .filter(status_span::Column::PledgeId.is_in(pledges.iter().copied()))
        .filter(status_span::Column::KnownTo.is_null())
        .exec(db)
        .await?;
    let none = Vec::new();
    let rows = changes.iter().flat_map(|(pledge, changes)| {
        let spans = history::spans(changes, owing.get(pledge).unwrap_or(&none), now);
        spans.into_iter().map(|span| span_row(*pledge, span, now))
    });
    insert_all(db, rows.collect()).await
}

fn span_row(pledge_id: Uuid, span: Span, now: DateTime<Utc>) -> status_span::ActiveModel {
    status_span::ActiveModel {
        pledge_id: Set(pledge_id),
        status: Set(span.status.code().to_owned()),
        effective_on: Set(span.effective_on.to_string()),
        earliest: Set(span.earliest),
        valid_from: Set(span.from),
        valid_to: Set(span.until),
        known_from: Set(now),
        known_to: Set(None),
    }
}
