//! `/sitemap.xml`: every public page in both languages, with when it last changed (sitemaps.org, version 0.9).

use std::{fmt::Write as _, num::NonZeroU64};

use app::{page::CachePolicy, visit::localized_path};
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Locale, Slug};
use futures_util::stream;
use store::{Address, Section, StoreError};
use tracing::error;

use super::pages;
use crate::state::AppState;

/// How many pages stand in a file: in two languages they are the 50,000 addresses that the protocol allows.
const PER_FILE: u64 = 25_000;

/// How many pages are read and sent at a time, so that a file of any length takes little memory.
const PER_PIECE: u64 = 1_000;

/// The pages without a name of their own, and whether they change with the record.
const FIXED: [(&str, bool); 11] = [
    ("/", true),
    ("/pledges", true),
    ("/parties", true),
    ("/meetings", true),
    ("/topics", true),
    ("/changes", true),
    ("/deadlines", true),
    ("/data", false),
    ("/api", false),
    ("/method", false),
    ("/record", true),
];

/// The sections, in the order in which the files go through them.
const SECTIONS: [(&str, Section); 5] = [
    ("/parties", Section::Parties),
    ("/meetings", Section::Meetings),
    ("/topics", Section::Topics),
    ("/sources", Section::Sources),
    ("/pledges", Section::Pledges),
];

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/sitemap.xml", get(sitemap)).route("/sitemaps/{name}", get(file))
}

/// The one file, or where there is too much for one, the list of the files.
async fn sitemap(State(state): State<AppState>) -> Response {
    let counts = match counts(&state).await {
        Ok(counts) => counts,
        Err(error) => return unreadable(&error),
    };
    let files = files(&counts, PER_FILE);
    if files <= 1 {
        return streamed(state, beginning(&counts, 0));
    }
    let mut xml = r#"<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
"#
    .to_owned();
    for number in 1..=files {
        _ = writeln!(xml, "<sitemap><loc>{}/sitemaps/{number}.xml</loc></sitemap>", state.site);
    }
    xml += "</sitemapindex>\n";
    answered(Body::from(xml))
}

/// One file of several, counted from 1.
async fn file(State(state): State<AppState>, uri: Uri, Path(name): Path<String>) -> Response {
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<NonZeroU64>().ok());
    match counts(&state).await {
        Err(error) => unreadable(&error),
        Ok(counts) => match number.filter(|number| number.get() <= files(&counts, PER_FILE)) {
            Some(number) => streamed(state, beginning(&counts, (number.get() - 1) * PER_FILE)),
            None => pages::nothing_here(State(state), uri).await,
        },
    }
}

/// How many pages there are: those at fixed addresses, then each section.
async fn counts(state: &AppState) -> Result<[u64; 6], StoreError> {
    let mut counts = [FIXED.len() as u64, 0, 0, 0, 0, 0];
    for (count, (_, section)) in counts[1..].iter_mut().zip(SECTIONS) {
        *count = state.store.count_addresses(section).await?;
    }
    Ok(counts)
}

/// How many files so many pages fill.
fn files(counts: &[u64], per_file: u64) -> u64 {
    counts.iter().sum::<u64>().div_ceil(per_file)
}

/// Which part a file begins in, and how many pages of that part the files before it hold.
fn beginning(counts: &[u64], mut skipped: u64) -> (usize, u64) {
    for (part, count) in counts.iter().enumerate() {
        if skipped < *count {
            return (part, skipped);
        }
        skipped -= count;
    }
    (counts.len(), 0)
}

/// A walk through the pages of a file.
struct Walk {
    state: AppState,
    /// 0 are the pages at fixed addresses, then come the sections.
    part: usize,
    /// How many pages of this part are passed over at first.
    skip: u64,
    /// The name of the last page read of this part.
    after: Option<Slug>,
    /// How many pages still fit into the file.
    left: u64,
}

/// The file that begins in a part, behind so many of its pages.
fn streamed(state: AppState, (part, skip): (usize, u64)) -> Response {
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"#;
    let walk = Walk { state, part, skip, after: None, left: PER_FILE };
    let pieces = stream::try_unfold((Some(walk), Some(head)), |(walk, head)| async move {
        let Some(mut walk) = walk else { return Ok::<_, StoreError>(None) };
        let mut xml = head.unwrap_or_default().to_owned();
        if walk.piece(&mut xml).await? {
            return Ok(Some((xml, (Some(walk), None))));
        }
        xml += "</urlset>\n";
        Ok(Some((xml, (None, None))))
    });
    answered(Body::from_stream(pieces))
}

