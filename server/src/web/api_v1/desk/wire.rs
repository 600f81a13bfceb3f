//! A draft as the API tells it, to who may see it at the desk.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::Slug;
use serde::Serialize;
use serde_json::Value;
use store::{Comment, StoreError};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Ref, RefOr, schema::Schema},
};

use super::{
    super::{
        ROOT,
        codes::{DraftKind, DraftState},
        problem::{FieldProblem, Refusal},
        wire::Addresses,
    },
    by_token::ByToken,
    refusals,
    shapes::{DraftContent, content_of},
};

/// A draft as an answer, which is of no moment of the record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftTold {
    /// The draft.
    pub(super) data: Draft,
}

/// The pledge that a draft would change, or has become.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftOf {
    /// Its name in addresses.
    slug: String,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// What the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl DraftOf {
    fn told(site: &Addresses, slug: &Slug) -> Self {
        Self { slug: slug.to_string(), url: site.page("pledges", slug), api: site.api("pledges", slug) }
    }
}

/// What somebody said of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Remark {
    /// The path of the field; empty for the whole, `tip` for what a reader wrote.
    field: String,
    /// What they said.
    words: String,
    /// Who said it.
    by: String,
    /// When.
    at: DateTime<Utc>,
    /// Of which version.
    version: i32,
}

impl From<Comment> for Remark {
    fn from(comment: Comment) -> Self {
        let Comment { field, words, by, at, version } = comment;
        Self { field, words, by, at, version }
    }
}

/// A draft as it stands in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftItem {
    /// Its name in addresses.
    #[schema(format = "uuid")]
    id: String,
    /// What it would do to the record.
    kind: DraftKind,
    /// How far it has come.
    state: DraftState,
    /// What it is called in lists.
    title: String,
    /// How often it was saved; sent back as `If-Match`.
    version: i32,
    /// The published pledge that it changes, or has become.
    #[schema(required)]
    pledge: Option<DraftOf>,
    /// Who began it.
    author: String,
    /// When it was begun.
    created_at: DateTime<Utc>,
    /// When it was last saved or decided on.
    updated_at: DateTime<Utc>,
    /// When it is to be published, if a time was set.
    #[schema(required)]
    publish_at: Option<DateTime<Utc>>,
    /// Its page at the desk.
    #[schema(format = "uri")]
    url: String,
    /// All that the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl DraftItem {
    pub(super) fn told(by: &ByToken, draft: &store::Draft) -> Self {
        let site = &by.state.site;
        Self {
            id: draft.id.to_string(),
            kind: draft.kind.into(),
            state: draft.state.into(),
            title: draft.title.clone(),
            version: draft.version,
            pledge: draft.pledge.as_ref().map(|slug| DraftOf::told(&Addresses::of(site), slug)),
            author: draft.author.1.clone(),
            created_at: draft.created_at,
            updated_at: draft.updated_at,
            publish_at: draft.publish_at,
            url: format!("{site}/desk/drafts/{}", draft.id),
            api: format!("{site}{ROOT}/drafts/{}", draft.id),
        }
    }
}

/// A draft with everything that was typed and said.
#[derive(Debug, Serialize)]
pub(crate) struct Draft {
    #[serde(flatten)]
    item: DraftItem,
    #[serde(flatten)]
    said: DraftSaid,
}

/// What was typed in a draft, and said of it.
#[derive(Debug, Serialize, ToSchema)]
struct DraftSaid {
    /// What was typed, in the shape of its kind; it can be changed and sent back.
    #[schema(value_type = DraftContent)]
    content: Value,
    /// What is still wrong with it, field by field. With nothing here it can be handed in.
    problems: Vec<FieldProblem>,
    /// Who decided on it last.
    #[schema(required)]
    reviewer: Option<String>,
    /// What they said of the whole.
    #[schema(required)]
    note: Option<String>,
    /// What was said of it, the oldest first.
    comments: Vec<Remark>,
}

impl PartialSchema for Draft {
    /// One object, whose members are those of its two parts.
    fn schema() -> RefOr<Schema> {
        let (RefOr::T(Schema::Object(mut whole)), RefOr::T(Schema::Object(said))) = (DraftItem::schema(), DraftSaid::schema())
        else {
            return Ref::from_schema_name(DraftItem::name()).into();
        };
        whole.properties.extend(said.properties);
        whole.required.extend(said.required);
        whole.description = Some("A draft with everything that was typed and said.".to_owned());
        RefOr::T(Schema::Object(whole))
    }
}

impl ToSchema for Draft {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Draft")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        DraftItem::schemas(schemas);
        DraftSaid::schemas(schemas);
    }
}

impl Draft {
    /// What is told of a draft. What can still be written in is read by the rules of the record, as handing it in would.
    pub(super) async fn told(by: &ByToken, draft: store::Draft) -> Result<Self, Refusal> {
        let problems = if draft.state.is_open() {
            match by.store().proposal(&draft, by.now).await {
                Ok(_) => Vec::new(),
                Err(StoreError::Refused(errors)) => FieldProblem::all(&errors),
                // The pledge that it would change is gone.
                Err(StoreError::NoSuch { .. }) => vec![FieldProblem::gone()],
                Err(error) => return Err(refusals::of(error)),
            }
        } else {
            Vec::new()
        };
        Ok(Self {
            item: DraftItem::told(by, &draft),
            said: DraftSaid {
                content: content_of(draft.kind, &draft.fields),
                problems,
                reviewer: draft.reviewer,
                note: draft.decision_note,
                comments: draft.comments.into_iter().map(Into::into).collect(),
            },
        })
    }

    /// Where the API tells of it.
    pub(super) fn api(&self) -> &str {
        &self.item.api
    }
}
