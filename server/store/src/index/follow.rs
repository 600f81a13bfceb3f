//! The states of the record at a glance that are in memory, and how they follow what is published.

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Moment, search::Term};
use roaring::RoaringBitmap;
use sea_orm::{ConnectionTrait, Statement, prelude::Uuid};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{
    Index,
    former::{Later, News, set_back},
    read::{since, whole},
    words::{WORDS, Words},
};
use crate::{
    Revision, Store, StoreError,
    search::Fit,
    tasks::{aside, by_itself},
};

/// How many former states of the record are kept in memory, for those who go through the past.
const FORMER: usize = 2;

/// How many pledges are taken over at a time from the newest state into a former one: a few hundredths of a second.
const TAKEN_OVER: usize = 20_000;

/// How many pledges are read to learn which words are common.
const SAMPLE: usize = 500;

/// A state of the record.
type State = Arc<RwLock<Index>>;

/// Former states, the last asked for first.
type Former = VecDeque<State>;

/// The states of the record that are in memory. Shared by all clones of a store.
#[derive(Debug, Default)]
pub(crate) struct Indexes {
    newest: RwLock<Index>,
    /// Who reads what is new; the others wait for it instead of reading it too.
    reading: Mutex<()>,
    former: Arc<Mutex<Former>>,
}

impl Indexes {
    /// The newest state. Never hold it over an `await`.
    fn newest(&self) -> RwLockReadGuard<'_, Index> {
        read(&self.newest)
    }

    fn newest_mut(&self) -> RwLockWriteGuard<'_, Index> {
        self.newest.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The newest revision in memory.
    pub fn known(&self) -> i64 {
        self.newest().revision
    }

    /// Whether it is kept of any words who has them.
    fn has_words(&self) -> bool {
        !self.newest().words.is_empty()
    }

    /// Forgets who has which words, where they were indexed anew.
    pub fn forget_words(&self) {
        self.newest_mut().words = Words::default();
    }

    /// Who has some terms, if it was found in this state of the record; else the state.
    pub fn found(&self, asked: &(Vec<Term>, Fit)) -> Result<Arc<RoaringBitmap>, i64> {
        let index = self.newest();
        index.words.find(asked).ok_or(index.revision)
    }

    /// Keeps what was found in a state of the record, or in a newer one, until the next is read.
    pub fn note_found(&self, asked: (Vec<Term>, Fit), found: &Arc<RoaringBitmap>, revision: i64) {
        let index = self.newest();
        if index.revision == revision {
            index.words.keep(WORDS, asked, Arc::clone(found));
        }
    }
}

/// A state of the record that is held while it is read.
pub(crate) enum Held<'a> {
    Newest(&'a RwLock<Index>),
    Former(State),
}

impl Held<'_> {
    /// The state. Never hold it over an `await`.
    pub fn read(&self) -> RwLockReadGuard<'_, Index> {
        match self {
            Self::Newest(lock) => read(lock),
            Self::Former(lock) => read(lock),
        }
    }
}

