//! Names for good of what stands in the record: tag URIs (RFC 4151), made of what never changes.

use url::Url;

use crate::text::Slug;

/// The day for which the tags are minted. It is part of every tag, and so never changes either.
const MINTED: &str = "2026-01-01";

/// The tag of a status change: of its pledge and its place in that pledge's history. No title, date or language is in it, so
/// that none of them can change it.
#[must_use]
pub fn of_change(site: &str, pledge: &Slug, position: i32) -> String {
    of(site, &format!("pledges/{pledge}/changes/{position}"))
}

/// The tag of something else at the site, told by a path that is already fit for a URI (RFC 3986: `pchar`, `/` and `?`).
#[must_use]
pub fn of(site: &str, path: &str) -> String {
    format!("tag:{},{MINTED}:{path}", authority(site))
}

/// The name of the site's host. RFC 4151 knows no ports and no IPv6 addresses; who serves under one serves himself alone.
#[must_use]
pub fn authority(site: &str) -> String {
    let url = Url::parse(site).ok();
    match url.as_ref().and_then(Url::host) {
        Some(url::Host::Domain(name)) => name.to_owned(),
        Some(url::Host::Ipv4(address)) => address.to_string(),
        Some(url::Host::Ipv6(_)) | None => "localhost".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_holds_the_host_the_pledge_and_the_place_and_nothing_else() {
        let pledge: Slug = "april-summit".parse().unwrap();
        let tag = "tag:pledges.example.org,2026-01-01:pledges/april-summit/changes/3";
        assert_eq!(of_change("https://pledges.example.org", &pledge, 3), tag);
        assert_eq!(of_change("http://Pledges.Example.org:8080/", &pledge, 3), tag);
        assert_eq!(of("http://[::1]:3000", "a"), "tag:localhost,2026-01-01:a");
        assert_eq!(of("http://127.0.0.1:3000", "a"), "tag:127.0.0.1,2026-01-01:a");
    }
}
