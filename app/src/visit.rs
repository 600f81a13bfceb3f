//! One reader's request: which page, in which language, at which moment of the two clocks.

use std::fmt::Write as _;

use domain::{Locale, Localized, Moment};

use crate::i18n::{Arg, Texts};

/// What every page knows of the request it answers.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The language of the page.
    pub locale: Locale,
    /// The path of the page without its language: `/pledges/april-summit`.
    pub path: String,
    /// The query as it was sent, without `?`.
    pub query: String,
    /// The moment at which the record is read.
    pub moment: Moment,
    /// Today (UTC), whatever moment was asked for.
    pub today: chrono::NaiveDate,
    /// Where the site can be reached, without a slash at its end: `https://pledges.example.org`.
    pub site: String,
}

impl Visit {
    /// Today as a form field wants it.
    #[must_use]
    pub fn today(&self) -> String {
        self.today.to_string()
    }

    /// The texts in the page's language.
    #[must_use]
    pub fn texts(&self) -> Texts {
        Texts::in_language(self.locale)
    }

    /// A text of the catalogue.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts().get(key)
    }

    /// What a code of the domain is called: the text `{prefix}-{code}`.
    #[must_use]
    pub fn t_code(&self, prefix: &str, code: &str) -> String {
        self.texts().code(prefix, code)
    }

    /// A text of the catalogue with its gaps filled.
    #[must_use]
    pub fn t_with(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.texts().with(key, args)
    }

    /// A text of the record in the page's language, or in the other one.
    #[must_use]
    pub fn words<'a>(&self, text: &'a Localized) -> &'a str {
        text.for_reader(self.locale).0
    }

    /// The address of a page of the site in the page's language, at the moment of this visit.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        self.href_with(path, &[])
    }

    /// The same, with more parameters; those without a value are left out.
    #[must_use]
    pub fn href_with(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let (as_of, known_at) = self.asked_moment();
        let moment = [("as_of", as_of.as_str()), ("known_at", known_at.as_str())];
        english_home(with_query(&localized_path(self.locale, path), parameters.iter().copied().chain(moment)))
    }

    /// The whole address of a page of the site, with its host, at the moment of this visit: for whoever reads it elsewhere.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{}", self.site, self.href(path))
    }

    /// The same, with more parameters; those without a value are left out.
    #[must_use]
    pub fn url_with(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        format!("{}{}", self.site, self.href_with(path, parameters))
    }

    /// This visit in the other language.
    #[must_use]
    pub fn in_other_language(&self) -> Self {
        Self { locale: self.locale.other(), ..self.clone() }
    }

    /// The moment that was asked for, as the parameters say it; empty where now was meant.
    #[must_use]
    pub fn asked_moment(&self) -> (String, String) {
        let as_of = if self.moment.asked_as_of { self.moment.as_of.to_string() } else { String::new() };
        let known_at = if self.moment.asked_known_at {
            self.moment.known_at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
        } else {
            String::new()
        };
        (as_of, known_at)
    }

    /// This very page in another language, at the same moment and with the same query.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> String {
        let path = localized_path(locale, &self.path);
        let query: Vec<&str> = self.query.split('&').filter(|part| !part.is_empty() && *part != CHOSEN).collect();
        english_home(if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) })
    }

    /// The address of this page, as it is now, in a language: with those parameters alone that choose what it shows, so that
    /// whatever else was hung on a link makes no address of its own.
    #[must_use]
    pub fn canonical(&self, locale: Locale) -> String {
        let known: &[&str] = if self.path == "/pledges" {
            &["q", "status", "party", "topic", "meeting", "timeliness", "sort", "page"]
        } else {
            &["page"]
        };
        let kept: Vec<&str> = self
            .query
            .split('&')
            .filter(|part| part.split_once('=').is_some_and(|(name, value)| known.contains(&name) && !value.is_empty()))
            .collect();
        let path = localized_path(locale, &self.path);
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        format!("{}{path}{query}", self.site)
    }

    /// This page as it is now, with the rest of its query.
    #[must_use]
    pub fn now(&self) -> String {
        let rest: Vec<&str> = self
            .query
            .split('&')
            .filter(|part| !part.is_empty() && !part.starts_with("as_of=") && !part.starts_with("known_at="))
            .collect();
        let path = localized_path(self.locale, &self.path);
        english_home(if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) })
    }

    /// The parameters of this page besides its moment and its place in a list, as a form must carry them on.
    #[must_use]
    pub fn kept(&self) -> Vec<(String, String)> {
        let dropped = |name: &str| matches!(name, "as_of" | "known_at" | "page" | "lang");
        domain::Params::parse(&self.query).pairs().filter(|(name, value)| !dropped(name) && !value.is_empty()).collect()
    }
}

