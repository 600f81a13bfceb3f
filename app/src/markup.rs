//! Texts as HTML and XML can hold them, where no view renders them; and what a rendered document needs not say.

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

/// A rendered document without what no reader needs: the marks by which the browser half finds its places, outside islands, and end
/// tags that HTML itself supplies ([optional tags](https://html.spec.whatwg.org/multipage/syntax.html#optional-tags)). A text can't
/// hold any of it: its `<` is escaped.
#[must_use]
pub fn spared(html: &str) -> String {
    const ISLAND: (&str, &str) = ("<leptos-island", "</leptos-island>");
    let mut spared = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(ISLAND.0) {
        let end = rest[start..].find(ISLAND.1).map_or(rest.len(), |length| start + length);
        spared += &spare(&rest[..start]);
        spared += &rest[start..end];
        rest = &rest[end..];
    }
    spared + &spare(rest)
}

/// The same, where no island is.
fn spare(html: &str) -> String {
    ["<!--<() />-->", "<!>", "</option>"].iter().fold(html.to_owned(), |html, needless| html.replace(needless, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup_any_more() {
        assert_eq!(escape("<a href=\"x\">T&J's</a>"), "&lt;a href=&quot;x&quot;&gt;T&amp;J's&lt;/a&gt;");
        assert_eq!(fit_for_xml("a\u{0}b\u{1f}\u{fffe}ñ\n🙂"), "abñ\n🙂");
    }
    #[test]
    fn a_document_is_spared_its_marks_but_not_an_island() {
        let island = "<leptos-island data-component=\"A\"><p>a<!>b</p><!--<() />--></leptos-island>";
        let html =
            format!("<p>a<!>b<!--<() />--></p>{island}<select><option>a</option><!><option>b</option></select>{island}<!>");
        let spared_html = format!("<p>ab</p>{island}<select><option>a<option>b</select>{island}");
        assert_eq!(spared(&html), spared_html);
        assert_eq!(spared("<leptos-island><!>"), "<leptos-island><!>");
    }
}
