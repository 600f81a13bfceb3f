//! `/pledges` and `/pledges/{slug}`.

use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{history::Span, pledge, translation::Outdated};
use serde::Serialize;
use store::{Dossier, Listing, Named, PledgeRow, VariantRow};
use utoipa::ToSchema;

use super::{
    answer::{List, One},
    asked::Takes,
    codes::{self, Confidence, Status},
    meetings::MeetingLink,
    parameters::{Failures, Filters, Moments, NamedFailures, Pages, SlugPath},
    visit::{ApiVisit, Ask},
    wire::{Addresses, Citation, Due, EdtfDate, NamedLink, Text, Timeliness},
};

/// A pledge as it stands in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PledgeItem {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    title: Text,
    /// What came of it.
    status: Status,
    /// When that happened, as precisely as known.
    status_since: EdtfDate,
    /// How it stands to its due date; `null` where that can't be told.
    #[schema(required)]
    timeliness: Option<Timeliness>,
    /// When it was made.
    made_on: EdtfDate,
    /// When it is due; `null` where nobody said.
    #[schema(required)]
    due: Option<Due>,
    /// Those who owe it.
    parties: Vec<NamedLink>,
    /// How many sources bear it and its history out.
    sources: u64,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// All that the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl PledgeItem {
    fn told(site: &Addresses, row: PledgeRow) -> Self {
        Self {
            url: site.page("pledges", &row.slug),
            api: site.api("pledges", &row.slug),
            slug: row.slug.to_string(),
            title: row.title.into(),
            status: row.state.status.into(),
            status_since: row.state.effective_on.into(),
            timeliness: row.timeliness.map(Into::into),
            made_on: row.made_on.into(),
            due: row.due.map(Into::into),
            parties: row.parties.into_iter().map(|party| NamedLink::to(site, "parties", party)).collect(),
            sources: row.sources,
        }
    }
}

/// An amount that was pledged.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Quantity {
    /// How many or how much.
    #[schema(minimum = 0)]
    value: f64,
    /// Of what.
    unit: Text,
}

impl From<pledge::Quantity> for Quantity {
    fn from(quantity: pledge::Quantity) -> Self {
        Self { value: quantity.value, unit: quantity.unit.into() }
    }
}

/// A party of a pledge and its role.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PledgeParty {
    /// The party.
    party: NamedLink,
    /// Its role.
    role: codes::Role,
}

/// A stretch of time through which the status stayed the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Stretch {
    /// The status.
    status: Status,
    /// The date given for the change that began it.
    effective_on: EdtfDate,
    /// The first day on which it certainly held.
    from: NaiveDate,
    /// The first day on which it no longer held; `null` while it lasts.
    #[schema(required)]
    until: Option<NaiveDate>,
}

impl From<Span> for Stretch {
    fn from(span: Span) -> Self {
        Self { status: span.status.into(), effective_on: span.effective_on.into(), from: span.from, until: span.until }
    }
}

/// What one source says about a field on which sources differ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Variant {
    /// The field.
    field: codes::VariantField,
    /// What the source says.
    value: Due,
    /// Whether the record goes by this one.
    taken: bool,
    /// The source, and who speaks in it.
    citation: Citation,
}

/// Which texts of a pledge are originals, as far as somebody has said so.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Originals {
    /// Of the title.
    #[schema(required)]
    title: Option<codes::Original>,
    /// Of the summary.
    #[schema(required)]
    summary: Option<codes::Original>,
    /// Of the wording.
    #[schema(required)]
    wording: Option<codes::Original>,
}

impl From<domain::Originals> for Originals {
    fn from(originals: domain::Originals) -> Self {
        let domain::Originals { title, summary, wording } = originals;
        Self { title: title.map(Into::into), summary: summary.map(Into::into), wording: wording.map(Into::into) }
    }
}

/// A translation whose original was changed since.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutdatedTranslation {
    /// The text.
    text: codes::PledgeText,
    /// The language of the translation.
    language: codes::Language,
    /// When its original was changed first without it.
    since: DateTime<Utc>,
}

impl From<Outdated> for OutdatedTranslation {
    fn from(outdated: Outdated) -> Self {
        Self { text: outdated.text.into(), language: outdated.language.into(), since: outdated.since }
    }
}

