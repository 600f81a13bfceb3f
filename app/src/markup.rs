//! Texts as HTML and XML can hold them, where no view renders them.

/// A text with everything escaped that would be markup, fit for element content and for attributes in double quotes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text of those characters alone that XML 1.0 allows (section 2.2); others can't stand in it in any spelling.
#[must_use]
pub fn fit_for_xml(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup_any_more() {
        assert_eq!(escape("<a href=\"x\">T&J's</a>"), "&lt;a href=&quot;x&quot;&gt;T&amp;J's&lt;/a&gt;");
        assert_eq!(fit_for_xml("a\u{0}b\u{1f}\u{fffe}ñ\n🙂"), "abñ\n🙂");
    }
}
