//! What was made from the record and is asked for again and again, kept until the record changes.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// How many bytes are kept at most.
const ROOM: usize = 16 << 20;

/// What is larger than this is made anew each time.
const LARGEST: usize = 1 << 20;

/// Something made from the record.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    bytes: Bytes,
    etag: HeaderValue,
}

impl Made {
    /// What was made, with a validator of its own.
    pub(crate) fn new(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let hash = Sha256::digest(&bytes);
        let hash = hash.iter().take(12).fold(0_u128, |hash, byte| hash << 8 | u128::from(*byte));
        // Weak, for it is the same whatever encoding it is sent in (RFC 9110, section 8.8.1).
        let etag = HeaderValue::from_str(&format!("W/\"{hash:024x}\"")).unwrap_or(HeaderValue::from_static("W/\"\""));
        Self { bytes, etag }
    }

    /// The answer: what was made, or that the asker has it already (RFC 9110, section 13.1.2).
    pub(crate) fn answer<H: IntoIterator<Item = (header::HeaderName, HeaderValue)>>(
        self,
        asked: &HeaderMap,
        headers: H,
    ) -> Response {
        let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let own = self.etag.to_str().map(opaque).unwrap_or_default();
        let fresh = known.flat_map(|list| list.split(',')).any(|tag| tag.trim() == "*" || opaque(tag) == own);
        let mut response = if fresh { StatusCode::NOT_MODIFIED.into_response() } else { self.bytes.into_response() };
        // One by one: a body brings a type of its own, which another must replace and not join.
        for (name, value) in headers {
            response.headers_mut().insert(name, value);
        }
        if fresh {
            response.headers_mut().remove(header::CONTENT_TYPE);
        }
        response.headers_mut().insert(header::ETAG, self.etag);
        response
    }
}

/// Keeps what was made from one state of the record, up to a bound; the first to come is the first to go. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    revision: i64,
    bytes: usize,
    made: VecDeque<(String, Made)>,
}

impl Kept {
    /// What was made under a key from this state of the record.
    pub(crate) fn find(&self, revision: i64, key: &str) -> Option<Made> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.made.iter().filter(|_| kept.revision == revision).find(|(of, _)| of == key);
        found.map(|(_, made)| made.clone())
    }

    /// Keeps something. What was made from an older state of the record goes.
    pub(crate) fn keep(&self, revision: i64, key: String, made: &Made) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.revision < revision {
            *kept = Shelf { revision, ..Shelf::default() };
        }
        if kept.revision != revision || made.bytes.len() > LARGEST || kept.made.iter().any(|(of, _)| *of == key) {
            return;
        }
        kept.bytes += made.bytes.len();
        kept.made.push_back((key, made.clone()));
        while kept.bytes > ROOM {
            let Some((_, gone)) = kept.made.pop_front() else { break };
            kept.bytes -= gone.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_found_until_the_record_changes() {
        let kept = Kept::default();
        kept.keep(1, "a".into(), &Made::new("one"));
        assert!(kept.find(1, "a").is_some() && kept.find(1, "b").is_none() && kept.find(2, "a").is_none());
        kept.keep(2, "b".into(), &Made::new("two"));
        assert!(kept.find(1, "a").is_none() && kept.find(2, "a").is_none() && kept.find(2, "b").is_some());
        kept.keep(1, "late".into(), &Made::new("from before"));
        assert!(kept.find(1, "late").is_none() && kept.find(2, "late").is_none());
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let kept = Kept::default();
        for number in 0..40 {
            kept.keep(1, number.to_string(), &Made::new(vec![0; LARGEST]));
        }
        kept.keep(1, "large".into(), &Made::new(vec![0; LARGEST + 1]));
        assert!(kept.find(1, "large").is_none() && kept.find(1, "0").is_none() && kept.find(1, "39").is_some());
        assert!(kept.0.lock().unwrap().bytes <= ROOM);
    }

    #[test]
    fn who_has_it_already_is_told_so() {
        let made = Made::new("text");
        let asked = |value: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, value.parse().unwrap())]);
        let tag = made.etag.to_str().unwrap().to_owned();
        for (value, status) in [
            (tag.clone(), 304),
            (tag.replace("W/", ""), 304),
            (format!("\"x\", {tag}"), 304),
            ("*".to_owned(), 304),
            ("\"x\"".to_owned(), 200),
        ] {
            assert_eq!(made.clone().answer(&asked(&value), []).status(), status, "{value}");
        }
    }
}
