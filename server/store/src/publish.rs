//! Publishing: a status change becomes public together with its evidence, and the folded history follows it.

use chrono::{DateTime, Utc};
use domain::{
    Citation, FuzzyDate, Role,
    history::{self, Change, Span},
    pledge::StatusChange,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    prelude::{Expr, Uuid},
};

use crate::{
    StoreError,
    entity::{citation, pledge_party, status_change, status_span},
    load::Names,
    row,
};

/// What a citation is cited for.
#[derive(Clone, Copy)]
pub(crate) enum Claim {
    Pledge(Uuid),
    Variant(Uuid),
    StatusChange(Uuid),
}

/// Writes citations as published at `now`.
pub(crate) async fn cite(
    db: &impl ConnectionTrait,
    claim: Claim,
    citations: &[Citation],
    names: &Names,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(citations.len());
    for (position, cited) in (0..).zip(citations) {
        let (pledge_id, variant_id, status_change_id) = match claim {
            Claim::Pledge(id) => (Some(id), None, None),
            Claim::Variant(id) => (None, Some(id), None),
            Claim::StatusChange(id) => (None, None, Some(id)),
        };
        rows.push(citation::ActiveModel {
            id: Set(Uuid::now_v7()),
            pledge_id: Set(pledge_id),
            variant_id: Set(variant_id),
            status_change_id: Set(status_change_id),
            position: Set(position),
            source_id: Set(names.source(&cited.source)?),
            quote: Set(cited.quote.clone()),
            locator: Set(cited.locator.clone()),
            language: Set(cited.language.clone()),
            stance: Set(cited.stance.code().to_owned()),
            authority: Set(cited.authority.map(|authority| authority.code().to_owned())),
            recorded_at: Set(Some(now)),
        });
    }
    if !rows.is_empty() {
        citation::Entity::insert_many(rows).exec(db).await?;
    }
    Ok(())
}

/// Writes a status change with its evidence and publishes it. `earlier` are the ids of the pledge's changes before it.
pub(crate) async fn publish_change(
    db: &impl ConnectionTrait,
    pledge_id: Uuid,
    change: &StatusChange,
    earlier: &[Uuid],
    names: &Names,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    let party_id = change.party.as_ref().map(|party| names.party(party)).transpose()?;
    let texts = |text: &Option<domain::Localized>| text.clone().unwrap_or_default();
    let (searched, override_reason, reason) = (texts(&change.searched), texts(&change.override_reason), texts(&change.reason));
    let draft = status_change::ActiveModel {
        id: Set(id),
        pledge_id: Set(pledge_id),
        position: Set(i32::try_from(earlier.len()).unwrap_or(i32::MAX)),
        party_id: Set(party_id),
        status: Set(change.status.code().to_owned()),
        effective_on: Set(change.effective_on.to_string()),
        effective_last: Set(history::latest_day(change.effective_on, now)),
        rationale_en: Set(change.rationale.en.clone()),
        rationale_es: Set(change.rationale.es.clone()),
        confidence: Set(change.confidence.map(|confidence| confidence.code().to_owned())),
        searched_en: Set(searched.en),
        searched_es: Set(searched.es),
        override_reason_en: Set(override_reason.en),
        override_reason_es: Set(override_reason.es),
        replaces_id: Set(change.replaces.and_then(|index| earlier.get(index)).copied()),
        reason_en: Set(reason.en),
        reason_es: Set(reason.es),
        recorded_at: Set(None),
    };
    draft.insert(db).await?;
    cite(db, Claim::StatusChange(id), &change.citations, names, now).await?;
    status_change::Entity::update_many()
        .col_expr(status_change::Column::RecordedAt, Expr::value(now))
        .filter(status_change::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(id)
}

/// The published changes of a pledge in the order of recording, as the fold wants them, and the parties that owe it.
pub(crate) async fn fold_input(
    db: &impl ConnectionTrait,
    pledge_id: Uuid,
) -> Result<(Vec<Change<Uuid, Uuid>>, Vec<Uuid>), StoreError> {
    let rows = status_change::Entity::find()
        .filter(status_change::Column::PledgeId.eq(pledge_id))
        .filter(status_change::Column::RecordedAt.is_not_null())
        .order_by_asc(status_change::Column::RecordedAt)
        .order_by_asc(status_change::Column::Position)
        .all(db)
        .await?;
    let changes = rows.iter().map(foldable).collect::<Result<_, _>>()?;
    let mut owing = Vec::new();
    for party in pledge_party::Entity::find().filter(pledge_party::Column::PledgeId.eq(pledge_id)).all(db).await? {
        if row::parsed::<Role>("role", &party.role)?.owes() && !owing.contains(&party.party_id) {
            owing.push(party.party_id);
        }
    }
    Ok((changes, owing))
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

/// Folds a pledge's published history anew: what was known until `now` stays readable as it was, what is known from now on
/// is written beside it.
pub(crate) async fn refold(db: &impl ConnectionTrait, pledge_id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let (changes, owing) = fold_input(db, pledge_id).await?;
    // What was folded at this very instant was never readable.
    status_span::Entity::delete_many()
        .filter(status_span::Column::PledgeId.eq(pledge_id))
        .filter(status_span::Column::KnownFrom.gte(now))
        .exec(db)
        .await?;
    status_span::Entity::update_many()
        .col_expr(status_span::Column::KnownTo, Expr::value(now))
        .filter(status_span::Column::PledgeId.eq(pledge_id))
        .filter(status_span::Column::KnownTo.is_null())
        .exec(db)
        .await?;
    let rows: Vec<_> = history::spans(&changes, &owing, now).into_iter().map(|span| span_row(pledge_id, span, now)).collect();
    if !rows.is_empty() {
        status_span::Entity::insert_many(rows).exec(db).await?;
    }
    Ok(())
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
