//! The fields of a record file, one function per noun.

use serde_json::Value;

use super::{FORMAT, Record, VERSION, reader::Object};
use crate::{
    citation::{Citation, Stance},
    date::FuzzyDate,
    errors::{FieldErrors, Problem},
    locale::Localized,
    meeting::Meeting,
    party::{Party, PartyKind, Role, country_code},
    pledge::{Due, Pledge, PledgeParty, Quantity, StatusChange, Variant, VariantField},
    source::{Source, SourceUrl},
    text::{self, NAME, PROSE, QUOTE, Slug, TITLE},
    topic::Topic,
    translation::{Original, Originals, PledgeText},
};

/// Reads a parsed value of any type by its own parser.
fn parsed<T: std::str::FromStr<Err = Problem>>(text: &str) -> Result<T, Problem> {
    text.parse()
}

fn short(limit: usize) -> impl Fn(&str) -> Result<String, Problem> {
    move |text| text::clean(text, limit)
}

pub const RECORD: &[&str] = &["format", "version", "licence", "title", "sources", "parties", "meetings", "topics", "pledges"];

pub fn record(value: &Value, errors: &mut FieldErrors) -> Option<Record> {
    let mut object = Object::new(String::new(), value, RECORD, errors)?;
    let heading = heading(&mut object);
    let sources = object.list("sources", SOURCE, source);
    let parties = object.list("parties", PARTY, party);
    let meetings = object.list("meetings", MEETING, meeting);
    let topics = object.list("topics", TOPIC, topic);
    let pledges = object.list("pledges", PLEDGE, pledge);
    let (title, licence) = heading?;
    Some(Record { title, licence, sources: sources?, parties: parties?, meetings: meetings?, topics: topics?, pledges: pledges? })
}

/// What the file says of itself: its title and its licence.
pub fn heading(object: &mut Object<'_, '_>) -> Option<(Localized, String)> {
    if !object.is("format", &FORMAT.into()) {
        object.refuse("format", Problem::MustBe("pledgebook-record"));
    }
    if !object.is("version", &VERSION.into()) {
        object.refuse("version", Problem::MustBe("1"));
    }
    let title = object.localized("title", TITLE);
    let licence = object.required("licence", short(40));
    Some((title?, licence?))
}

pub const SOURCE: &[&str] =
    &["id", "url", "title", "publisher", "language", "published_on", "kind", "translation_of", "archive_url"];

pub fn source(object: &mut Object<'_, '_>) -> Option<Source> {
    let id = object.required("id", parsed);
    let url = object.required("url", SourceUrl::parse);
    let title = object.required("title", short(NAME));
    let publisher = object.required("publisher", short(NAME));
    let language = object.required("language", text::language_tag);
    let published_on = object.optional("published_on", parsed);
    let kind = object.required("kind", parsed);
    let translation_of = object.optional("translation_of", parsed);
    let archive_url = object.optional("archive_url", SourceUrl::parse);
    Some(Source {
        id: id?,
        url: url?,
        title: title?,
        publisher: publisher?,
        language: language?,
        published_on: published_on?,
        kind: kind?,
        translation_of: translation_of?,
        archive_url: archive_url?,
    })
}

pub const PARTY: &[&str] = &["id", "name", "kind", "iso"];

pub fn party(object: &mut Object<'_, '_>) -> Option<Party> {
    let id = object.required("id", parsed);
    let name = object.localized("name", NAME);
    let kind = object.required("kind", parsed::<PartyKind>);
    let iso = object.optional("iso", country_code);
    Some(Party { id: id?, name: name?, kind: kind?, iso: iso? })
}

pub const MEETING: &[&str] = &["id", "name", "held_on", "place"];

pub fn meeting(object: &mut Object<'_, '_>) -> Option<Meeting> {
    let id = object.required("id", parsed);
    let name = object.localized("name", NAME);
    let held_on = object.required("held_on", parsed);
    let place = object.localized("place", NAME);
    Some(Meeting { id: id?, name: name?, held_on: held_on?, place: place? })
}

pub const TOPIC: &[&str] = &["id", "name"];

pub fn topic(object: &mut Object<'_, '_>) -> Option<Topic> {
    let id = object.required("id", parsed);
    let name = object.localized("name", NAME);
    Some(Topic { id: id?, name: name? })
}

pub const PLEDGE: &[&str] = &[
    "id",
    "title",
    "summary",
    "wording",
    "originals",
    "made_on",
    "meeting",
    "parties",
    "topics",
    "due_on",
    "quantity",
    "citations",
    "variants",
    "history",
];

