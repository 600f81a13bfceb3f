//! Who has the answer already (RFC 9110, section 13): the one place where that is found out.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header, response::Parts};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::middleware::memento::http_date;

/// What a client says that it has.
#[derive(Debug, Default)]
pub(super) struct Known {
    tags: Vec<HeaderValue>,
    since: Option<HeaderValue>,
}

impl Known {
    /// Reads what is said in a request.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let tags = headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect();
        Self { tags, since: headers.get(header::IF_MODIFIED_SINCE).cloned() }
    }

    /// Whether it is what would be answered. Where tags are named, only they count (RFC 9110, section 13.1.3).
    pub(super) fn matches(&self, headers: &HeaderMap) -> bool {
        if !self.tags.is_empty() {
            let Some(own) = headers.get(header::ETAG).and_then(|own| own.to_str().ok()).map(opaque) else { return false };
            let named = self.tags.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
            return named.map(str::trim).any(|tag| tag == "*" || opaque(tag) == own);
        }
        let date = |value: &HeaderValue| DateTime::parse_from_rfc2822(value.to_str().ok()?).ok();
        let since = self.since.as_ref().and_then(date);
        since.zip(headers.get(header::LAST_MODIFIED).and_then(date)).is_some_and(|(since, modified)| since >= modified)
    }
}

/// A tag without the mark that it is weak: `If-None-Match` compares weakly (RFC 9110, section 8.8.3.2).
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// The tag of a body. It is weak, for it is the same whatever the body is packed in (RFC 9110, section 8.8.1).
pub(super) fn tag(body: &[u8]) -> HeaderValue {
    let hash = Sha256::digest(body).iter().take(12).fold(0_u128, |hash, byte| hash << 8 | u128::from(*byte));
    HeaderValue::from_str(&format!("W/\"{hash:024x}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
}

/// A time as a header has it.
pub(super) fn date(at: DateTime<Utc>) -> Option<HeaderValue> {
    HeaderValue::from_str(&http_date(at)).ok()
}

/// Makes an answer one that says that nothing changed (RFC 9110, section 15.4.5).
pub(super) fn unchanged(parts: &mut Parts) {
    parts.status = StatusCode::NOT_MODIFIED;
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        parts.headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(of: &[(header::HeaderName, &str)]) -> HeaderMap {
        of.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn who_names_the_tag_has_the_answer() {
        let own = tag(b"text");
        let tag = own.to_str().unwrap().to_owned();
        let answer = HeaderMap::from_iter([(header::ETAG, own)]);
        let known = |value: &str| Known::of(&headers(&[(header::IF_NONE_MATCH, value)])).matches(&answer);
        for same in [tag.clone(), tag.replace("W/", ""), format!("\"x\", {tag}"), "*".to_owned()] {
            assert!(known(&same), "{same}");
        }
        assert!(!known("\"x\"") && !known(""));
        assert!(!Known::of(&headers(&[(header::IF_NONE_MATCH, "*")])).matches(&HeaderMap::new()), "an answer without a tag");
    }

    #[test]
    fn a_date_counts_where_no_tag_is_named() {
        let at: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        let answer = HeaderMap::from_iter([(header::LAST_MODIFIED, date(at).unwrap()), (header::ETAG, tag(b"text"))]);
        let since = |value: &str| headers(&[(header::IF_MODIFIED_SINCE, value)]);
        assert!(Known::of(&since("Fri, 20 Nov 2026 12:00:00 GMT")).matches(&answer));
        assert!(!Known::of(&since("Fri, 20 Nov 2026 11:59:59 GMT")).matches(&answer));
        assert!(!Known::of(&since("yesterday")).matches(&answer));
        let mut both = since("Fri, 20 Nov 2026 12:00:00 GMT");
        both.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"x\""));
        assert!(!Known::of(&both).matches(&answer));
    }
}
