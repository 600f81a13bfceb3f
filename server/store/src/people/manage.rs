//! Letting people in, changing what they may do, and letting nobody in who should not be.

use chrono::{DateTime, Utc};
use domain::{Act, DeskRole, FieldErrors, NewPerson, Problem};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    prelude::Uuid,
};

use super::{
    Editor, Person, Purpose, Secret,
    links::{end_links, make},
};
use crate::{
    Store, StoreError,
    audit::{self, Subject},
    entity::person,
    sessions,
};

/// Writes a new person.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    new: &NewPerson,
    password_hash: Option<String>,
    now: DateTime<Utc>,
) -> Result<Editor, StoreError> {
    let id = Uuid::now_v7();
    let row = person::ActiveModel {
        id: Set(id),
        email: Set(new.email.clone()),
        name: Set(new.name.clone()),
        role: Set(new.role.code().to_owned()),
        password_hash: Set(password_hash),
        totp_secret: Set(None),
        totp_since: Set(None),
        totp_last_step: Set(None),
        created_at: Set(now),
        disabled_at: Set(None),
    };
    person::Entity::insert(row).exec_without_returning(db).await?;
    Ok(Editor { id, name: new.name.clone(), email: new.email.clone(), role: new.role })
}

/// Who may look after people acts, or the command line, which is in the hands of whoever runs the server.
fn allowed(by: Option<&Editor>) -> Result<(), StoreError> {
    by.map_or(Ok(()), |editor| editor.must(Act::ManagePeople))
}

async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Person, StoreError> {
    let row = person::Entity::find_by_id(id).one(db).await?;
    row.ok_or_else(|| StoreError::NoSuch { what: "person", name: id.to_string() })?.try_into()
}

/// Makes sure that there is an administrator besides this person. Until the end of the transaction no other one can go.
async fn another_administrator(db: &impl ConnectionTrait, than: &Person, field: &str) -> Result<(), StoreError> {
    if than.editor.role != DeskRole::Administrator || than.disabled_at.is_some() {
        return Ok(());
    }
    // Somebody who was invited and never came can't let anybody else in.
    let rows = person::Entity::find()
        .filter(person::Column::Role.eq(DeskRole::Administrator.code()))
        .filter(person::Column::DisabledAt.is_null())
        .filter(person::Column::PasswordHash.is_not_null())
        .lock_exclusive()
        .all(db)
        .await?;
    let other = rows.iter().any(|row| row.id != than.editor.id);
    if other { Ok(()) } else { Err(FieldErrors::one(field, Problem::LastAdministrator).into()) }
}

impl Store {
    /// Lets somebody in: a link with which they choose a password. `None` as `by` is the command line.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Refused`] where the address is taken, [`StoreError::Database`].
    pub async fn invite(&self, by: Option<&Editor>, new: &NewPerson, now: DateTime<Utc>) -> Result<Secret, StoreError> {
        allowed(by)?;
        let db = self.begin_writing().await?;
        if person::Entity::find().filter(person::Column::Email.eq(&new.email)).count(&db).await? > 0 {
            return Err(FieldErrors::one("email", Problem::Twice(new.email.clone())).into());
        }
        let editor = insert(&db, new, None, now).await?;
        // The set-up link was for as long as there was nobody.
        end_links(&db, None).await?;
        let secret = make(&db, Purpose::Invite, Some(editor.id), now).await?;
        let detail = Some(new.role.code().to_owned());
        audit::note(&db, by, "person.invite", Subject("person", &new.email), detail, now).await?;
        db.commit().await?;
        Ok(secret)
    }

    /// Changes what somebody may do.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`], [`StoreError::Refused`] for the last administrator,
    /// [`StoreError::Database`].
    pub async fn change_role(&self, editor: &Editor, id: Uuid, role: DeskRole, now: DateTime<Utc>) -> Result<(), StoreError> {
        editor.must(Act::ManagePeople)?;
        let db = self.begin_writing().await?;
        let person = find(&db, id).await?;
        if person.editor.role == role {
            return Ok(());
        }
        another_administrator(&db, &person, "role").await?;
        person::ActiveModel { id: Set(id), role: Set(role.code().to_owned()), ..Default::default() }.update(&db).await?;
        let detail = Some(format!("{} → {role}", person.editor.role));
        audit::note(&db, Some(editor), "person.role", Subject("person", &person.editor.email), detail, now).await?;
        db.commit().await
    }

    /// Lets somebody in no longer: what they have signed in to ends, and their links with it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`], [`StoreError::Refused`] for the last administrator,
    /// [`StoreError::Database`].
    pub async fn disable_person(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        editor.must(Act::ManagePeople)?;
        let db = self.begin_writing().await?;
        let person = find(&db, id).await?;
        if person.disabled_at.is_some() {
            return Ok(());
        }
        another_administrator(&db, &person, "disabled").await?;
        person::ActiveModel { id: Set(id), disabled_at: Set(Some(now)), ..Default::default() }.update(&db).await?;
        sessions::end_all(&db, id, None).await?;
        end_links(&db, Some(id)).await?;
        audit::note(&db, Some(editor), "person.disable", Subject("person", &person.editor.email), None, now).await?;
        db.commit().await
    }

    /// Lets somebody in again.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`], [`StoreError::Database`].
    pub async fn enable_person(&self, editor: &Editor, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        editor.must(Act::ManagePeople)?;
        let db = self.begin_writing().await?;
        let person = find(&db, id).await?;
        if person.disabled_at.is_none() {
            return Ok(());
        }
        person::ActiveModel { id: Set(id), disabled_at: Set(None), ..Default::default() }.update(&db).await?;
        audit::note(&db, Some(editor), "person.enable", Subject("person", &person.editor.email), None, now).await?;
        db.commit().await
    }

    /// A link with which somebody chooses a new password; `both` where their second factor is lost too. The old password works
    /// until then. `None` as `by` is the command line.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::NoSuch`], also for who is not let in; [`StoreError::Database`].
    pub async fn reset_link(&self, by: Option<&Editor>, id: Uuid, both: bool, now: DateTime<Utc>) -> Result<Secret, StoreError> {
        allowed(by)?;
        let db = self.begin_writing().await?;
        let person = find(&db, id).await?;
        if person.disabled_at.is_some() {
            return Err(StoreError::NoSuch { what: "person", name: person.editor.email });
        }
        let purpose = if both { Purpose::ResetBoth } else { Purpose::Reset };
        let secret = make(&db, purpose, Some(id), now).await?;
        let detail = both.then(|| "second factor too".to_owned());
        audit::note(&db, by, "person.reset_link", Subject("person", &person.editor.email), detail, now).await?;
        db.commit().await?;
        Ok(secret)
    }
}
