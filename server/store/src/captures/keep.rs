//! Keeping a copy: every copy that is kept, whether fetched, uploaded or pasted, passes through [`Store::keep_copy`].

use chrono::{DateTime, SubsecRound, Utc};
use domain::{CaptureOrigin, CaptureState, Sha256Hex, SourceMetadata, TextState, source::SourceUrl};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use super::{Claimed, queue::queue};
use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    entity::{capture, capture_job, snapshot, snapshot_page},
    log, revision,
};

/// A copy to be kept; its bytes are in the archive by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCopy {
    /// The address of the source.
    pub url: SourceUrl,
    /// The name of its bytes.
    pub sha256: Sha256Hex,
    /// How many there are.
    pub bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// How its host packed it, if it did.
    pub packed_as: Option<String>,
    /// Whether it has a text.
    pub text_state: TextState,
    /// Its text by page.
    pub pages: Vec<String>,
    /// What it says of itself.
    pub metadata: SourceMetadata,
    /// What came with it, where it was fetched.
    pub answer: Option<Answer>,
}

/// What came with a copy that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it came from in the end.
    pub final_url: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The answers that only led on, as JSON.
    pub hops: serde_json::Value,
}

/// Who has a copy to be kept.
#[derive(Clone, Copy, Debug)]
pub enum Keeper<'a> {
    /// A server, of what it had claimed.
    Server(&'a Claimed),
    /// Somebody at the desk, who handed in a file or pasted a text.
    Person(&'a Editor, CaptureOrigin),
}

impl Store {
    /// Keeps a copy. Of one that is the same as before only the time is new. `None` if another server has taken over what was
    /// claimed: then nothing was kept.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn keep_copy(&self, new: NewCopy, keeper: Keeper<'_>, now: DateTime<Utc>) -> Result<Option<Uuid>, StoreError> {
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        if !end_job(&db, &new.url, keeper, now).await? {
            return Ok(None);
        }
        keep_content(&db, &new, now).await?;
        let (origin, person) = match keeper {
            Keeper::Server(_) => (CaptureOrigin::Fetched, None),
            Keeper::Person(editor, origin) => (origin, Some(editor)),
        };
        let answer = new.answer;
        let row = capture::ActiveModel {
            id: Set(Uuid::now_v7()),
            url: Set(new.url.to_string()),
            sha256: Set(new.sha256.to_string()),
            captured_at: Set(now),
            origin: Set(origin.code().to_owned()),
            final_url: Set(answer.as_ref().map(|answer| answer.final_url.clone())),
            status: Set(answer.as_ref().map(|answer| i32::from(answer.status))),
            headers: Set(answer.as_ref().map(|answer| serde_json::json!(answer.headers).to_string())),
            hops: Set(answer.as_ref().map(|answer| answer.hops.to_string())),
            person_id: Set(person.map(|person| person.id)),
        };
        let kept = row.insert(&db).await?.id;
        if let Some(editor) = person {
            let act = if origin == CaptureOrigin::Pasted { "capture.paste" } else { "capture.upload" };
            let detail = Some(new.sha256.to_string());
            audit::note(&db, Some(editor), act, Subject("source", new.url.as_str()), detail, now).await?;
        }
        let state = revision::lock(&db).await?;
        log::begin(&db, &state, now).await?;
        log::copies::append_copies(&db, &[new.url.to_string()], now).await?;
        db.commit().await?;
        Ok(Some(kept))
    }
}

/// Ends what was to be fetched; `false` if it is no longer this server's to end.
async fn end_job(db: &DatabaseTransaction, url: &SourceUrl, keeper: Keeper<'_>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    use capture_job::Column as C;
    let ended = capture_job::Entity::update_many()
        .col_expr(C::State, Expr::value(CaptureState::Kept.code()))
        .col_expr(C::Failure, Expr::value(Option::<String>::None))
        .col_expr(C::Status, Expr::value(Option::<i32>::None))
        .col_expr(C::NextTryAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(C::Lease, Expr::value(Option::<Uuid>::None))
        .col_expr(C::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None));
    Ok(match keeper {
        Keeper::Server(claimed) => {
            let mine = ended.filter(C::Id.eq(claimed.id)).filter(C::Lease.eq(claimed.lease));
            mine.exec(db).await?.rows_affected == 1
        }
        Keeper::Person(editor, _) => {
            queue(db, std::slice::from_ref(url), Some(editor.id), now).await?;
            ended.filter(C::Url.eq(url.as_str())).exec(db).await?.rows_affected == 1
        }
    })
}

/// Writes a copy and its text, unless they are there.
async fn keep_content(db: &DatabaseTransaction, new: &NewCopy, now: DateTime<Utc>) -> Result<(), StoreError> {
    if snapshot::Entity::find_by_id(new.sha256.to_string()).one(db).await?.is_some() {
        return Ok(());
    }
    let pages = if new.text_state == TextState::Read { new.pages.as_slice() } else { &[] };
    let row = snapshot::ActiveModel {
        sha256: Set(new.sha256.to_string()),
        bytes: Set(i64::try_from(new.bytes).unwrap_or(i64::MAX)),
        media_type: Set(new.media_type.clone()),
        packed_as: Set(new.packed_as.clone()),
        text_state: Set(new.text_state.code().to_owned()),
        pages: Set(i32::try_from(pages.len()).unwrap_or(i32::MAX)),
        metadata: Set(serde_json::json!(new.metadata).to_string()),
        kept_at: Set(now),
    };
    snapshot::Entity::insert(row).exec_without_returning(db).await?;
    for (page, content) in (1..).zip(pages) {
        let row = snapshot_page::ActiveModel {
            sha256: Set(new.sha256.to_string()),
            page: Set(page),
            // PostgreSQL has no NUL in texts; nobody quotes one.
            content: Set(content.replace('\0', "")),
        };
        snapshot_page::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}
