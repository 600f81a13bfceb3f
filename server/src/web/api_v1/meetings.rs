//! `/meetings` and `/meetings/{slug}`.

use axum::response::Response;
use domain::{PledgeQuery, Slug};
use serde::Serialize;
use store::{Counted, MeetingDossier};
use utoipa::ToSchema;

use super::{
    answer::{List, One},
    asked::Takes,
    parameters::{Failures, Moments, NamedFailures, SlugPath},
    stats::Figures,
    visit::{ApiVisit, Ask, whole},
    wire::{Addresses, EdtfDate, Text},
};

/// A meeting, named where a pledge speaks of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingLink {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// When it was held.
    held_on: EdtfDate,
    /// Where it was held.
    place: Text,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// What the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl MeetingLink {
    /// A link to a meeting.
    pub(super) fn to(site: &Addresses, meeting: MeetingDossier) -> Self {
        Self {
            url: site.page("meetings", &meeting.named.slug),
            api: site.api("meetings", &meeting.named.slug),
            slug: meeting.named.slug.to_string(),
            name: meeting.named.name.into(),
            held_on: meeting.held_on.into(),
            place: meeting.place.into(),
        }
    }
}

/// A meeting as it stands in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeetingItem {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// When it was held.
    held_on: EdtfDate,
    /// Where it was held.
    place: Text,
    /// How many pledges were made at it.
    pledges: u64,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// All that the API says of it.
    #[schema(format = "uri")]
    api: String,
}

impl MeetingItem {
    fn told(site: &Addresses, meeting: Counted<MeetingDossier>) -> Self {
        let MeetingLink { slug, name, held_on, place, url, api } = MeetingLink::to(site, meeting.thing);
        Self { slug, name, held_on, place, pledges: meeting.pledges, url, api }
    }
}

/// An occasion at which pledges were made, and what came of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Meeting {
    /// Its name in addresses.
    slug: String,
    /// What it is called.
    name: Text,
    /// When it was held.
    held_on: EdtfDate,
    /// Where it was held.
    place: Text,
    /// The figures of the pledges made at it.
    figures: Figures,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// This answer.
    #[schema(format = "uri")]
    api: String,
    /// The pledges made at it, in the API.
    #[schema(format = "uri")]
    pledges: String,
}

/// All meetings
///
/// Those at which a pledge was made, the latest first, each with how many were. The list comes in one piece.
#[utoipa::path(get, path = "/meetings", tag = "Meetings", params(Moments),
    responses((status = OK, description = "The meetings.", body = List<MeetingItem>), Failures))]
pub(super) async fn list_meetings(visit: ApiVisit) -> Response {
    let make = async |ask: Ask| {
        let found = ask.store.meetings(ask.moment).await?;
        Ok(whole(found.into_iter().map(|meeting| MeetingItem::told(&ask.site, meeting)).collect()))
    };
    visit.list(Takes::Moment, make).await
}

/// One meeting
///
/// With the figures of the pledges made at it; the pledges themselves are one link further.
#[utoipa::path(get, path = "/meetings/{slug}", tag = "Meetings", params(SlugPath, Moments),
    responses((status = OK, description = "The meeting.", body = One<Meeting>), NamedFailures))]
pub(super) async fn get_meeting(visit: ApiVisit) -> Response {
    let make = async |ask: Ask, slug: Slug| {
        let Some(meeting) = ask.store.meeting(&slug, ask.moment).await? else { return Ok(None) };
        let query = PledgeQuery { meeting: Some(slug.clone()), ..PledgeQuery::default() };
        let figures = ask.store.figures(&query, ask.moment).await?.into();
        let MeetingLink { slug: name_in_addresses, name, held_on, place, url, api } = MeetingLink::to(&ask.site, meeting);
        let pledges = ask.site.pledges("meeting", &slug);
        Ok(Some(Meeting { slug: name_in_addresses, name, held_on, place, figures, url, api, pledges }))
    };
    visit.named(make).await
}
