//! From the bytes of a file to its text.

use crate::errors::{FieldErrors, Problem};

/// The text of a file in UTF-8, with or without a byte order mark.
///
/// # Errors
/// [`Problem::NotUtf8`], with the first byte that is none.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, FieldErrors> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let start = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    std::str::from_utf8(&bytes[start..]).map_err(|error| FieldErrors::one("", Problem::NotUtf8(start + error.valid_up_to())))
}

/// The numbers of the lines of a text, from 1.
pub(super) struct Lines<'a> {
    text: &'a str,
    ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, ends: text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect() }
    }

    /// The line of what stands behind so many bytes.
    pub(super) fn at(&self, byte: usize) -> u64 {
        self.ends.partition_point(|end| *end < byte) as u64 + 1
    }

    /// The line on which a part of this very text begins.
    pub(super) fn begin_of(&self, part: &str) -> u64 {
        self.at((part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }
}
