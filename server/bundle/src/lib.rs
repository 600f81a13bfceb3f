//! Evidence bundles: exchanges with the web as they were kept, and files beside them, in one WACZ file (Web Archive Collection
//! Zipped, 1.1.1), which `ReplayWeb.page` opens and whose digests other tools check.
//!
//! A bundle is written from front to back: first the exchanges ([`Exchanges`]), then what stands beside them ([`Files`]). No more
//! than one exchange is held in memory.

mod digest;
mod index;
mod package;
mod warc;

use std::io::{Seek, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    digest::Digesting,
    index::Entry,
    package::{DIGEST, PACKAGE, Resource},
};
pub use warc::Exchange;

/// Where the exchanges are. Stored as it is, so that a player can read single records out of it (WACZ, section 5.2.1).
const WARC: &str = "archive/data.warc.gz";
const INDEX: &str = "indexes/index.cdx";
const PAGES: &str = "pages/pages.jsonl";

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// What it is written to does not take it.
    #[error("the bundle can't be written: {0}")]
    Io(#[from] std::io::Error),
    /// A part of it can't be put into a ZIP file.
    #[error("the bundle can't be packed: {0}")]
    Zip(#[from] zip::result::ZipError),
}

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// The page that a player opens first; it must be among the pages.
    pub main_page: String,
    /// The program that made it, with its version.
    pub software: String,
}

/// A page of a bundle: an exchange that people are meant to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address, as in its exchange.
    pub url: String,
    /// When it was exchanged.
    pub at: DateTime<Utc>,
    /// What it is called.
    pub title: String,
}

/// A bundle that takes exchanges.
pub struct Exchanges<W: Write + Seek> {
    about: About,
    warc: Digesting<ZipWriter<W>>,
    index: Vec<Entry>,
    pages: Vec<Page>,
}

/// A bundle that takes files.
pub struct Files<W: Write + Seek> {
    about: About,
    zip: ZipWriter<W>,
    resources: Vec<Resource>,
    pages: Vec<Page>,
}

impl<W: Write + Seek> Exchanges<W> {
    /// Begins a bundle.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn begin(out: W, about: About) -> Result<Self, BundleError> {
        let mut zip = ZipWriter::new(out);
        zip.start_file(WARC, options(CompressionMethod::Stored))?;
        let mut warc = Digesting::new(zip);
        warc::write_info(&mut warc, &about)?;
        Ok(Self { about, warc, index: Vec::new(), pages: Vec::new() })
    }

    /// Adds an exchange.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn add(&mut self, exchange: &Exchange<'_>) -> Result<(), BundleError> {
        let offset = self.warc.written();
        let digest = warc::write_response(&mut self.warc, exchange)?;
        let length = self.warc.written() - offset;
        self.index.push(Entry::of(exchange, &digest, offset, length));
        Ok(())
    }

    /// Names an exchange that people are meant to look at.
    pub fn page(&mut self, page: Page) {
        self.pages.push(page);
    }

    /// Ends the exchanges.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn close(self) -> Result<Files<W>, BundleError> {
        let (zip, bytes, digest) = self.warc.end();
        let resources = vec![Resource { path: WARC.to_owned(), digest, bytes }];
        let mut files = Files { about: self.about, zip, resources, pages: self.pages };
        files.add(INDEX, index::text(self.index).as_bytes())?;
        let pages = pages(&files.pages);
        files.add(PAGES, pages.as_bytes())?;
        Ok(files)
    }
}

impl<W: Write + Seek> Files<W> {
    /// Adds a file beside the exchanges, at a path of its own: a folder and a name, which is as deep as validators look.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.zip.start_file(path, options(CompressionMethod::Deflated))?;
        self.zip.write_all(bytes)?;
        self.resources.push(Resource { path: path.to_owned(), digest: digest::of(bytes), bytes: bytes.len() as u64 });
        Ok(())
    }

    /// Ends the bundle with the list of what is in it and its digest.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn finish(mut self) -> Result<W, BundleError> {
        let main = self.pages.iter().find(|page| page.url == self.about.main_page);
        let package = package::text(&self.about, main, &self.resources);
        let digest = json!({ "path": PACKAGE, "hash": digest::of(package.as_bytes()) });
        for (path, text) in [(PACKAGE, package), (DIGEST, format!("{digest:#}"))] {
            self.zip.start_file(path, options(CompressionMethod::Deflated))?;
            self.zip.write_all(text.as_bytes())?;
        }
        Ok(self.zip.finish()?)
    }
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).large_file(true)
}

/// The pages as lines of JSON (WACZ, section 5.2.3).
fn pages(pages: &[Page]) -> String {
    let head = json!({ "format": "json-pages-1.0", "id": "pages", "title": "Pages" });
    let lines = pages.iter().enumerate().map(
        |(number, page)| json!({ "id": format!("p{number}"), "url": page.url, "ts": timestamp(page.at), "title": page.title }),
    );
    let lines: Vec<String> = std::iter::once(head).chain(lines).map(|line| line.to_string()).collect();
    lines.join("\n") + "\n"
}

fn timestamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests;
