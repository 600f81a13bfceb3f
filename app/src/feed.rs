//! Feeds (Atom, RFC 4287): every change of status as an entry of its own, the last recorded first.

mod entry;

use std::{
    collections::{BTreeSet, HashMap},
    error::Error,
};

use atom_syndication::{Category, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono::{DateTime, Utc};
use domain::{Slug, tag};
use store::{Cursor, Dossier, Store};

use crate::{
    json_ld::LICENCE,
    markup::fit_for_xml,
    page::Alternate,
    subject::Subject,
    visit::{Visit, localized_path},
};
use entry::Told;

/// The media type of a feed.
pub const MEDIA_TYPE: &str = "application/atom+xml";

/// How many entries stand in a feed before it leads on to its next page (RFC 5005, section 3).
pub const PER_PAGE: u32 = 50;

/// The feed of a page, as its head names it. `path` is the page's, without its language.
#[must_use]
pub fn alternate(visit: &Visit, path: &str, parameters: &[(&str, &str)], name: &str) -> Alternate {
    Alternate {
        media_type: MEDIA_TYPE,
        href: visit.href_with(&format!("{path}.atom"), parameters),
        title: visit.t_with("feed-follow", &[("name", name.into())]),
    }
}

/// What goes wrong when a feed is made: the store's errors, or those of the XML writer.
pub type Wrong = Box<dyn Error + Send + Sync>;

/// The feed of the changes to the pledges asked for, behind a cursor.
///
/// # Errors
/// [`store::StoreError::Database`], or what the XML writer says.
pub async fn of_changes(store: &Store, visit: &Visit, subject: &Subject, after: Option<Cursor>) -> Result<String, Wrong> {
    let changes = store.changes_from(&subject.query, visit.moment, after, PER_PAGE).await?;
    let named: BTreeSet<&Slug> = changes.items.iter().map(|change| &change.pledge).collect();
    let dossiers = store.pledges_together(&named.into_iter().collect::<Vec<_>>(), visit.moment).await?;
    let dossiers: HashMap<&Slug, &Dossier> = dossiers.iter().map(|dossier| (&dossier.slug, dossier)).collect();
    let told = changes.items.iter().map(|change| {
        let dossier = dossiers.get(&change.pledge);
        let step = dossier.and_then(|dossier| dossier.steps.iter().find(|step| step.position == change.position));
        Told { pledge: &change.pledge, title: &change.title, step: step.cloned().unwrap_or_else(|| entry::bare(change)) }
    });
    let pages = Pages { after: after.map(|after| after.to_string()), next: changes.next.map(|next| next.to_string()) };
    let empty_since = store.revision().await?.recorded_at;
    written(visit, subject, &told.collect::<Vec<_>>(), &pages, empty_since)
}

/// The feed of one pledge's changes. `after` is the place in the history at which the page before ended.
///
/// # Errors
/// What the XML writer says.
pub fn of_pledge(visit: &Visit, pledge: &Dossier, after: Option<i32>) -> Result<String, Wrong> {
    let mut steps = pledge.steps.clone();
    steps.sort_by_key(|step| std::cmp::Reverse((step.recorded_at, step.position)));
    let behind = after.and_then(|after| steps.iter().position(|step| step.position == after)).map_or(0, |index| index + 1);
    let page = PER_PAGE as usize;
    let rest = steps.len().saturating_sub(behind);
    let told: Vec<Told<'_>> =
        steps.into_iter().skip(behind).take(page).map(|step| Told { pledge: &pledge.slug, title: &pledge.title, step }).collect();
    let next = told.last().filter(|_| rest > page).map(|last| last.step.position.to_string());
    let subject = Subject {
        page: format!("/pledges/{}", pledge.slug),
        name: visit.words(&pledge.title).to_owned(),
        query: domain::PledgeQuery::default(),
        parameters: Vec::new(),
    };
    let pages = Pages { after: after.map(|after| after.to_string()), next };
    written(visit, &subject, &told, &pages, Some(pledge.recorded_at))
}

/// Which page of a feed this is.
struct Pages {
    after: Option<String>,
    next: Option<String>,
}

fn written(
    visit: &Visit,
    subject: &Subject,
    told: &[Told<'_>],
    pages: &Pages,
    empty_since: Option<DateTime<Utc>>,
) -> Result<String, Wrong> {
    let updated = told.iter().map(|told| told.step.recorded_at).max().or(empty_since).unwrap_or_default();
    let feed = Feed {
        title: Text::plain(visit.t_with("feed-title", &[("name", subject.name.as_str().into())])),
        subtitle: Some(Text::plain(visit.t("changes-lede"))),
        id: tag::of(&visit.site, visit.href_with(&format!("{}.atom", subject.page), &subject.pairs()).trim_start_matches('/')),
        updated: fixed(updated),
        authors: vec![publisher(visit)],
        generator: Some(Generator { value: "Pledgebook".to_owned(), ..Generator::default() }),
        rights: Some(Text::plain(visit.t("feed-rights"))),
        links: links(visit, subject, pages),
        lang: Some(visit.locale.code().to_owned()),
        entries: told.iter().map(|told| entry::entry(visit, told)).collect(),
        ..Feed::default()
    };
    let xml = String::from_utf8(feed.write_to(Vec::new())?)?;
    Ok(fit_for_xml(&xml))
}

fn links(visit: &Visit, subject: &Subject, pages: &Pages) -> Vec<Link> {
    let feed = format!("{}.atom", subject.page);
    let asked = subject.pairs();
    let page = |after: Option<&str>| {
        let after = after.map(|after| ("after", after));
        visit.url_with(&feed, &asked.iter().copied().chain(after).collect::<Vec<_>>())
    };
    let link = |rel: &str, href: String, mime_type: &str| Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    };
    let other = visit.in_other_language();
    let mut links = vec![
        link("self", page(pages.after.as_deref()), MEDIA_TYPE),
        Link {
            hreflang: Some(visit.locale.code().to_owned()),
            ..link("alternate", visit.url_with(&subject.page, &asked), "text/html")
        },
        Link { hreflang: Some(other.locale.code().to_owned()), ..link("alternate", other.url_with(&feed, &asked), MEDIA_TYPE) },
        Link { rel: "license".to_owned(), href: LICENCE.to_owned(), ..Link::default() },
    ];
    if pages.after.is_some() || pages.next.is_some() {
        links.push(link("first", page(None), MEDIA_TYPE));
    }
    links.extend(pages.next.as_deref().map(|next| link("next", page(Some(next)), MEDIA_TYPE)));
    links
}

/// Who says all this: the organisation, never a person.
fn publisher(visit: &Visit) -> Person {
    let uri = format!("{}{}", visit.site, localized_path(visit.locale, "/"));
    Person { name: "Pledgebook".to_owned(), uri: Some(uri), ..Person::default() }
}

fn category(visit: &Visit, term: &str, label: String) -> Category {
    let scheme = format!("{}{}#statuses", visit.site, localized_path(visit.locale, "/method"));
    Category { term: term.to_owned(), scheme: Some(scheme), label: Some(label) }
}

fn fixed(moment: DateTime<Utc>) -> FixedDateTime {
    moment.fixed_offset()
}
