//! Editions: what readers see is the same as long as the edition is.
//!
//! Whatever changes what is public makes the next edition, in the transaction that changes it. What was made from the record can
//! then be kept for as long as nobody has made another edition, and an instance that has asked within [`LEASE`] need not ask
//! again: whoever publishes through this store is seen at once, and another instance within that time, told of it or not.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, JoinType, QuerySelect, QueryTrait, RelationTrait, RuntimeErr,
    prelude::{DateTimeUtc, Expr},
    sqlx::postgres::PgListener,
};
use tokio::sync::Mutex;

use crate::{
    Engine, Revision, Store, StoreError,
    connect::PATIENCE,
    entity::{log_entry, publication, record_state},
};

/// How long what was asked holds. A publication by another instance shows on this one within this time at the latest.
const LEASE: Duration = Duration::from_millis(800);

/// After how long it is asked anew although it still holds, so that no reader waits for it.
const RENEWED: Duration = Duration::from_millis(300);

/// The channel on which PostgreSQL tells of new editions.
const CHANNEL: &str = "pledgebook_edition";

/// A state of everything that readers see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// Its number; each is greater than all before.
    pub number: i64,
    /// When it came to be; `None` while nothing was ever published.
    pub at: Option<DateTime<Utc>>,
    /// A whole second, not before [`Edition::at`]'s, that no other edition has and that is no midnight: what `Last-Modified` can
    /// say without mistaking one edition for another.
    pub second: Option<DateTime<Utc>>,
}

/// What is newest in the record: what nearly every page asks for, read together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newest {
    pub edition: Edition,
    pub revision: Revision,
    /// The index of the last entry of the log.
    pub entry: Option<u64>,
}

/// What is known of the newest edition, by all clones of a store.
#[derive(Debug, Default)]
pub(crate) struct Editions {
    known: RwLock<Option<Known>>,
    /// How often something was written, or may have been.
    written: AtomicU64,
    /// The newest edition that PostgreSQL has told of: what is known of it, or of a later one, needs no asking.
    told: AtomicI64,
    /// Held by who asks; when it was last asked for in vain.
    asking: Mutex<Option<Instant>>,
    /// Whether somebody is about to ask although it still holds.
    renewing: AtomicBool,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    newest: Newest,
    /// When it was asked for, at the latest.
    asked: Instant,
    /// What [`Editions::written`] was by then.
    written: u64,
}

impl Editions {
    /// Whatever is known may be wrong from now on.
    pub(crate) fn overtake(&self) {
        self.written.fetch_add(1, Ordering::SeqCst);
    }

    fn known(&self) -> Option<Known> {
        *self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what was read, unless something that was asked for later is known: of two answers the slower may be the older.
    fn learn(&self, read: Known) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.is_none_or(|known| known.asked <= read.asked) {
            *known = Some(read);
        }
    }

    /// Takes in that there is an edition, whoever made it.
    fn hear(&self, number: i64) {
        if self.told.fetch_max(number, Ordering::SeqCst) > number {
            // That of another record in the same database, which hides this one.
            self.overtake();
        }
    }

    /// Takes in that the newest edition is an earlier one than was told: that was of another record in the same database.
    fn correct(&self, told: i64, newest: i64) {
        if newest < told {
            _ = self.told.compare_exchange(told, newest, Ordering::SeqCst, Ordering::SeqCst);
        }
    }

    fn held(&self) -> Option<Known> {
        let (told, written) = (self.told.load(Ordering::SeqCst), self.written.load(Ordering::SeqCst));
        let holds = |known: &Known| known.written == written && known.newest.edition.number >= told;
        self.known().filter(|known| holds(known) && known.asked.elapsed() < LEASE)
    }
}

impl Store {
    /// The newest edition, if it was asked for so lately that it holds. Never waits.
    #[must_use]
    pub fn held_edition(&self) -> Option<Edition> {
        Some(self.held_newest()?.edition)
    }

