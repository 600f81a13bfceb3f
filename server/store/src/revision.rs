//! The revisions of the record: each publication makes one, one after the other, also where several servers publish.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Moment, Slug};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Expr};

use crate::{
    Store, StoreError,
    entity::{publication, record_state},
    log,
};

/// Which state of the record an answer was made from: it grows with every publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number, from 1; 0 is the empty record.
    pub number: i64,
    /// When it was published; `None` for the empty record.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Store {
    /// The newest state of the record.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn revision(&self) -> Result<Revision, StoreError> {
        Ok(self.newest().await?.revision)
    }

    /// The state of the record that a moment asks for: the newest, or the one it had at `known_at`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn revision_at(&self, moment: Moment) -> Result<Revision, StoreError> {
        if !moment.asked_known_at {
            return self.revision().await;
        }
        let then = publication::Entity::find()
            .filter(publication::Column::RecordedAt.lte(moment.known_at))
            .order_by_desc(publication::Column::RecordedAt)
            .one(&self.db)
            .await?;
        Ok(then.map_or(Revision { number: 0, recorded_at: None }, Into::into))
    }

    /// When the record was first published; `None` while it is empty.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn first_recorded(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let first = publication::Entity::find().order_by_asc(publication::Column::Revision).one(&self.db).await?;
        Ok(first.map(|first| first.recorded_at))
    }
}

impl From<publication::Model> for Revision {
    fn from(row: publication::Model) -> Self {
        Self { number: row.revision, recorded_at: Some(row.recorded_at) }
    }
}

/// Waits until nobody else publishes; until the end of the transaction nobody else can. On SQLite the transaction must have
/// begun with the intent to write.
pub(crate) async fn lock(db: &impl ConnectionTrait) -> Result<record_state::Model, StoreError> {
    let state = record_state::Entity::find_by_id(1).lock_exclusive().one(db).await?;
    state.ok_or(StoreError::NoSuch { what: "state of the record", name: "1".to_owned() })
}

/// A publication in the making.
pub(crate) struct Publication {
    /// Its number.
    pub revision: i64,
    /// Its time: now, or just after the one before where a clock went back.
    pub recorded_at: DateTime<Utc>,
    /// The number of the next pledge that is published.
    pub next_pledge: i64,
    /// Sources of which it says something anew, besides those that its pledges name.
    pub sources: Vec<Slug>,
}

impl Publication {
    /// Begins one, in the transaction that holds the lock.
    pub(crate) async fn begin(
        db: &impl ConnectionTrait,
        state: &record_state::Model,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        // What was published before there was a log is in it before anything else is.
        log::begin(db, state, now).await?;
        let last = publication::Entity::find().order_by_desc(publication::Column::Revision).one(db).await?;
        let logged = log::newest(db).await?.map(|(_, recorded_at)| recorded_at);
        // PostgreSQL keeps microseconds; so that is the smallest step.
        let step = TimeDelta::microseconds(1);
        let earliest = last.map(|last| last.recorded_at).max(logged).map_or(now, |last| last + step);
        let (revision, recorded_at) = (state.revision + 1, now.max(earliest));
        let row = publication::ActiveModel { revision: Set(revision), recorded_at: Set(recorded_at) };
        publication::Entity::insert(row).exec_without_returning(db).await?;
        Ok(Self { revision, recorded_at, next_pledge: state.pledges + 1, sources: Vec::new() })
    }

    /// Ends it: it becomes an entry of the log, and from the commit on readers see it. By now every pledge of which it says
    /// something has its number as its revision.
    pub(crate) async fn end(self, db: &impl ConnectionTrait) -> Result<(), StoreError> {
        let urls = log::append_publication(db, self.revision, self.recorded_at, self.sources).await?;
        // What only drafts named until now may have its copies already.
        log::copies::append_copies(db, &urls, self.recorded_at).await?;
        record_state::Entity::update_many()
            .col_expr(record_state::Column::Revision, Expr::value(self.revision))
            .col_expr(record_state::Column::Pledges, Expr::value(self.next_pledge - 1))
            .exec(db)
            .await?;
        Ok(())
    }
}

/// The number and the time of every publication, the first one first.
pub(crate) async fn publications(db: &impl ConnectionTrait) -> Result<Vec<(i64, DateTime<Utc>)>, StoreError> {
    let all = publication::Entity::find()
        .select_only()
        .columns([publication::Column::Revision, publication::Column::RecordedAt])
        .order_by_asc(publication::Column::Revision)
        .into_tuple()
        .all(db)
        .await?;
    Ok(all)
}
