//! How the parameters and failures of what asks for a token are described.

use std::collections::BTreeMap;

use utoipa::{
    IntoParams, IntoResponses,
    openapi::{
        Ref, RefOr, Required, Response,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, SchemaFormat, Type},
    },
};

use super::super::{codes::of_codes, problem::kinds};
use super::drafts::LISTS;

/// The id of a draft in a path.
pub(super) struct DraftPath;
/// The version from which a request speaks.
pub(super) struct IfMatch;
/// The key under which a draft is begun once.
pub(super) struct Key;
/// Which list of drafts.
pub(super) struct Lists;

fn parameter(name: &str, within: ParameterIn, required: Required, meaning: &str, schema: ObjectBuilder) -> Vec<Parameter> {
    let described = ParameterBuilder::new().name(name).parameter_in(within).required(required).description(Some(meaning));
    vec![described.schema(Some(schema)).build()]
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

impl IntoParams for DraftPath {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = text().format(Some(SchemaFormat::Custom("uuid".to_owned())));
        parameter("id", ParameterIn::Path, Required::True, "Its name in addresses.", id)
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let meaning = "The version of the draft that was read, as its `ETag` has it: who speaks of an older one is told.";
        let tag = text().pattern(Some("^\"[0-9]+\"$")).examples(["\"1\""]);
        parameter("If-Match", ParameterIn::Header, Required::True, meaning, tag)
    }
}

impl IntoParams for Key {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let meaning = "A word of your own for this very request, good for a week: sent again, it begins no second draft.";
        let key = text().min_length(Some(1)).max_length(Some(200));
        parameter("Idempotency-Key", ParameterIn::Header, Required::False, meaning, key)
    }
}

impl IntoParams for Lists {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let codes: Vec<&str> = LISTS.iter().map(|(code, _)| *code).collect();
        let meaning = "Which drafts: those that one writes oneself (`mine`, as it is if left out), that were `returned` to one or \
                       that one has `submitted`; those that wait `to_review`; those that `others` write; those `scheduled` for a \
                       time; those `published` lately.";
        parameter("list", ParameterIn::Query, Required::False, meaning, of_codes(&codes).default(Some("mine".into())))
    }
}

/// What can come back to whoever reads.
pub(super) struct Failures;
/// The same to whoever does something.
pub(super) struct ActFailures;
/// The same to whoever sends something along.
pub(super) struct SentFailures;
/// The same to whoever speaks of a version of a draft.
pub(super) struct VersionFailures;
/// The same to whoever does both.
pub(super) struct SentVersionFailures;

/// The failures that these operations share besides those of all: the kind, and the name under which it is described.
pub(in super::super) const DESK_SHARED: [(&kinds::Kind, &str); 9] = [
    (&kinds::TOKEN_NEEDED, "TokenNeeded"),
    (&kinds::NOT_ALLOWED, "NotAllowed"),
    (&kinds::CONFLICT, "Conflict"),
    (&kinds::STALE, "Stale"),
    (&kinds::TOO_LARGE, "TooLarge"),
    (&kinds::NOT_JSON, "NotJson"),
    (&kinds::NOT_ACCEPTED, "NotAccepted"),
    (&kinds::VERSION_NEEDED, "VersionNeeded"),
    (&kinds::TOO_MANY, "TooMany"),
];

type Responses = BTreeMap<String, RefOr<Response>>;

/// Failures that are described once for all, by their status.
fn shared(names: &[&'static str]) -> Responses {
    let always = [("400", "Invalid"), ("404", "NotFound"), ("500", "Failed"), ("503", "Unavailable")];
    let always = always.into_iter().map(|(status, name)| (status.to_owned(), name));
    let of_desk = DESK_SHARED.iter().filter(|(_, name)| names.contains(name));
    let of_desk = of_desk.map(|(kind, name)| (kind.status.as_str().to_owned(), *name));
    always.chain(of_desk).map(|(status, name)| (status, Ref::from_response_name(name).into())).collect()
}

impl IntoResponses for Failures {
    fn responses() -> Responses {
        shared(&["TokenNeeded", "NotAllowed", "TooMany"])
    }
}

impl IntoResponses for ActFailures {
    fn responses() -> Responses {
        shared(&["TokenNeeded", "NotAllowed", "Conflict", "TooMany"])
    }
}

impl IntoResponses for SentFailures {
    fn responses() -> Responses {
        shared(&["TokenNeeded", "NotAllowed", "Conflict", "TooLarge", "NotJson", "NotAccepted", "TooMany"])
    }
}

impl IntoResponses for VersionFailures {
    fn responses() -> Responses {
        shared(&["TokenNeeded", "NotAllowed", "Conflict", "Stale", "NotAccepted", "VersionNeeded", "TooMany"])
    }
}

impl IntoResponses for SentVersionFailures {
    fn responses() -> Responses {
        shared(&DESK_SHARED.map(|(_, name)| name))
    }
}