    fn held_newest(&self) -> Option<Newest> {
        let held = self.editions.held()?;
        if held.asked.elapsed() > RENEWED && !self.editions.renewing.swap(true, Ordering::SeqCst) {
            let store = self.clone();
            tokio::spawn(async move {
                let asking = store.editions.asking.lock().await;
                // Whoever needs it once it no longer holds learns why it can't be read.
                _ = store.ask_newest().await;
                store.editions.renewing.store(false, Ordering::SeqCst);
                drop(asking);
            });
        }
        Some(held.newest)
    }

    /// The newest edition: everything that was published before this was called is in it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn edition(&self) -> Result<Edition, StoreError> {
        Ok(self.newest().await?.edition)
    }

    /// The same, asked for just now, whoever has published: what one instance knows may be most of a second old.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn edition_just_now(&self) -> Result<Edition, StoreError> {
        Ok(self.ask_newest().await?.edition)
    }

    /// What is newest: everything that was published before this was called counts.
    pub(crate) async fn newest(&self) -> Result<Newest, StoreError> {
        if let Some(newest) = self.held_newest() {
            return Ok(newest);
        }
        let begun = Instant::now();
        let mut in_vain = self.editions.asking.lock().await;
        if let Some(held) = self.editions.held() {
            return Ok(held.newest);
        }
        // Whoever waited while another asked in vain need not wait as long again; nor those behind.
        if in_vain.is_some_and(|at| at > begun) {
            return Err(DbErr::Custom("the edition was just asked for in vain".to_owned()).into());
        }
        let asked = self.ask_newest().await;
        *in_vain = asked.is_err().then(Instant::now);
        asked
    }

    /// The time of the newest edition that was seen. Another instance's clock may be ahead of this one's: what it published is
    /// read as of then, and not only when this clock has come so far.
    #[must_use]
    pub fn seen_edition_at(&self) -> Option<DateTime<Utc>> {
        self.editions.known()?.newest.edition.at
    }

    /// Whether somebody has asked for the edition before.
    pub(crate) fn has_readers(&self) -> bool {
        self.editions.known().is_some()
    }

    async fn ask_newest(&self) -> Result<Newest, StoreError> {
        type Row = (i64, Option<DateTimeUtc>, Option<DateTimeUtc>, Option<i64>, Option<DateTimeUtc>, Option<i64>);
        let told = self.editions.told.load(Ordering::SeqCst);
        let (asked, written) = (Instant::now(), self.editions.written.load(Ordering::SeqCst));
        let entry = log_entry::Entity::find().select_only().column_as(log_entry::Column::Id.max(), "id").into_query();
        let read = record_state::Entity::find_by_id(1)
            .select_only()
            .columns([record_state::Column::Edition, record_state::Column::EditionAt, record_state::Column::EditionSecond])
            .columns([publication::Column::Revision, publication::Column::RecordedAt])
            .expr_as(Expr::from(entry), "entry")
            .join(JoinType::LeftJoin, record_state::Relation::Newest.def())
            .into_tuple()
            .one(&self.db);
        // Everything waits for this: a database that takes the question and never answers is none.
        let in_time = tokio::time::timeout(PATIENCE, read).await;
        let row: Option<Row> = in_time.map_err(|_| DbErr::Custom("the edition could not be read in time".to_owned()))??;
        let (number, at, second, revision, recorded_at, entry) = row.unwrap_or_default();
        let newest = Newest {
            edition: Edition { number, at, second },
            revision: Revision { number: revision.unwrap_or_default(), recorded_at },
            entry: entry.map(i64::cast_unsigned),
        };
        self.editions.learn(Known { newest, asked, written });
        self.editions.correct(told, number);
        Ok(newest)
    }

    /// Listens, on PostgreSQL, to what other instances publish, so that it shows here at once, until the connection breaks; what
    /// is not told is asked for all the same. On SQLite there is nobody to listen to.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the connection breaks.
    pub async fn listen_for_editions(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Sqlite {
            return std::future::pending().await;
        }
        let broken = self.listen().await;
        // What is told from now on is not heard.
        self.editions.overtake();
        broken.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))).into())
    }

    async fn listen(&self) -> Result<(), sea_orm::sqlx::Error> {
        let mut listener = PgListener::connect_with(self.db.get_postgres_connection_pool()).await?;
        listener.listen(CHANNEL).await?;
        self.editions.overtake();
        loop {
            // Nothing stands for a connection that broke and was made anew; an earlier version tells no number.
            match listener.try_recv().await?.map(|told| told.payload().parse()) {
                Some(Ok(number)) => self.editions.hear(number),
                Some(Err(_)) | None => self.editions.overtake(),
            }
        }
    }
}

