//! Review: a draft is handed in, and somebody else decides on it.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{Act, DraftState, FieldErrors, Problem};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    prelude::{Expr, Uuid},
};

use super::{Draft, publish, save::locked};
use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    entity::{draft, draft_comment},
};

/// How a reviewer approves.
#[derive(Clone, Debug, Default)]
pub struct Approval {
    /// When it is to be published; `None` is at once.
    pub at: Option<DateTime<Utc>>,
    /// Why an administrator approves what they wrote themselves; it is shown in public.
    pub override_reason: String,
}

impl Approval {
    /// How long ago a time may be that is taken for now: who types one types no seconds, and a while before they send it.
    const NOW: TimeDelta = TimeDelta::minutes(5);

    /// When it is to be published, if not at once. A time that is over is taken for a mistake, since nothing that is public becomes
    /// private again.
    fn later(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, FieldErrors> {
        match self.at {
            Some(at) if at < now - Self::NOW => {
                Err(FieldErrors::one("publish_at", Problem::Over(at.format("%Y-%m-%d %H:%M UTC").to_string())))
            }
            at => Ok(at.filter(|at| *at > now)),
        }
    }
}

impl Store {
    /// Hands a draft in for review.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with everything that is wrong with it; [`StoreError::Conflict`] if it was saved or decided on
    /// since it was read in `version`.
    pub async fn submit_draft(&self, editor: &Editor, id: Uuid, version: i32, now: DateTime<Utc>) -> Result<(), StoreError> {
        let now = now.trunc_subsecs(6);
        let read = self.draft(editor, id).await?.ok_or_else(|| StoreError::NoSuch { what: "draft", name: id.to_string() })?;
        self.proposal(&read, now).await?;
        let db = self.begin_writing().await?;
        let draft = locked(&db, id, editor).await?;
        editor.must(draft.kind.act())?;
        if draft.version != version || !matches!(draft.state, DraftState::Draft | DraftState::Returned) {
            return Err(StoreError::Conflict);
        }
        draft::Entity::update_many()
            .col_expr(draft::Column::State, Expr::value(DraftState::Submitted.code()))
            .col_expr(draft::Column::SubmittedAt, Expr::value(now))
            .col_expr(draft::Column::UpdatedAt, Expr::value(now))
            .filter(draft::Column::Id.eq(id))
            .exec(&db)
            .await?;
        audit::note(&db, Some(editor), "draft.submit", Subject("draft", &id.to_string()), Some(draft.title), now).await?;
        db.commit().await
    }

