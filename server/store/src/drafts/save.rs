//! Writing drafts. Every state that was ever saved stays, so that nothing typed is lost.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{Act, DraftKind, DraftState, Fields, Slug, capture::named_in, desk_form::BASE};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use super::{Draft, drafts_of};
use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    captures,
    entity::{draft, draft_presence, draft_version, person, pledge},
};

/// What came of saving a draft.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// It is saved.
    Done(Box<Draft>),
    /// Somebody else has saved another version since: theirs, and the one that both began from. Nothing was changed.
    Conflict {
        /// The draft as it is now.
        theirs: Box<Draft>,
        /// What both began from.
        base: Fields,
    },
}

/// The longest that a draft can be, in bytes.
const LIMIT: usize = 400_000;

/// How long somebody who has a draft open counts as being there after their last sign of life.
const PRESENT: chrono::TimeDelta = chrono::TimeDelta::seconds(40);

impl Store {
    /// Begins a draft: of a new pledge, or of a change to the published one of a name.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::NoSuch`] if there is no such pledge.
    pub async fn begin_draft(
        &self,
        editor: &Editor,
        kind: DraftKind,
        pledge: Option<&Slug>,
        fields: Fields,
        now: DateTime<Utc>,
    ) -> Result<Draft, StoreError> {
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        let draft = begin(&db, editor, kind, pledge, fields, now).await?;
        db.commit().await?;
        Ok(draft)
    }

    /// Saves a draft that was read in `version`. One that was handed in is taken back by it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`]; [`StoreError::Conflict`] if it is no longer open.
    pub async fn save_draft(
        &self,
        editor: &Editor,
        id: Uuid,
        version: i32,
        mut fields: Fields,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let now = now.trunc_subsecs(6);
        let base = base_of(&mut fields);
        let db = self.begin_writing().await?;
        let draft = locked(&db, id, editor).await?;
        editor.must(draft.kind.act())?;
        if !draft.state.is_open() {
            return Err(StoreError::Conflict);
        }
        if draft.version != version {
            let base = draft_version::Entity::find_by_id((id, version)).one(&db).await?;
            let base = base.map(|row| super::fields(&row.fields)).transpose()?.unwrap_or_default();
            return Ok(Saved::Conflict { theirs: Box::new(draft), base });
        }
        let length = fields.to_text().len();
        if length > LIMIT {
            return Err(domain::FieldErrors::one("", domain::Problem::TooLong { length, limit: LIMIT }).into());
        }
        let base = base.unwrap_or(draft.base);
        if draft.fields == fields && draft.base == base && draft.state != DraftState::Submitted {
            return Ok(Saved::Done(Box::new(draft)));
        }
        let title = if draft.kind == DraftKind::Pledge { title_of(&fields) } else { draft.title.clone() };
        let state = if draft.state == DraftState::Submitted { DraftState::Draft } else { draft.state };
        draft::Entity::update_many()
            .col_expr(draft::Column::Fields, Expr::value(fields.to_text()))
            .col_expr(draft::Column::Title, Expr::value(title))
            .col_expr(draft::Column::State, Expr::value(state.code()))
            .col_expr(draft::Column::Version, Expr::value(version + 1))
            .col_expr(draft::Column::BaseRevision, Expr::value(base))
            .col_expr(draft::Column::UpdatedAt, Expr::value(now))
            .filter(draft::Column::Id.eq(id))
            .exec(&db)
            .await?;
        keep_version(&db, id, version + 1, &fields, editor, now).await?;
        captures::queue(&db, &named_in(&fields), Some(editor.id), now).await?;
        audit::note(&db, Some(editor), "draft.save", Subject("draft", &id.to_string()), None, now).await?;
        let draft = reread(&db, id).await?;
        db.commit().await?;
        Ok(Saved::Done(Box::new(draft)))
    }

    /// Gives a draft up. It stays, so that it can be told what became of it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`]; [`StoreError::Conflict`] if it is published already.
    pub async fn discard_draft(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        let draft = locked(&db, id, editor).await?;
        editor.must(draft.kind.act())?;
        if draft.state.is_final() {
            return Err(StoreError::Conflict);
        }
        draft::Entity::update_many()
            .col_expr(draft::Column::State, Expr::value(DraftState::Discarded.code()))
            .col_expr(draft::Column::PublishAt, Expr::value(Option::<DateTime<Utc>>::None))
            .col_expr(draft::Column::UpdatedAt, Expr::value(now.trunc_subsecs(6)))
            .filter(draft::Column::Id.eq(id))
            .exec(&db)
            .await?;
        audit::note(&db, Some(editor), "draft.discard", Subject("draft", &id.to_string()), Some(draft.title), now).await?;
        db.commit().await
    }

