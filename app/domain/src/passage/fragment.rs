//! The part of an address that leads to a passage of a page: a text fragment, for browsers that know it and harmless to others.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{TextQuoteSelector, quote::parts};
use crate::source::SourceUrl;

/// The longest passage that is spelled out, in characters; of a longer one the first and last words are enough.
const WHOLE: usize = 120;

/// How many words of either end name a longer passage.
const WORDS: usize = 5;

/// Endings of addresses behind which there is no page of text that a browser could search.
const FILES: [&str; 14] = ["pdf", "doc", "docx", "odt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "zip", "mp3", "mp4", "json"];

/// The text directive for a passage: `:~:text=[prefix-,]start[,end][,-suffix]` (WICG, Text Fragments). `None` if the passage has
/// no letter and no digit.
#[must_use]
pub fn text_fragment(selector: &TextQuoteSelector) -> Option<String> {
    // Dots are all that an ellipsis is; quotation marks around the whole are the editor's.
    let plain = selector.exact.replace('…', "...");
    let set_off = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "\"“”«»".contains(c)).to_owned();
    let parts: Vec<String> = parts(&plain).into_iter().map(set_off).filter(|part| part.contains(char::is_alphanumeric)).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let words: Vec<&str> = first.split_whitespace().collect();
    // A line break may be the end of a paragraph, which no single run of words crosses.
    let whole = parts.len() == 1 && !first.contains('\n') && (first.chars().count() <= WHOLE || words.len() < 2 * WORDS);
    let text = if whole {
        encoded(&words)
    } else {
        let end: Vec<&str> = last.split_whitespace().collect();
        let start = if parts.len() == 1 { WORDS.min(words.len() / 2).max(1) } else { WORDS.min(words.len()) };
        let from = if parts.len() == 1 { end.len().saturating_sub(WORDS).max(start) } else { end.len().saturating_sub(WORDS) };
        if from < end.len() { format!("{},{}", encoded(&words[..start]), encoded(&end[from..])) } else { encoded(&words) }
    };
    let around = |text: &str| encoded(&text.split_whitespace().collect::<Vec<_>>());
    let (prefix, suffix) = (around(&selector.prefix), around(&selector.suffix));
    let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}-,") };
    let suffix = if suffix.is_empty() { suffix } else { format!(",-{suffix}") };
    Some(format!(":~:text={prefix}{text}{suffix}"))
}

/// Words with spaces between them, percent-encoded: the hyphen, the comma and the ampersand too, which mean something here.
fn encoded(words: &[&str]) -> String {
    utf8_percent_encode(&words.join(" "), NON_ALPHANUMERIC).to_string()
}

/// The address of a page that leads to a passage of it; `None` where nothing behind the address could be searched by a browser,
/// or the passage is empty.
#[must_use]
pub fn at_passage(url: &str, selector: &TextQuoteSelector) -> Option<String> {
    let parsed = url::Url::parse(SourceUrl::parse(url).ok()?.as_str()).ok()?;
    let path = parsed.path().to_ascii_lowercase();
    let file = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    if file.is_some_and(|ending| FILES.contains(&ending)) || url.contains(":~:") {
        return None;
    }
    let hash = if parsed.fragment().is_some() { "" } else { "#" };
    Some(format!("{url}{hash}{}", text_fragment(selector)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(exact: &str, before: &str, after: &str) -> String {
        text_fragment(&TextQuoteSelector::new(exact.to_owned(), before, after)).unwrap_or_default()
    }

    #[test]
    fn what_means_something_in_a_text_directive_is_encoded() {
        assert_eq!(fragment("a well-known plan, R&D", "", ""), ":~:text=a%20well%2Dknown%20plan%2C%20R%26D");
        assert_eq!(fragment("célula", "una ", " operativa"), ":~:text=una-,c%C3%A9lula,-operativa");
        assert_eq!(fragment("“…”", "", ""), "");
    }

    #[test]
    fn of_a_long_passage_the_ends_are_enough() {
        let long = (1..=60).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ");
        let expected = ":~:text=word1%20word2%20word3%20word4%20word5,word56%20word57%20word58%20word59%20word60";
        assert_eq!(fragment(&long, "", ""), expected);
        assert_eq!(
            fragment("the parties agreed […] to meet in May", "", ""),
            ":~:text=the%20parties%20agreed,to%20meet%20in%20May"
        );
        assert_eq!(fragment("one\ntwo", "", ""), ":~:text=one,two");
        assert_eq!(fragment("“one”", "", ""), ":~:text=one");
    }

    #[test]
    fn only_what_a_browser_can_search_is_led_into() {
        let quote = TextQuoteSelector::of_quote("in May");
        let at = |url| at_passage(url, &quote);
        assert_eq!(at("https://example.org/a").as_deref(), Some("https://example.org/a#:~:text=in%20May"));
        assert_eq!(at("https://example.org/a?b#c").as_deref(), Some("https://example.org/a?b#c:~:text=in%20May"));
        for url in
            ["https://example.org/a.PDF", "https://example.org/a.csv?x=1", "https://example.org/#:~:text=x", "javascript:x"]
        {
            assert_eq!(at(url), None, "{url}");
        }
    }
}
