//! What signing in by password needs to know, and the change of one's own.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::Editor;
use crate::{
    SessionId, Store, StoreError,
    audit::{self, Subject},
    entity::person,
    sessions,
};

/// Somebody who may sign in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who it is.
    pub editor: Editor,
    /// The hash of their password, in PHC form; `None` until they have chosen one.
    pub password_hash: Option<String>,
    /// Whether a code is asked for besides.
    pub has_second_factor: bool,
}

impl Store {
    /// Who may sign in with an address; nobody with that of somebody who is not let in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn account(&self, email: &str) -> Result<Option<Account>, StoreError> {
        let row = person::Entity::find()
            .filter(person::Column::Email.eq(email))
            .filter(person::Column::DisabledAt.is_null())
            .one(&self.db)
            .await?;
        let account = |row: person::Model| {
            Ok(Account {
                password_hash: row.password_hash.clone(),
                has_second_factor: row.totp_since.is_some(),
                editor: row.try_into()?,
            })
        };
        row.map(account).transpose()
    }

    /// Notes that somebody failed to sign in; of what was typed only the address of a real account is kept.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn note_failed_sign_in(
        &self,
        account: Option<&Editor>,
        what: &'static str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let whom = account.map_or("", |editor| editor.email.as_str());
        audit::note(&self.db, None, "sign_in_failed", Subject("person", whom), Some(what.to_owned()), now).await
    }

    /// Changes somebody's own password; every session of theirs but this one ends.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn change_password(
        &self,
        editor: &Editor,
        password_hash: String,
        stays: &SessionId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        person::ActiveModel { id: Set(editor.id), password_hash: Set(Some(password_hash)), ..Default::default() }
            .update(&db)
            .await?;
        sessions::end_all(&db, editor.id, Some(stays)).await?;
        audit::note(&db, Some(editor), "password.change", Subject("person", &editor.email), None, now).await?;
        db.commit().await
    }
}
