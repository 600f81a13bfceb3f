//! What pages say as linked data (JSON-LD), in the words of schema.org and of PROV-O.
//!
//! The addresses in it are those of the pages as they are now: what is true of a thing does not depend on who asks when.

mod dataset;
mod party;
mod provenance;
mod review;

use domain::{FuzzyDate, Locale, Localized};
use serde_json::{Map, Value, json};
use store::{MeetingDossier, SourceRow};

use crate::visit::{Visit, localized_path};

pub use dataset::dataset;
pub use party::party;
pub use provenance::provenance;
pub use review::review;

/// The licence of everything published: Creative Commons Attribution 4.0 International.
pub const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

const SCHEMA_ORG: &str = "https://schema.org";

/// The way to a page, each step with its address within the site, and then the page itself.
#[must_use]
pub fn breadcrumbs(visit: &Visit, way: &[(String, String)], title: &str) -> Value {
    let now = |href: &str| format!("{}{}", visit.site, href.split('?').next().unwrap_or_default());
    let steps = way.iter().map(|(href, name)| (now(href), name.as_str()));
    let here = (visit.canonical(visit.locale), title);
    let items: Vec<Value> = steps
        .chain([here])
        .enumerate()
        .map(|(index, (item, name))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": item }))
        .collect();
    json!({ "@context": SCHEMA_ORG, "@type": "BreadcrumbList", "itemListElement": items })
}

/// A meeting, held on a date that may be a month or a year (ISO 8601 knows both).
#[must_use]
pub fn event(visit: &Visit, meeting: &MeetingDossier) -> Value {
    let url = url(visit, &format!("/meetings/{}", meeting.named.slug));
    let mut event = named(visit, "Event", &url, &meeting.named.name);
    event.insert("@context".to_owned(), SCHEMA_ORG.into());
    event.insert("startDate".to_owned(), date(meeting.held_on));
    event.insert(
        "location".to_owned(),
        json!({ "@type": "Place", "name": visit.words(&meeting.place), "address": visit.words(&meeting.place) }),
    );
    event.insert("eventAttendanceMode".to_owned(), "https://schema.org/OfflineEventAttendanceMode".into());
    Value::Object(event)
}

/// Who publishes the record: the organisation, never a person.
fn publisher(visit: &Visit) -> Value {
    json!({ "@type": "Organization", "@id": publisher_id(visit), "name": "Pledgebook", "url": format!("{}/", visit.site) })
}

fn publisher_id(visit: &Visit) -> String {
    format!("{}/#publisher", visit.site)
}

/// The address of a page in the language of the visit, at no other moment than now.
fn url(visit: &Visit, path: &str) -> String {
    format!("{}{}", visit.site, localized_path(visit.locale, path))
}

/// A thing with a page of its own, under its name, and under that in the other language where it differs.
fn named(visit: &Visit, kind: &str, url: &str, name: &Localized) -> Map<String, Value> {
    let own = visit.words(name);
    let mut thing = Map::new();
    thing.insert("@type".to_owned(), kind.into());
    // The same thing, in whichever language its page is read.
    let english = url.replacen(&format!("{}/es/", visit.site), &format!("{}/", visit.site), 1);
    thing.insert("@id".to_owned(), format!("{english}#it").into());
    thing.insert("name".to_owned(), own.into());
    thing.insert("url".to_owned(), url.into());
    if let Some(other) = name.in_language(visit.locale.other()).filter(|other| *other != own) {
        thing.insert("alternateName".to_owned(), other.into());
    }
    thing
}

/// A source, as a work that was published somewhere.
fn work(source: &SourceRow) -> Value {
    let mut work = json!({
        "@type": "CreativeWork",
        "url": source.url,
        "name": source.title,
        "inLanguage": source.language,
        "publisher": { "@type": "Organization", "name": source.publisher },
    });
    if let Some(published_on) = source.published_on {
        work["datePublished"] = date(published_on);
    }
    work
}

/// A date as precise as it is.
fn date(date: FuzzyDate) -> Value {
    date.to_string().into()
}

fn languages() -> Vec<&'static str> {
    Locale::ALL.iter().map(|locale| locale.code()).collect()
}
