//! Fetches a source once, politely and safely, reads its text, and keeps its bytes under their SHA-256. Knows no database.

mod address;
mod archive;
mod body;
mod connect;
mod encoding;
mod failure;
mod fetch;
mod limits;
mod media;
mod object_client;
mod reader;
mod resolve;
mod target;
mod text;

pub use address::is_public;
pub use archive::{Archive, ArchiveError};
pub use failure::Failed;
pub use fetch::{Answered, Fetched, Fetcher, Hop, Seen};
pub use limits::Limits;
pub use media::{Media, MediaKind};
pub use reader::{Reader, bounded};
pub use resolve::Resolve;
pub use text::{Reading, read};

// What lets tests serve pages from this machine must not be in what is given away.
#[cfg(all(feature = "testing", not(debug_assertions)))]
compile_error!("the feature `testing` of `capture` is for tests alone: a release build does not have it");
