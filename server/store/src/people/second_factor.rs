//! The second factor of an account: its secret, the last code that counted, and the codes for the day the telephone is lost.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use super::{
    Editor,
    secret::{hash, random},
};
use crate::{
    SessionId, Store, StoreError,
    audit::{self, Subject},
    entity::{person, recovery_code},
    sessions,
};

/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 10;

/// The characters of recovery codes: none is taken for another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The second factor of an account (RFC 6238).
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret that it shares with a telephone, in base 32.
    pub secret: String,
    /// Since when it has been asked for; `None` until a first code was right.
    pub since: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor").field("since", &self.since).finish_non_exhaustive()
    }
}

/// A recovery code as it was typed, without what people put between its groups.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Writes new recovery codes in place of the old ones.
async fn renew_codes(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<String>, StoreError> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::PersonId.eq(person)).exec(db).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let letters: Vec<char> = random::<16>()?.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        codes.push(groups.join("-"));
    }
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        code_hash: Set(hash(&plain(code))),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(codes)
}

/// Lets a step count, if it is later than every one before it.
async fn use_step(db: &impl ConnectionTrait, person: Uuid, step: u64) -> Result<bool, StoreError> {
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    let later = Condition::any().add(person::Column::TotpLastStep.is_null()).add(person::Column::TotpLastStep.lt(step));
    let used = person::Entity::update_many()
        .col_expr(person::Column::TotpLastStep, Expr::value(step))
        .filter(person::Column::Id.eq(person))
        .filter(later)
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

impl Store {
    /// The second factor of somebody, asked for or not yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn second_factor(&self, editor: &Editor) -> Result<Option<SecondFactor>, StoreError> {
        let Some(row) = person::Entity::find_by_id(editor.id).one(&self.db).await? else { return Ok(None) };
        let Some(secret) = row.totp_secret else { return Ok(None) };
        let left = recovery_code::Entity::find()
            .filter(recovery_code::Column::PersonId.eq(editor.id))
            .filter(recovery_code::Column::UsedAt.is_null())
            .count(&self.db)
            .await?;
        Ok(Some(SecondFactor { secret, since: row.totp_since, recovery_codes: left }))
    }

    /// Keeps a secret that somebody is about to prove; one that is in use stays.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where one is in use, [`StoreError::Database`].
    pub async fn offer_second_factor(&self, editor: &Editor, secret: String) -> Result<(), StoreError> {
        let _turn = self.turn().await?;
        let offered = person::Entity::update_many()
            .col_expr(person::Column::TotpSecret, Expr::value(secret))
            .filter(person::Column::Id.eq(editor.id))
            .filter(person::Column::TotpSince.is_null())
            .exec(&self.db)
            .await?;
        if offered.rows_affected == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// From now on a code is asked for: one of the offered secret was right, at `step`. The answer is the recovery codes, which
    /// are never shown again; every session but this one ends.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the second factor is in use already, [`StoreError::Database`].
    pub async fn enrol_second_factor(
        &self,
        editor: &Editor,
        step: u64,
        stays: &SessionId,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, StoreError> {
        let db = self.begin_writing().await?;
        let enrolled = person::Entity::update_many()
            .col_expr(person::Column::TotpSince, Expr::value(now))
            .filter(person::Column::Id.eq(editor.id))
            .filter(person::Column::TotpSince.is_null())
            .filter(person::Column::TotpSecret.is_not_null())
            .exec(&db)
            .await?;
        if enrolled.rows_affected != 1 || !use_step(&db, editor.id, step).await? {
            return Err(StoreError::Conflict);
        }
        let codes = renew_codes(&db, editor.id).await?;
        sessions::end_all(&db, editor.id, Some(stays)).await?;
        audit::note(&db, Some(editor), "totp.enrol", Subject("person", &editor.email), None, now).await?;
        db.commit().await?;
        Ok(codes)
    }

    /// New recovery codes in place of the old ones.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn renew_recovery_codes(&self, editor: &Editor, now: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
        let db = self.begin_writing().await?;
        let codes = renew_codes(&db, editor.id).await?;
        audit::note(&db, Some(editor), "totp.recovery_codes", Subject("person", &editor.email), None, now).await?;
        db.commit().await?;
        Ok(codes)
    }

    /// Lets a code of the second factor count, by its step; `false` where that step, or a later one, has counted before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn use_code(&self, editor: &Editor, step: u64) -> Result<bool, StoreError> {
        use_step(&self.db, editor.id, step).await
    }

    /// Uses a recovery code up; `false` where it is none, or was used.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn use_recovery_code(&self, editor: &Editor, typed: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let db = self.begin_writing().await?;
        let used = recovery_code::Entity::update_many()
            .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
            .filter(recovery_code::Column::PersonId.eq(editor.id))
            .filter(recovery_code::Column::CodeHash.eq(hash(&plain(typed))))
            .filter(recovery_code::Column::UsedAt.is_null())
            .exec(&db)
            .await?;
        if used.rows_affected == 0 {
            return Ok(false);
        }
        audit::note(&db, Some(editor), "totp.recovery_code", Subject("person", &editor.email), None, now).await?;
        db.commit().await?;
        Ok(true)
    }

    /// From now on no code is asked for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn end_second_factor(&self, editor: &Editor, now: DateTime<Utc>) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        let row = person::ActiveModel {
            id: Set(editor.id),
            totp_secret: Set(None),
            totp_since: Set(None),
            totp_last_step: Set(None),
            ..Default::default()
        };
        row.update(&db).await?;
        recovery_code::Entity::delete_many().filter(recovery_code::Column::PersonId.eq(editor.id)).exec(&db).await?;
        audit::note(&db, Some(editor), "totp.end", Subject("person", &editor.email), None, now).await?;
        db.commit().await
    }
}
