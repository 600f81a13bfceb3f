//! From bytes to text: by the mark at their beginning, what was said of them, what they say themselves, and at last by guessing.

use encoding_rs::Encoding;

/// How far into HTML its own word on the encoding is looked for (WHATWG HTML Standard, section 13.2.3.2).
const PRESCAN: usize = 1024;

/// The text of bytes. What can't be read in the encoding becomes U+FFFD.
pub(super) fn decode(bytes: &[u8], said: Option<&str>, html: bool) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => named(bytes, said, html).unwrap_or_else(|| guessed(bytes)),
    };
    encoding.decode(bytes).0.into_owned()
}

fn named(bytes: &[u8], said: Option<&str>, html: bool) -> Option<&'static Encoding> {
    let of = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let named = said.and_then(of).or_else(|| if html { of(&meta(bytes)?) } else { None })?;
    // Hosts say UTF-8, or Latin-1, of whatever they have; what is plainly not UTF-8 is read as it can be.
    if named == encoding_rs::UTF_8 && std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_some()) {
        None
    } else {
        Some(named)
    }
}

/// What a page says of its own encoding, in `<meta charset>` or `<meta http-equiv>`.
fn meta(bytes: &[u8]) -> Option<String> {
    let begins = String::from_utf8_lossy(bytes.get(..bytes.len().min(PRESCAN))?).to_ascii_lowercase();
    for tag in begins.split("<meta").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if let Some((_, value)) = tag.split_once("charset") {
            let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
            let label: String = value.chars().take_while(|c| !c.is_whitespace() && !"\"';/".contains(*c)).collect();
            // What could be read as this far is none of those in two bytes.
            return Some(if label.starts_with("utf-16") { "utf-8".to_owned() } else { label });
        }
    }
    None
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return encoding_rs::UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "El señor ministro se comprometió a hospedar la cumbre en abril; así lo anunció";

    fn latin(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
    }

    #[test]
    fn the_encoding_is_found_wherever_it_is_told() {
        let utf16: Vec<u8> = "\u{feff}año".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, Some("utf-8"), false), "año");
        assert_eq!(decode(&latin(WORDS), Some("iso-8859-1"), false), WORDS);
        let page = format!("<meta charset='windows-1252'><p>{WORDS}");
        assert_eq!(decode(&latin(&page), None, true), page);
        let page = format!("<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\"><p>{WORDS}");
        assert_eq!(decode(&latin(&page), None, true), page);
        assert_eq!(decode(WORDS.as_bytes(), None, false), WORDS);
    }

    #[test]
    fn a_wrong_word_on_the_encoding_does_not_spoil_the_text() {
        assert_eq!(decode(&latin(WORDS), Some("utf-8"), false), WORDS);
        assert_eq!(decode(&latin(WORDS), None, false), WORDS);
        assert_eq!(decode(WORDS.as_bytes(), Some("no-such-encoding"), false), WORDS);
    }
}
