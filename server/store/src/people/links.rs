//! One-time links: how somebody comes to a first or a new password without any mail server. Whoever holds one may use it once.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{DeskRole, NewPerson};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use super::{Editor, Secret, has_people, manage, secret::hash};
use crate::{
    Store, StoreError,
    audit::{self, Subject},
    entity::{one_time_link, person, recovery_code},
    sessions, tokens,
};

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To make the first administrator.
    SetUp,
    /// To choose a first password.
    Invite,
    /// To choose a new password.
    Reset,
    /// To choose a new password where the second factor is lost too: it is turned off.
    ResetBoth,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Invite => "invite",
            Self::Reset => "reset",
            Self::ResetBoth => "reset_both",
        }
    }

    fn parse(code: &str) -> Result<Self, StoreError> {
        let all = [Self::SetUp, Self::Invite, Self::Reset, Self::ResetBoth];
        let found = all.into_iter().find(|purpose| purpose.code() == code);
        found.ok_or_else(|| StoreError::NotUnderstood { column: "purpose", value: code.to_owned() })
    }

    /// How long a link for it can be used.
    #[must_use]
    pub fn valid_for(self) -> TimeDelta {
        match self {
            Self::SetUp => TimeDelta::minutes(30),
            Self::Invite => TimeDelta::days(7),
            Self::Reset | Self::ResetBoth => TimeDelta::days(1),
        }
    }
}

/// A link that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// For whom; nobody yet where it makes the first administrator.
    pub person: Option<Editor>,
}

/// Makes a link; older ones for the same person no longer work.
pub(super) async fn make(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    person: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Secret, StoreError> {
    end_links(db, person).await?;
    let secret = Secret::random()?;
    let row = one_time_link::ActiveModel {
        token_hash: Set(hash(secret.reveal())),
        purpose: Set(purpose.code().to_owned()),
        person_id: Set(person),
        created_at: Set(now),
        expires_at: Set(now + purpose.valid_for()),
        used_at: Set(None),
    };
    one_time_link::Entity::insert(row).exec_without_returning(db).await?;
    Ok(secret)
}

/// The links of a person that were not used no longer work.
pub(super) async fn end_links(db: &impl ConnectionTrait, person: Option<Uuid>) -> Result<(), StoreError> {
    let theirs = match person {
        Some(id) => one_time_link::Column::PersonId.eq(id),
        None => one_time_link::Column::PersonId.is_null(),
    };
    one_time_link::Entity::delete_many().filter(theirs).filter(one_time_link::Column::UsedAt.is_null()).exec(db).await?;
    Ok(())
}

/// Uses a link up. Of several at the same moment one alone gets it.
async fn consume(db: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let used = one_time_link::Entity::update_many()
        .col_expr(one_time_link::Column::UsedAt, Expr::value(now))
        .filter(one_time_link::Column::TokenHash.eq(hash(token)))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

/// What a link is for and for whom, if it can be used.
async fn look(db: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<Option<Link>, StoreError> {
    let row = one_time_link::Entity::find_by_id(hash(token))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let purpose = Purpose::parse(&row.purpose)?;
    let Some(id) = row.person_id else {
        return Ok((!has_people(db).await?).then_some(Link { purpose, person: None }));
    };
    let person = person::Entity::find_by_id(id).filter(person::Column::DisabledAt.is_null()).one(db).await?;
    person.map(|person| Ok(Link { purpose, person: Some(person.try_into()?) })).transpose()
}

impl Store {
    /// A link that makes the first administrator, in place of any older one; `None` where somebody is there already.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::NoRandomness`].
    pub async fn set_up_link(&self, now: DateTime<Utc>) -> Result<Option<Secret>, StoreError> {
        let db = self.begin_writing().await?;
        if has_people(&db).await? {
            return Ok(None);
        }
        let secret = make(&db, Purpose::SetUp, None, now).await?;
        db.commit().await?;
        Ok(Some(secret))
    }

    /// What a link is for; `None` where it was used, has expired, or never was. Looking does not use it up.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn link(&self, token: &str, now: DateTime<Utc>) -> Result<Option<Link>, StoreError> {
        look(&self.db, token, now).await
    }

    /// Makes the first administrator with a set-up link; `None` where the link can't be used.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_up(
        &self,
        token: &str,
        new: &NewPerson,
        password_hash: String,
        now: DateTime<Utc>,
    ) -> Result<Option<Editor>, StoreError> {
        let db = self.begin_writing().await?;
        let link = look(&db, token, now).await?;
        if link.is_none_or(|link| link.purpose != Purpose::SetUp) || !consume(&db, token, now).await? {
            return Ok(None);
        }
        let new = NewPerson { role: DeskRole::Administrator, ..new.clone() };
        let editor = manage::insert(&db, &new, Some(password_hash), now).await?;
        audit::note(&db, Some(&editor), "person.set_up", Subject("person", &editor.email), None, now).await?;
        db.commit().await?;
        Ok(Some(editor))
    }

    /// Sets a password with a link, and ends what was signed in with the old one, and the person's tokens; `None` where the link can't be used.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn follow_link(
        &self,
        token: &str,
        password_hash: String,
        now: DateTime<Utc>,
    ) -> Result<Option<Editor>, StoreError> {
        let db = self.begin_writing().await?;
        let Some(Link { purpose, person: Some(editor) }) = look(&db, token, now).await? else { return Ok(None) };
        if !consume(&db, token, now).await? {
            return Ok(None);
        }
        let mut row = person::ActiveModel { id: Set(editor.id), password_hash: Set(Some(password_hash)), ..Default::default() };
        if purpose == Purpose::ResetBoth {
            row.totp_secret = Set(None);
            row.totp_since = Set(None);
            row.totp_last_step = Set(None);
            recovery_code::Entity::delete_many().filter(recovery_code::Column::PersonId.eq(editor.id)).exec(&db).await?;
        }
        row.update(&db).await?;
        sessions::end_all(&db, editor.id, None).await?;
        // Who had the old password may have made some.
        tokens::revoke_all(&db, editor.id, now).await?;
        let detail = Some(purpose.code().to_owned());
        audit::note(&db, Some(&editor), "password.set", Subject("person", &editor.email), detail, now).await?;
        db.commit().await?;
        Ok(Some(editor))
    }
}
