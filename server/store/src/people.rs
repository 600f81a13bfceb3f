//! The people of the desk.

use domain::{Act, DeskRole};
use sea_orm::prelude::Uuid;

use crate::StoreError;

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
}

impl Editor {
    /// Makes sure that they may do it: the one place where roles are enforced.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`].
    pub fn must(&self, act: Act) -> Result<(), StoreError> {
        if self.role.may(act) { Ok(()) } else { Err(StoreError::Forbidden { act, role: self.role }) }
    }
}
