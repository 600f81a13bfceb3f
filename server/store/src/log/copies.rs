//! Kept copies in the log: each that readers can see has an entry, from the moment on at which they can.

use chrono::{DateTime, Utc};
use domain::{
    Sha256Hex,
    log::{Said, Snapshot, canonical},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    prelude::Uuid,
};

use super::append;
use crate::{
    StoreError,
    entity::{capture, citation, log_capture, snapshot, snapshot_page, source},
    row,
};

/// Appends an entry for each copy of a published source that has none yet. The transaction holds the lock.
pub(crate) async fn append_copies(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), StoreError> {
    for row in unlogged().all(db).await? {
        let capture_id = row.id;
        let index = append(db, Said::Snapshot(said_of(db, row).await?), now, Vec::new()).await?;
        let logged = log_capture::ActiveModel { capture_id: Set(capture_id), entry_id: Set(index.cast_signed()) };
        log_capture::Entity::insert(logged).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The copies of published sources that no entry is of, the oldest first.
pub(crate) fn unlogged() -> Select<capture::Entity> {
    let logged = log_capture::Entity::find().select_only().column(log_capture::Column::CaptureId);
    let published = citation::Entity::find()
        .select_only()
        .column(citation::Column::SourceId)
        .filter(citation::Column::RecordedAt.is_not_null());
    let published = source::Entity::find()
        .select_only()
        .column(source::Column::Url)
        .filter(source::Column::Id.in_subquery(published.into_query()));
    capture::Entity::find()
        .filter(capture::Column::Id.not_in_subquery(logged.into_query()))
        .filter(capture::Column::Url.in_subquery(published.into_query()))
        .order_by_asc(capture::Column::CapturedAt)
        .order_by_asc(capture::Column::Id)
}

/// What an entry says of a copy.
pub(crate) async fn said_of(db: &impl ConnectionTrait, row: capture::Model) -> Result<Snapshot, StoreError> {
    let missing = || StoreError::NoSuch { what: "kept copy", name: row.sha256.clone() };
    let content = snapshot::Entity::find_by_id(&row.sha256).one(db).await?.ok_or_else(missing)?;
    let pages: Vec<String> = snapshot_page::Entity::find()
        .select_only()
        .column(snapshot_page::Column::Content)
        .filter(snapshot_page::Column::Sha256.eq(&row.sha256))
        .order_by_asc(snapshot_page::Column::Page)
        .into_tuple()
        .all(db)
        .await?;
    let answer = row.final_url.as_ref().map(|final_url| {
        let told = serde_json::json!({ "final_url": final_url, "status": row.status, "headers": row.headers, "hops": row.hops });
        canonical(&told).map(|text| Sha256Hex::of(text.as_bytes()).to_string())
    });
    let answer = answer.transpose().map_err(|error| StoreError::NotUnderstood { column: "headers", value: error.to_string() })?;
    Ok(Snapshot {
        captured_at: row.captured_at,
        origin: row::parsed("origin", &row.origin)?,
        bytes: u64::try_from(content.bytes).unwrap_or_default(),
        media_type: content.media_type,
        text_sha256: (!pages.is_empty()).then(|| Sha256Hex::of(pages.join("\u{c}").as_bytes()).to_string()),
        answer_sha256: answer,
        url: row.url,
        sha256: row.sha256,
    })
}

/// Which entry is of which copy.
pub(crate) async fn logged(db: &impl ConnectionTrait) -> Result<Vec<(i64, Uuid)>, StoreError> {
    let rows = log_capture::Entity::find()
        .select_only()
        .columns([log_capture::Column::EntryId, log_capture::Column::CaptureId])
        .order_by_asc(log_capture::Column::EntryId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}
