//! Sessions: who is signed in by which cookie. The cookie's word is kept hashed, so that the table opens nothing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use crate::{
    Editor, Secret, Store, StoreError,
    audit::{self, Subject},
    entity::{person, session},
    people::hash,
};

/// How long a session lasts that is not used.
const IDLE: TimeDelta = TimeDelta::hours(12);

/// How long a session lasts at most.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// How long somebody may take to type a code.
const HALF_WAY: TimeDelta = TimeDelta::minutes(10);

/// How much later a session must end for that to be written: not every page is worth a write.
const WORTH_WRITING: TimeDelta = TimeDelta::minutes(10);

/// Which session it is; what the cookie holds can't be had from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionId(String);

/// Somebody who is signed in, or on the way.
#[derive(Clone, Debug)]
pub struct Session {
    /// Which session it is.
    pub id: SessionId,
    /// Who it is.
    pub editor: Editor,
    /// Whether the password was right and the code is still to come: they may do nothing yet.
    pub half_way: bool,
}

/// Ends the sessions of a person, all or all but one.
pub(crate) async fn end_all(db: &impl ConnectionTrait, person: Uuid, but: Option<&SessionId>) -> Result<(), StoreError> {
    let mut ended = session::Entity::delete_many().filter(session::Column::PersonId.eq(person));
    if let Some(SessionId(but)) = but {
        ended = ended.filter(session::Column::IdHash.ne(but));
    }
    ended.exec(db).await?;
    Ok(())
}

impl Store {
    /// Begins a session, and ends the one that the browser had before: the cookie's word is always a new one. Who has a second
    /// factor is only half way in.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::NoRandomness`].
    pub async fn begin_session(
        &self,
        editor: &Editor,
        half_way: bool,
        before: Option<&SessionId>,
        now: DateTime<Utc>,
    ) -> Result<Secret, StoreError> {
        let db = self.begin_writing().await?;
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(&db).await?;
        if let Some(SessionId(before)) = before {
            session::Entity::delete_by_id(before.clone()).exec(&db).await?;
        }
        let secret = Secret::random()?;
        let row = session::ActiveModel {
            id_hash: Set(hash(secret.reveal())),
            person_id: Set(editor.id),
            half_way: Set(half_way),
            created_at: Set(now),
            expires_at: Set(now + if half_way { HALF_WAY } else { IDLE }),
        };
        session::Entity::insert(row).exec_without_returning(&db).await?;
        if !half_way {
            audit::note(&db, Some(editor), "sign_in", Subject("person", &editor.email), None, now).await?;
        }
        db.commit().await?;
        Ok(secret)
    }

    /// The session of a cookie, which lasts longer by being asked for; `None` where it has ended or its person is not let in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn session(&self, cookie: &str, now: DateTime<Utc>) -> Result<Option<Session>, StoreError> {
        let id = hash(cookie);
        let row = session::Entity::find_by_id(id.clone()).filter(session::Column::ExpiresAt.gt(now)).one(&self.db).await?;
        let Some(row) = row else { return Ok(None) };
        let person = person::Entity::find_by_id(row.person_id).filter(person::Column::DisabledAt.is_null()).one(&self.db).await?;
        let Some(person) = person else { return Ok(None) };
        let later = (now + IDLE).min(row.created_at + LONGEST);
        if !row.half_way && later - row.expires_at > WORTH_WRITING {
            let _turn = self.turn().await?;
            let prolonged = session::Entity::update_many()
                .col_expr(session::Column::ExpiresAt, Expr::value(later))
                .filter(session::Column::IdHash.eq(&id));
            // Reading goes on where nothing can be written.
            StoreError::unless_not_writable(prolonged.exec(&self.db).await)?;
        }
        Ok(Some(Session { id: SessionId(id), editor: person.try_into()?, half_way: row.half_way }))
    }

    /// Signs somebody out here, or everywhere.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn sign_out(&self, session: &Session, everywhere: bool, now: DateTime<Utc>) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        let editor = &session.editor;
        if everywhere {
            end_all(&db, editor.id, None).await?;
        } else {
            session::Entity::delete_by_id(session.id.0.clone()).exec(&db).await?;
        }
        let act = if everywhere { "sign_out_everywhere" } else { "sign_out" };
        audit::note(&db, Some(editor), act, Subject("person", &editor.email), None, now).await?;
        db.commit().await
    }
}
