//! Tokens: made by people for their programs, shown once, and kept hashed.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{Act, NewToken, Scopes};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    prelude::{Expr, Uuid},
};

use crate::{
    ByToken, Editor, Secret, Store, StoreError,
    audit::{self, Subject},
    entity::{person, token},
    people::hash,
    row,
};

/// How every token begins.
const PREFIX: &str = "pb_";

/// How much later a use must be than the last one noted for that to be written: not every request is worth a write.
const WORTH_WRITING: TimeDelta = TimeDelta::minutes(1);

/// A token as those see it who look after it; what it was made of can't be had from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Which token it is.
    pub id: Uuid,
    /// In whose name its program acts.
    pub owner: Editor,
    /// What it is for, in its owner's words.
    pub name: String,
    /// What it is good for, as far as its owner may do it.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is good for nothing.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When somebody ended it.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Whether a token can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It can.
    Good,
    /// Its time has run out.
    Expired,
    /// Somebody has ended it.
    Revoked,
}

impl Token {
    /// Whether it can be used at a time.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> TokenState {
        match self.revoked_at {
            Some(_) => TokenState::Revoked,
            None if self.expires_at <= now => TokenState::Expired,
            None => TokenState::Good,
        }
    }
}

/// Ends all tokens of a person.
pub(crate) async fn revoke_all(db: &impl ConnectionTrait, person: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::value(now.trunc_subsecs(6)))
        .filter(token::Column::PersonId.eq(person))
        .filter(token::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

impl Store {
    /// Makes a token for oneself. What comes back is shown once and never again.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::OutOfScope`]: no token makes another; [`StoreError::NoRandomness`].
    pub async fn make_token(&self, editor: &Editor, new: &NewToken, now: DateTime<Utc>) -> Result<Secret, StoreError> {
        editor.must(Act::MakeTokens)?;
        let now = now.trunc_subsecs(6);
        let secret = Secret::random_with(PREFIX)?;
        let row = token::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(editor.id),
            name: Set(new.name.clone()),
            scopes: Set(new.scopes.to_string()),
            hash: Set(hash(secret.reveal())),
            created_at: Set(now),
            expires_at: Set(now + TimeDelta::days(new.lifetime.days())),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        let db = self.begin_writing().await?;
        token::Entity::insert(row).exec_without_returning(&db).await?;
        let detail = Some(format!("{}, {} days", new.scopes, new.lifetime));
        audit::note(&db, Some(editor), "token.make", Subject("token", &new.name), detail, now).await?;
        db.commit().await?;
        Ok(secret)
    }

    /// In whose name whoever holds a token acts, and as what; `None` where it is none, has expired or was revoked, or its owner
    /// is not let in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn bearer(&self, secret: &str, now: DateTime<Utc>) -> Result<Option<Editor>, StoreError> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let row = token::Entity::find()
            .filter(token::Column::Hash.eq(hash(secret)))
            .filter(token::Column::RevokedAt.is_null())
            .filter(token::Column::ExpiresAt.gt(now))
            .one(&self.db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let owner = person::Entity::find_by_id(row.person_id).filter(person::Column::DisabledAt.is_null()).one(&self.db).await?;
        let Some(owner) = owner else { return Ok(None) };
        if row.last_used_at.is_none_or(|last| now - last >= WORTH_WRITING) {
            let _turn = self.turn().await?;
            let used = token::Entity::update_many()
                .col_expr(token::Column::LastUsedAt, Expr::value(now.trunc_subsecs(6)))
                .filter(token::Column::Id.eq(row.id));
            // Reading goes on where nothing can be written.
            StoreError::unless_not_writable(used.exec(&self.db).await)?;
        }
        let token = ByToken { id: row.id, scopes: row::parsed("scopes", &row.scopes)? };
        Ok(Some(Editor { token: Some(token), ..owner.try_into()? }))
    }

    /// Somebody's own tokens, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::OutOfScope`], [`StoreError::Database`].
    pub async fn own_tokens(&self, editor: &Editor) -> Result<Vec<Token>, StoreError> {
        editor.must(Act::MakeTokens)?;
        self.tokens(token::Column::PersonId.eq(editor.id).into()).await
    }

    /// The tokens of everybody else, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::OutOfScope`], [`StoreError::Database`].
    pub async fn tokens_of_others(&self, editor: &Editor) -> Result<Vec<Token>, StoreError> {
        editor.must(Act::ManagePeople)?;
        self.tokens(token::Column::PersonId.ne(editor.id).into()).await
    }

    /// Every token there ever was, for who may ask.
    pub(crate) async fn all_tokens(&self) -> Result<Vec<Token>, StoreError> {
        self.tokens(Condition::all()).await
    }

    async fn tokens(&self, which: Condition) -> Result<Vec<Token>, StoreError> {
        let rows = token::Entity::find().filter(which).order_by_desc(token::Column::CreatedAt).all(&self.db).await?;
        let owners = person::Entity::find().filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)));
        let owners: HashMap<Uuid, person::Model> =
            owners.all(&self.db).await?.into_iter().map(|person| (person.id, person)).collect();
        let token = |row: token::Model| {
            let owner = owners.get(&row.person_id).cloned();
            let owner = owner.ok_or_else(|| StoreError::NoSuch { what: "person", name: row.person_id.to_string() })?;
            Ok(Token {
                id: row.id,
                owner: owner.try_into()?,
                name: row.name,
                scopes: row::parsed("scopes", &row.scopes)?,
                created_at: row.created_at,
                expires_at: row.expires_at,
                last_used_at: row.last_used_at,
                revoked_at: row.revoked_at,
            })
        };
        rows.into_iter().map(token).collect()
    }

    /// Ends a token of one's own, or of anybody for who looks after people. One that has ended stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] where there is none that they may end; [`StoreError::OutOfScope`], [`StoreError::Database`].
    pub async fn revoke_token(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        editor.must(Act::MakeTokens)?;
        let db = self.begin_writing().await?;
        let row = token::Entity::find_by_id(id).one(&db).await?;
        let row = row.filter(|row| row.person_id == editor.id || editor.must(Act::ManagePeople).is_ok());
        let row = row.ok_or_else(|| StoreError::NoSuch { what: "token", name: id.to_string() })?;
        let now = now.trunc_subsecs(6);
        let ended = token::Entity::update_many()
            .col_expr(token::Column::RevokedAt, Expr::value(now))
            .filter(token::Column::Id.eq(id))
            .filter(token::Column::RevokedAt.is_null())
            .exec(&db)
            .await?;
        if ended.rows_affected == 1 {
            let whose = person::Entity::find_by_id(row.person_id).one(&db).await?.map(|owner| owner.email);
            audit::note(&db, Some(editor), "token.revoke", Subject("token", &row.name), whose, now).await?;
        }
        db.commit().await
    }
}
