//! Where somebody was going when they had to sign in, and what they had typed.

use app::pages::people::Carried;
use axum::http::Uri;
use domain::Locale;

use super::gate::at_desk;

/// A path and query of the desk of this very site; `None` for everything else that a link may hold, addresses of other sites
/// above all.
pub(crate) fn same_site(then: &str) -> Option<String> {
    let uri: Uri = then.parse().ok()?;
    let here = uri.scheme().is_none() && uri.authority().is_none() && then.is_ascii();
    (here && at_desk(uri.path())).then(|| uri.path_and_query().map(ToString::to_string))?
}

/// What a form of signing in carries.
pub(crate) fn carried(sent: &[(String, String)], locale: Locale) -> Carried {
    let then = sent.iter().find(|(name, _)| name == "then").and_then(|(_, then)| same_site(then));
    let kept = |(name, value): &(String, String)| Some((name.strip_prefix(Carried::PREFIX)?.to_owned(), value.clone()));
    Carried {
        then: then.unwrap_or_else(|| app::visit::localized_path(locale, "/desk")),
        fields: sent.iter().filter_map(kept).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_the_desk() {
        for good in ["/desk", "/es/desk/new?from=a%20b", "/desk/drafts/1?x=1&y=//evil.example"] {
            assert_eq!(same_site(good).as_deref(), Some(good));
        }
        for evil in [
            "https://evil.example/desk",
            "//evil.example/desk",
            "/\\evil.example/desk",
            "\\/evil.example",
            "javascript:alert(1)",
            "/pledges",
            "/deskx",
            "/desk\r\nSet-Cookie: a=b",
            "desk",
            "",
            "@evil.example/desk",
        ] {
            assert_eq!(same_site(evil), None, "{evil}");
        }
    }
}
