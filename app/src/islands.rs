//! Everything that ships to the browser as WebAssembly. An island is the smallest thing that moves, takes plain strings,
//! and stands in a form that works without it.

mod live_filter;
mod narrow;

pub use live_filter::LiveFilter;
