//! Applying an import and undoing it, each in one transaction.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    Act, DraftKind, DraftState, Localized,
    import::{Outcome, Upload},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
};

use super::{
    drafts_of,
    plan::{Planned, replace},
};
use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    entity::{draft, draft_version, import_batch, import_draft, import_file},
    publish::insert_all,
    revision,
};

/// What an import's proposals become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyAs {
    /// Whether they wait for a reviewer at once.
    pub for_review: bool,
    /// Whether rows that are refused are left out; else none is applied if one is.
    pub skip_refused: bool,
    /// Why published pledges are edited, in public.
    pub reason: Localized,
}

/// What a step of an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Rows are compared with the record.
    Comparing,
    /// Drafts are written.
    Writing,
}

/// What came of applying an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// So many drafts were made.
    Done(usize),
    /// The record has changed, and with it what the import would do: the new plan is kept, and nothing was done.
    PlanChanged,
    /// So many rows are refused, and nothing was done.
    Refused(usize),
}

/// What came of undoing an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// How many drafts were discarded.
    pub discarded: u64,
    /// How many are published by now, and stay.
    pub published: u64,
}

/// How many drafts are written at once.
const AT_ONCE: usize = 250;

impl Store {
    /// Makes the drafts of an import, all or none, if it would still do what was shown.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`]; [`StoreError::Conflict`] if it was applied already, or the record
    /// changes all the while.
    pub async fn import(
        &self,
        editor: &Editor,
        id: Uuid,
        apply: &ApplyAs,
        now: DateTime<Utc>,
        progress: &(dyn Fn(Stage, usize, usize) + Send + Sync),
    ) -> Result<Applied, StoreError> {
        editor.must(Act::Import)?;
        let now = now.trunc_subsecs(6);
        let files = import_file::Entity::find()
            .filter(import_file::Column::BatchId.eq(id))
            .order_by_asc(import_file::Column::Position)
            .all(&self.db)
            .await?;
        let uploads = files.into_iter().map(|file| Upload { name: file.name, bytes: file.content }).collect();
        let planned = self.planned(uploads, now, progress).await?;
        let db = self.begin_writing().await?;
        let state = revision::lock(&db).await?;
        let batch = locked(&db, id).await?;
        if batch.state != "planned" || state.revision != planned.revision {
            return Err(StoreError::Conflict);
        }
        let subject = id.to_string();
        if planned.fingerprint != batch.plan_sha256 {
            replace(&db, id, &planned).await?;
            audit::note(&db, Some(editor), "import.plan", Subject("import", &subject), None, now).await?;
            db.commit().await?;
            return Ok(Applied::PlanChanged);
        }
        let refused = planned.plan.counts().of(Outcome::Refused);
        if refused > 0 && !apply.skip_refused {
            return Ok(Applied::Refused(refused));
        }
        let count = planned.proposals.len();
        write(&db, editor, id, planned, apply, now, progress).await?;
        import_batch::Entity::update_many()
            .col_expr(import_batch::Column::State, Expr::value("applied"))
            .col_expr(import_batch::Column::AppliedAt, Expr::value(now))
            .filter(import_batch::Column::Id.eq(id))
            .exec(&db)
            .await?;
        let as_what = if apply.for_review { DraftState::Submitted } else { DraftState::Draft };
        let detail = format!("{count} × {as_what}");
        audit::note(&db, Some(editor), "import.apply", Subject("import", &subject), Some(detail), now).await?;
        db.commit().await?;
        Ok(Applied::Done(count))
    }

