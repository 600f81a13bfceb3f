//! What can go wrong between the record and its database.

use sea_orm::{DbErr, RuntimeErr, sqlx::error::DatabaseError};

/// What SQLite and PostgreSQL call it when nothing can be written: `SQLITE_FULL`, `SQLITE_READONLY`, `SQLITE_IOERR_WRITE`,
/// `SQLITE_IOERR_FSYNC`, `SQLITE_IOERR_SHMSIZE`; `disk_full`, `read_only_sql_transaction`.
const NOT_WRITABLE: &[&str] = &["13", "8", "778", "1034", "4874", "53100", "25006"];

/// An error of the store. Not finding something is none: reads answer `None`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be reached or opened.
    #[error("the database at {location} can't be reached: {cause}")]
    Unreachable {
        /// Where it should be, without any password.
        location: String,
        /// What the driver said.
        cause: sea_orm::DbErr,
    },
    /// The file of the database has no place.
    #[error("the database at {location} can't be opened: {cause}")]
    NoPlace {
        /// Where it should be.
        location: String,
        /// What is in the way.
        cause: String,
    },
    /// The database answered with an error.
    #[error("the database answered with an error: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// A row holds something that the domain does not know.
    #[error("the database holds “{value}” in {column}, which this version does not understand")]
    NotUnderstood {
        /// The column.
        column: &'static str,
        /// What it holds.
        value: String,
    },
    /// A name refers to nothing; the caller has not checked the record that it hands over.
    #[error("there is no {what} “{name}”")]
    NoSuch {
        /// What should be there.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// The system gives no random numbers, without which there is no secret.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(String),
    /// Somebody may not do what they asked for.
    #[error("a {role} may not do this ({act:?})")]
    Forbidden {
        /// What they wanted.
        act: domain::Act,
        /// Their role.
        role: domain::DeskRole,
    },
    /// A token is not good for what was asked, though its owner may do it.
    #[error("the token is not good for this ({act:?})")]
    OutOfScope {
        /// What was wanted.
        act: domain::Act,
    },
    /// So much has come in that nothing more is taken for now.
    #[error("too many were sent; the next is taken from {again_at}")]
    TooMany {
        /// From when on it is taken again.
        again_at: chrono::DateTime<chrono::Utc>,
    },
    /// Somebody else was faster: what was to be changed is no longer what it was.
    #[error("somebody else has changed this in the meantime")]
    Conflict,
    /// A key was used before, for something else.
    #[error("the key was used before, with other content")]
    KeyUsed,
    /// What was entered is not accepted.
    #[error(transparent)]
    Refused(#[from] domain::FieldErrors),
}

impl StoreError {
    /// Whether nothing can be written, because there is no room left or the disk takes nothing; what is there can still be read.
    #[must_use]
    pub fn not_writable(&self) -> bool {
        let Self::Database(DbErr::Conn(error) | DbErr::Exec(error) | DbErr::Query(error)) = self else { return false };
        let RuntimeErr::SqlxError(error) = error else { return false };
        error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| NOT_WRITABLE.contains(&code.as_ref()))
    }

    /// Lets pass what can't be written and need not be.
    pub(crate) fn unless_not_writable<T>(result: Result<T, DbErr>) -> Result<(), Self> {
        match result.map_err(Self::from) {
            Err(error) if !error.not_writable() => Err(error),
            _ => Ok(()),
        }
    }
}
