//! Parties: who makes pledges, and in which role.

use serde::{Deserialize, Serialize};

use crate::{codes::codes, errors::Problem, locale::Localized, text::Slug};

codes! {
    /// What a party is.
    PartyKind {
        /// A country.
        Country = "country",
        /// A ministry, agency or other body of a government.
        Government = "government",
        /// An organisation, or a group of countries.
        Organization = "organization",
        /// A person.
        Person = "person",
    }
}

codes! {
    /// The role of a party on a pledge.
    Role {
        /// Leads the work.
        Lead = "lead",
        /// Takes part in it.
        Party = "party",
        /// Hosts what was pledged.
        Host = "host",
        /// Benefits from it, and owes nothing.
        Beneficiary = "beneficiary",
    }
}

impl Role {
    /// Whether a party in this role owes the pledge, so that its own status counts for the pledge's.
    #[must_use]
    pub const fn owes(self) -> bool {
        !matches!(self, Self::Beneficiary)
    }
}

/// A country, government body, organisation or person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Its name in URLs.
    pub id: Slug,
    /// What it is called.
    pub name: Localized,
    /// What it is.
    pub kind: PartyKind,
    /// The country code (ISO 3166-1 alpha-2) of a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso: Option<String>,
}

/// Checks a country code.
///
/// # Errors
/// [`Problem::NotACountry`].
pub fn country_code(text: &str) -> Result<String, Problem> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(text.to_owned())
    } else {
        Err(Problem::NotACountry(crate::date::excerpt(text)))
    }
}
