//! Figures of this server for Prometheus: what it answers, how fast, and what it lives on.
//!
//! What happens at every request touches a few counters and nothing else: no lock is taken, nothing is allocated. All the rest is
//! looked up when somebody asks for the figures.

mod answers;
mod layer;
mod process;
mod text;

pub use answers::Answers;
pub(crate) use layer::Counting;
pub(crate) use process::Process;
pub(crate) use text::{CONTENT_TYPE, Links, Snapshot};
