//! The small things that many answers are made of: texts, dates, links, and citations.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::{FuzzyDate, Localized, Slug, Timely};
use serde::Serialize;
use store::{Cited, Named, SourceRow};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, Type},
    },
};

use super::{
    ROOT,
    codes::{Authority, SourceKind, Stance, TimelinessCode},
};

/// A date as EDTF writes it (ISO 8601-2), as a regular expression that knows how long months are, in leap years too.
pub(super) const EDTF: &str = "([1-9][0-9]{3}(-(0[1-9]|1[0-2]|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|\
    (0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))?|\
    ([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)-02-29)";

/// The addresses of things, on pages and in the API. They name the thing and no moment.
#[derive(Clone, Debug)]
pub(super) struct Addresses(String);

impl Addresses {
    /// Those of the site at `site`.
    pub(super) fn of(site: &str) -> Self {
        Self(site.to_owned())
    }

    /// A page.
    pub(super) fn page(&self, section: &str, name: &Slug) -> String {
        format!("{}/{section}/{name}", self.0)
    }

    /// What the API says.
    pub(super) fn api(&self, section: &str, name: &Slug) -> String {
        format!("{}{ROOT}/{section}/{name}", self.0)
    }

    /// The pledges in the API that a parameter chooses.
    pub(super) fn pledges(&self, parameter: &str, name: &Slug) -> String {
        format!("{}{ROOT}/pledges?{parameter}={name}", self.0)
    }

    /// A step in the history on the page of a pledge.
    pub(super) fn step(&self, pledge: &Slug, position: i32) -> String {
        format!("{}#change-{position}", self.page("pledges", pledge))
    }
}

/// A text of the record, in one language or both.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Text {
    /// In English; `null` where there is none.
    #[schema(required)]
    en: Option<String>,
    /// In Spanish; `null` where there is none.
    #[schema(required)]
    es: Option<String>,
}

impl From<Localized> for Text {
    fn from(text: Localized) -> Self {
        Self { en: text.en, es: text.es }
    }
}

/// A date as precise as its source: a day, a month or a year, written as EDTF has it (ISO 8601-2).
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct EdtfDate(FuzzyDate);

impl From<FuzzyDate> for EdtfDate {
    fn from(date: FuzzyDate) -> Self {
        Self(date)
    }
}

impl PartialSchema for EdtfDate {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(format!("^{EDTF}$")))
            .description(Some("A date as precise as its source: a day, a month or a year, written as EDTF has it (ISO 8601-2)."))
            .examples(["2024-04-30", "2024-04", "2024"])
            .into()
    }
}

impl ToSchema for EdtfDate {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("EdtfDate")
    }
}

/// When something is due, or what a source says of it: a date, or words that name none. One of the two is there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Due {
    /// The date.
    #[schema(required)]
    date: Option<EdtfDate>,
    /// The words in its place: “in the near future”.
    #[schema(required)]
    words: Option<Text>,
}

impl From<domain::Due> for Due {
    fn from(due: domain::Due) -> Self {
        match due {
            domain::Due::On(date) => Self { date: Some(date.into()), words: None },
            domain::Due::Words(words) => Self { date: None, words: Some(words.into()) },
        }
    }
}

/// How a pledge stands to its due date.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeliness {
    /// In one word.
    code: TimelinessCode,
    /// How many days late or overdue it is, at least; `null` where it is neither.
    #[schema(required)]
    days: Option<i64>,
    /// How many at most: more than `days` only where dates are too vague to tell.
    #[schema(required)]
    days_at_most: Option<i64>,
    /// The first day on which it was overdue; `null` where it is not.
    #[schema(required)]
    overdue_since: Option<NaiveDate>,
}

impl From<domain::Timeliness> for Timeliness {
    fn from(timeliness: domain::Timeliness) -> Self {
        let (least, most, since) = match timeliness {
            domain::Timeliness::Overdue { since, days } => (Some(days), Some(days), Some(since)),
            domain::Timeliness::Late { at_least, at_most } => (Some(at_least), Some(at_most), None),
            domain::Timeliness::NotDue | domain::Timeliness::DueSoon | domain::Timeliness::OnTime => (None, None, None),
        };
        Self { code: Timely::from(timeliness).into(), days: least, days_at_most: most, overdue_since: since }
    }
}

