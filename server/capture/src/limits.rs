//! How long a fetch may take, and how much may come of it.

use std::time::Duration;

/// The bounds of a fetch.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long finding and reaching the host may take, encryption included.
    pub connect: Duration,
    /// How long the host may be silent.
    pub silence: Duration,
    /// How long all of it may take, redirects included.
    pub whole: Duration,
    /// The most bytes of a body, as they come and unpacked.
    pub bytes: usize,
    /// The most bytes of all headers of an answer.
    pub header_bytes: usize,
    /// The most headers of an answer.
    pub headers: usize,
    /// How often it may lead on.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(20),
            whole: Duration::from_secs(90),
            bytes: domain::capture::BYTES,
            header_bytes: 64 * 1024,
            headers: 100,
            redirects: 5,
        }
    }
}