    /// Notes that somebody has a draft open, and tells who else has.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn open_draft(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
        let row =
            draft_presence::ActiveModel { draft_id: Set(id), person_id: Set(editor.id), seen_at: Set(now.trunc_subsecs(6)) };
        let turn = self.turn().await?;
        draft_presence::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([draft_presence::Column::DraftId, draft_presence::Column::PersonId])
                    .update_column(draft_presence::Column::SeenAt)
                    .to_owned(),
            )
            .exec_without_returning(&self.db)
            .await?;
        drop(turn);
        let others: Vec<Uuid> = draft_presence::Entity::find()
            .select_only()
            .column(draft_presence::Column::PersonId)
            .filter(draft_presence::Column::DraftId.eq(id))
            .filter(draft_presence::Column::PersonId.ne(editor.id))
            .filter(draft_presence::Column::SeenAt.gt(now - PRESENT))
            .into_tuple()
            .all(&self.db)
            .await?;
        let names = person::Entity::find()
            .select_only()
            .column(person::Column::Name)
            .filter(person::Column::Id.is_in(others))
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(names)
    }
}

/// Begins a draft within a transaction.
pub(crate) async fn begin(
    db: &DatabaseTransaction,
    editor: &Editor,
    kind: DraftKind,
    pledge: Option<&Slug>,
    mut fields: Fields,
    now: DateTime<Utc>,
) -> Result<Draft, StoreError> {
    editor.must(kind.act())?;
    let base = base_of(&mut fields);
    let changed = match pledge {
        Some(slug) => {
            let found = pledge::Entity::find()
                .filter(pledge::Column::Slug.eq(slug.as_str()))
                .filter(pledge::Column::RecordedAt.is_not_null())
                .one(db)
                .await?;
            Some(found.ok_or_else(|| StoreError::NoSuch { what: "pledge", name: slug.to_string() })?)
        }
        None => None,
    };
    let title = changed.as_ref().and_then(|row| row.title_en.clone().or_else(|| row.title_es.clone()));
    let title = title.unwrap_or_else(|| title_of(&fields));
    let row = draft::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(kind.code().to_owned()),
        state: Set(DraftState::Draft.code().to_owned()),
        title: Set(title),
        fields: Set(fields.to_text()),
        version: Set(1),
        base_revision: Set(changed.as_ref().map_or(0, |row| base.unwrap_or(row.revision))),
        pledge_id: Set(changed.map(|row| row.id)),
        author_id: Set(editor.id),
        created_at: Set(now),
        updated_at: Set(now),
        submitted_at: Set(None),
        reviewer_id: Set(None),
        decided_at: Set(None),
        decision_note: Set(None),
        override_reason: Set(None),
        publish_at: Set(None),
    };
    let row = row.insert(db).await?;
    let id = row.id;
    keep_version(db, id, 1, &fields, editor, now).await?;
    captures::queue(db, &named_in(&fields), Some(editor.id), now).await?;
    audit::note(db, Some(editor), "draft.begin", Subject("draft", &id.to_string()), Some(row.title.clone()), now).await?;
    one(db, row).await
}

/// Takes out of a form which revision of the pledge its writer had before them, if it says so.
fn base_of(fields: &mut Fields) -> Option<i64> {
    fields.take(BASE)?.trim().parse().ok()
}

/// What a draft of a new pledge is called in lists.
fn title_of(fields: &Fields) -> String {
    let title = [fields.get("title.en"), fields.get("title.es"), fields.get("citations[0].source.title")];
    title.into_iter().map(str::trim).find(|title| !title.is_empty()).unwrap_or("…").chars().take(200).collect()
}

async fn keep_version(
    db: &impl ConnectionTrait,
    draft_id: Uuid,
    version: i32,
    fields: &Fields,
    editor: &Editor,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = draft_version::ActiveModel {
        draft_id: Set(draft_id),
        version: Set(version),
        fields: Set(fields.to_text()),
        saved_by: Set(editor.id),
        saved_at: Set(now),
    };
    draft_version::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A draft that nobody else can change until the end of the transaction, if this person may see it.
pub(super) async fn locked(db: &DatabaseTransaction, id: Uuid, editor: &Editor) -> Result<Draft, StoreError> {
    editor.must(Act::ReadDrafts)?;
    let row = draft::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    let missing = || StoreError::NoSuch { what: "draft", name: id.to_string() };
    let draft = one(db, row.ok_or_else(missing)?).await?;
    if !super::may_see(editor, &draft) {
        return Err(missing());
    }
    Ok(draft)
}

pub(crate) async fn reread(db: &impl ConnectionTrait, id: Uuid) -> Result<Draft, StoreError> {
    let row = draft::Entity::find_by_id(id).one(db).await?;
    one(db, row.ok_or_else(|| StoreError::NoSuch { what: "draft", name: id.to_string() })?).await
}

async fn one(db: &impl ConnectionTrait, row: draft::Model) -> Result<Draft, StoreError> {
    let id = row.id;
    drafts_of(db, vec![row]).await?.pop().ok_or_else(|| StoreError::NoSuch { what: "draft", name: id.to_string() })
}
