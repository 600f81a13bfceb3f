//! What kind of document bytes are: by what was said of them, and by how they begin.

/// What can be done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// HTML or XHTML: its readable text.
    Html,
    /// PDF: its text by page.
    Pdf,
    /// Text as it stands.
    Plain,
    /// Kept without text.
    Other,
}

/// The media type of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// What can be done with it.
    pub kind: MediaKind,
    /// Its media type without parameters (RFC 9110, section 8.3.1).
    pub essence: String,
    /// The `charset` that was said of it.
    pub charset: Option<String>,
}

/// How far into a document its kind is looked for.
const BEGINNING: usize = 1024;

impl Media {
    /// Reads a `Content-Type`; where it says little, how the document begins decides.
    #[must_use]
    pub fn of(content_type: &str, bytes: &[u8]) -> Self {
        let mut parts = content_type.split(';');
        let said = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
        });
        let vague =
            !is_media_type(&said) || matches!(said.as_str(), "application/octet-stream" | "binary/octet-stream" | "text/plain");
        let begins = bytes.get(..bytes.len().min(BEGINNING)).unwrap_or_default();
        let found = if begins.starts_with(b"%PDF-") {
            Some("application/pdf")
        } else if vague {
            sniffed(begins)
        } else {
            None
        };
        let essence = match found {
            Some(found) => found.to_owned(),
            None if is_media_type(&said) => said,
            None => "application/octet-stream".to_owned(),
        };
        let kind = match essence.as_str() {
            "text/html" | "application/xhtml+xml" => MediaKind::Html,
            "application/pdf" => MediaKind::Pdf,
            "text/plain" | "text/csv" | "text/markdown" | "application/json" => MediaKind::Plain,
            _ => MediaKind::Other,
        };
        Self { kind, essence, charset }
    }
}

/// `type/subtype`, of nothing but what may stand in it, and short enough to be kept.
fn is_media_type(text: &str) -> bool {
    let token = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b));
    text.len() <= 100 && text.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

fn sniffed(begins: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(begins);
    let start = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag)) {
        return Some("text/html");
    }
    // Whole as text, but for a letter that the cut may have halved.
    let clean = std::str::from_utf8(begins).map_or_else(|error| error.error_len().is_none(), |_| true);
    (clean && !begins.is_empty() && !begins.contains(&0)).then_some("text/plain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_and_how_it_begins_decide_together() {
        let of = |said: &str, bytes: &[u8]| {
            let media = Media::of(said, bytes);
            (media.kind, media.essence)
        };
        assert_eq!(of("text/html; charset=utf-8", b"<p>"), (MediaKind::Html, "text/html".into()));
        assert_eq!(of("text/html", b"%PDF-1.7"), (MediaKind::Pdf, "application/pdf".into()));
        assert_eq!(of("", b" <!DOCTYPE html>"), (MediaKind::Html, "text/html".into()));
        assert_eq!(of("application/octet-stream", "Se comprometió".as_bytes()), (MediaKind::Plain, "text/plain".into()));
        assert_eq!(of("", b"\x89PNG\r\n\x1a\n\0"), (MediaKind::Other, "application/octet-stream".into()));
        assert_eq!(of("image/png", b"<html>"), (MediaKind::Other, "image/png".into()));
        assert_eq!(of("text/html\r\nx: y", b"\0"), (MediaKind::Other, "application/octet-stream".into()));
        assert_eq!(Media::of("text/html; Charset=\"ISO-8859-1\"", b"").charset.as_deref(), Some("ISO-8859-1"));
    }
}
