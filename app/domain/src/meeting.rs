//! Meetings: the occasions at which pledges were made.

use serde::{Deserialize, Serialize};

use crate::{date::FuzzyDate, locale::Localized, text::Slug};

/// A ministerial, a summit, a declaration, a speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its name in URLs.
    pub id: Slug,
    /// What it is called.
    pub name: Localized,
    /// When it was held.
    pub held_on: FuzzyDate,
    /// Where it was held.
    pub place: Localized,
}
