//! `/openapi.json`: the description of the API, made from its operations, with what they share and an example for each.

use std::sync::Arc;

use axum::{Extension, response::Response};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Content, Header, InfoBuilder, LicenseBuilder, OpenApi, Ref, RefOr, Response as Described, ResponseBuilder,
        ServerBuilder,
        path::{Operation, Parameter, ParameterBuilder},
        schema::{ObjectBuilder, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};

use super::{
    answer::written,
    desk::{self, DESK_SHARED},
    examples,
    parameters::SHARED,
    problem::{FieldProblem, ProblemDetails},
};

/// The media type of a problem (RFC 9457).
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// What the description says of the whole.
const ABOUT: &str = "What governments promised and what came of it: pledges, the history of their status, and the sources that \
every claim rests on. The data is free to use under CC BY 4.0. Everything can be read without a key, and answers `as_of` (what \
was true on a day) and `known_at` (what the record said at a moment). Every address answers HEAD as it does GET. Whoever may write at the desk may do so here too, with a \
token; nothing of it is public before it was reviewed.";

/// The sections of the description.
const TAGS: [(&str, &str); 10] = [
    ("Pledges", "What parties said they would do, and how its status changed."),
    ("Parties", "Who made pledges, took part in them or stood to benefit."),
    ("Meetings", "The occasions at which pledges were made."),
    ("Topics", "What pledges are about."),
    ("Sources", "The published documents that claims rest on."),
    ("Changes", "What the record has come to say, the latest first."),
    ("Figures", "How many pledges there are, by what came of them."),
    ("Drafts", "What the desk proposes to publish, for programs with a token."),
    ("Reviews", "What is decided on drafts, for programs with a token."),
    ("Record", "The log of everything published: its signed head, its entries, and proofs that it was only ever added to."),
];

/// The description of the API.
#[derive(Debug)]
pub(super) struct Document {
    /// The description, as JSON.
    pub value: Value,
    text: String,
}

impl Document {
    /// The description of the operations, as the site at `site` has them.
    pub(super) fn new(mut described: OpenApi, site: &str) -> Self {
        described.info = InfoBuilder::new()
            .title("Pledgebook")
            .version("1")
            .description(Some(ABOUT))
            .license(Some(LicenseBuilder::new().name("CC BY 4.0").identifier(Some("CC-BY-4.0")).build()))
            .build();
        described.servers = Some(vec![ServerBuilder::new().url(site).build()]);
        let tag = |(name, about): (&str, &str)| TagBuilder::new().name(name).description(Some(about)).build();
        described.tags = Some(TAGS.into_iter().map(tag).collect());
        shared(described.components.get_or_insert_default());
        for item in described.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.put, &mut item.post].into_iter().flatten() {
                if operation.security.is_some() {
                    complete_desk(operation);
                } else {
                    complete(operation, site);
                }
            }
        }
        let value = serde_json::to_value(&described).unwrap_or_default();
        let text = value.to_string();
        Self { value, text }
    }
}

/// Adds what operations refer to: the schema of problems, and the failures they share.
fn shared(components: &mut Components) {
    components.schemas.insert(ProblemDetails::name().into_owned(), ProblemDetails::schema());
    components.schemas.insert(FieldProblem::name().into_owned(), FieldProblem::schema());
    components.schemas.extend(desk::schemas());
    let of_desk = DESK_SHARED.iter().map(|(kind, name)| (kind.status.as_str(), *name, kind.title));
    for (status, name, about) in SHARED.into_iter().chain(of_desk) {
        let response = ResponseBuilder::new().description(format!("{}.", about.trim_end_matches('.')));
        let response = if status == "304" {
            response
        } else {
            response.content(PROBLEM_JSON, Content::new(Some(Ref::from_schema_name(ProblemDetails::name()))))
        };
        components.responses.insert(name.to_owned(), response.build().into());
    }
    let about = "A token that a person of the desk has made for a program of theirs, at `/desk/tokens` (RFC 6750). An operation \
                 names the scopes of which the token needs one.";
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("pb_…").description(Some(about));
    components.add_security_scheme("token", SecurityScheme::Http(token.build()));
}

/// Adds to an operation of the desk an example of what it is sent, and the headers of its answer.
fn complete_desk(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    if let Some(RefOr::T(body)) = &mut operation.request_body
        && let Some(RefOr::T(content)) = body.content.get_mut("application/json")
    {
        content.example = examples::content_of(&id);
    }
    for status in ["200", "201"] {
        let Some(RefOr::T(found)) = operation.responses.responses.get_mut(status) else { continue };
        if id != "list_drafts" {
            add_header(found, "ETag", "The version of the draft; sent back as `If-Match`.");
        }
        if status == "201" {
            add_header(found, "Location", "Where the draft is.");
        }
    }
}

/// Adds an example to an operation, and the headers that its answer has.
fn complete(operation: &mut Operation, site: &str) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let Some(RefOr::T(found)) = operation.responses.responses.get_mut("200") else { return };
    add_header(found, "ETag", "Tells this answer from others at this address (RFC 9110); sent back as `If-None-Match`.");
    let Some(example) = examples::of(&id) else { return };
    add_header(found, "Last-Modified", "Since when the answer has been so; sent back as `If-Modified-Since`.");
    if id == "list_pledges" || id == "list_changes" {
        add_header(found, "Link", "Where the first and the next piece of the list are (RFC 8288).");
    }
    if let Some(RefOr::T(content)) = found.content.get_mut("application/json") {
        content.example = example.answer(site);
    }
    if let (Some(RefOr::T(parameter)), Some(name)) = (operation.parameters.iter_mut().flatten().next(), example.named()) {
        let described = std::mem::replace(parameter, Parameter::new(""));
        *parameter = ParameterBuilder::from(described).example(Some(name.into())).build();
    }
}

fn add_header(response: &mut Described, name: &str, about: &str) {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String));
    header.description = Some(about.to_owned());
    response.headers.insert(name.to_owned(), header.into());
}

/// This description
///
/// The whole of it, for programs that make clients, tests or pages of descriptions.
#[utoipa::path(get, path = "/openapi.json",
    responses((status = OK, description = "The description.", body = Object, content_type = "application/json"),
        (status = NOT_MODIFIED, description = "The client has it already.")))]
pub(super) async fn get_openapi(Extension(document): Extension<Arc<Document>>) -> Response {
    written(document.text.clone())
}
