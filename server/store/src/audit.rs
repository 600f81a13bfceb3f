//! The log of every act at the desk, for administrators: written in the transaction of the act itself.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, prelude::Uuid};

use crate::{Editor, StoreError, entity::audit_entry};

/// What somebody did.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by name and address; `None` where the command line acted or nobody was signed in.
    pub person: Option<(String, String)>,
    /// What, as a code: `draft.submit`.
    pub act: String,
    /// To what: `draft`, `pledge`, `person`, and its name.
    pub subject: (String, String),
    /// What else there is to say.
    pub detail: Option<String>,
}

/// What an act was done to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a>(pub &'static str, pub &'a str);

/// Notes an act, in its own transaction.
pub(crate) async fn note(
    db: &impl ConnectionTrait,
    editor: Option<&Editor>,
    act: &'static str,
    subject: Subject<'_>,
    detail: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = audit_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(now),
        person_id: Set(editor.map(|editor| editor.id)),
        act: Set(act.to_owned()),
        subject_kind: Set(subject.0.to_owned()),
        subject: Set(subject.1.to_owned()),
        detail: Set(detail),
    };
    audit_entry::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}
