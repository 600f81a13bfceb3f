//! The queue of what is to be fetched: any number of servers take from it, each address is fetched by one at a time, one host
//! is not pressed, and what a server that died had begun is begun again.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{CaptureFailure, CaptureState, capture::next_try, source::SourceUrl};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, OnConflict},
};

use super::host;
use crate::{Engine, Store, StoreError, entity::capture_job};

/// How long a server that fetches something counts as being at work. A fetch and its reading take at most half of it.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// How long after it was last asked for something a host is asked again.
const PACE: TimeDelta = TimeDelta::seconds(5);

/// How often something is begun that no server has ever ended: it may be what ends the servers.
const BEGUN: i32 = 6;

/// Whoever takes from the queue on PostgreSQL holds this lock: two servers must not take two sources of one host.
const TAKING: i64 = 0x706c_6564_6765_0001;

/// What is to be fetched, by whoever claimed it and by nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The address of the source.
    pub url: String,
    /// How often it was tried, with this time.
    pub tries: u32,
    pub(crate) id: Uuid,
    pub(crate) lease: Uuid,
}

impl Store {
    /// Takes what has waited longest of what may be fetched by now; `None` if there is nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn claim_capture(&self, now: DateTime<Utc>) -> Result<Option<Claimed>, StoreError> {
        use capture_job::Column as C;
        let now = now.trunc_subsecs(6);
        let abandoned = Condition::all().add(C::State.eq(CaptureState::Running.code())).add(C::LeasedUntil.lte(now));
        let due = Condition::all().add(C::State.eq(CaptureState::Queued.code())).add(C::NextTryAt.lte(now));
        let waiting = Condition::any().add(due).add(abandoned);
        // Mostly nothing waits: then nobody who writes is kept waiting either.
        if capture_job::Entity::find().filter(waiting.clone()).limit(1).one(&self.db).await?.is_none() {
            return Ok(None);
        }
        let db = self.begin_writing().await?;
        if self.engine() == Engine::Postgres {
            db.execute_unprepared(&format!("select pg_advisory_xact_lock({TAKING})")).await?;
        }
        give_up_what_ends_servers(&db, now).await?;
        let busy = Condition::any()
            .add(C::TriedAt.gt(now - PACE))
            .add(Condition::all().add(C::State.eq(CaptureState::Running.code())).add(C::LeasedUntil.gt(now)));
        let busy = capture_job::Entity::find().select_only().column(C::Host).filter(busy);
        let found = capture_job::Entity::find()
            .filter(waiting)
            .filter(C::Host.not_in_subquery(busy.into_query()))
            .order_by_asc(C::NextTryAt)
            .order_by_asc(C::AskedAt)
            .limit(1)
            .one(&db)
            .await?;
        let Some(job) = found else {
            db.commit().await?;
            return Ok(None);
        };
        let lease = Uuid::new_v4();
        capture_job::Entity::update_many()
            .col_expr(C::State, Expr::value(CaptureState::Running.code()))
            .col_expr(C::Tries, Expr::value(job.tries + 1))
            .col_expr(C::TriedAt, Expr::value(now))
            .col_expr(C::NextTryAt, Expr::value(Option::<DateTime<Utc>>::None))
            .col_expr(C::Lease, Expr::value(lease))
            .col_expr(C::LeasedUntil, Expr::value(now + LEASE))
            .filter(C::Id.eq(job.id))
            .exec(&db)
            .await?;
        db.commit().await?;
        Ok(Some(Claimed { url: job.url, tries: u32::try_from(job.tries + 1).unwrap_or(u32::MAX), id: job.id, lease }))
    }

    /// Notes that what was claimed could not be fetched, and when it is tried again. Where another server has taken it over
    /// meanwhile, that one's word counts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn capture_failed(
        &self,
        claimed: &Claimed,
        failure: CaptureFailure,
        status: Option<u16>,
        asked_to_wait: Option<TimeDelta>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        use capture_job::Column as C;
        let now = now.trunc_subsecs(6);
        let next = next_try(claimed.tries, failure, status, asked_to_wait).map(|wait| now + wait);
        let state = if next.is_some() { CaptureState::Queued } else { CaptureState::Failed };
        capture_job::Entity::update_many()
            .col_expr(C::State, Expr::value(state.code()))
            .col_expr(C::Failure, Expr::value(failure.code()))
            .col_expr(C::Status, Expr::value(status.map(i32::from)))
            .col_expr(C::NextTryAt, Expr::value(next))
            .col_expr(C::Lease, Expr::value(Option::<Uuid>::None))
            .col_expr(C::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
            .filter(C::Id.eq(claimed.id))
            .filter(C::Lease.eq(claimed.lease))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// How many addresses could be fetched by now, were their hosts free, or are being fetched.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn captures_waiting(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        use capture_job::Column as C;
        let due = Condition::all().add(C::State.eq(CaptureState::Queued.code())).add(C::NextTryAt.lte(now));
        let waiting = Condition::any().add(due).add(C::State.eq(CaptureState::Running.code()));
        Ok(capture_job::Entity::find().filter(waiting).count(&self.db).await?)
    }

    /// Puts what was claimed back as it was, for whichever server takes it from a time on.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn give_back_capture(&self, claimed: &Claimed, from: DateTime<Utc>) -> Result<(), StoreError> {
        use capture_job::Column as C;
        capture_job::Entity::update_many()
            .col_expr(C::State, Expr::value(CaptureState::Queued.code()))
            .col_expr(C::Tries, Expr::col(C::Tries).sub(1))
            .col_expr(C::NextTryAt, Expr::value(from.trunc_subsecs(6)))
            .col_expr(C::Lease, Expr::value(Option::<Uuid>::None))
            .col_expr(C::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
            .filter(C::Id.eq(claimed.id))
            .filter(C::Lease.eq(claimed.lease))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

/// What was begun again and again and never ended is given up.
async fn give_up_what_ends_servers(db: &DatabaseTransaction, now: DateTime<Utc>) -> Result<(), StoreError> {
    use capture_job::Column as C;
    capture_job::Entity::update_many()
        .col_expr(C::State, Expr::value(CaptureState::Failed.code()))
        .col_expr(C::Failure, Expr::value(CaptureFailure::Broken.code()))
        .col_expr(C::Lease, Expr::value(Option::<Uuid>::None))
        .col_expr(C::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(C::State.eq(CaptureState::Running.code()))
        .filter(C::LeasedUntil.lte(now))
        .filter(C::Tries.gte(BEGUN))
        .exec(db)
        .await?;
    Ok(())
}

/// Queues the addresses that nobody has asked for yet. Tells how many those are.
pub(crate) async fn queue(
    db: &impl ConnectionTrait,
    urls: &[SourceUrl],
    asked_by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let mut queued = 0;
    for url in urls {
        let row = capture_job::ActiveModel {
            id: Set(Uuid::now_v7()),
            url: Set(url.to_string()),
            host: Set(host(url)),
            state: Set(CaptureState::Queued.code().to_owned()),
            failure: Set(None),
            status: Set(None),
            tries: Set(0),
            asked_by: Set(asked_by),
            asked_at: Set(now),
            tried_at: Set(None),
            next_try_at: Set(Some(now)),
            lease: Set(None),
            leased_until: Set(None),
        };
        let new = OnConflict::column(capture_job::Column::Url).do_nothing().to_owned();
        queued += capture_job::Entity::insert(row).on_conflict(new).exec_without_returning(db).await?;
    }
    Ok(queued)
}
