//! The people of the desk: who there is, and what each may do.

mod attempts;
mod links;
mod manage;
mod passwords;
mod second_factor;
mod secret;

use chrono::{DateTime, Utc};
use domain::{Act, DeskRole, Scopes};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, prelude::Uuid};

use crate::{Store, StoreError, entity::person, row};

pub use attempts::{Attempt, Attempts};
pub use links::{Link, Purpose};
pub use passwords::Account;
pub use second_factor::SecondFactor;
pub use secret::Secret;
pub(crate) use secret::hash;

/// Somebody who has signed in, or a token that stands for them: every write at the desk asks for one, so that nobody can
/// forget who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// Who it is.
    pub id: Uuid,
    /// What they are called at the desk; never shown in public.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: DeskRole,
    /// The token by which a program acts in their name; `None` where they do so themselves.
    pub token: Option<ByToken>,
}

/// The token by which somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByToken {
    /// Which token it is.
    pub id: Uuid,
    /// What it is good for, as far as its owner may do it.
    pub scopes: Scopes,
}

impl Editor {
    /// Makes sure that they may do it: the one place where roles, and the scopes of tokens, are enforced.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::OutOfScope`] where their role allows it and their token does not.
    pub fn must(&self, act: Act) -> Result<(), StoreError> {
        if !self.role.may(act) {
            return Err(StoreError::Forbidden { act, role: self.role });
        }
        let allowed = self.token.as_ref().is_none_or(|token| token.scopes.allow(act));
        if allowed { Ok(()) } else { Err(StoreError::OutOfScope { act }) }
    }
}

impl TryFrom<person::Model> for Editor {
    type Error = StoreError;

    fn try_from(row: person::Model) -> Result<Self, StoreError> {
        Ok(Self { id: row.id, name: row.name, email: row.email, role: row::parsed("role", &row.role)?, token: None })
    }
}

/// Somebody as those see them who look after people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who it is, and what they may do.
    pub editor: Editor,
    /// Whether they have chosen a password; who has not was invited and has not come yet.
    pub has_password: bool,
    /// Whether signing in asks them for a code too.
    pub has_second_factor: bool,
    /// Since when they are not let in.
    pub disabled_at: Option<DateTime<Utc>>,
}

impl TryFrom<person::Model> for Person {
    type Error = StoreError;

    fn try_from(row: person::Model) -> Result<Self, StoreError> {
        Ok(Self {
            has_password: row.password_hash.is_some(),
            has_second_factor: row.totp_since.is_some(),
            disabled_at: row.disabled_at,
            editor: row.try_into()?,
        })
    }
}

impl Store {
    /// Whether there is anybody at all.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn has_people(&self) -> Result<bool, StoreError> {
        has_people(&self.db).await
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn people(&self, editor: &Editor) -> Result<Vec<Person>, StoreError> {
        editor.must(Act::ManagePeople)?;
        let rows =
            person::Entity::find().order_by_asc(person::Column::Name).order_by_asc(person::Column::Id).all(&self.db).await?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn person(&self, editor: &Editor, id: Uuid) -> Result<Option<Person>, StoreError> {
        editor.must(Act::ManagePeople)?;
        person::Entity::find_by_id(id).one(&self.db).await?.map(TryInto::try_into).transpose()
    }

    /// Who has this address, for the command line.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn person_of(&self, email: &str) -> Result<Option<Person>, StoreError> {
        let row = person::Entity::find().filter(person::Column::Email.eq(email)).one(&self.db).await?;
        row.map(TryInto::try_into).transpose()
    }
}

pub(crate) async fn has_people(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(person::Entity::find().count(db).await? > 0)
}