    /// Gives a draft back to its writers, with words for the whole and for single fields.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::Refused`] if nothing was said; [`StoreError::Conflict`] if it is no longer as it
    /// was read.
    pub async fn return_draft(
        &self,
        editor: &Editor,
        id: Uuid,
        version: i32,
        note: &str,
        comments: &[(String, String)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        editor.must(Act::Review)?;
        let now = now.trunc_subsecs(6);
        if note.trim().is_empty() && comments.is_empty() {
            return Err(FieldErrors::one("note", Problem::Missing).into());
        }
        let db = self.begin_writing().await?;
        let draft = locked(&db, id, editor).await?;
        if draft.version != version || !matches!(draft.state, DraftState::Submitted | DraftState::Scheduled) {
            return Err(StoreError::Conflict);
        }
        for (field, words) in comments {
            let row = draft_comment::ActiveModel {
                id: Set(Uuid::now_v7()),
                draft_id: Set(id),
                field: Set(field.clone()),
                words: Set(words.clone()),
                author_id: Set(editor.id),
                at: Set(now),
                version: Set(version),
            };
            draft_comment::Entity::insert(row).exec_without_returning(&db).await?;
        }
        decide(&db, &draft, DraftState::Returned, Some(editor), Some(note.trim()), None, now).await?;
        audit::note(&db, Some(editor), "draft.return", Subject("draft", &id.to_string()), Some(draft.title), now).await?;
        db.commit().await
    }

    /// Approves drafts, each as it was read in its version: published together, now or at a time.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`] if one of them is the reviewer's own; [`StoreError::Conflict`] if one is no longer as it was
    /// read; [`StoreError::Refused`] if one can no longer be published as it stands. Then none was.
    pub async fn approve_drafts(
        &self,
        editor: &Editor,
        drafts: &[(Uuid, i32)],
        approval: &Approval,
        now: DateTime<Utc>,
    ) -> Result<Vec<Draft>, StoreError> {
        editor.must(Act::Review)?;
        let now = now.trunc_subsecs(6);
        let reason = approval.override_reason.trim();
        let db = self.begin_writing().await?;
        let mut approved = Vec::with_capacity(drafts.len());
        for (id, version) in drafts {
            let draft = locked(&db, *id, editor).await?;
            if draft.version != *version || draft.state != DraftState::Submitted {
                return Err(StoreError::Conflict);
            }
            if draft.is_by(editor) {
                editor.must(Act::OverrideReview)?;
                if reason.is_empty() {
                    return Err(FieldErrors::one("override_reason", Problem::Missing).into());
                }
            }
            approved.push(draft);
        }
        let later = approval.later(now)?;
        for draft in &approved {
            let override_reason = draft.is_by(editor).then_some(reason);
            let state = if later.is_some() { DraftState::Scheduled } else { DraftState::Published };
            decide(&db, draft, state, Some(editor), None, later, now).await?;
            if let Some(reason) = override_reason {
                draft::Entity::update_many()
                    .col_expr(draft::Column::OverrideReason, Expr::value(reason))
                    .filter(draft::Column::Id.eq(draft.id))
                    .exec(&db)
                    .await?;
            }
            let act = if later.is_some() { "draft.schedule" } else { "draft.approve" };
            let detail = override_reason.map_or_else(|| draft.title.clone(), |reason| format!("{} ({reason})", draft.title));
            audit::note(&db, Some(editor), act, Subject("draft", &draft.id.to_string()), Some(detail), now).await?;
        }
        if later.is_none() {
            publish::publish(&db, &approved, now).await?;
        }
        let mut read = Vec::with_capacity(approved.len());
        for draft in &approved {
            read.push(super::save::reread(&db, draft.id).await?);
        }
        db.commit().await?;
        Ok(read)
    }

    /// Publishes what was approved for a time that has come. What can no longer be published as it stands goes back to its
    /// writers, who are told why. Tells how many were published.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn publish_due(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let now = now.trunc_subsecs(6);
        let due: Vec<Uuid> = draft::Entity::find()
            .select_only()
            .column(draft::Column::Id)
            .filter(draft::Column::State.eq(DraftState::Scheduled.code()))
            .filter(draft::Column::PublishAt.lte(now))
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut published = 0;
        for id in due {
            match self.publish_scheduled(id, now).await {
                Ok(true) => published += 1,
                Ok(false) => {}
                Err(StoreError::Refused(errors)) => self.give_back(id, &errors.to_string(), now).await?,
                Err(error @ (StoreError::Conflict | StoreError::NoSuch { .. })) => {
                    self.give_back(id, &error.to_string(), now).await?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(published)
    }

    /// Publishes one whose time has come, unless another server did so already.
    async fn publish_scheduled(&self, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let db = self.begin_writing().await?;
        let row = draft::Entity::find_by_id(id).lock_exclusive().one(&db).await?;
        if row.is_none_or(|row| row.state != DraftState::Scheduled.code()) {
            return Ok(false);
        }
        let draft = super::save::reread(&db, id).await?;
        draft::Entity::update_many()
            .col_expr(draft::Column::State, Expr::value(DraftState::Published.code()))
            .col_expr(draft::Column::UpdatedAt, Expr::value(now))
            .filter(draft::Column::Id.eq(id))
            .exec(&db)
            .await?;
        publish::publish(&db, &[draft], now).await?;
        db.commit().await?;
        Ok(true)
    }

    async fn give_back(&self, id: Uuid, why: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        let draft = super::save::reread(&db, id).await?;
        decide(&db, &draft, DraftState::Returned, None, Some(why), None, now).await?;
        db.commit().await
    }
}

async fn decide(
    db: &DatabaseTransaction,
    draft: &Draft,
    state: DraftState,
    reviewer: Option<&Editor>,
    note: Option<&str>,
    publish_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut update = draft::Entity::update_many()
        .col_expr(draft::Column::State, Expr::value(state.code()))
        .col_expr(draft::Column::DecisionNote, Expr::value(note))
        .col_expr(draft::Column::DecidedAt, Expr::value(now))
        .col_expr(draft::Column::UpdatedAt, Expr::value(now))
        .col_expr(draft::Column::PublishAt, Expr::value(publish_at));
    if let Some(reviewer) = reviewer {
        update = update.col_expr(draft::Column::ReviewerId, Expr::value(reviewer.id));
    }
    update.filter(draft::Column::Id.eq(draft.id)).exec(db).await?;
    Ok(())
}
