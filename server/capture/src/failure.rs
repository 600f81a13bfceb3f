//! What a try to fetch a source ends with when nothing is kept.

use std::time::Duration;

use domain::CaptureFailure;

/// Why nothing was fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Failed {
    /// What kind of failure it is.
    pub failure: CaptureFailure,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// How long the host asks to be left alone.
    pub wait: Option<Duration>,
    /// A sentence for the log.
    pub detail: String,
}

impl Failed {
    pub(crate) fn new(failure: CaptureFailure, detail: impl Into<String>) -> Self {
        Self { failure, status: None, wait: None, detail: detail.into() }
    }

    /// The one answer to every address that is none of the public web.
    pub(crate) fn not_allowed() -> Self {
        let detail = "not fetched: sources are fetched from public addresses of the web alone \
                      (http or https, without a user name, on port 80, 443, 8080 or 8443)";
        Self::new(CaptureFailure::NotAllowed, detail)
    }

    pub(crate) fn too_slow(what: &str) -> Self {
        Self::new(CaptureFailure::TooSlow, format!("given up: {what} took too long"))
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(CaptureFailure::TooLarge, format!("given up: it is larger than {limit} bytes"))
    }

    pub(crate) fn broken(why: impl std::fmt::Display) -> Self {
        Self::new(CaptureFailure::Broken, format!("what came is no whole answer: {why}"))
    }
}
