//! The W3C's way to name a passage by its own words and those around it.

use serde::{Deserialize, Serialize};

/// The longest prefix or suffix, in characters.
const AROUND: usize = 32;

/// A Text Quote Selector of the Web Annotation Data Model (W3C Recommendation of 23 February 2017, section 4.2.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct TextQuoteSelector {
    /// The passage, as it stands in the text.
    pub exact: String,
    /// What stands right before it: whole words, at most 32 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What stands right after it: whole words, at most 32 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

impl TextQuoteSelector {
    /// Names a passage between what stands before it and what stands after it.
    #[must_use]
    pub fn new(exact: String, before: &str, after: &str) -> Self {
        Self { exact, prefix: end_of(before).to_owned(), suffix: start_of(after).to_owned() }
    }

    /// Names a passage by its words alone, where nothing is known of the text around it.
    #[must_use]
    pub fn of_quote(quote: &str) -> Self {
        Self { exact: quote.to_owned(), ..Self::default() }
    }
}

/// The last whole words of a text.
fn end_of(text: &str) -> &str {
    let Some((start, _)) = text.char_indices().rev().take(AROUND).last() else { return "" };
    let cut = &text[start..];
    let whole = start == 0 || text[..start].ends_with(char::is_whitespace) || cut.starts_with(char::is_whitespace);
    if whole { cut.trim_start() } else { cut.find(char::is_whitespace).map_or("", |space| cut[space..].trim_start()) }
}

/// The first whole words of a text.
fn start_of(text: &str) -> &str {
    let end = text.char_indices().nth(AROUND).map_or(text.len(), |(end, _)| end);
    let cut = &text[..end];
    let whole = end == text.len() || text[end..].starts_with(char::is_whitespace) || cut.ends_with(char::is_whitespace);
    if whole { cut.trim_end() } else { cut.rfind(char::is_whitespace).map_or("", |space| cut[..space].trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_is_cut_between_words() {
        let text = "The presidents of the three countries said that they will meet again before the end of the year.";
        let at = text.find("they will meet").unwrap();
        let selector = TextQuoteSelector::new("they will meet".into(), &text[..at], &text[at + 14..]);
        assert_eq!(selector.prefix, "the three countries said that ");
        assert_eq!(selector.suffix, " again before the end of the");
        let long = "x".repeat(40);
        assert_eq!(TextQuoteSelector::new("a".into(), &long, &long), TextQuoteSelector::of_quote("a"));
    }

    #[test]
    fn it_is_written_as_the_recommendation_says() {
        let selector = TextQuoteSelector::new("b".into(), "a ", "");
        let json = serde_json::json!({ "type": "TextQuoteSelector", "exact": "b", "prefix": "a " });
        assert_eq!(serde_json::to_value(&selector).unwrap(), json);
        assert_eq!(serde_json::from_value::<TextQuoteSelector>(json).unwrap(), selector);
    }
}
