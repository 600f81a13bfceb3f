//! Drafts that programs begin under a key: sent again, because an answer got lost, the same request begins nothing more.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{DraftKind, Fields, Slug};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, prelude::Uuid, sea_query::OnConflict,
};

use super::{Draft, save};
use crate::{Editor, Store, StoreError, entity::begun_once, people::hash};

/// How long a key is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(7);

/// The key of a request, chosen by who sends it.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    /// The key; of different people the same key is not the same.
    pub key: &'a str,
    /// What was sent with it, from which a second request is known to be the same.
    pub content: &'a str,
}

impl Store {
    /// Begins a draft as [`Store::begin_draft`] does, unless it was begun under this key already: then it is that draft, as it
    /// is by now.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::OutOfScope`], [`StoreError::NoSuch`]; [`StoreError::KeyUsed`] where something
    /// else was sent under the key.
    pub async fn begin_draft_once(
        &self,
        editor: &Editor,
        kind: DraftKind,
        pledge: Option<&Slug>,
        fields: Fields,
        once: Once<'_>,
        now: DateTime<Utc>,
    ) -> Result<Draft, StoreError> {
        editor.must(kind.act())?;
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        if let Some(begun) = begun(&db, editor, once).await? {
            return Ok(begun);
        }
        let old = begun_once::Column::At.lt(now - REMEMBERED);
        begun_once::Entity::delete_many().filter(old).exec(&db).await?;
        let draft = save::begin(&db, editor, kind, pledge, fields, now).await?;
        if noted(&db, editor, once, draft.id, now).await? {
            db.commit().await?;
            return Ok(draft);
        }
        // The same request was on its way twice, and the other one was faster: what this one began is undone.
        db.give_up().await?;
        let db = self.begin_writing().await?;
        begun(&db, editor, once).await?.ok_or(StoreError::Conflict)
    }
}

/// The draft that was begun under a key.
async fn begun(db: &DatabaseTransaction, editor: &Editor, once: Once<'_>) -> Result<Option<Draft>, StoreError> {
    let Some(row) = begun_once::Entity::find_by_id((editor.id, hash(once.key))).one(db).await? else { return Ok(None) };
    if row.content_hash != hash(once.content) {
        return Err(StoreError::KeyUsed);
    }
    save::reread(db, row.draft_id).await.map(Some)
}

/// Notes what was begun under a key; false where somebody was faster.
async fn noted(
    db: &DatabaseTransaction,
    editor: &Editor,
    once: Once<'_>,
    draft: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = begun_once::ActiveModel {
        person_id: Set(editor.id),
        key_hash: Set(hash(once.key)),
        content_hash: Set(hash(once.content)),
        draft_id: Set(draft),
        at: Set(now),
    };
    let same = OnConflict::columns([begun_once::Column::PersonId, begun_once::Column::KeyHash]).do_nothing().to_owned();
    Ok(begun_once::Entity::insert(row).on_conflict(same).exec_without_returning(db).await? == 1)
}
