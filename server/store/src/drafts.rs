//! Drafts: written, saved and read by the people of the desk, and by nobody else.

mod known;
mod list;
mod once;
mod preview;
mod publish;
mod review;
mod save;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Act, DraftKind, DraftState, Fields, Slug};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

pub use list::{DraftList, Drafts};
pub use once::Once;
pub use review::Approval;
pub use save::Saved;
pub(crate) use save::{begin, reread};

use crate::{
    Editor, Store, StoreError,
    entity::{draft, draft_comment, draft_version, person, pledge},
    row,
};

/// What a reviewer said of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The field it is about; empty for the whole.
    pub field: String,
    /// What they said.
    pub words: String,
    /// Who said it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The version it was said of.
    pub version: i32,
}

impl Comment {
    /// The field of a comment that no reviewer wrote: what a reader said in the tip that the draft was made of.
    pub const TIP: &'static str = "tip";
}

/// A draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name in the addresses of the desk.
    pub id: Uuid,
    /// What it would do.
    pub kind: DraftKind,
    /// How far it has come.
    pub state: DraftState,
    /// What it is called in lists.
    pub title: String,
    /// What was typed.
    pub fields: Fields,
    /// How often it was saved.
    pub version: i32,
    /// The published pledge it changes, or has become.
    pub pledge: Option<Slug>,
    /// The revision of that pledge that whoever wrote it had before them; 0 for a new pledge.
    pub base: i64,
    /// Who began it.
    pub author: (Uuid, String),
    /// Everybody who has written in it: none of them reviews it.
    pub writers: Vec<Uuid>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last saved or decided on.
    pub updated_at: DateTime<Utc>,
    /// When it was last decided on.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who decided on it last.
    pub reviewer: Option<String>,
    /// What they said of the whole.
    pub decision_note: Option<String>,
    /// When it is to be published, if a time was set.
    pub publish_at: Option<DateTime<Utc>>,
    /// What reviewers said, the oldest first.
    pub comments: Vec<Comment>,
}

impl Draft {
    /// Whether this person has a hand in it, so that somebody else must review it.
    #[must_use]
    pub fn is_by(&self, editor: &Editor) -> bool {
        self.author.0 == editor.id || self.writers.contains(&editor.id)
    }
}

impl Store {
    /// A draft; `None` if there is none of that id, or none that this person may see.
    ///
    /// # Errors
    /// [`StoreError::OutOfScope`], [`StoreError::Database`].
    pub async fn draft(&self, editor: &Editor, id: Uuid) -> Result<Option<Draft>, StoreError> {
        editor.must(Act::ReadDrafts)?;
        let Some(row) = draft::Entity::find_by_id(id).one(&self.db).await? else { return Ok(None) };
        let draft = drafts_of(&self.db, vec![row]).await?.pop();
        Ok(draft.filter(|draft| may_see(editor, draft)))
    }

    /// A draft as it was saved in one version.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn draft_version(&self, id: Uuid, version: i32) -> Result<Option<Fields>, StoreError> {
        let row = draft_version::Entity::find_by_id((id, version)).one(&self.db).await?;
        row.map(|row| fields(&row.fields)).transpose()
    }

    /// A draft as it was when it was last returned to its writers, if it was handed in again since.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn returned_version(&self, draft: &Draft) -> Result<Option<Draft>, StoreError> {
        let Some(returned_at) = draft.decided_at.filter(|_| draft.state == DraftState::Submitted) else { return Ok(None) };
        let row = draft_version::Entity::find()
            .filter(draft_version::Column::DraftId.eq(draft.id))
            .filter(draft_version::Column::SavedAt.lte(returned_at))
            .order_by_desc(draft_version::Column::Version)
            .one(&self.db)
            .await?;
        row.map(|row| Ok(Draft { fields: fields(&row.fields)?, version: row.version, ..draft.clone() })).transpose()
    }

    /// The open drafts that would change a published pledge: who begins another should know.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn drafts_of_pledge(&self, slug: &Slug) -> Result<Vec<Draft>, StoreError> {
        let Some(id) = self.pledge_id(&self.db, slug).await? else { return Ok(Vec::new()) };
        let open = [DraftState::Draft, DraftState::Submitted, DraftState::Returned, DraftState::Scheduled].map(DraftState::code);
        let rows = draft::Entity::find()
            .filter(draft::Column::PledgeId.eq(id))
            .filter(draft::Column::State.is_in(open))
            .order_by_asc(draft::Column::CreatedAt)
            .all(&self.db)
            .await?;
        drafts_of(&self.db, rows).await
    }

    /// The id of a published pledge.
    pub(crate) async fn pledge_id(&self, db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Uuid>, StoreError> {
        let found = pledge::Entity::find()
            .select_only()
            .column(pledge::Column::Id)
            .filter(pledge::Column::Slug.eq(slug.as_str()))
            .filter(pledge::Column::RecordedAt.is_not_null())
            .into_tuple::<Uuid>()
            .one(db)
            .await?;
        Ok(found)
    }
}

