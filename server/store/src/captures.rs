//! Kept copies of sources: which copy was made of which address, when, and what it says.

mod anchored;
mod ask;
mod keep;
mod list;
mod queue;
mod quotes;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    CaptureFailure, CaptureOrigin, CaptureState, Moment, Sha256Hex, Slug, SourceMetadata, TextState, source::SourceUrl,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

pub use anchored::Anchor;
pub(crate) use anchored::Remembered;
pub use keep::{Answer, Keeper, NewCopy};
pub use list::CaptureList;
pub use queue::Claimed;
pub(crate) use queue::queue;
pub use quotes::QuoteLook;

use crate::{
    Store, StoreError,
    entity::{capture, capture_job, snapshot, snapshot_page, source},
    row,
};

/// A copy of a source as it was at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The address that was asked for.
    pub url: String,
    /// When.
    pub captured_at: DateTime<Utc>,
    /// Where it comes from.
    pub origin: CaptureOrigin,
    /// Where it came from in the end, after all redirects, where it was fetched.
    pub final_url: Option<String>,
    /// The HTTP status with which it came.
    pub status: Option<u16>,
    /// The headers with which it came, in their order.
    pub headers: Vec<(String, String)>,
    /// The name of its bytes in the archive.
    pub sha256: Sha256Hex,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// How its host packed its bytes, if it did (`Content-Encoding`).
    pub packed_as: Option<String>,
    /// Whether it has a text.
    pub text_state: TextState,
    /// What it says of itself.
    pub metadata: SourceMetadata,
}

/// A copy with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyText {
    /// The newest capture that gave this copy.
    pub copy: Copy,
    /// Its text by page; each line is a paragraph, or a line of a PDF.
    pub pages: Vec<String>,
}

/// How far the capture of an address has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureJob {
    /// Its name in the addresses of the desk.
    pub id: Uuid,
    /// The address of the source.
    pub url: String,
    /// How far it has come.
    pub state: CaptureState,
    /// Why the last try failed.
    pub failure: Option<CaptureFailure>,
    /// The HTTP status of the last try, where it failed.
    pub status: Option<u16>,
    /// How often it was tried since somebody asked for it.
    pub tries: i32,
    /// When it was last tried.
    pub tried_at: Option<DateTime<Utc>>,
    /// When it is tried next.
    pub next_try_at: Option<DateTime<Utc>>,
}

/// What the desk knows of the copies of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCopies {
    /// How far its capture has come.
    pub job: CaptureJob,
    /// Its copies, the newest first.
    pub copies: Vec<Copy>,
}

