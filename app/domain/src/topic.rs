//! Topics: what pledges are about.

use serde::{Deserialize, Serialize};

use crate::{locale::Localized, text::Slug};

/// A subject that pledges are gathered under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name in URLs.
    pub id: Slug,
    /// What it is called.
    pub name: Localized,
}
