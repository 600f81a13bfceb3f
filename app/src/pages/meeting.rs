//! `/meetings` and `/meetings/{slug}`: where pledges were made, and what came of them.

use domain::PledgeQuery;
use leptos::prelude::*;
use store::MeetingDossier;

use super::{PageResult, Request, not_found, slug};
use crate::{
    calendar,
    components::{NAMES_PER_PAGE, PledgesSection, crumbs, dated, follow, names_list, words},
    feed, i18n, json_ld,
    page::{Head, Page},
};

/// All meetings, the latest first.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn meetings(request: Request) -> PageResult {
    let Request { visit, store, params } = request;
    let meetings = store.meetings(visit.moment).await?;
    let meetings = domain::page::Page::of(meetings, params.page(), NAMES_PER_PAGE);
    let head = Head { title: visit.t("meetings"), description: visit.t("meetings-lede") };
    Ok(Page::new(head, move || {
        let place = |meeting: &MeetingDossier| {
            view! { <span class="meta">{words(&visit, &meeting.place)}", "{dated(&visit, meeting.held_on)}</span> }.into_any()
        };
        view! {
            <h1>{visit.t("meetings")}</h1>
            <p class="lede">{visit.t("meetings-lede")}</p>
            {names_list(&visit, "meetings", &meetings, |meeting| &meeting.named, place)}
        }
        .into_any()
    }))
}

/// One meeting.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn meeting(request: Request, name: &str) -> PageResult {
    let Request { visit, store, params } = request;
    let meeting = match slug(name) {
        Some(slug) => store.meeting(&slug, visit.moment).await?,
        None => None,
    };
    let Some(meeting) = meeting else { return Ok(not_found(visit)) };
    let query = PledgeQuery { meeting: Some(meeting.named.slug.clone()), ..PledgeQuery::default() };
    let pledges = PledgesSection::read(&store, &visit, &query, params.page()).await?;
    let title = visit.words(&meeting.named.name).to_owned();
    let (place, date) = (visit.words(&meeting.place).to_owned(), i18n::date(visit.texts(), meeting.held_on));
    let description =
        visit.t_with("meeting-description", &[("name", title.clone().into()), ("place", place.into()), ("date", date.into())]);
    let path = format!("/meetings/{}", meeting.named.slug);
    let follows = [feed::alternate(&visit, &path, &[], &title), calendar::alternate(&visit, &path, &title)];
    let way = vec![(visit.href("/meetings"), visit.t("meetings"))];
    let json_ld = [json_ld::event(&visit, &meeting), json_ld::breadcrumbs(&visit, &way, &title)];
    let alternates = follows.clone();
    Ok(Page::new(Head { title, description }, move || {
        view! {
            {crumbs(&visit, way)}
            <h1>{words(&visit, &meeting.named.name)}</h1>
            <p class="lede">{words(&visit, &meeting.place)}", "{dated(&visit, meeting.held_on)}</p>
            {pledges.shown(&visit)}
            {follow(&follows)}
        }
        .into_any()
    })
    .with_alternates(alternates)
    .with_json_ld(json_ld))
}