/// A state. A panic of a reader leaves it whole; a writer only puts finished pieces in.
fn read(lock: &RwLock<Index>) -> RwLockReadGuard<'_, Index> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// The record at a glance, as a moment asks for it: never older than the newest publication.
    pub(crate) async fn index(&self, moment: Moment) -> Result<Held<'_>, StoreError> {
        let mut newest = self.revision().await?;
        let mut wanted = newest;
        if moment.asked_known_at {
            wanted = self.revision_at(moment).await?;
            // Something may have been published just now.
            if wanted.number > newest.number {
                newest = wanted;
            }
        }
        self.reach(newest).await?;
        if wanted.number == newest.number {
            return Ok(Held::Newest(&self.indexes.newest));
        }
        // One at a time: whoever goes through the past shall not take the present's strength. Who goes leaves the queue.
        let former = Arc::clone(&self.indexes.former).lock_owned().await;
        let store = self.clone();
        by_itself(async move { store.former(former, wanted, newest).await }).await.map(Held::Former)
    }

    /// The newest state.
    pub(crate) async fn newest_index(&self) -> Result<Held<'_>, StoreError> {
        let newest = self.revision().await?;
        self.reach(newest).await?;
        Ok(Held::Newest(&self.indexes.newest))
    }

    /// Sees to it that the state in memory is not older than a revision. It is done by itself: where the one who asked goes, the next
    /// would have to begin anew.
    async fn reach(&self, newest: Revision) -> Result<(), StoreError> {
        if self.indexes.known() < newest.number {
            let store = self.clone();
            by_itself(async move { store.catch_up(newest).await }).await?;
        }
        Ok(())
    }

    /// Reads what was published since the state in memory. Who comes while somebody reads waits for them.
    async fn catch_up(&self, newest: Revision) -> Result<(), StoreError> {
        let _reading = self.indexes.reading.lock().await;
        let known = self.indexes.known();
        if known == 0 && newest.number > 0 {
            let index = whole(&self.db, newest).await?;
            *self.indexes.newest_mut() = index;
        } else if known < newest.number {
            let missing = |pledges: &[_]| self.indexes.newest().missing(pledges);
            let news = since(&self.db, known, newest, missing).await?;
            let said = if self.indexes.has_words() { news.said(&self.db, newest).await? } else { None };
            self.indexes.newest_mut().take(news, said);
        }
        Ok(())
    }

    /// Puts in order and counts how all pledges stand on a day, so that the first reader of that day need not wait for it. Where it
    /// is done already, this is quick.
    pub async fn make_ready(&self, day: NaiveDate) {
        let indexes = Arc::clone(&self.indexes);
        let making = move || indexes.newest().make_ready(day);
        // Should it fail, whoever reads makes what is missing.
        _ = aside(making).await;
    }

    /// Counts who has a term, if that was found in this state of the record, so that the first who searches it need not wait for it.
    pub(crate) async fn count_found(&self, day: NaiveDate, term: &Term, found: &Arc<RoaringBitmap>) {
        let (indexes, term, found) = (Arc::clone(&self.indexes), term.clone(), Arc::clone(found));
        let counting = move || {
            let index = indexes.newest();
            // What was found in another state is not kept, or was corrected.
            let asked = (vec![term], Fit::Evidence);
            if index.words.find(&asked).is_some_and(|kept| Arc::ptr_eq(&kept, &found)) {
                index.day(day).count_found(&index, &asked.0[0], &found);
            }
        };
        // Should it fail, whoever reads counts what is missing.
        _ = aside(counting).await;
    }

    /// Reads the record at a glance, makes a day ready and connections to PostgreSQL, so that the first reader need not wait for it; of
    /// a large record it also reads the rows that lists show and finds out who has its common words.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn warm(&self, today: NaiveDate) -> Result<(), StoreError> {
        let newest = self.revision().await?;
        self.catch_up(newest).await?;
        self.make_ready(today).await;
        // Should it fail, whoever reads waits a little longer.
        _ = self.make_connections_ready(newest).await;
        let sample = {
            let index = self.indexes.newest();
            if !index.is_large() {
                return Ok(());
            }
            let every = index.entries.len() / SAMPLE;
            index.entries().step_by(every).map(|entry| entry.id).collect::<Vec<Uuid>>()
        };
        self.read_rows().await?;
        self.find_common_words(&sample, today, newest.recorded_at.unwrap_or_default()).await
    }

    /// Goes through the rows of all pledges once. In order that takes the disk a moment, and as far as there is room the machine has
    /// them in memory then; one by one, as lists come to need them, each would be a wait.
    async fn read_rows(&self) -> Result<(), StoreError> {
        let sql = "select sum(length(title_en)) from pledge";
        self.db.query_one_raw(Statement::from_string(self.db.get_database_backend(), sql)).await?;
        Ok(())
    }

    /// Reads what was published since, if the record at a glance was read before.
    pub(crate) async fn follow(&self) -> Result<(), StoreError> {
        if self.indexes.known() > 0 {
            let newest = self.revision().await?;
            self.catch_up(newest).await?;
        }
        Ok(())
    }

    /// A former state, from memory if somebody asked for it before.
    async fn former(&self, mut former: OwnedMutexGuard<Former>, wanted: Revision, newest: Revision) -> Result<State, StoreError> {
        let kept = former.iter().position(|index| read(index).revision == wanted.number).and_then(|place| former.remove(place));
        let index = match (kept, wanted.recorded_at) {
            (Some(index), _) => index,
            (None, Some(recorded_at)) => Arc::new(RwLock::new(self.go_back(wanted, recorded_at).await?)),
            (None, None) => State::default(),
        };
        // In the record before its first publication nothing can be corrected.
        if wanted.recorded_at.is_some() && read(&index).set_right_at() < newest.number {
            let (set_right_at, told) = {
                let index = read(&index);
                (index.set_right_at(), index.told())
            };
            let news = News::since(&self.db, wanted, set_right_at, &told).await?;
            index.write().unwrap_or_else(PoisonError::into_inner).set_right(news);
        }
        former.truncate(FORMER - 1);
        former.push_front(Arc::clone(&index));
        Ok(index)
    }

    /// Makes a former state of the newest: most of it is the same, and is in memory.
    async fn go_back(&self, wanted: Revision, recorded_at: DateTime<Utc>) -> Result<Index, StoreError> {
        let later = Later::than(&self.db, wanted).await?;
        let indexes = Arc::clone(&self.indexes);
        let taking_over = move || {
            let mut former = indexes.newest().emptied();
            let mut numbers = 0..TAKEN_OVER;
            // Each time the newest is let go of, so that whoever has news for it, and all who wait for those, need not wait for this.
            while former.take_over(&indexes.newest(), numbers.clone(), &later) {
                numbers = numbers.end..numbers.end + TAKEN_OVER;
            }
            let marks = indexes.newest().marks.until(recorded_at).to_vec();
            former.marks.take(marks);
            former
        };
        let mut former = aside(taking_over).await?;
        set_back(&self.db, &mut former, wanted).await?;
        Ok(former)
    }
}