impl Store {
    /// The copies of published sources that the record had at the moment, the newest first: those of this source.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn copies_of_source(&self, source: &Slug, moment: Moment) -> Result<Vec<Copy>, StoreError> {
        let Some(url) = self.published_url(source, moment).await? else { return Ok(Vec::new()) };
        let mut copies = self.copies_of_urls(&[url]).await?;
        copies.retain(|copy| copy.captured_at <= moment.known_at);
        Ok(copies)
    }

    /// A copy of a published source with its text; `None` if there is none of this name, or the source is not public.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn copy_of_source(
        &self,
        source: &Slug,
        sha256: &Sha256Hex,
        moment: Moment,
    ) -> Result<Option<CopyText>, StoreError> {
        let copies = self.copies_of_source(source, moment).await?;
        self.with_text(copies.into_iter().find(|copy| copy.sha256 == *sha256)).await
    }

    /// The copies of some addresses, the newest first.
    pub(crate) async fn copies_of_urls(&self, urls: &[String]) -> Result<Vec<Copy>, StoreError> {
        // As many as the next power of two, the last of them again and again: each number of them is a question of its own, which
        // each connection has to prepare.
        let some = urls.iter().chain(urls.last().into_iter().cycle()).take(urls.len().next_power_of_two());
        let captures = capture::Entity::find()
            .filter(capture::Column::Url.is_in(some))
            .order_by_desc(capture::Column::CapturedAt)
            .order_by_desc(capture::Column::Id)
            .all(&self.db)
            .await?;
        if captures.is_empty() {
            return Ok(Vec::new());
        }
        let snapshots: HashMap<String, snapshot::Model> = snapshot::Entity::find()
            .filter(snapshot::Column::Sha256.is_in(captures.iter().map(|capture| capture.sha256.as_str())))
            .all(&self.db)
            .await?
            .into_iter()
            .map(|snapshot| (snapshot.sha256.clone(), snapshot))
            .collect();
        let with_snapshot = |row: capture::Model| {
            let snapshot = snapshots.get(&row.sha256).cloned();
            copy(row, snapshot.ok_or(StoreError::Conflict)?)
        };
        captures.into_iter().map(with_snapshot).collect()
    }

    /// The names of all kept copies: whoever checks or backs up the archive walks through them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn kept_copies(&self) -> Result<Vec<Sha256Hex>, StoreError> {
        let names: Vec<String> = snapshot::Entity::find()
            .select_only()
            .column(snapshot::Column::Sha256)
            .order_by_asc(snapshot::Column::Sha256)
            .into_tuple()
            .all(&self.db)
            .await?;
        names.iter().map(|name| row::parsed("sha256", name)).collect()
    }

    pub(crate) async fn with_text(&self, copy: Option<Copy>) -> Result<Option<CopyText>, StoreError> {
        let Some(copy) = copy else { return Ok(None) };
        let pages: Vec<String> = snapshot_page::Entity::find()
            .select_only()
            .column(snapshot_page::Column::Content)
            .filter(snapshot_page::Column::Sha256.eq(copy.sha256.as_str()))
            .order_by_asc(snapshot_page::Column::Page)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(Some(CopyText { copy, pages }))
    }

    /// The address of a source, if something public rests on it.
    async fn published_url(&self, slug: &Slug, moment: Moment) -> Result<Option<String>, StoreError> {
        let found = source::Entity::find().filter(source::Column::Slug.eq(slug.as_str())).one(&self.db).await?;
        let Some(found) = found else { return Ok(None) };
        let public = self.public(Some(found), moment).await?.pop();
        Ok(public.map(|source| source.url))
    }
}

/// Rows as a copy.
fn copy(capture: capture::Model, snapshot: snapshot::Model) -> Result<Copy, StoreError> {
    let not_understood = |column| move |_| StoreError::NotUnderstood { column, value: String::new() };
    let headers = capture.headers.as_deref().map(serde_json::from_str).transpose().map_err(not_understood("headers"))?;
    Ok(Copy {
        captured_at: capture.captured_at,
        origin: row::parsed("origin", &capture.origin)?,
        status: status(capture.status),
        headers: headers.unwrap_or_default(),
        sha256: row::parsed("sha256", &capture.sha256)?,
        url: capture.url,
        final_url: capture.final_url,
        bytes: u64::try_from(snapshot.bytes).unwrap_or_default(),
        text_state: row::parsed("text_state", &snapshot.text_state)?,
        metadata: serde_json::from_str(&snapshot.metadata).map_err(not_understood("metadata"))?,
        media_type: snapshot.media_type,
        packed_as: snapshot.packed_as,
    })
}

fn status(column: Option<i32>) -> Option<u16> {
    column.and_then(|status| u16::try_from(status).ok())
}

impl TryFrom<capture_job::Model> for CaptureJob {
    type Error = StoreError;

    fn try_from(row: capture_job::Model) -> Result<Self, StoreError> {
        Ok(Self {
            state: row::parsed("state", &row.state)?,
            failure: row::parsed_if("failure", row.failure.as_deref())?,
            status: status(row.status),
            id: row.id,
            url: row.url,
            tries: row.tries,
            tried_at: row.tried_at,
            next_try_at: row.next_try_at,
        })
    }
}

/// The host of an address, by which one host is not asked twice at once.
pub(crate) fn host(url: &SourceUrl) -> String {
    let host = url.as_str().split("://").nth(1).unwrap_or_default();
    host.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase()
}
