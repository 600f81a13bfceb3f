//! How the parameters and the failures of operations are described: once for all that share them, with the limits by which
//! they are read.

use std::collections::BTreeMap;

use domain::{PledgeQuery, PledgeSort, PledgeStatus, Role, Timely};
use utoipa::{
    IntoParams, IntoResponses,
    openapi::{
        Ref, RefOr, Required, Response,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{AnyOfBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type},
    },
};

use super::{
    asked::{HIGHEST_LIMIT, LONGEST_SEARCH, MOMENT, PAGING, USUAL_LIMIT},
    codes::of_codes,
    wire::EDTF,
};

/// What a slug looks like, as a regular expression.
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// What a search may not hold: control characters, and the mark of what was no text.
const PLAIN: &str = "^[^\\u0000-\\u001F\\u007F-\\u009F\\uFFFD]*$";
/// What a day looks like.
const DAY: &str = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// What a cursor looks like.
const CURSOR: &str = "^(0|[1-9a-f][0-9a-f]{0,15})\\.(0|[1-9a-f][0-9a-f]{0,7})$";

/// The parameters that choose pledges.
pub(super) struct Filters;
/// The parameters that go through a list piece by piece.
pub(super) struct Pages;
/// The parameters of the two clocks.
pub(super) struct Moments;
/// The slug in a path.
pub(super) struct SlugPath;
/// The id in a path.
pub(super) struct IdPath;

impl IntoParams for Filters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        PledgeQuery::PARAMETERS.into_iter().map(|name| in_query(name, filter(name))).collect()
    }
}

impl IntoParams for Pages {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let [limit, cursor] = PAGING;
        let number = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(HIGHEST_LIMIT))
            .default(Some(USUAL_LIMIT.into()));
        let limits = described("How many items a piece of the list has at most.", number);
        let word = matching(CURSOR);
        let words = described("Where the piece begins: a word without meaning, as the link to the next piece has it.", word);
        vec![in_query(limit, limits), in_query(cursor, words)]
    }
}

impl IntoParams for Moments {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let [as_of, known_at] = MOMENT;
        let truth = described("What was true at the end of this day, as known now; today if it is left out.", day());
        let timestamp = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .pattern(Some("^[1-9][0-9]{3}-"));
        let either = AnyOfBuilder::new().item(timestamp).item(day());
        let knowledge = (
            "What the record said at this moment: an RFC 3339 timestamp, or a day, which means its end; now if it is left out.",
            either.into(),
        );
        vec![in_query(as_of, truth), in_query(known_at, knowledge)]
    }
}

impl IntoParams for SlugPath {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![in_path("slug")]
    }
}

impl IntoParams for IdPath {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![in_path("id")]
    }
}

/// What a parameter means, and what it accepts.
pub(super) type Described = (&'static str, RefOr<Schema>);

fn filter(name: &str) -> Described {
    match name {
        "q" => {
            let text = matching(PLAIN).min_length(Some(1)).max_length(Some(LONGEST_SEARCH));
            described(
                "Words that must all occur in the texts of a pledge, in either language, blind to accents and case; each may go on. \
                 A phrase in quotation marks must occur as it stands.",
                text,
            )
        }
        "status" => described("Only those in this status.", of_codes(PledgeStatus::CODES)),
        "timeliness" => described("Only those that stand so to their due date.", of_codes(Timely::CODES)),
        "party" => described("Only those of the party with this slug.", slug()),
        "role" => described("Only those in which the party, or any if none is named, has this role.", of_codes(Role::CODES)),
        "topic" => described("Only those on the topic with this slug.", slug()),
        "meeting" => described("Only those made at the meeting with this slug.", slug()),
        "due" => described(
            "Only those due then: an EDTF date or interval (ISO 8601-2) such as `2024`, `2024-01/2024-06`, `../2024` or \
             `2025/..`; or `none` for those without a date. Nothing is due in an interval that ends before it begins.",
            matching(&format!("^(none|{EDTF}|{EDTF}/{EDTF}|{EDTF}/\\.\\.|\\.\\./{EDTF})$")),
        ),
        "changed_since" => described("Only those of which the record said something new on this day (UTC) or later.", day()),
        "source_language" => described(
            "Only those with a source in this language: a tag such as `es` or `pt-BR` (BCP 47).",
            matching("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$").max_length(Some(20)),
        ),
        "sort" => {
            described("In which order: by relevance if words are searched, else the newest first.", of_codes(PledgeSort::CODES))
        }
        _ => described("", ObjectBuilder::new().schema_type(Type::String)),
    }
}

pub(super) fn described(meaning: &'static str, accepts: ObjectBuilder) -> Described {
    (meaning, accepts.into())
}

pub(super) fn matching(pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))
}

fn slug() -> ObjectBuilder {
    matching(SLUG).max_length(Some(80))
}

fn day() -> ObjectBuilder {
    matching(DAY).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
}

pub(super) fn in_query(name: &str, (meaning, accepts): Described) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(meaning))
        .schema(Some(accepts))
        .build()
}

fn in_path(name: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("Its name in addresses."))
        .schema(Some(slug()))
        .build()
}

/// What can come back instead of what was asked for.
pub(super) struct Failures;
/// The same where the path names something.
pub(super) struct NamedFailures;

/// The failures that every operation on the record shares: the status and the name under which it is described.
pub(super) const SHARED: [(&str, &str, &str); 5] = [
    ("304", "NotModified", "The client has this answer already: it named its `ETag`, or a time since which nothing changed."),
    ("400", "Invalid", "Parameters are wrong; each is named, with what would be accepted."),
    ("404", "NotFound", "Nothing is published under this name at this moment."),
    ("500", "Failed", "The server failed."),
    ("503", "Unavailable", "The record can’t be read just now."),
];

fn shared(statuses: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    let meant = SHARED.iter().filter(|(status, ..)| statuses.contains(status));
    meant.map(|(status, name, _)| ((*status).to_owned(), Ref::from_response_name(*name).into())).collect()
}

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["304", "400", "500", "503"])
    }
}

impl IntoResponses for NamedFailures {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["304", "400", "404", "500", "503"])
    }
}
