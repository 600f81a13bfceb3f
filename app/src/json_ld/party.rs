//! A party, as what it is.

use domain::PartyKind;
use serde_json::{Value, json};
use store::PartyDossier;

use super::{SCHEMA_ORG, named, url};
use crate::visit::Visit;

/// A party: a country, a body of a government, an organisation or a person, in the types of schema.org.
#[must_use]
pub fn party(visit: &Visit, party: &PartyDossier) -> Value {
    let kind = match party.kind {
        PartyKind::Country => "Country",
        PartyKind::Government => "GovernmentOrganization",
        PartyKind::Organization => "Organization",
        PartyKind::Person => "Person",
    };
    let mut thing = named(visit, kind, &url(visit, &format!("/parties/{}", party.named.slug)), &party.named.name);
    thing.insert("@context".to_owned(), SCHEMA_ORG.into());
    if let Some(iso) = &party.iso {
        thing.insert(
            "identifier".to_owned(),
            json!({ "@type": "PropertyValue", "propertyID": "ISO 3166-1 alpha-2", "value": iso }),
        );
    }
    Value::Object(thing)
}
