//! Imports in bulk: kept as they were sent, shown before anything is done, applied and undone as one.

mod apply;
mod known;
mod plan;

use chrono::{DateTime, Utc};
use domain::{
    Act, DraftState,
    import::{Counts, Outcome, PlannedRow, Unknown},
    page::{Page, PageNumber},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid, sea_query::Query};

pub use apply::{Applied, ApplyAs, Stage, Undone};

use crate::{
    Editor, Store, StoreError,
    entity::{draft, import_batch, import_draft, import_row, person},
    row,
};

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// It is shown, and nothing was done.
    Planned,
    /// Its drafts were made.
    Applied(DateTime<Utc>),
    /// Its drafts were made and discarded.
    Undone(DateTime<Utc>),
}

/// An import.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its name in the addresses of the desk.
    pub id: Uuid,
    /// Who sent it.
    pub by: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// How far it has come.
    pub state: BatchState,
    /// Its files, by name.
    pub files: Vec<String>,
    /// Columns that were read over.
    pub unknown: Vec<Unknown>,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// What became of its drafts.
    pub drafts: Vec<(DraftState, u64)>,
    /// Another import of the very same files, which was applied and not undone.
    pub twin: Option<Uuid>,
}

/// How many rows stand on a page.
const PER_PAGE: u32 = 50;

/// How many imports a list shows.
const LISTED: u64 = 50;

impl Store {
    /// An import.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`].
    pub async fn batch(&self, editor: &Editor, id: Uuid) -> Result<Option<Batch>, StoreError> {
        editor.must(Act::Import)?;
        let Some(row) = import_batch::Entity::find_by_id(id).one(&self.db).await? else { return Ok(None) };
        let states: Vec<(String, i64)> = draft::Entity::find()
            .select_only()
            .column(draft::Column::State)
            .column_as(draft::Column::Id.count(), "n")
            .filter(draft::Column::Id.in_subquery(drafts_of(id)))
            .group_by(draft::Column::State)
            .into_tuple()
            .all(&self.db)
            .await?;
        let twin = import_batch::Entity::find()
            .filter(import_batch::Column::Sha256.eq(row.sha256.as_str()))
            .filter(import_batch::Column::State.eq("applied"))
            .filter(import_batch::Column::Id.ne(id))
            .one(&self.db)
            .await?;
        let mut batch = self.batches_of(vec![row]).await?.pop();
        if let Some(batch) = &mut batch {
            batch.twin = twin.map(|twin| twin.id);
            for (state, count) in states {
                batch.drafts.push((row::parsed("state", &state)?, u64::try_from(count).unwrap_or_default()));
            }
            batch.drafts.sort_unstable_by_key(|(state, _)| *state);
        }
        Ok(batch)
    }

    /// The latest imports, the newest first, without what became of their drafts.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`].
    pub async fn batches(&self, editor: &Editor) -> Result<Vec<Batch>, StoreError> {
        editor.must(Act::Import)?;
        let latest = import_batch::Entity::find().order_by_desc(import_batch::Column::CreatedAt).limit(LISTED);
        let rows = latest.all(&self.db).await?;
        self.batches_of(rows).await
    }

    /// A page of what becomes of the rows of an import.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`].
    pub async fn batch_rows(
        &self,
        editor: &Editor,
        id: Uuid,
        outcome: Option<Outcome>,
        page: PageNumber,
    ) -> Result<Page<PlannedRow>, StoreError> {
        editor.must(Act::Import)?;
        let mut found = import_row::Entity::find().filter(import_row::Column::BatchId.eq(id));
        if let Some(outcome) = outcome {
            found = found.filter(import_row::Column::Outcome.eq(outcome.code()));
        }
        let total = found.clone().count(&self.db).await?;
        let rows = found
            .order_by_asc(import_row::Column::Position)
            .offset(page.offset(PER_PAGE))
            .limit(u64::from(PER_PAGE))
            .all(&self.db)
            .await?;
        let items = rows.iter().map(|row| kept("content", &row.content)).collect::<Result<_, _>>()?;
        Ok(Page { items, total, number: page, per_page: PER_PAGE })
    }

    async fn batches_of(&self, rows: Vec<import_batch::Model>) -> Result<Vec<Batch>, StoreError> {
        let people =
            person::Entity::find().filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id))).all(&self.db).await?;
        let batch = |row: import_batch::Model| {
            let name = people.iter().find(|person| person.id == row.person_id).map(|person| person.name.clone());
            Ok(Batch {
                id: row.id,
                by: name.unwrap_or_default(),
                created_at: row.created_at,
                state: match (row.applied_at, row.undone_at) {
                    (Some(_), Some(at)) => BatchState::Undone(at),
                    (Some(at), None) => BatchState::Applied(at),
                    (None, _) => BatchState::Planned,
                },
                files: kept("files", &row.files)?,
                unknown: kept("unknown", &row.unknown)?,
                counts: kept("counts", &row.counts)?,
                drafts: Vec::new(),
                twin: None,
            })
        };
        rows.into_iter().map(batch).collect()
    }
}

/// The ids of the drafts that an import has made.
fn drafts_of(batch: Uuid) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(import_draft::Column::DraftId)
        .from(import_draft::Entity)
        .and_where(import_draft::Column::BatchId.eq(batch))
        .to_owned()
}

/// What was kept as JSON.
fn kept<T: for<'de> serde::Deserialize<'de>>(column: &'static str, text: &str) -> Result<T, StoreError> {
    let not_understood = |_| StoreError::NotUnderstood { column, value: text.chars().take(60).collect() };
    serde_json::from_str(text).map_err(not_understood)
}
