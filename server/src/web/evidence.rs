//! `/pledges/{slug}/evidence.wacz`: everything that a pledge rests on in one file, to be kept and checked without this site.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{Read as _, Seek as _},
    sync::LazyLock,
};

use ::bundle::{About, BundleError, Exchange, Exchanges, Page};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Path, State},
    http::{HeaderValue, Request, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use capture::Archive;
use chrono::{DateTime, Utc};
use domain::{Locale, Moment, Sha256Hex, Slug};
use futures_util::stream;
use serde_json::json;
use store::{Copy, Dossier, StoreError};
use tokio::{runtime::Handle, sync::Semaphore, task::spawn_blocking};
use tower::ServiceExt as _;
use tracing::error;

use super::{copies::ending, pages::nothing_here};
use crate::state::AppState;

/// How many are made at once: each reads and compresses all that was kept.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// The largest answer of the site itself that goes into a bundle.
const OWN: usize = 4 << 20;

/// How much of the file is read at once.
const PIECE: usize = 64 * 1024;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/pledges/{slug}/evidence.wacz", get(evidence))
}

/// An answer of this site, as it goes into the bundle.
struct Own {
    url: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

/// What a bundle is made of.
struct Evidence {
    about: About,
    pages: Vec<Own>,
    files: Vec<(&'static str, Bytes)>,
    copies: Vec<Copy>,
    archive: Option<Archive>,
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
    #[error("it can't be written: {0}")]
    Io(#[from] std::io::Error),
    #[error("a kept copy can't be read: {0}")]
    Archive(#[from] capture::ArchiveError),
    #[error("a page of this site could not be had: {0}")]
    Own(String),
}

async fn evidence(State(state): State<AppState>, uri: Uri, Path(slug): Path<String>) -> Response {
    let Ok(slug) = slug.parse::<Slug>() else { return nothing_here(State(state), uri).await };
    let Ok(_turn) = TURNS.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let made = async {
        let Some(evidence) = gather(&state, &slug).await? else { return Ok(None) };
        let handle = Handle::current();
        let written = spawn_blocking(move || write(&evidence, &handle)).await;
        written.map_err(|error| Failed::Own(error.to_string()))?.map(Some)
    };
    match made.await {
        Ok(Some(file)) => answer(file, &slug),
        Ok(None) => nothing_here(State(state.clone()), uri).await,
        Err(error) => {
            error!(%error, %slug, "the evidence could not be put together");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Gathers what readers see of the pledge and what it rests on; `None` if there is no such pledge.
async fn gather(state: &AppState, slug: &Slug) -> Result<Option<Evidence>, Failed> {
    let now = state.now();
    let moment = Moment::now(now);
    let Some(pledge) = state.store.pledge(slug, moment).await? else { return Ok(None) };
    let router = crate::router(state.clone());
    let mut pages = Vec::new();
    let page = format!("/pledges/{slug}");
    for path in [page.clone(), format!("/es{page}"), state.assets.stylesheet.clone()] {
        pages.push(own(&router, state, &path).await?);
    }
    let mut asked =
        vec![("record/pledge.json", format!("/api/v1{page}")), ("record/history.json", format!("/api/v1{page}/history"))];
    if state.record_key.is_some() {
        asked.push(("record/checkpoint.txt", "/api/v1/record/checkpoint".to_owned()));
    }
    if let Some(index) = state.store.entry_of_pledge(slug, moment).await? {
        asked.push(("record/proof.json", format!("/api/v1/record/proof?index={index}")));
        asked.push(("record/entry.json", format!("/api/v1/record/entries?start={index}&end={}", index + 1)));
    }
    let mut files = Vec::new();
    for (name, path) in asked {
        files.push((name, own(&router, state, &path).await?.body));
    }
    let mut copies: BTreeMap<Sha256Hex, Copy> = BTreeMap::new();
    for source in sources(&pledge) {
        for copy in state.store.copies_of_source(&source, moment).await? {
            // Of those that are the same, the newest is the first.
            copies.entry(copy.sha256.clone()).or_insert(copy);
        }
    }
    let about = About {
        title: pledge.title.for_reader(Locale::En).0.to_owned(),
        description: format!(
            "A pledge as {} records it, with the sources it rests on and the proof that it was recorded.",
            state.site
        ),
        created: now,
        main_page: format!("{}{page}", state.site),
        software: format!("Pledgebook {}", env!("CARGO_PKG_VERSION")),
    };
    let archive = state.copies.as_ref().map(|copies| copies.archive.clone());
    Ok(Some(Evidence { about, pages, files, copies: copies.into_values().collect(), archive }))
}

/// The sources that anything said of the pledge rests on.
fn sources(pledge: &Dossier) -> BTreeSet<Slug> {
    let of_variants = pledge.variants.iter().map(|variant| &variant.cited);
    let of_steps = pledge.steps.iter().flat_map(|step| &step.citations);
    pledge.citations.iter().chain(of_variants).chain(of_steps).map(|cited| cited.source.id.clone()).collect()
}

/// What this site answers to everybody at a path.
async fn own(router: &Router, state: &AppState, path: &str) -> Result<Own, Failed> {
    let failed = |why: &dyn std::fmt::Display| Failed::Own(format!("{path}: {why}"));
    let request = Request::get(path).body(Body::empty()).map_err(|error| failed(&error))?;
    let response = router.clone().oneshot(request).await.map_err(|error| failed(&error))?;
    if response.status() != StatusCode::OK {
        return Err(failed(&response.status()));
    }
    let (parts, body) = response.into_parts();
    let told = |(name, value): (&header::HeaderName, &HeaderValue)| Some((name.to_string(), value.to_str().ok()?.to_owned()));
    let body = to_bytes(body, OWN).await.map_err(|error| failed(&error))?;
    Ok(Own { url: format!("{}{path}", state.site), headers: parts.headers.iter().filter_map(told).collect(), body })
}

/// Writes the bundle into a file that goes when nobody has it open any more.
fn write(evidence: &Evidence, handle: &Handle) -> Result<File, Failed> {
    let at = evidence.about.created;
    let mut exchanges = Exchanges::begin(tempfile::tempfile()?, evidence.about.clone())?;
    for own in &evidence.pages {
        exchanges.add(&Exchange { url: &own.url, at, status: 200, headers: &own.headers, body: &own.body })?;
    }
    let main = &evidence.about.main_page;
    exchanges.page(Page { url: main.clone(), at, title: evidence.about.title.clone() });
    let bytes_of = |copy: &Copy| match &evidence.archive {
        Some(archive) => Ok::<_, Failed>(handle.block_on(archive.get(&copy.sha256))?),
        None => Ok(None),
    };
    let mut list = Vec::new();
    for copy in &evidence.copies {
        list.push(told(copy));
        let (Some(url), Some(status)) = (&copy.final_url, copy.status) else { continue };
        let Some(body) = bytes_of(copy)? else { continue };
        exchanges.add(&Exchange { url, at: copy.captured_at, status, headers: &copy.headers, body: &body })?;
        let title = copy.metadata.title.clone().unwrap_or_else(|| copy.url.clone());
        exchanges.page(Page { url: url.clone(), at: copy.captured_at, title });
    }
    let mut files = exchanges.close()?;
    for (name, body) in &evidence.files {
        files.add(name, body)?;
    }
    files.add("copies/copies.json", format!("{:#}", json!(list)).as_bytes())?;
    // What was handed in is no exchange with the web, and stands beside them.
    for copy in evidence.copies.iter().filter(|copy| copy.final_url.is_none()) {
        if let Some(body) = bytes_of(copy)? {
            files.add(&handed_in(copy), &body)?;
        }
    }
    let mut file = files.finish()?;
    file.rewind()?;
    Ok(file)
}

fn handed_in(copy: &Copy) -> String {
    format!("copies/{}.{}", copy.sha256, ending(copy))
}

/// What a copy is, for whoever reads the bundle.
fn told(copy: &Copy) -> serde_json::Value {
    let at = |at: DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    json!({
        "url": copy.url,
        "captured_at": at(copy.captured_at),
        "origin": copy.origin.code(),
        "sha256": copy.sha256.to_string(),
        "bytes": copy.bytes,
        "media_type": copy.media_type,
        "file": if copy.final_url.is_none() { json!(handed_in(copy)) } else { json!(null) },
    })
}

/// The file, piece by piece.
fn answer(file: File, slug: &Slug) -> Response {
    let pieces = stream::try_unfold(file, async |mut file| {
        let read = spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, std::io::Error>((Bytes::from(piece), file))
        });
        let (piece, file) = read.await.map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!piece.is_empty()).then_some((piece, file)))
    });
    let name = format!("attachment; filename=\"{slug}.wacz\"");
    let headers = [
        // As the specification registers it (WACZ, section 7).
        (header::CONTENT_TYPE, HeaderValue::from_static("application/wacz")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static(app::page::CachePolicy::Revalidate.header())),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