/// A thing with a name of its own, and where to find it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedLink {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// What the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl NamedLink {
    /// A link to what stands in a section of the site.
    pub(super) fn to(site: &Addresses, section: &str, named: Named) -> Self {
        Self {
            url: site.page(section, &named.slug),
            api: site.api(section, &named.slug),
            slug: named.slug.to_string(),
            name: named.name.into(),
        }
    }
}

/// A pledge, named where something else speaks of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PledgeLink {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    title: Text,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// What the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl PledgeLink {
    /// A link to a pledge.
    pub(super) fn to(site: &Addresses, slug: &Slug, title: Localized) -> Self {
        Self { url: site.page("pledges", slug), api: site.api("pledges", slug), slug: slug.to_string(), title: title.into() }
    }
}

/// A published document, as it is named where it is cited.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceLink {
    /// Its name in addresses.
    id: String,
    /// Its title, in its own language.
    title: String,
    /// Who published it.
    publisher: String,
    /// The language it is in (BCP 47).
    language: String,
    /// When it was published.
    #[schema(required)]
    published_on: Option<EdtfDate>,
    /// What kind of document it is.
    kind: SourceKind,
    /// Where it was published.
    address: String,
    /// Where an archive keeps what was there.
    #[schema(required)]
    archive_address: Option<String>,
    /// Its page here.
    #[schema(format = "uri")]
    url: String,
    /// What the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl SourceLink {
    /// A link to a source.
    pub(super) fn to(site: &Addresses, source: SourceRow) -> Self {
        Self {
            url: site.page("sources", &source.id),
            api: site.api("sources", &source.id),
            id: source.id.to_string(),
            title: source.title,
            publisher: source.publisher,
            language: source.language,
            published_on: source.published_on.map(Into::into),
            kind: source.kind.into(),
            address: source.url,
            archive_address: source.archive_url,
        }
    }
}

/// What a source says for a claim.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Passage {
    /// The passage, word for word; `null` says openly that nobody has quoted it yet.
    #[schema(required)]
    quote: Option<String>,
    /// Where in the source it stands.
    #[schema(required)]
    locator: Option<String>,
    /// The language of the passage (BCP 47).
    language: String,
    /// How the source stands to the claim.
    stance: Stance,
    /// Who speaks in it, where somebody has said so.
    #[schema(required)]
    authority: Option<Authority>,
}

/// A source cited for a claim.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Citation {
    /// The source.
    source: SourceLink,
    /// What it says.
    passage: Passage,
}

impl Citation {
    /// What the API says of a citation.
    pub(super) fn told(site: &Addresses, cited: Cited) -> Self {
        let (source, passage) = apart(cited);
        Self { source: SourceLink::to(site, source), passage }
    }
}

/// A citation's source and what it says.
pub(super) fn apart(cited: Cited) -> (SourceRow, Passage) {
    let passage = Passage {
        quote: cited.quote,
        locator: cited.locator,
        language: cited.language,
        stance: cited.stance.into(),
        authority: cited.authority.map(Into::into),
    };
    (cited.source, passage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expression_for_dates_accepts_what_the_domain_does() {
        let expression = jsonschema::validator_for(&serde_json::json!({ "pattern": format!("^{EDTF}$") })).unwrap();
        let mut dates =
            vec!["2024".to_owned(), "0999".to_owned(), "2024-00".to_owned(), "2024-13".to_owned(), "2024-4".to_owned()];
        for year in [1600, 1900, 2000, 2023, 2024, 2100, 9996] {
            dates.extend((1..=12).flat_map(|month| (0..=32).map(move |day| format!("{year}-{month:02}-{day:02}"))));
        }
        for date in dates {
            assert_eq!(expression.is_valid(&date.as_str().into()), date.parse::<FuzzyDate>().is_ok(), "{date}");
        }
    }
}
