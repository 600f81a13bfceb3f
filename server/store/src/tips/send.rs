//! Sending a tip: how many a sender may send is counted without knowing who they are.

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use domain::{NewTip, Slug, TipState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use crate::{
    Secret, Store, StoreError,
    entity::{former_slug, pledge, tip, tip_salt},
    people::hash,
};

/// How long a tip counts.
const COUNTED: TimeDelta = TimeDelta::hours(1);

/// How many tips that count a sender may have sent.
const PER_SENDER: u64 = 5;

/// How many all senders together may have sent. What fell into the trap is counted by itself: it keeps nobody out.
const IN_ALL: u64 = 200;

impl Store {
    /// Keeps a tip on a published pledge, by the name it has or had. `trapped` says that a field was filled in that people
    /// don't see: then it is spam until somebody says otherwise. `sender` is an address, or whatever else tells senders apart;
    /// only a hash of it is kept, for as long as the tip counts.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] if there is no such pledge; [`StoreError::TooMany`] with the time from which they may send again.
    pub async fn send_tip(
        &self,
        slug: &Slug,
        tip: &NewTip,
        trapped: bool,
        sender: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let now = now.trunc_subsecs(6);
        let db = self.begin_writing().await?;
        let pledge = published(&db, slug).await?;
        let (today, hashes) = sender_hashes(&db, sender, now).await?;
        let same_sender = tip::Column::SenderHash.is_in(hashes);
        let limits = [(Condition::all().add(same_sender), PER_SENDER), (tip::Column::Trapped.eq(trapped).into(), IN_ALL)];
        let mut again_at = None;
        for (these, limit) in limits {
            again_at = again_at.max(full_until(&db, these, limit, now).await?);
        }
        if let Some(again_at) = again_at {
            return Err(StoreError::TooMany { again_at });
        }
        let state = if trapped { TipState::Spam } else { TipState::New };
        let row = tip::ActiveModel {
            id: Set(Uuid::now_v7()),
            pledge_id: Set(pledge),
            url: Set(tip.url.as_ref().map(ToString::to_string)),
            words: Set(tip.words.clone()),
            language: Set(tip.language.code().to_owned()),
            sent_at: Set(now),
            state: Set(state.code().to_owned()),
            trapped: Set(trapped),
            sender_hash: Set(Some(today)),
            decided_by: Set(None),
            decided_at: Set(None),
            draft_id: Set(None),
        };
        tip::Entity::insert(row).exec_without_returning(&db).await?;
        forget(&db, now).await?;
        db.commit().await
    }

    /// Forgets of those who sent tips what no longer counts. Sending does so too; who calls it now and then makes sure that
    /// nothing stays where no tip comes after the last.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn forget_senders(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        forget(&db, now).await?;
        db.commit().await
    }
}

/// The published pledge that has this name or had it: a form may be older than the name.
async fn published(db: &impl ConnectionTrait, slug: &Slug) -> Result<Uuid, StoreError> {
    let former = former_slug::Entity::find_by_id(slug.as_str()).one(db).await?;
    let of_name = Condition::any()
        .add(pledge::Column::Slug.eq(slug.as_str()))
        .add_option(former.map(|former| pledge::Column::Id.eq(former.pledge_id)));
    let found = pledge::Entity::find()
        .select_only()
        .column(pledge::Column::Id)
        .filter(of_name)
        .filter(pledge::Column::RecordedAt.is_not_null())
        .into_tuple()
        .one(db)
        .await?;
    found.ok_or_else(|| StoreError::NoSuch { what: "pledge", name: slug.to_string() })
}

/// The sender by today's salt, and by those of all days on which a tip still counts. Until the end of the transaction nobody
/// else can send one: of many at the same moment each is counted.
async fn sender_hashes(db: &DatabaseTransaction, sender: &str, now: DateTime<Utc>) -> Result<(String, Vec<String>), StoreError> {
    let (today, earlier) = (now.date_naive(), (now - COUNTED).date_naive());
    let salted = |salt: &str| hash(&format!("{salt}:{sender}"));
    let today_hash = salted(&salt_of(db, today).await?);
    let mut hashes = vec![today_hash.clone()];
    if earlier != today
        && let Some(row) = tip_salt::Entity::find_by_id(earlier).one(db).await?
    {
        hashes.push(salted(&row.salt));
    }
    Ok((today_hash, hashes))
}

/// The salt of a day, made if nobody has sent anything on it yet. It is locked.
async fn salt_of(db: &DatabaseTransaction, day: NaiveDate) -> Result<String, StoreError> {
    let row = tip_salt::ActiveModel { day: Set(day), salt: Set(Secret::random()?.reveal().to_owned()) };
    let kept = OnConflict::column(tip_salt::Column::Day).update_column(tip_salt::Column::Day).to_owned();
    tip_salt::Entity::insert(row).on_conflict(kept).exec_without_returning(db).await?;
    let row = tip_salt::Entity::find_by_id(day).one(db).await?;
    row.map(|row| row.salt).ok_or_else(|| StoreError::NoSuch { what: "salt", name: day.to_string() })
}

/// Until when these tips are as many as may be; `None` if they are fewer.
async fn full_until(
    db: &impl ConnectionTrait,
    these: Condition,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let surplus = tip::Entity::find()
        .filter(these)
        .filter(tip::Column::SentAt.gt(now - COUNTED))
        .order_by_desc(tip::Column::SentAt)
        .offset(limit - 1)
        .limit(1)
        .one(db)
        .await?;
    Ok(surplus.map(|row| row.sent_at + COUNTED))
}

async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), StoreError> {
    let since = now - COUNTED;
    tip_salt::Entity::delete_many().filter(tip_salt::Column::Day.lt(since.date_naive())).exec(db).await?;
    tip::Entity::update_many()
        .col_expr(tip::Column::SenderHash, Expr::value(Option::<String>::None))
        .filter(tip::Column::SenderHash.is_not_null())
        .filter(tip::Column::SentAt.lte(since))
        .exec(db)
        .await?;
    Ok(())
}