/// Whether somebody may see a draft: contributors see their own, all others see all.
fn may_see(editor: &Editor, draft: &Draft) -> bool {
    draft.is_by(editor) || editor.role.may(Act::ChangePublished)
}

/// What was typed, as it is kept.
pub(crate) fn fields(text: &str) -> Result<Fields, StoreError> {
    Fields::from_text(text).ok_or_else(|| StoreError::NotUnderstood { column: "fields", value: text.chars().take(60).collect() })
}

/// Rows as drafts, in their order.
async fn drafts_of(db: &impl ConnectionTrait, rows: Vec<draft::Model>) -> Result<Vec<Draft>, StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut writers: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let saved: Vec<(Uuid, Uuid)> = draft_version::Entity::find()
        .select_only()
        .columns([draft_version::Column::DraftId, draft_version::Column::SavedBy])
        .filter(draft_version::Column::DraftId.is_in(ids.iter().copied()))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    for (draft, person) in saved {
        writers.entry(draft).or_default().push(person);
    }
    let comments = draft_comment::Entity::find()
        .filter(draft_comment::Column::DraftId.is_in(ids))
        .order_by_asc(draft_comment::Column::At)
        .all(db)
        .await?;
    let mut people: Vec<Uuid> = rows.iter().flat_map(|row| [Some(row.author_id), row.reviewer_id]).flatten().collect();
    people.extend(comments.iter().map(|comment| comment.author_id));
    let names: HashMap<Uuid, String> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(people))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let mut comments_of: HashMap<Uuid, Vec<Comment>> = HashMap::new();
    for row in comments {
        let comment = Comment { field: row.field, words: row.words, by: name(row.author_id), at: row.at, version: row.version };
        comments_of.entry(row.draft_id).or_default().push(comment);
    }
    let pledges: HashMap<Uuid, String> = pledge::Entity::find()
        .select_only()
        .columns([pledge::Column::Id, pledge::Column::Slug])
        .filter(pledge::Column::Id.is_in(rows.iter().filter_map(|row| row.pledge_id)))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    rows.into_iter()
        .map(|row| {
            Ok(Draft {
                kind: row::parsed("kind", &row.kind)?,
                state: row::parsed("state", &row.state)?,
                fields: fields(&row.fields)?,
                pledge: row.pledge_id.and_then(|id| pledges.get(&id)).map(|slug| row::slug(slug)).transpose()?,
                author: (row.author_id, name(row.author_id)),
                writers: writers.remove(&row.id).unwrap_or_default(),
                reviewer: row.reviewer_id.map(name),
                comments: comments_of.remove(&row.id).unwrap_or_default(),
                id: row.id,
                title: row.title,
                version: row.version,
                base: row.base_revision,
                created_at: row.created_at,
                updated_at: row.updated_at,
                decided_at: row.decided_at,
                decision_note: row.decision_note,
                publish_at: row.publish_at,
            })
        })
        .collect()
}
