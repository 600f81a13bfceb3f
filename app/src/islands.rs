//! Everything that ships to the browser as WebAssembly. An island is the smallest thing that moves, takes plain strings,
//! and stands in a form that works without it.

mod answer;
mod draft_watch;
mod live_filter;
mod narrow;
mod watch;

pub use draft_watch::DraftWatch;
pub use live_filter::LiveFilter;
