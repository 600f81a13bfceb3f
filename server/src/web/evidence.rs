//! `/pledges/{slug}/evidence.wacz`: everything that a pledge rests on in one file, to be kept and checked without this site.

mod proofs;
mod writing;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use ::bundle::{About, BundleError};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Path, State},
    http::{HeaderValue, Request, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use capture::Archive;
use domain::{Locale, Moment, Sha256Hex, Slug};
use store::{Copy, Dossier, StoreError};
use tokio::{runtime::Handle, sync::Semaphore, task::spawn_blocking};
use tower::ServiceExt as _;
use tracing::error;

use super::pages::nothing_here;
use crate::state::AppState;

/// How many are made at once: each reads and compresses all that was kept.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// The largest answer of the site itself that goes into a bundle.
const OWN: usize = 4 << 20;

/// The files of a bundle; `pages` answers what readers see, and is asked within.
pub(crate) fn routes(pages: Router) -> Router<AppState> {
    let evidence =
        async move |State(state): State<AppState>, uri: Uri, Path(slug): Path<String>| evidence(state, pages, uri, slug).await;
    Router::new().route("/pledges/{slug}/evidence.wacz", get(evidence))
}

/// An answer of this site, as it goes into the bundle.
struct Own {
    url: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

/// A kept copy of a source.
struct Kept {
    copy: Copy,
    /// The source, by whose page it can be had.
    source: Slug,
    /// Whether there is room for its bytes.
    fits: bool,
}

/// What a bundle is made of.
struct Evidence {
    about: About,
    site: String,
    pages: Vec<Own>,
    files: Vec<(&'static str, Bytes)>,
    copies: Vec<Kept>,
    archive: Option<Archive>,
    /// How many bytes of copies a bundle has at most.
    room: u64,
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

async fn evidence(state: AppState, pages: Router, uri: Uri, slug: String) -> Response {
    let Ok(slug) = slug.parse::<Slug>() else { return nothing_here(State(state), uri).await };
    let Ok(_turn) = TURNS.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let made = async {
        let Some(evidence) = gather(&state, &pages, &slug).await? else { return Ok(None) };
        let handle = Handle::current();
        let written = spawn_blocking(move || writing::write(&evidence, &handle)).await;
        written.map_err(|error| Failed::Own(error.to_string()))?.map(Some)
    };
    match made.await {
        Ok(Some(file)) => writing::answer(file, &slug),
        Ok(None) => nothing_here(State(state.clone()), uri).await,
        Err(error) => {
            error!(%error, %slug, "the evidence could not be put together");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Gathers what readers see of the pledge and what it rests on; `None` if there is no such pledge.
async fn gather(state: &AppState, router: &Router, slug: &Slug) -> Result<Option<Evidence>, Failed> {
    let now = state.now();
    let moment = Moment::now(now);
    let Some(pledge) = state.store.pledge(slug, moment).await? else { return Ok(None) };
    let mut pages = Vec::new();
    let page = format!("/pledges/{slug}");
    for path in [page.clone(), format!("/es{page}"), state.assets.stylesheet.clone()] {
        pages.push(own(router, state, &path).await?);
    }
    let mut files = Vec::new();
    for (name, path) in
        [("record/pledge.json", format!("/api/v1{page}")), ("record/history.json", format!("/api/v1{page}/history"))]
    {
        files.push((name, own(router, state, &path).await?.body));
    }
    let mut copies = Vec::new();
    for source in sources(&pledge) {
        for copy in state.store.copies_of_source(&source, moment).await? {
            copies.push((source.clone(), copy));
        }
    }
    let copies = chosen(copies, state.evidence_room);
    let urls: BTreeSet<String> = copies.iter().map(|kept| kept.copy.url.clone()).collect();
    files.extend(proofs::of_pledge(state, slug, urls.into_iter().collect()).await?);
    let left = copies.iter().filter(|kept| !kept.fits).count();
    let without = if left == 0 { String::new() } else { format!(" {left} copies had no room: see copies/copies.json.") };
    let about = About {
        title: pledge.title.for_reader(Locale::En).0.to_owned(),
        description: format!(
            "A pledge as {} records it, with the sources it rests on and the proofs that it was recorded.{without}",
            state.site
        ),
        created: now,
        main_page: format!("{}{page}", state.site),
        software: format!("Pledgebook {}", env!("CARGO_PKG_VERSION")),
    };
    let archive = state.copies.as_ref().map(|copies| copies.archive.clone());
    let (site, room) = (state.site.clone(), state.evidence_room);
    Ok(Some(Evidence { about, site, pages, files, copies, archive, room }))
}

/// The copies, each once, with those marked for which there is room: first the newest of every source, then the one before it, and
/// so on.
fn chosen(all: Vec<(Slug, Copy)>, room: u64) -> Vec<Kept> {
    let mut ranks: HashMap<Slug, usize> = HashMap::new();
    let mut once: BTreeMap<Sha256Hex, (usize, Slug, Copy)> = BTreeMap::new();
    for (source, copy) in all {
        // Of those that are the same, the newest is the first.
        if !once.contains_key(&copy.sha256) {
            let rank = ranks.entry(source.clone()).and_modify(|rank| *rank += 1).or_insert(0);
            once.insert(copy.sha256.clone(), (*rank, source, copy));
        }
    }
    let mut ranked: Vec<_> = once.into_values().collect();
    ranked.sort_by(|(a, _, one), (b, _, other)| a.cmp(b).then(one.bytes.cmp(&other.bytes)));
    let mut taken = 0;
    let mut kept = Vec::with_capacity(ranked.len());
    for (_, source, copy) in ranked {
        let fits = taken + copy.bytes <= room;
        taken += if fits { copy.bytes } else { 0 };
        kept.push(Kept { copy, source, fits });
    }
    kept
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
