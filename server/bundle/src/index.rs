//! Where each exchange is, by its address and time: the lines of a CDXJ index.

use serde_json::json;
use url::Url;

use crate::{WARC, warc::Exchange};

/// An exchange in the index.
pub(crate) struct Entry {
    key: String,
    line: String,
}

impl Entry {
    /// The entry of an exchange whose record lies at `offset` and is `length` bytes long.
    pub(crate) fn of(exchange: &Exchange<'_>, digest: &str, offset: u64, length: u64) -> Self {
        let mime = exchange.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim().to_owned();
        let file = WARC.rsplit('/').next().unwrap_or(WARC);
        let about = json!({
            "url": exchange.url,
            "mime": mime,
            "status": exchange.status.to_string(),
            "digest": digest,
            "length": length.to_string(),
            "offset": offset.to_string(),
            "filename": file,
        });
        let key = format!("{} {}", surt(exchange.url), exchange.at.format("%Y%m%d%H%M%S"));
        Self { line: format!("{key} {about}"), key }
    }
}

/// The entries as a text, sorted as those who look something up expect it.
pub(crate) fn text(mut entries: Vec<Entry>) -> String {
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let lines: Vec<&str> = entries.iter().map(|entry| entry.line.as_str()).collect();
    lines.join("\n") + "\n"
}

/// An address with its host turned round (Sort-friendly URI Reordering Transform), in lower case and without `www.`, as the tools
/// of web archives look addresses up.
pub(crate) fn surt(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.to_lowercase() };
    let host = parsed.host_str().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let numeric = matches!(parsed.host(), Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)));
    let host = if numeric { host.to_owned() } else { host.split('.').rev().collect::<Vec<_>>().join(",") };
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = match parsed.path().trim_end_matches('/') {
        "" => "/".to_owned(),
        path => path.to_lowercase(),
    };
    let key = format!("{host}{port}){path}");
    let Some(query) = parsed.query().filter(|query| !query.is_empty()) else { return key };
    let query = query.to_lowercase();
    let mut parts: Vec<&str> = query.split('&').collect();
    parts.sort_unstable();
    format!("{key}?{}", parts.join("&"))
}

#[cfg(test)]
mod tests {
    use super::surt;

    #[test]
    fn addresses_sort_by_their_host_from_the_right() {
        for (url, key) in [
            ("https://www.Example.org/News/A?b=2&A=1#x", "org,example)/news/a?a=1&b=2"),
            ("http://example.org:8080", "org,example:8080)/"),
            ("https://127.0.0.1/a/", "127.0.0.1)/a"),
        ] {
            assert_eq!(surt(url), key);
        }
    }
}
