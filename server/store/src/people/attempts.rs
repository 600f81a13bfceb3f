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
            // The oldest of those failures that are one too many.
            let surplus = sign_in_failure::Entity::find()
                .filter(sign_in_failure::Column::KeyHash.eq(key))
                .filter(sign_in_failure::Column::At.gt(now - FRESH))
                .filter(sign_in_failure::Column::Id.is_not_in(ids.iter().copied()))
                .order_by_desc(sign_in_failure::Column::At)
                .offset(limit - 1)
                .limit(1)
                .one(&self.db)
                .await?;
            again_at = again_at.max(surplus.map(|row| row.at + FRESH));
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

    async fn forget_failures(&self, ids: &[Uuid]) -> Result<(), StoreError> {
        let _turn = self.turn().await?;
        let these = sign_in_failure::Column::Id.is_in(ids.iter().copied());
        sign_in_failure::Entity::delete_many().filter(these).exec(&self.db).await?;
        Ok(())
    }
}
