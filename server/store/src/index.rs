//! The record at a glance, in memory: of each pledge what lists are narrowed by, sorted by and counted by, with its whole
//! history. Whatever is asked of it is answered without the database, the same on both engines; texts and rows are read
//! from the database for those pledges alone that a page shows.
//!
//! It follows the record by its revisions: before each answer the newest revision is asked for (one row), and what was
//! published since is read again.

mod memo;
mod read;
mod select;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{FuzzyDate, Moment, PledgeStatus, Role, Slug, Timeliness, history::Span};
use sea_orm::prelude::Uuid;
use tokio::sync::Mutex;

pub(crate) use self::select::{Selection, UNDATED, Wanted};
use crate::{MeetingDossier, Named, PartyDossier, Revision, Store, StoreError};

/// How many former states of the record are kept in memory, for those who go through the past.
const FORMER: usize = 2;

/// A pledge at a glance.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub id: Uuid,
    /// The number under which it was published; it never changes.
    pub number: u32,
    pub made_on: FuzzyDate,
    pub due: Option<FuzzyDate>,
    /// The last day of the due date.
    pub due_last: Option<NaiveDate>,
    /// The span that lasts, which is what most ask for.
    lasting: Option<Span>,
    pub spans: Box<[Span]>,
    /// Where its parties and topics stand in the lists of the [`Index`].
    parties: Stretch,
    topics: Stretch,
    pub meeting: Option<u32>,
    /// The languages of its sources, a bit for each in [`Index::languages`].
    pub languages: u64,
    /// When the record last said something new of it.
    pub changed_at: DateTime<Utc>,
}

impl Entry {
    /// The state that holds at the end of a day.
    pub fn state(&self, day: NaiveDate) -> Option<&Span> {
        let lasting = self.lasting.as_ref().filter(|span| span.holds_on(day));
        lasting.or_else(|| self.spans.iter().rev().find(|span| span.holds_on(day)))
    }

    pub fn timeliness(&self, state: &Span, day: NaiveDate) -> Option<Timeliness> {
        Timeliness::of(self.due?, state, day)
    }
}

/// A stretch of a list that all pledges share, so that going through them goes through memory in order.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    start: u32,
    length: u32,
}

impl Stretch {
    /// Puts items at the end of a list.
    fn put<T>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) -> Self {
        let start = list.len();
        list.extend(items);
        let counted = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Self { start: counted(start), length: counted(list.len() - start) }
    }

    fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..(self.start + self.length) as usize).unwrap_or_default()
    }
}

/// A published status change at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub recorded_at: DateTime<Utc>,
    pub effective_last: NaiveDate,
    pub number: u32,
    pub position: i32,
    pub status: PledgeStatus,
}

/// Things with a slug, each under a small number that stays its own.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<T> {
    numbers: HashMap<Slug, u32>,
    all: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), all: Vec::new() }
    }
}

impl<T> Numbered<T> {
    fn put(&mut self, slug: Slug, thing: T) {
        if let Some(number) = self.numbers.get(&slug) {
            self.all[*number as usize] = thing;
        } else {
            self.numbers.insert(slug, u32::try_from(self.all.len()).unwrap_or(u32::MAX));
            self.all.push(thing);
        }
    }

    pub fn number(&self, slug: &Slug) -> Option<u32> {
        self.numbers.get(slug).copied()
    }

    pub fn all(&self) -> &[T] {
        &self.all
    }
}

/// The record at a glance, as one revision has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub revision: i64,
    /// By number, with gaps where a pledge has none of its own.
    entries: Vec<Option<Entry>>,
    /// The parties of all pledges, one pledge after the other; and their topics.
    parties_of_all: Vec<(u32, Role)>,
    topics_of_all: Vec<u32>,
    /// In the order in which they were recorded.
    pub marks: Vec<Mark>,
    pub parties: Numbered<PartyDossier>,
    pub meetings: Numbered<MeetingDossier>,
    pub topics: Numbered<Named>,
    pub languages: Vec<String>,
    memo: memo::Memo,
}

impl Index {
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    /// The parties of a pledge with their roles.
    pub fn parties_of(&self, entry: &Entry) -> &[(u32, Role)] {
        entry.parties.of(&self.parties_of_all)
    }

    /// The topics of a pledge.
    pub fn topics_of(&self, entry: &Entry) -> &[u32] {
        entry.topics.of(&self.topics_of_all)
    }

    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)?.as_ref()
    }
}

/// The states of the record that are in memory. Shared by all clones of a store.
#[derive(Debug, Default)]
pub(crate) struct Indexes {
    newest: RwLock<Index>,
    /// Who reads what is new; the others wait for it instead of reading it too.
    reading: Mutex<()>,
    former: Mutex<VecDeque<Arc<RwLock<Index>>>>,
}

impl Indexes {
    /// The newest revision in memory.
    fn known(&self) -> i64 {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).revision
    }
}

/// A state of the record that is held while it is read.
pub(crate) enum Held<'a> {
    Newest(&'a RwLock<Index>),
    Former(Arc<RwLock<Index>>),
}

impl Held<'_> {
    /// The state. Never hold it over an `await`.
    pub fn read(&self) -> RwLockReadGuard<'_, Index> {
        let lock = match self {
            Self::Newest(lock) => lock,
            Self::Former(lock) => lock.as_ref(),
        };
        // A panic of a reader leaves it whole; a writer only puts finished pieces in.
        lock.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// The record at a glance, as a moment asks for it: never older than the newest publication.
    pub(crate) async fn index(&self, moment: Moment) -> Result<Held<'_>, StoreError> {
        let newest = self.revision().await?;
        let wanted = if moment.asked_known_at { self.revision_at(moment).await? } else { newest };
        if wanted != newest {
            return self.former(wanted).await;
        }
        if self.indexes.known() < newest.number {
            // By itself, so that it goes on when the one who asked has gone: the next would have to begin anew.
            let store = self.clone();
            let reading = tokio::spawn(async move { store.catch_up(newest).await });
            reading.await.map_err(|error| sea_orm::DbErr::Custom(error.to_string()))??;
        }
        Ok(Held::Newest(&self.indexes.newest))
    }

    /// Reads what was published since the state in memory. Who comes while somebody reads waits for them.
    async fn catch_up(&self, newest: Revision) -> Result<(), StoreError> {
        let _reading = self.indexes.reading.lock().await;
        let since = self.indexes.known();
        if since < newest.number {
            let news = read::since(&self.db, since, newest).await?;
            self.indexes.newest.write().unwrap_or_else(PoisonError::into_inner).take(news);
        }
        Ok(())
    }

    /// Reads the record at a glance, so that the first reader need not wait for it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn warm(&self) -> Result<(), StoreError> {
        let newest = self.revision().await?;
        self.catch_up(newest).await
    }

    async fn former(&self, wanted: Revision) -> Result<Held<'_>, StoreError> {
        // One at a time: whoever goes through the past shall not take the present's strength.
        let mut former = self.indexes.former.lock().await;
        let kept = former.iter().find(|index| index.read().unwrap_or_else(PoisonError::into_inner).revision == wanted.number);
        if let Some(index) = kept {
            return Ok(Held::Former(Arc::clone(index)));
        }
        let mut index = Index::default();
        if wanted.recorded_at.is_some() {
            index.take(read::as_of_revision(&self.db, wanted).await?);
        }
        let index = Arc::new(RwLock::new(index));
        former.truncate(FORMER - 1);
        former.push_front(Arc::clone(&index));
        Ok(Held::Former(index))
    }
}
