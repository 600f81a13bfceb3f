//! The text of a document, by page, and what it says of itself. The same bytes always give the same text.

mod charset;
mod html;
mod metadata;
mod pdf;

use domain::{SourceMetadata, TextState};
use serde::{Deserialize, Serialize};

use crate::{Media, MediaKind};

/// What was read of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Whether there is a text.
    pub state: TextState,
    /// The text: one page, or those of a PDF. Each line is a paragraph, or a line of a PDF.
    pub pages: Vec<String>,
    /// What the document says of itself.
    pub metadata: SourceMetadata,
}

/// The most characters that are kept of all pages together.
const CHARACTERS: usize = 5_000_000;

impl Reading {
    pub(crate) fn without_text(state: TextState) -> Self {
        Self { state, pages: Vec::new(), metadata: SourceMetadata::default() }
    }

    pub(crate) fn unreadable() -> Self {
        Self::without_text(TextState::Unreadable)
    }

    fn of(pages: Vec<String>, metadata: SourceMetadata) -> Self {
        let mut left = CHARACTERS;
        let pages = pages.into_iter().map(|page| {
            let page: String = tidy(&page).chars().take(left).collect();
            left -= page.chars().count();
            page
        });
        let pages: Vec<String> = pages.collect();
        let state = if pages.iter().any(|page| !page.is_empty()) { TextState::Read } else { TextState::Unreadable };
        Self { state, pages, metadata }
    }
}

/// Reads a document. What it is made of may be hostile: whoever calls this bounds its time, its memory and its panics, as
/// [`Reader`](crate::Reader) does.
#[must_use]
pub fn read(media: &Media, bytes: &[u8]) -> Reading {
    match media.kind {
        MediaKind::Html => {
            let text = charset::decode(bytes, media.charset.as_deref(), true);
            let (text, metadata) = html::read(&text);
            Reading::of(vec![text], metadata)
        }
        MediaKind::Pdf => match pdf::read(bytes) {
            Some((pages, metadata)) => Reading::of(pages, metadata),
            None => Reading::unreadable(),
        },
        MediaKind::Plain => Reading::of(vec![charset::decode(bytes, media.charset.as_deref(), false)], SourceMetadata::default()),
        MediaKind::Other => Reading::without_text(TextState::None),
    }
}

/// Lines without white space around them, none of them empty, and nothing in them that is no text.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']) {
        let mut words = line.split(|c: char| c.is_whitespace() || (c.is_control())).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { continue };
        if !tidied.is_empty() {
            tidied.push('\n');
        }
        tidied.push_str(first);
        for word in words {
            tidied.push(' ');
            tidied.push_str(word);
        }
    }
    tidied
}
