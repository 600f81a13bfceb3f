//! What a page says of itself: JSON-LD (schema.org) first, then its `<meta>` tags (Open Graph, Dublin Core), then its markup.

use chrono::NaiveDate;
use dom_query::Document;
use dom_smoothie::Readability;
use domain::{FuzzyDate, SourceMetadata, source::SourceUrl};
use serde_json::Value;

/// The longest text that is taken from a page for a field, in characters.
const LIMIT: usize = 300;

/// Reads what a page says of itself.
pub(super) fn of(document: &Document) -> SourceMetadata {
    let linked = linked(document).unwrap_or_default();
    let tags = Readability::with_document(document.clone(), None, None).map(|page| page.get_article_metadata(None)).ok();
    let attribute = |selector: &str, name: &str| document.select(selector).attr(name).and_then(|value| one_line(&value));
    let (title, byline, site, published) = match tags {
        Some(tags) => (one_line(&tags.title), tags.byline, tags.site_name, tags.published_time),
        None => Default::default(),
    };
    let date = |text: Option<String>| text.and_then(|text| day(&text));
    SourceMetadata {
        title: linked.title.or(title),
        author: linked.author.or_else(|| byline.and_then(|text| one_line(&text))),
        publisher: linked.publisher.or_else(|| site.and_then(|text| one_line(&text))).or_else(|| {
            attribute("meta[name='DC.publisher'], meta[name='dc.publisher'], meta[name='citation_publisher']", "content")
        }),
        published_on: linked
            .published_on
            .or_else(|| date(published))
            .or_else(|| {
                date(attribute("meta[name='date'], meta[name='pubdate'], meta[name='DC.date'], meta[name='dc.date']", "content"))
            })
            .or_else(|| date(attribute("time[pubdate], article time[datetime], main time[datetime]", "datetime")))
            .or_else(|| date(only_time(document))),
        language: attribute("html[lang]", "lang")
            .or_else(|| {
                attribute("meta[http-equiv='content-language'], meta[name='language'], meta[property='og:locale']", "content")
            })
            .or(linked.language)
            .and_then(|tag| language(&tag)),
        canonical_url: attribute("link[rel='canonical']", "href")
            .or_else(|| attribute("meta[property='og:url']", "content"))
            .filter(|url| SourceUrl::parse(url).is_ok()),
    }
}

/// The one time that a page names, if it is only one: of several it could be any.
fn only_time(document: &Document) -> Option<String> {
    let times = document.select("time[datetime]");
    if times.length() == 1 { times.attr("datetime").map(|time| time.to_string()) } else { None }
}

/// What a page says in JSON-LD.
fn linked(document: &Document) -> Option<SourceMetadata> {
    let scripts = document.select("script[type='application/ld+json']");
    let values = scripts.iter().take(20).filter_map(|script| serde_json::from_str::<Value>(&script.text()).ok());
    let mut articles = Vec::new();
    for value in values {
        collect(&value, &mut articles, 0);
    }
    let article = articles.first()?;
    let text = |name: &str| article.get(name).and_then(Value::as_str).and_then(one_line);
    Some(SourceMetadata {
        title: text("headline").or_else(|| text("name")),
        author: article.get("author").and_then(named),
        publisher: article.get("publisher").and_then(named),
        published_on: article.get("datePublished").and_then(Value::as_str).and_then(day),
        language: text("inLanguage"),
        canonical_url: None,
    })
}

/// The articles in a value, wherever they stand.
fn collect(value: &Value, articles: &mut Vec<Value>, depth: usize) {
    match value {
        _ if depth > 4 => {}
        Value::Array(values) => values.iter().for_each(|value| collect(value, articles, depth + 1)),
        Value::Object(object) => {
            let is_article = |kind: &str| {
                kind.ends_with("Article")
                    || matches!(kind, "Report" | "BlogPosting" | "GovernmentService" | "LegislationObject" | "Legislation")
            };
            let of_kind = match object.get("@type") {
                Some(Value::String(kind)) => is_article(kind),
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            if of_kind {
                articles.push(value.clone());
            }
            for within in ["@graph", "mainEntity"] {
                if let Some(within) = object.get(within) {
                    collect(within, articles, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// A name, of somebody or of several.
fn named(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => one_line(name),
        Value::Object(object) => object.get("name").and_then(named),
        Value::Array(several) => one_line(&several.iter().filter_map(named).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// The date at the beginning of a time (ISO 8601), as precise as it is. Its day is the one that the page itself names, in
/// whatever zone.
fn day(text: &str) -> Option<FuzzyDate> {
    let date = text.trim().split(['T', ' ']).next()?;
    let compact = (date.len() == 8).then(|| NaiveDate::parse_from_str(date, "%Y%m%d").ok()).flatten();
    compact.map(FuzzyDate::from).or_else(|| date.parse().ok())
}

/// The language alone of a tag: `es` of `es-GT` and `es_GT`.
fn language(tag: &str) -> Option<String> {
    let language = tag.split(['-', '_', ',']).next()?.trim().to_ascii_lowercase();
    ((2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase())).then_some(language)
}

/// A text as one line that is not too long.
pub(super) fn one_line(text: &str) -> Option<String> {
    let line =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line: String = line.chars().take(LIMIT).collect();
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> SourceMetadata {
        of(&Document::from(html))
    }

    #[test]
    fn linked_data_is_found_in_a_graph_too() {
        let page = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
            {"@type":["NewsArticle"],"headline":"Se  firma\nel acuerdo","datePublished":"2024-05-07T09:00:00Z","inLanguage":"es-MX",
             "author":[{"name":"Ana"},{"name":"Luis"}],"publisher":{"@type":"Organization","name":"El Diario"}}]}</script>"#;
        let said = said(page);
        assert_eq!(said.title.as_deref(), Some("Se firma el acuerdo"));
        assert_eq!(said.author.as_deref(), Some("Ana, Luis"));
        assert_eq!(said.publisher.as_deref(), Some("El Diario"));
        assert_eq!(said.published_on, "2024-05-07".parse().ok());
        assert_eq!(said.language.as_deref(), Some("es"));
    }

    #[test]
    fn a_date_is_as_precise_as_the_page_has_it_and_never_guessed() {
        let dated = |html: &str| said(html).published_on.map(|date| date.to_string());
        assert_eq!(dated("<article><time datetime='2024-04'>abril</time></article>").as_deref(), Some("2024-04"));
        assert_eq!(dated("<p><time datetime='2024-04-30T23:30:00-06:00'></time>").as_deref(), Some("2024-04-30"));
        assert_eq!(dated("<p><time datetime='2024-04-30'></time><time datetime='2024-05-01'></time>"), None);
        assert_eq!(dated("<meta name='date' content='30 April 2024'>"), None);
        assert_eq!(dated("<meta name='DC.date' content='20240430'>").as_deref(), Some("2024-04-30"));
    }

    #[test]
    fn an_address_that_is_none_of_the_web_is_not_the_pages_own() {
        assert_eq!(said("<link rel='canonical' href='javascript:alert(1)'>").canonical_url, None);
        assert_eq!(said("<html lang='zxx-oops oops'>").language.as_deref(), Some("zxx"));
        assert_eq!(said("<html lang='\"><script>'>").language, None);
    }
}