/// Makes the next edition, in the transaction that changes what readers see and holds the lock of the record.
pub(crate) async fn next(db: &impl ConnectionTrait, state: &record_state::Model, now: DateTime<Utc>) -> Result<(), StoreError> {
    use record_state::Column as C;
    let now = now.trunc_subsecs(6);
    let at = state.edition_at.map_or(now, |before| before.max(now));
    let number = state.edition + 1;
    record_state::Entity::update_many()
        .col_expr(C::Edition, Expr::value(number))
        .col_expr(C::EditionAt, Expr::value(at))
        .col_expr(C::EditionSecond, Expr::value(second_after(state.edition_second, at)))
        .exec(db)
        .await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Delivered when the transaction is committed, and not if it is undone.
        db.execute_unprepared(&format!("notify {CHANNEL}, '{number}'")).await?;
    }
    Ok(())
}

/// The second of an edition at a time, after the one that had another.
fn second_after(before: Option<DateTime<Utc>>, at: DateTime<Utc>) -> DateTime<Utc> {
    let second = TimeDelta::seconds(1);
    let own = before.map_or(at, |before| at.max(before + second)).trunc_subsecs(0);
    // At midnight the pages of the day before are made anew, which takes that second.
    if own.time() == NaiveTime::MIN { own + second } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_later_stays_whoever_answers_last() {
        let (editions, now) = (Editions::default(), Instant::now());
        let known = |number, asked| {
            let edition = Edition { number, ..Edition::default() };
            Known { newest: Newest { edition, revision: Revision { number, recorded_at: None }, entry: None }, asked, written: 0 }
        };
        editions.learn(known(6, now + LEASE));
        editions.learn(known(5, now));
        assert_eq!(editions.known().map(|known| known.newest.edition.number), Some(6));
    }

    #[test]
    fn what_is_known_holds_until_a_later_edition_is_told_of() {
        let editions = Editions::default();
        let edition = Edition { number: 5, ..Edition::default() };
        let newest = Newest { edition, revision: Revision { number: 5, recorded_at: None }, entry: None };
        editions.learn(Known { newest, asked: Instant::now(), written: 0 });
        for (told, holds) in [(4, true), (5, true), (6, false)] {
            editions.hear(told);
            assert_eq!(editions.held().is_some(), holds, "{told}");
        }
        // Whoever asked after that was told knows whether it was of this record.
        editions.correct(6, 5);
        assert!(editions.held().is_some());
        // What another record has hidden counts all the same.
        editions.hear(900);
        editions.hear(6);
        editions.correct(900, 5);
        assert!(editions.held().is_none());
    }

    #[test]
    fn each_edition_has_a_second_of_its_own_and_none_has_midnight() {
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let mut before = None;
        for (at, second) in [
            ("2026-11-23T23:59:58.7Z", "2026-11-23T23:59:58Z"),
            ("2026-11-23T23:59:58.9Z", "2026-11-23T23:59:59Z"),
            ("2026-11-23T23:59:59.1Z", "2026-11-24T00:00:01Z"),
            ("2026-11-24T12:00:00.5Z", "2026-11-24T12:00:00Z"),
        ] {
            before = Some(second_after(before, time(at)));
            assert_eq!(before, Some(time(second)), "{at}");
        }
    }
}