/// Everything that the record says of a pledge, but its history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pledge {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    title: Text,
    /// What was promised, in the record's words.
    summary: Text,
    /// What was promised, in the parties' own words.
    #[schema(required)]
    wording: Option<Text>,
    /// Which of these are originals and which translations.
    originals: Originals,
    /// The translations that lag behind.
    outdated_translations: Vec<OutdatedTranslation>,
    /// What came of it; `null` on a day before it was made.
    #[schema(required)]
    status: Option<Status>,
    /// When that happened, as precisely as known.
    #[schema(required)]
    status_since: Option<EdtfDate>,
    /// How sure the record is of the status.
    #[schema(required)]
    confidence: Option<Confidence>,
    /// How it stands to its due date; `null` where that can't be told.
    #[schema(required)]
    timeliness: Option<Timeliness>,
    /// When it was made.
    made_on: EdtfDate,
    /// The meeting at which it was made.
    #[schema(required)]
    meeting: Option<MeetingLink>,
    /// When it is due; `null` where nobody said.
    #[schema(required)]
    due: Option<Due>,
    /// The amount, if there is one.
    #[schema(required)]
    quantity: Option<Quantity>,
    /// Who made it, with whom and for whom.
    parties: Vec<PledgeParty>,
    /// What it is about.
    topics: Vec<NamedLink>,
    /// The sources of the pledge itself.
    citations: Vec<Citation>,
    /// What sources say differently.
    variants: Vec<Variant>,
    /// Its statuses one after the other.
    stretches: Vec<Stretch>,
    /// The day on which somebody last looked.
    checked_on: NaiveDate,
    /// When the record first had it.
    recorded_at: DateTime<Utc>,
    /// When the record last said something new of it.
    changed_at: DateTime<Utc>,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// This answer.
    #[schema(format = "uri")]
    api: String,
    /// Its history in the API.
    #[schema(format = "uri")]
    history: String,
}

impl Pledge {
    fn told(site: &Addresses, dossier: Dossier) -> Self {
        let named = |section: &str, named: Named| NamedLink::to(site, section, named);
        let party = |(party, role): (Named, domain::Role)| PledgeParty { party: named("parties", party), role: role.into() };
        let variant = |row: VariantRow| Variant {
            field: row.field.into(),
            value: row.value.into(),
            taken: row.taken,
            citation: Citation::told(site, row.cited),
        };
        Self {
            url: site.page("pledges", &dossier.slug),
            api: site.api("pledges", &dossier.slug),
            history: format!("{}/history", site.api("pledges", &dossier.slug)),
            confidence: dossier.confidence().map(Into::into),
            outdated_translations: dossier.outdated_translations().into_iter().map(Into::into).collect(),
            originals: dossier.originals.into(),
            slug: dossier.slug.to_string(),
            title: dossier.title.into(),
            summary: dossier.summary.into(),
            wording: dossier.wording.map(Into::into),
            status: dossier.state.map(|state| state.status.into()),
            status_since: dossier.state.map(|state| state.effective_on.into()),
            timeliness: dossier.timeliness.map(Into::into),
            made_on: dossier.made_on.into(),
            meeting: dossier.meeting.map(|meeting| MeetingLink::to(site, meeting)),
            due: dossier.due.map(Into::into),
            quantity: dossier.quantity.map(Into::into),
            parties: dossier.parties.into_iter().map(party).collect(),
            topics: dossier.topics.into_iter().map(|topic| named("topics", topic)).collect(),
            citations: dossier.citations.into_iter().map(|cited| Citation::told(site, cited)).collect(),
            variants: dossier.variants.into_iter().map(variant).collect(),
            stretches: dossier.spans.into_iter().map(Into::into).collect(),
            checked_on: dossier.freshness.checked_on,
            recorded_at: dossier.recorded_at,
            changed_at: dossier.changed_at,
        }
    }
}

/// The pledges that are asked for
///
/// Each as it stands in a list. Every parameter narrows; without any, all pledges are listed, the newest first.
#[utoipa::path(get, path = "/pledges", tag = "Pledges", params(Filters, Pages, Moments),
    responses((status = OK, description = "A piece of the list.", body = List<PledgeItem>), Failures))]
pub(super) async fn list_pledges(visit: ApiVisit) -> Response {
    let make = async |ask: Ask| {
        let found = ask.store.pledges_from(&ask.query, ask.moment, ask.cursor, ask.limit).await?;
        let items = found.items.into_iter().map(|row| PledgeItem::told(&ask.site, row)).collect();
        Ok(Listing { items, total: found.total, next: found.next })
    };
    visit.list(Takes::Pages, make).await
}

/// One pledge
///
/// With its wording, what sources say differently, its parties, and its statuses one after the other.
#[utoipa::path(get, path = "/pledges/{slug}", tag = "Pledges", params(SlugPath, Moments),
    responses((status = OK, description = "The pledge.", body = One<Pledge>), NamedFailures))]
pub(super) async fn get_pledge(visit: ApiVisit) -> Response {
    let make = async |ask: Ask, slug| {
        let found = ask.store.pledge(&slug, ask.moment).await?;
        Ok(found.map(|dossier| Pledge::told(&ask.site, dossier)))
    };
    visit.named(make).await
}
