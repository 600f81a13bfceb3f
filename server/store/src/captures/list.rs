//! The sources of the desk by how far their capture has come, and those without any copy.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    Act, CaptureState,
    page::{Page, PageNumber},
    source::SourceUrl,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};

use super::{CaptureJob, SourceCopies, queue::queue};
use crate::{
    Editor, SourceRow, Store, StoreError,
    audit::{self, Subject},
    entity::{capture, capture_job, citation, source},
    row,
};

/// Which sources a list at the desk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaptureList {
    /// Those whose capture has come so far.
    State(CaptureState),
    /// Published ones that nobody has asked a copy of.
    Missing,
}

impl Store {
    /// The captures of a state, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn captures(
        &self,
        editor: &Editor,
        state: CaptureState,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<SourceCopies>, StoreError> {
        editor.must(Act::ChangePublished)?;
        let found = capture_job::Entity::find().filter(capture_job::Column::State.eq(state.code()));
        let total = found.clone().count(&self.db).await?;
        let jobs = found
            .order_by_desc(capture_job::Column::AskedAt)
            .order_by_desc(capture_job::Column::Id)
            .offset(number.offset(per_page))
            .limit(u64::from(per_page))
            .all(&self.db)
            .await?;
        let urls: Vec<String> = jobs.iter().map(|job| job.url.clone()).collect();
        let copies = self.copies_of_urls(&urls).await?;
        let of = |job: capture_job::Model| {
            let copies = copies.iter().filter(|copy| copy.url == job.url).cloned().collect();
            Ok(SourceCopies { job: CaptureJob::try_from(job)?, copies })
        };
        let items = jobs.into_iter().map(of).collect::<Result<_, StoreError>>()?;
        Ok(Page { items, total, number, per_page })
    }

    /// The published sources that nobody has asked a copy of, by name.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn sources_without_copy(
        &self,
        editor: &Editor,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<SourceRow>, StoreError> {
        editor.must(Act::ChangePublished)?;
        let total = without_copy().count(&self.db).await?;
        let rows = without_copy()
            .order_by_asc(source::Column::Slug)
            .offset(number.offset(per_page))
            .limit(u64::from(per_page))
            .all(&self.db)
            .await?;
        let items = rows.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
        Ok(Page { items, total, number, per_page })
    }

    /// How many captures there are in each state, and how many published sources without any copy.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn capture_counts(&self, editor: &Editor) -> Result<HashMap<CaptureList, u64>, StoreError> {
        editor.must(Act::ChangePublished)?;
        let counts: Vec<(String, i64)> = capture_job::Entity::find()
            .select_only()
            .column(capture_job::Column::State)
            .column_as(capture_job::Column::Id.count(), "captures")
            .group_by(capture_job::Column::State)
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut by_list = HashMap::new();
        for (state, n) in counts {
            by_list.insert(CaptureList::State(row::parsed("state", &state)?), u64::try_from(n).unwrap_or(0));
        }
        by_list.insert(CaptureList::Missing, without_copy().count(&self.db).await?);
        Ok(by_list)
    }

    /// Queues every published source without a copy; somebody at the desk, or the command line. Tells how many those are.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn capture_missing(&self, editor: Option<&Editor>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        if let Some(editor) = editor {
            editor.must(Act::ChangePublished)?;
        }
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        let urls: Vec<String> = without_copy().select_only().column(source::Column::Url).distinct().into_tuple().all(&db).await?;
        let urls: Vec<SourceUrl> = urls.iter().filter_map(|url| SourceUrl::parse(url).ok()).collect();
        let queued = queue(&db, &urls, editor.map(|editor| editor.id), now).await?;
        if queued > 0 {
            audit::note(&db, editor, "capture.missing", Subject("source", "*"), Some(queued.to_string()), now).await?;
        }
        db.commit().await?;
        Ok(queued)
    }
}

/// Published sources of whose address there is neither a capture nor one that waits.
fn without_copy() -> Select<source::Entity> {
    let published = citation::Entity::find()
        .select_only()
        .column(citation::Column::SourceId)
        .filter(citation::Column::RecordedAt.is_not_null());
    let asked = capture_job::Entity::find().select_only().column(capture_job::Column::Url);
    let kept = capture::Entity::find().select_only().column(capture::Column::Url);
    source::Entity::find().filter(
        Condition::all()
            .add(source::Column::Id.in_subquery(published.into_query()))
            .add(source::Column::Url.not_in_subquery(asked.into_query()))
            .add(source::Column::Url.not_in_subquery(kept.into_query())),
    )
}
