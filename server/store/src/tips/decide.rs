//! Deciding on tips: one becomes a draft, or is put aside. It stays either way.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{Act, DraftKind, Fields, TipState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    prelude::{Expr, Uuid},
};

use crate::{
    Comment, Draft, Editor, Store, StoreError,
    audit::{self, Subject},
    drafts::{begin, reread},
    entity::{draft_comment, pledge, source, tip},
    row,
};

impl Store {
    /// Makes a draft of a tip: a status change of its pledge, with the source filled in and what the reader wrote beside it. A
    /// tip becomes one draft; who accepts it after somebody else gets theirs.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::NoSuch`] if there is no such tip, or its pledge is no longer public.
    pub async fn accept_tip(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<Draft, StoreError> {
        editor.must(Act::SortTips)?;
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        let tip = locked(&db, id).await?;
        if let Some(draft) = tip.draft_id {
            return reread(&db, draft).await;
        }
        let slug: Option<String> =
            pledge::Entity::find_by_id(tip.pledge_id).select_only().column(pledge::Column::Slug).into_tuple().one(&db).await?;
        let slug = row::slug(&slug.unwrap_or_default())?;
        let fields = fields_of(&db, &tip).await?;
        let draft = begin(&db, editor, DraftKind::StatusChange, Some(&slug), fields, now).await?;
        if let Some(words) = tip.words {
            let comment = draft_comment::ActiveModel {
                id: Set(Uuid::now_v7()),
                draft_id: Set(draft.id),
                field: Set(Comment::TIP.to_owned()),
                words: Set(words),
                // Who passes it on; who sent it nobody knows.
                author_id: Set(editor.id),
                at: Set(now),
                version: Set(draft.version),
            };
            draft_comment::Entity::insert(comment).exec_without_returning(&db).await?;
        }
        decide(&db, editor, id, TipState::Accepted, Some(draft.id), now).await?;
        let detail = Some(format!("draft {}", draft.id));
        audit::note(&db, Some(editor), "tip.accept", Subject("tip", &id.to_string()), detail, now).await?;
        let draft = reread(&db, draft.id).await?;
        db.commit().await?;
        Ok(draft)
    }

    /// Puts a tip aside: nothing follows from it, or it is no tip at all. It can still be accepted later.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`]; [`StoreError::Conflict`] if a draft was made of it already.
    pub async fn decline_tip(&self, editor: &Editor, id: Uuid, spam: bool, now: DateTime<Utc>) -> Result<(), StoreError> {
        editor.must(Act::SortTips)?;
        let now = now.trunc_subsecs(6);
        let (state, act) = if spam { (TipState::Spam, "tip.spam") } else { (TipState::Declined, "tip.decline") };
        let db = self.begin_writing().await?;
        let tip = locked(&db, id).await?;
        if tip.draft_id.is_some() {
            return Err(StoreError::Conflict);
        }
        if tip.state == state.code() && tip.decided_by.is_some() {
            return Ok(());
        }
        decide(&db, editor, id, state, None, now).await?;
        audit::note(&db, Some(editor), act, Subject("tip", &id.to_string()), None, now).await?;
        db.commit().await
    }
}

/// A tip that nobody else can decide on until the end of the transaction.
async fn locked(db: &DatabaseTransaction, id: Uuid) -> Result<tip::Model, StoreError> {
    let row = tip::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    row.ok_or_else(|| StoreError::NoSuch { what: "tip", name: id.to_string() })
}

/// What the form of the draft begins with. Of a source that the record knows, its address is enough; of another, the language
/// of the tip is a fair guess.
async fn fields_of(db: &impl ConnectionTrait, tip: &tip::Model) -> Result<Fields, StoreError> {
    let mut fields = Fields::default();
    let Some(url) = &tip.url else { return Ok(fields) };
    fields.set("citations[0].source.url", url);
    if source::Entity::find().filter(source::Column::Url.eq(url)).count(db).await? == 0 {
        fields.set("citations[0].source.language", &tip.language);
    }
    Ok(fields)
}

async fn decide(
    db: &DatabaseTransaction,
    editor: &Editor,
    id: Uuid,
    state: TipState,
    draft: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tip::Entity::update_many()
        .col_expr(tip::Column::State, Expr::value(state.code()))
        .col_expr(tip::Column::DecidedBy, Expr::value(editor.id))
        .col_expr(tip::Column::DecidedAt, Expr::value(now))
        .col_expr(tip::Column::DraftId, Expr::value(draft))
        .filter(tip::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