/// The parameter by which links to the English first page say that English was chosen.
const CHOSEN: &str = "lang=en";

/// `/` by itself asks the browser for its language. A link from within the site is a choice, and says so; the page's own
/// address for search engines stays `/`.
fn english_home(url: String) -> String {
    if url == "/" { format!("/?{CHOSEN}") } else { url }
}

/// The path of a page in a language: English at the root, Spanish under `/es`.
#[must_use]
pub fn localized_path(locale: Locale, path: &str) -> String {
    match (locale, path) {
        (Locale::En, path) => path.to_owned(),
        (Locale::Es, "/") => "/es".to_owned(),
        (Locale::Es, path) => format!("/es{path}"),
    }
}

fn with_query<'a>(path: &str, parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut url = path.to_owned();
    let mut separator = '?';
    for (name, value) in parameters.filter(|(_, value)| !value.is_empty()) {
        url.push(separator);
        url.push_str(name);
        url.push('=');
        encode(value, &mut url);
        separator = '&';
    }
    url
}

/// Percent-encodes what is not unreserved in a query (RFC 3986, section 2.3).
fn encode(value: &str, url: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            b' ' => url.push('+'),
            byte => _ = write!(url, "%{byte:02X}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(locale: Locale, query: &str) -> Visit {
        let now: chrono::DateTime<chrono::Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let as_of = query.split('&').find_map(|part| part.strip_prefix("as_of="));
        let moment = Moment::asked(as_of, None, now).unwrap();
        Visit {
            locale,
            path: "/pledges".into(),
            query: query.into(),
            moment,
            today: now.date_naive(),
            site: "https://example.org".into(),
        }
    }

    #[test]
    fn links_keep_the_language_and_the_moment() {
        assert_eq!(visit(Locale::En, "").href("/pledges/a"), "/pledges/a");
        assert_eq!(visit(Locale::Es, "as_of=2024-04-15").href("/"), "/es?as_of=2024-04-15");
        assert_eq!(
            visit(Locale::Es, "").href_with("/pledges", &[("q", "célula a&b"), ("page", "")]),
            "/es/pledges?q=c%C3%A9lula+a%26b"
        );
    }

    #[test]
    fn the_first_page_in_english_can_be_reached_whatever_the_browser_prefers() {
        let home = |locale, query: &str| Visit { path: "/".into(), ..visit(locale, query) };
        assert_eq!(visit(Locale::En, "").href("/"), "/?lang=en");
        assert_eq!(home(Locale::Es, "").in_language(Locale::En), "/?lang=en");
        assert_eq!(home(Locale::En, "lang=en").in_language(Locale::Es), "/es");
        assert_eq!(home(Locale::En, "as_of=2024-04-15").now(), "/?lang=en");
        assert_eq!(home(Locale::Es, "as_of=2024-04-15").now(), "/es");
        assert_eq!(home(Locale::En, "lang=en").canonical(Locale::En), "https://example.org/");
    }

    #[test]
    fn the_other_language_and_now_are_one_click_away() {
        let then = visit(Locale::En, "q=a&as_of=2024-04-15");
        assert_eq!(then.in_language(Locale::Es), "/es/pledges?q=a&as_of=2024-04-15");
        assert_eq!(then.now(), "/pledges?q=a");
        assert_eq!(then.kept(), [("q".to_owned(), "a".to_owned())]);
        let tracked = visit(Locale::En, "q=a&utm_source=x&party=&as_of=2024-04-15");
        assert_eq!(tracked.canonical(Locale::Es), "https://example.org/es/pledges?q=a");
    }
}
