//! Calendars (iCalendar, RFC 5545): when pledges are due, as days that are marked and take no time.

use chrono::{DateTime, Days, Duration, Utc};
use domain::{DueRange, FuzzyDate, PledgeQuery, PledgeSort, PledgeStatus, tag};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use store::{PledgeRow, Store, StoreError};

use crate::{i18n, page::Alternate, subject::Subject, visit::Visit};

/// The media type of a calendar.
pub const MEDIA_TYPE: &str = "text/calendar";

/// How many pledges are asked for at once.
const STEP: u32 = 500;

/// A calendar has no more days than this; one that would have more begins [`BEFORE`] the day that is asked for.
const MOST: usize = 2_000;
const BEFORE: Days = Days::new(365);

/// The calendar of a page, as its head names it. `path` is the calendar's, without its language and ending.
#[must_use]
pub fn alternate(visit: &Visit, path: &str, name: &str) -> Alternate {
    Alternate {
        media_type: MEDIA_TYPE,
        href: visit.href(&format!("{path}.ics")),
        title: visit.t_with("calendar-follow", &[("name", name.into())]),
    }
}

/// The calendar of the pledges asked for that are due on a date, whatever came of them; those without one are on none. Of very many it
/// has the next, and those of the year before: nobody's calendar could take them all.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_deadlines(store: &Store, visit: &Visit, subject: &Subject) -> Result<String, StoreError> {
    let name = visit.t_with("calendar-title", &[("name", subject.name.as_str().into())]);
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", format!("-//Pledgebook//{}", visit.locale.code().to_uppercase())))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(&name)
        .append_property(Property::new("URL", visit.url_with(&subject.page, &subject.pairs())))
        .ttl(&Duration::hours(12));
    // What the record said last is when all of this was last revised, as far as a calendar wants to know (DTSTAMP).
    let revised = store.revision().await?.recorded_at.unwrap_or_default().min(visit.moment.known_at);
    let mut query = PledgeQuery { sort: Some(PledgeSort::Due), ..subject.query.clone() };
    let mut pledges = store.pledges_from(&query, visit.moment, None, STEP).await?;
    if pledges.total > MOST as u64 && query.due.is_none() {
        let first = visit.moment.as_of.checked_sub_days(BEFORE).unwrap_or(visit.moment.as_of);
        query.due = Some(DueRange::Within { from: Some(first.into()), until: None });
        pledges = store.pledges_from(&query, visit.moment, None, STEP).await?;
    }
    let mut room = MOST;
    loop {
        for pledge in pledges.items.iter().take(room) {
            // Those without a date come last: there is nothing behind the first of them.
            let Some(due) = pledge.due.as_ref().and_then(domain::Due::date) else { return Ok(calendar.to_string()) };
            calendar.push(event(visit, pledge, due, revised));
        }
        room = room.saturating_sub(pledges.items.len());
        if pledges.next.is_none() || room == 0 {
            return Ok(calendar.to_string());
        }
        pledges = store.pledges_from(&query, visit.moment, pledges.next, STEP).await?;
    }
}

/// The days on which a pledge is due: as many as its date may mean, so that none is invented.
fn event(visit: &Visit, pledge: &PledgeRow, due: FuzzyDate, revised: DateTime<Utc>) -> Event {
    let texts = visit.texts();
    let title = visit.words(&pledge.title);
    let status = i18n::timeliness_of(texts, pledge.state.status, pledge.timeliness);
    let page = visit.url(&format!("/pledges/{}", pledge.slug));
    let parties: Vec<&str> = pledge.parties.iter().map(|party| visit.words(&party.name)).collect();
    // A deadline that nobody is held to any more stays in sight, struck through.
    let standing = match pledge.state.status {
        PledgeStatus::Withdrawn | PledgeStatus::Superseded => EventStatus::Cancelled,
        _ => EventStatus::Confirmed,
    };
    let told = [status.clone(), i18n::due_words(texts, due), parties.join(", "), page.clone()];
    let told: Vec<String> = told.into_iter().filter(|line| !line.is_empty()).collect();
    Event::new()
        .uid(&format!("{}@{}", pledge.slug, tag::authority(&visit.site)))
        .timestamp(revised)
        .starts(due.first_day())
        .ends(due.overdue_since())
        .summary(&visit.t_with("calendar-entry", &[("title", title.into()), ("status", status.into())]))
        .description(&told.join("\n"))
        .url(&page)
        .status(standing)
        .categories([visit.t_code("status", pledge.state.status.code())])
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}
