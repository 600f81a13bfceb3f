//! The shapes of what is sent and told of drafts, as the description of the API has them: made from those by which it is read.

use std::{borrow::Cow, collections::BTreeMap};

use domain::{
    DraftKind, Fields,
    desk_form::shapes::{APPROVAL, CHECK, EDIT, PLEDGE, RETURN, STATUS_CHANGE, WITHDRAWAL, of},
    form::ROWS,
    shape::{Object, Shape, TEXT},
};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{AdditionalProperties, AnyOfBuilder, ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type},
    },
};

use super::super::codes::of_codes;

/// Whatever a request can bring along.
const SENT: [&Object; 7] = [&PLEDGE, &EDIT, &STATUS_CHANGE, &WITHDRAWAL, &APPROVAL, &RETURN, &CHECK];

/// What stands in a draft, in the shape of its kind.
pub(super) fn content_of(kind: DraftKind, fields: &Fields) -> Value {
    of(kind).tell(fields)
}

/// The schemas of everything that is sent, by name.
pub(in super::super) fn schemas() -> impl Iterator<Item = (String, RefOr<Schema>)> {
    let mut objects = BTreeMap::new();
    for object in SENT {
        gather(object, &mut objects);
    }
    objects.into_iter().map(|(name, object)| (name.to_owned(), schema_of(object)))
}

/// What stands in a draft: one of four shapes, by its kind.
pub(crate) struct DraftContent;

impl PartialSchema for DraftContent {
    fn schema() -> RefOr<Schema> {
        let kinds = DraftKind::ALL.iter().map(|kind| reference(of(*kind)));
        let either = kinds.fold(AnyOfBuilder::new(), AnyOfBuilder::item);
        either.description(Some("What stands in a draft, in the shape of its kind.")).into()
    }
}

impl ToSchema for DraftContent {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DraftContent")
    }
}

fn gather(object: &'static Object, objects: &mut BTreeMap<&'static str, &'static Object>) {
    if objects.insert(object.name, object).is_none() {
        object.members.iter().for_each(|member| gather_within(member.shape, objects));
    }
}

fn gather_within(shape: Shape, objects: &mut BTreeMap<&'static str, &'static Object>) {
    match shape {
        Shape::List(shape) => gather_within(*shape, objects),
        Shape::Object(object) | Shape::Short(_, object) => gather(object, objects),
        Shape::DateOrWords(..) | Shape::Beside(..) => gather(&TEXT, objects),
        Shape::Text | Shape::Code(_) | Shape::Date | Shape::Number | Shape::Flag => {}
    }
}

fn schema_of(object: &Object) -> RefOr<Schema> {
    let members = object.members.iter().fold(ObjectBuilder::new(), |schema, member| {
        schema.property(member.name, described(schema_within(member.shape), member.meaning))
    });
    // What is unknown is refused.
    members.description(Some(object.meaning)).additional_properties(Some(AdditionalProperties::FreeForm(false))).into()
}

fn reference(object: &Object) -> RefOr<Schema> {
    Ref::from_schema_name(object.name).into()
}

fn schema_within(shape: Shape) -> RefOr<Schema> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let either = |object| AnyOfBuilder::new().item(text()).item(reference(object)).into();
    match shape {
        Shape::Text | Shape::Date => text().into(),
        Shape::Code(codes) => of_codes(codes).into(),
        // What somebody typed in a browser and is no number is told as it stands.
        Shape::Number => ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::String])).into(),
        Shape::Flag => ObjectBuilder::new().schema_type(Type::Boolean).into(),
        Shape::List(shape) => ArrayBuilder::new().items(schema_within(*shape)).max_items(Some(ROWS)).into(),
        Shape::Object(object) => reference(object),
        Shape::Short(_, object) => either(object),
        Shape::DateOrWords(..) | Shape::Beside(..) => either(&TEXT),
    }
}

fn described(schema: RefOr<Schema>, meaning: &str) -> RefOr<Schema> {
    let meaning = meaning.to_owned();
    match schema {
        RefOr::Ref(mut reference) => {
            reference.description = meaning;
            RefOr::Ref(reference)
        }
        RefOr::T(mut schema) => {
            match &mut schema {
                Schema::Object(object) => object.description = Some(meaning),
                Schema::Array(list) => list.description = Some(meaning),
                Schema::AnyOf(either) => either.description = Some(meaning),
                _ => {}
            }
            RefOr::T(schema)
        }
    }
}
