//! The files in the binary, made by `build.rs`.

use app::shell::Assets;

/// A file in its three encodings.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Its name below `/pkg/`, which changes with its content.
    pub(crate) name: &'static str,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// As it is.
    pub(crate) identity: &'static [u8],
    /// In brotli.
    pub(crate) brotli: &'static [u8],
    /// In gzip.
    pub(crate) gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file of a name.
pub(crate) fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// Under which names pages link to them.
pub(crate) fn linked() -> Assets {
    Assets { stylesheet: STYLESHEET.to_owned(), icon: ICON.to_owned(), islands: ISLANDS.to_owned() }
}
