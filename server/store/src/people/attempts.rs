//! How often somebody may try to sign in: failures are counted by account and by address, as long as they are fresh.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use super::secret::hash;
use crate::{Store, StoreError, entity::sign_in_failure};

/// How long a failure counts.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// How many fresh failures an account may have.
const PER_ACCOUNT: u64 = 10;

/// How many fresh failures an address may have; several people may share one.
const PER_ADDRESS: u64 = 30;

/// How many fresh failures an address may have with tokens.
const TOKENS_PER_ADDRESS: u64 = 30;

/// An attempt that is under way. Until it has succeeded it counts as failed, so that many at once are counted too.
#[derive(Debug)]
pub struct Attempt {
    account: String,
    rows: Vec<Uuid>,
}

/// Whether somebody may try.
#[derive(Debug)]
pub enum Attempts {
    /// They may.
    Allowed(Attempt),
    /// They may not, until then.
    TooMany(DateTime<Utc>),
}

impl Store {
    /// Notes that somebody tries to sign in to an account from an address, unless there were too many failures already. What
    /// was typed as account is kept hashed: it may be a password in the wrong field.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn attempt(&self, account: &str, address: &str, now: DateTime<Utc>) -> Result<Attempts, StoreError> {
        let keys = [(hash(&format!("account:{account}")), PER_ACCOUNT), (hash(&format!("address:{address}")), PER_ADDRESS)];
        // Noted first and counted then: of many at the same moment, each sees all that were noted before it.
        let rows = keys.clone().map(|(key, _)| (Uuid::now_v7(), key));
        let models = rows.clone().map(|(id, key)| sign_in_failure::ActiveModel { id: Set(id), key_hash: Set(key), at: Set(now) });
        let turn = self.turn().await?;
        sign_in_failure::Entity::insert_many(models).exec_without_returning(&self.db).await?;
        drop(turn);
        let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
        let mut again_at = None;
        for (key, limit) in &keys {
            again_at = again_at.max(self.again_at(key, *limit, &ids, now).await?);
        }
        match again_at {
            None => Ok(Attempts::Allowed(Attempt { account: keys[0].0.clone(), rows: ids })),
            Some(again_at) => {
                // Who is refused has not tried: waiting helps, however often they ask.
                self.forget_failures(&ids).await?;
                Ok(Attempts::TooMany(again_at))
            }
        }
    }

    /// An attempt has succeeded: the failures of its account are forgotten, those of its address stay.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn attempt_succeeded(&self, attempt: Attempt, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.forget_failures(&attempt.rows).await?;
        let _turn = self.turn().await?;
        sign_in_failure::Entity::delete_many()
            .filter(
                sea_orm::Condition::any()
                    .add(sign_in_failure::Column::KeyHash.eq(attempt.account))
                    .add(sign_in_failure::Column::At.lte(now - FRESH)),
            )
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// From when on tokens are looked at again that come from an address; `None` is now. A token is as random as no password
    /// is, so that nothing is noted before it was wrong.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn tokens_again_at(&self, address: &str, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.again_at(&token_key(address), TOKENS_PER_ADDRESS, &[], now).await
    }

    /// Notes that a token came from an address and was none. It is counted apart from passwords: a program that goes on with
    /// an old token keeps nobody from signing in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn token_failed(&self, address: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let key = token_key(address);
        let _turn = self.turn().await?;
        let old = sign_in_failure::Column::At.lte(now - FRESH);
        sign_in_failure::Entity::delete_many().filter(old).exec(&self.db).await?;
        let row = sign_in_failure::ActiveModel { id: Set(Uuid::now_v7()), key_hash: Set(key), at: Set(now) };
        sign_in_failure::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// When a key that has too many fresh failures will have one less than that; `None` where it has not too many.
    async fn again_at(
        &self,
        key: &str,
        limit: u64,
        but: &[Uuid],
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        // The oldest of those failures that are one too many.
        let surplus = sign_in_failure::Entity::find()
            .filter(sign_in_failure::Column::KeyHash.eq(key))
            .filter(sign_in_failure::Column::At.gt(now - FRESH))
            .filter(sign_in_failure::Column::Id.is_not_in(but.iter().copied()))
            .order_by_desc(sign_in_failure::Column::At)
            .offset(limit - 1)
            .limit(1)
            .one(&self.db)
            .await?;
        Ok(surplus.map(|row| row.at + FRESH))
    }

    async fn forget_failures(&self, ids: &[Uuid]) -> Result<(), StoreError> {
        let _turn = self.turn().await?;
        let these = sign_in_failure::Column::Id.is_in(ids.iter().copied());
        sign_in_failure::Entity::delete_many().filter(these).exec(&self.db).await?;
        Ok(())
    }
}

fn token_key(address: &str) -> String {
    hash(&format!("token from:{address}"))
}