pub fn pledge(object: &mut Object<'_, '_>) -> Option<Pledge> {
    let id = object.required("id", parsed);
    let title = object.localized("title", TITLE);
    let summary = object.localized("summary", PROSE);
    let wording = object.optional_localized("wording", PROSE);
    let originals = originals(object, wording.as_ref().is_some_and(Option::is_none));
    let made_on = object.required("made_on", parsed);
    let meeting = object.optional("meeting", parsed);
    let parties = object.list("parties", &["party", "role"], pledge_party);
    if !object.has("parties") {
        object.refuse("parties", Problem::Missing);
    }
    let topics = object.texts("topics", parsed::<Slug>);
    let due_on = due(object, "due_on");
    let quantity = quantity(object);
    let citations = object.list("citations", CITATION, citation);
    let variants = object.list("variants", VARIANT, variant);
    let history = object.list("history", CHANGE, status_change);
    Some(Pledge {
        id: id?,
        title: title?,
        summary: summary?,
        wording: wording?,
        originals: originals?,
        made_on: made_on?,
        meeting: meeting?,
        parties: parties?,
        topics: topics?,
        due_on: due_on?,
        quantity: quantity?,
        citations: citations?,
        variants: variants?,
        history: history?,
    })
}

/// What is said of the languages of its texts; of a wording that is not there nothing can be said.
fn originals(object: &mut Object<'_, '_>, unworded: bool) -> Option<Originals> {
    if !object.has("originals") {
        return Some(Originals::default());
    }
    object.object("originals", PledgeText::CODES, |object| {
        let mut said = |text: PledgeText| object.optional(text.code(), parsed::<Original>);
        let (title, summary, wording) = (said(PledgeText::Title), said(PledgeText::Summary), said(PledgeText::Wording));
        if let Some(Some(given)) = wording
            && unworded
        {
            object.refuse("wording", Problem::NoSuch { given: given.to_string(), what: "wording" });
            return None;
        }
        Some(Originals { title: title?, summary: summary?, wording: wording? })
    })
}

fn pledge_party(object: &mut Object<'_, '_>) -> Option<PledgeParty> {
    let party = object.required("party", parsed);
    let role = object.required("role", parsed::<Role>);
    Some(PledgeParty { party: party?, role: role? })
}

/// A due date, or the words that stand in its place. The outer `None` says that it was there and wrong.
fn due(object: &mut Object<'_, '_>, name: &str) -> Option<Option<Due>> {
    if object.is_text(name) {
        object.optional(name, parsed::<FuzzyDate>).map(|date| date.map(Due::On))
    } else {
        object.optional_localized(name, NAME).map(|words| words.map(Due::Words))
    }
}

fn quantity(object: &mut Object<'_, '_>) -> Option<Option<Quantity>> {
    if !object.has("quantity") {
        return Some(None);
    }
    let quantity = object.object("quantity", &["value", "unit"], |object| {
        let value = object
            .number("value", |value| if value.is_finite() && value >= 0.0 { Ok(value) } else { Err(Problem::NotAQuantity) });
        let unit = object.localized("unit", NAME);
        Some(Quantity { value: value?, unit: unit? })
    })?;
    Some(Some(quantity))
}

const CITATION: &[&str] = &["source", "quote", "locator", "language", "stance", "authority"];

fn citation(object: &mut Object<'_, '_>) -> Option<Citation> {
    let source = object.required("source", parsed);
    let quote = object.optional("quote", short(QUOTE));
    let locator = object.optional("locator", short(NAME));
    let language = object.required("language", text::language_tag);
    let stance = object.optional("stance", parsed);
    let authority = object.optional("authority", parsed);
    Some(Citation {
        source: source?,
        quote: quote?,
        locator: locator?,
        language: language?,
        stance: stance?.unwrap_or(Stance::Supports),
        authority: authority?,
    })
}

pub const VARIANT: &[&str] = &["field", "value", "taken", "source", "quote", "locator", "language", "stance", "authority"];

fn variant(object: &mut Object<'_, '_>) -> Option<Variant> {
    let field = object.required("field", parsed::<VariantField>);
    if !object.has("value") {
        object.refuse("value", Problem::Missing);
    }
    let value = due(object, "value").flatten();
    let taken = object.flag("taken");
    let citation = citation(object);
    let variant = Variant { field: field?, value: value?, taken: taken?, citation: citation? };
    if variant.field != VariantField::DueOn && matches!(variant.value, Due::On(_)) {
        object.refuse("value", Problem::WrongType("a text in `en`, `es` or both"));
        return None;
    }
    Some(variant)
}

pub const CHANGE: &[&str] = &[
    "party",
    "status",
    "effective_on",
    "rationale",
    "confidence",
    "searched",
    "override_reason",
    "replaces",
    "reason",
    "citations",
];

fn status_change(object: &mut Object<'_, '_>) -> Option<StatusChange> {
    let party = object.optional("party", parsed);
    let status = object.required("status", parsed);
    let effective_on = object.required("effective_on", parsed);
    let rationale = object.localized("rationale", PROSE);
    let confidence = object.optional("confidence", parsed);
    let searched = object.optional_localized("searched", PROSE);
    let override_reason = object.optional_localized("override_reason", PROSE);
    let replaces = object.optional_index("replaces");
    let reason = object.optional_localized("reason", PROSE);
    let citations = object.list("citations", CITATION, citation);
    Some(StatusChange {
        party: party?,
        status: status?,
        effective_on: effective_on?,
        rationale: rationale?,
        confidence: confidence?,
        searched: searched?,
        override_reason: override_reason?,
        replaces: replaces?,
        reason: reason?,
        citations: citations?,
    })
}
