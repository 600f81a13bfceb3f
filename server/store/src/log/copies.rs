//! Kept copies in the log: each that readers can see has an entry, from the moment on at which they can.

use chrono::{DateTime, Utc};
use domain::{
    Sha256Hex,
    log::{Said, Snapshot, canonical},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait, Select,
    prelude::{Expr, Uuid},
};

use super::append;
use crate::{
    StoreError,
    entity::{capture, citation, log_capture, snapshot, snapshot_page, source},
    row,
};

/// How many addresses are asked about at a time.
const AT_ONCE: usize = 500;

/// Appends an entry for each copy of these addresses that has none yet and whose source is published. The transaction holds the
/// lock.
pub(crate) async fn append_copies(db: &impl ConnectionTrait, urls: &[String], now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for urls in urls.chunks(AT_ONCE) {
        rows.extend(unlogged().filter(capture::Column::Url.is_in(urls)).all(db).await?);
    }
    rows.sort_by_key(|row| (row.captured_at, row.id));
    for row in rows {
        let capture_id = row.id;
        let index = append(db, Said::Snapshot(said_of(db, row).await?), now, Vec::new()).await?;
        let logged = log_capture::ActiveModel { capture_id: Set(capture_id), entry_id: Set(index.cast_signed()) };
        log_capture::Entity::insert(logged).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The copies of published sources that no entry is of, the oldest first. Asked of each copy: to gather what is published would
/// take the longer the larger the record is.
pub(crate) fn unlogged() -> Select<capture::Entity> {
    let logged = log_capture::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((log_capture::Entity, log_capture::Column::CaptureId)).equals((capture::Entity, capture::Column::Id)));
    let published = source::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .join(JoinType::InnerJoin, citation::Relation::Source.def().rev())
        .filter(Expr::col((source::Entity, source::Column::Url)).equals((capture::Entity, capture::Column::Url)))
        .filter(citation::Column::RecordedAt.is_not_null());
    capture::Entity::find()
        .filter(Expr::exists(logged.into_query()).not())
        .filter(Expr::exists(published.into_query()))
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