    /// Discards every draft of an import that is not published yet.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`]; [`StoreError::Conflict`] if it was not applied, or undone already.
    pub async fn undo_import(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<Undone, StoreError> {
        editor.must(Act::Import)?;
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        if locked(&db, id).await?.state != "applied" {
            return Err(StoreError::Conflict);
        }
        let published = draft::Entity::find()
            .filter(draft::Column::Id.in_subquery(drafts_of(id)))
            .filter(draft::Column::State.eq(DraftState::Published.code()))
            .count(&db)
            .await?;
        let open = [DraftState::Draft, DraftState::Submitted, DraftState::Returned, DraftState::Scheduled].map(DraftState::code);
        let discarded = draft::Entity::update_many()
            .col_expr(draft::Column::State, Expr::value(DraftState::Discarded.code()))
            .col_expr(draft::Column::PublishAt, Expr::value(Option::<DateTime<Utc>>::None))
            .col_expr(draft::Column::UpdatedAt, Expr::value(now))
            .filter(draft::Column::Id.in_subquery(drafts_of(id)))
            .filter(draft::Column::State.is_in(open))
            .exec(&db)
            .await?
            .rows_affected;
        import_batch::Entity::update_many()
            .col_expr(import_batch::Column::State, Expr::value("undone"))
            .col_expr(import_batch::Column::UndoneAt, Expr::value(now))
            .filter(import_batch::Column::Id.eq(id))
            .exec(&db)
            .await?;
        let detail = format!("{discarded} × {}, {published} × {}", DraftState::Discarded, DraftState::Published);
        audit::note(&db, Some(editor), "import.undo", Subject("import", &id.to_string()), Some(detail), now).await?;
        db.commit().await?;
        Ok(Undone { discarded, published })
    }
}

/// An import that nobody else can apply or undo until the end of the transaction.
async fn locked(db: &DatabaseTransaction, id: Uuid) -> Result<import_batch::Model, StoreError> {
    let row = import_batch::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    row.ok_or_else(|| StoreError::NoSuch { what: "import", name: id.to_string() })
}

async fn write(
    db: &DatabaseTransaction,
    editor: &Editor,
    batch: Uuid,
    planned: Planned,
    apply: &ApplyAs,
    now: DateTime<Utc>,
    progress: &(dyn Fn(Stage, usize, usize) + Send + Sync),
) -> Result<(), StoreError> {
    let total = planned.proposals.len();
    let state = if apply.for_review { DraftState::Submitted } else { DraftState::Draft };
    for (piece, proposals) in planned.proposals.chunks(AT_ONCE).enumerate() {
        progress(Stage::Writing, piece * AT_ONCE, total);
        let (mut drafts, mut versions, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for proposal in proposals {
            let id = Uuid::now_v7();
            let mut fields = proposal.fields.clone();
            if proposal.kind == DraftKind::Edit {
                fields.set("reason.en", apply.reason.en.clone().unwrap_or_default());
                fields.set("reason.es", apply.reason.es.clone().unwrap_or_default());
            }
            let fields = fields.to_text();
            let stored = planned.stored.get(&proposal.id).filter(|_| proposal.kind != DraftKind::Pledge);
            drafts.push(draft::ActiveModel {
                id: Set(id),
                kind: Set(proposal.kind.code().to_owned()),
                state: Set(state.code().to_owned()),
                title: Set(proposal.title.for_reader(domain::Locale::En).0.to_owned()),
                fields: Set(fields.clone()),
                version: Set(1),
                pledge_id: Set(stored.map(|(id, _)| *id)),
                base_revision: Set(stored.map_or(0, |(_, revision)| *revision)),
                author_id: Set(editor.id),
                created_at: Set(now),
                updated_at: Set(now),
                submitted_at: Set(apply.for_review.then_some(now)),
                reviewer_id: Set(None),
                decided_at: Set(None),
                decision_note: Set(None),
                override_reason: Set(None),
                publish_at: Set(None),
            });
            versions.push(draft_version::ActiveModel {
                draft_id: Set(id),
                version: Set(1),
                fields: Set(fields),
                saved_by: Set(editor.id),
                saved_at: Set(now),
            });
            links.push(import_draft::ActiveModel { draft_id: Set(id), batch_id: Set(batch) });
        }
        insert_all(db, drafts).await?;
        insert_all(db, versions).await?;
        insert_all(db, links).await?;
    }
    progress(Stage::Writing, total, total);
    Ok(())
}
