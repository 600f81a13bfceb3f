//! A bundle on its way into a file, and from there to whoever asked for it.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{Read as _, Seek as _},
};

use ::bundle::{Exchange, Exchanges, Page};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{Sha256Hex, Slug};
use futures_util::stream;
use serde_json::json;
use store::Copy;
use tokio::{runtime::Handle, task::spawn_blocking};

use super::{Evidence, Failed, Kept};
use crate::web::copies::ending;

/// How much of the file is read at once.
const PIECE: usize = 64 * 1024;

/// Writes the bundle into a file that goes when nobody has it open any more.
pub(super) fn write(evidence: &Evidence, handle: &Handle) -> Result<File, Failed> {
    let at = evidence.about.created;
    let mut exchanges = Exchanges::begin(tempfile::tempfile()?, evidence.about.clone())?;
    for own in &evidence.pages {
        exchanges.add(&Exchange { url: &own.url, at, status: 200, headers: &own.headers, body: &own.body })?;
    }
    let main = &evidence.about.main_page;
    exchanges.page(Page { url: main.clone(), at, title: evidence.about.title.clone() });
    let bytes_of = |kept: &Kept| match &evidence.archive {
        Some(archive) if kept.fits => Ok::<_, Failed>(handle.block_on(archive.get(&kept.copy.sha256))?),
        _ => Ok(None),
    };
    let mut included: BTreeSet<&Sha256Hex> = BTreeSet::new();
    for kept in &evidence.copies {
        let copy = &kept.copy;
        let (Some(url), Some(status)) = (&copy.final_url, copy.status) else { continue };
        let Some(body) = bytes_of(kept)? else { continue };
        exchanges.add(&Exchange { url, at: copy.captured_at, status, headers: &copy.headers, body: &body })?;
        let title = copy.metadata.title.clone().unwrap_or_else(|| copy.url.clone());
        exchanges.page(Page { url: url.clone(), at: copy.captured_at, title });
        included.insert(&copy.sha256);
    }
    let mut files = exchanges.close()?;
    for (name, body) in &evidence.files {
        files.add(name, body)?;
    }
    // What was handed in is no exchange with the web, and stands beside them.
    for kept in evidence.copies.iter().filter(|kept| kept.copy.final_url.is_none()) {
        if let Some(body) = bytes_of(kept)? {
            files.add(&handed_in(&kept.copy), &body)?;
            included.insert(&kept.copy.sha256);
        }
    }
    let list: Vec<_> = evidence.copies.iter().map(|kept| told(evidence, kept, included.contains(&kept.copy.sha256))).collect();
    files.add("copies/copies.json", format!("{:#}", json!(list)).as_bytes())?;
    if list.len() > included.len() {
        files.add("copies/left-out.txt", left_out(evidence, list.len() - included.len()).as_bytes())?;
    }
    let mut file = files.finish()?;
    file.rewind()?;
    Ok(file)
}

fn handed_in(copy: &Copy) -> String {
    format!("copies/{}.{}", copy.sha256, ending(copy))
}

/// What a copy is, for whoever reads the bundle; where it is not in it, why, and where to get it.
fn told(evidence: &Evidence, kept: &Kept, included: bool) -> serde_json::Value {
    let at = |at: DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    let copy = &kept.copy;
    let mut told = json!({
        "url": copy.url,
        "captured_at": at(copy.captured_at),
        "origin": copy.origin.code(),
        "sha256": copy.sha256.to_string(),
        "bytes": copy.bytes,
        "media_type": copy.media_type,
        "file": if copy.final_url.is_none() && included { json!(handed_in(copy)) } else { json!(null) },
        "included": included,
        "original": format!("{}/sources/{}/copies/{}/original", evidence.site, kept.source, copy.sha256),
    });
    if !included {
        told["left_out_because"] = json!(if kept.fits { "unreachable" } else { "size" });
    }
    told
}

/// That copies were left out, for people.
fn left_out(evidence: &Evidence, count: usize) -> String {
    format!(
        "This file has not every kept copy of the sources: {count} were left out, because a file like this holds copies of at most\n\
         {} bytes together, or because their bytes could not be reached when it was made.\n\n\
         copies.json beside this text lists every copy with its SHA-256. Where \"included\" is false, \"left_out_because\" says why,\n\
         and \"original\" is the address at which its bytes can be had. What comes from there is right if it has the SHA-256.\n\n\
         El archivo no contiene todas las copias: se omitieron {count}, por su tamaño o porque no se pudo llegar a sus bytes.\n\
         copies.json las enumera, con el SHA-256 de cada una y, en \"original\", la dirección en la que se pueden obtener.\n",
        evidence.room
    )
}

/// The file, piece by piece.
pub(super) fn answer(file: File, slug: &Slug) -> Response {
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