impl Walk {
    /// Writes the next pages; `false` if there are none.
    async fn piece(&mut self, xml: &mut String) -> Result<bool, StoreError> {
        while self.left > 0 {
            let Some(index) = self.part.checked_sub(1) else {
                self.fixed(xml).await?;
                self.next_part();
                return Ok(true);
            };
            let Some((prefix, section)) = SECTIONS.get(index) else { return Ok(false) };
            let limit = PER_PIECE.min(self.left);
            let found = self.state.store.addresses(*section, self.after.as_ref(), self.skip, limit).await?;
            self.skip = 0;
            let Some(last) = found.last() else {
                self.next_part();
                continue;
            };
            self.after = Some(last.slug.clone());
            self.left -= found.len() as u64;
            for Address { slug, changed_at } in &found {
                write_page(xml, &self.state.site, &format!("{prefix}/{slug}"), *changed_at);
            }
            return Ok(true);
        }
        Ok(false)
    }

    fn next_part(&mut self) {
        (self.part, self.skip, self.after) = (self.part + 1, 0, None);
    }

    async fn fixed(&mut self, xml: &mut String) -> Result<(), StoreError> {
        let newest = self.state.store.publications(None, self.state.now(), 1).await?.first().copied();
        for (path, changes) in FIXED {
            write_page(xml, &self.state.site, path, newest.filter(|_| changes));
            self.left -= 1;
        }
        Ok(())
    }
}

/// A page in each language, each naming both. Addresses of the site hold nothing that XML would have to escape but what the
/// configured address of the site may.
fn write_page(xml: &mut String, site: &str, path: &str, changed_at: Option<DateTime<Utc>>) {
    let site = site.replace('&', "&amp;");
    let address = |locale: Locale| format!("{site}{}", localized_path(locale, path));
    let changed =
        changed_at.map(|at| format!("<lastmod>{}</lastmod>", at.to_rfc3339_opts(SecondsFormat::Secs, true))).unwrap_or_default();
    let mut alternates = String::new();
    for (language, locale) in [("en", Locale::En), ("es", Locale::Es), ("x-default", Locale::En)] {
        _ = write!(alternates, r#"<xhtml:link rel="alternate" hreflang="{language}" href="{}"/>"#, address(locale));
    }
    for locale in [Locale::En, Locale::Es] {
        _ = writeln!(xml, "<url><loc>{}</loc>{changed}{alternates}</url>", address(locale));
    }
}

fn answered(body: Body) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, CachePolicy::Revalidate.header())];
    (headers, body).into_response()
}

fn unreadable(error: &StoreError) -> Response {
    error!(%error, "the sitemap could not be made");
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CACHE_CONTROL, CachePolicy::Never.header())],
        "The record can't be read just now.\n",
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_begin_where_the_one_before_ended() {
        let counts = [7, 0, 3, 0, 20, 10];
        assert_eq!((files(&counts, 100), files(&counts, 40), files(&counts, 39), files(&[0], 5)), (1, 1, 2, 0));
        let beginnings: Vec<_> = [0, 6, 7, 9, 10, 29, 30, 39, 40].map(|skipped| beginning(&counts, skipped)).into();
        assert_eq!(beginnings, [(0, 0), (0, 6), (2, 0), (2, 2), (4, 0), (4, 19), (5, 0), (5, 9), (6, 0)]);
    }

    #[test]
    fn a_page_stands_once_in_each_language_and_names_both() {
        let mut xml = String::new();
        write_page(&mut xml, "https://a.example", "/", "2024-04-15T12:00:00.5Z".parse().ok());
        assert_eq!(xml.matches("<url>").count(), 2);
        assert!(xml.contains("<loc>https://a.example/</loc><lastmod>2024-04-15T12:00:00Z</lastmod>"));
        assert!(xml.contains("<loc>https://a.example/es</loc>"));
        assert_eq!(xml.matches(r#"hreflang="x-default" href="https://a.example/""#).count(), 2);
    }
}
