//! What is accepted as a value, beyond its type.

/// Accepts how many pledges a synthetic record is to have.
pub(super) fn how_many(text: &str) -> Result<usize, String> {
    let number = text.replace('_', "").parse().ok().filter(|number| (1..=10_000_000).contains(number));
    number.ok_or_else(|| "accepted: a whole number from 1 to 10_000_000".to_owned())
}

/// Accepts an address of the site: http or https, a host, and no path.
pub(super) fn public_url(text: &str) -> Result<String, String> {
    let accepted = "accepted: an address such as https://pledges.example.org";
    let url = url::Url::parse(text).map_err(|error| format!("{error}; {accepted}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.path() != "/" || url.query().is_some() || url.host().is_none() {
        return Err(accepted.to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Accepts an address to write to, as `Contact` of RFC 9116 (section 2.5.3) has it.
pub(super) fn security_contact(text: &str) -> Result<String, String> {
    let accepted = "accepted: an address such as mailto:security@example.org or https://example.org/security";
    let url = url::Url::parse(text).map_err(|error| format!("{error}; {accepted}"))?;
    let whole = match url.scheme() {
        "mailto" => url.path().contains('@'),
        "https" => url.has_host(),
        _ => false,
    };
    if whole { Ok(url.into()) } else { Err(accepted.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_urls() {
        assert_eq!(public_url("https://pledges.example.org/"), Ok("https://pledges.example.org".into()));
        assert!(public_url("pledges.example.org").is_err() && public_url("ftp://example.org").is_err());
        assert!(public_url("https://example.org/path").is_err());
    }

    #[test]
    fn security_contacts() {
        assert_eq!(security_contact("mailto:security@example.org"), Ok("mailto:security@example.org".into()));
        assert!(security_contact("https://example.org/security").is_ok());
        for wrong in ["security@example.org", "mailto:", "http://example.org", "tel:1", ""] {
            assert!(security_contact(wrong).is_err(), "{wrong}");
        }
        // A line break would begin another field.
        assert!(!security_contact("https://a.example/\nExpires: never").is_ok_and(|accepted| accepted.contains('\n')));
    }
}
