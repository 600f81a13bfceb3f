//! The codes of the domain as the description has them: each list of accepted codes is the domain's own.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, Type},
    },
};

/// Declares, for each kind of code, a type that is written as the code and described with all its codes.
macro_rules! code_schemas {
    ($($(#[doc = $doc:literal])+ $name:ident of $domain:ty;)+) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Serialize)]
        #[serde(transparent)]
        pub(crate) struct $name($domain);

        impl From<$domain> for $name {
            fn from(code: $domain) -> Self {
                Self(code)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let description = concat!($($doc),+).trim();
                of_codes(<$domain>::CODES).description(Some(description)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+ };
}

/// A text that is one of these codes.
pub(super) fn of_codes(codes: &[&'static str]) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes.iter().copied()))
}

code_schemas! {
    /// What came of a pledge; the page `/method` says what each code means.
    Status of domain::PledgeStatus;
    /// How sure the record is of a status.
    Confidence of domain::Confidence;
    /// How a pledge stands to its due date.
    TimelinessCode of domain::Timely;
    /// The role of a party on a pledge.
    Role of domain::Role;
    /// What a party is.
    PartyKind of domain::PartyKind;
    /// What kind of document a source is.
    SourceKind of domain::SourceKind;
    /// How a source stands to the claim that it is cited for.
    Stance of domain::Stance;
    /// Who speaks in a cited passage, the weightiest first.
    Authority of domain::Authority;
    /// What a draft would do to the record.
    DraftKind of domain::DraftKind;
    /// How far a draft has come.
    DraftState of domain::DraftState;
    /// A text of a pledge that can be the original in one language and a translation in the other.
    PledgeText of domain::PledgeText;
    /// In which language a text was written: in one of the two, so that the other is a translation, or each for itself.
    Original of domain::Original;
    /// A language of the record.
    Language of domain::Locale;
    /// A field on which sources can differ.
    VariantField of domain::pledge::VariantField;
}
