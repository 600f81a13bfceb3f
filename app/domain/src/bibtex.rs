//! BibTeX: texts as its fields can hold them.

use std::fmt::Write as _;

/// One entry of a bibliography: its kind, its key, and its fields in order, those without a value left out.
///
/// The key must be a [`Slug`](crate::Slug) or built of some: it is written as it is.
#[must_use]
pub fn entry(kind: &str, key: &str, fields: &[(&str, &str)]) -> String {
    let mut text = format!("@{kind}{{{key}");
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        _ = write!(text, ",\n  {name} = {{{value}}}");
    }
    text + "\n}"
}

/// A text as a field can hold it: what TeX would take for its own is escaped, and white space is one space each. Letters with
/// accents stay as they are; BibTeX files are UTF-8 today.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            match c {
                '\\' => escaped.push_str(r"\textbackslash{}"),
                '~' => escaped.push_str(r"\textasciitilde{}"),
                '^' => escaped.push_str(r"\textasciicircum{}"),
                // As commands: `\{` would count as an open brace for BibTeX itself, which knows no escapes.
                '{' => escaped.push_str(r"\textbraceleft{}"),
                '}' => escaped.push_str(r"\textbraceright{}"),
                '&' | '%' | '$' | '#' | '_' => _ = write!(escaped, r"\{c}"),
                c => escaped.push(c),
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What TeX would print for an escaped text.
    fn printed(escaped: &str) -> String {
        let commands = [
            (r"\textbackslash{}", "\u{1}"),
            (r"\textasciitilde{}", "~"),
            (r"\textasciicircum{}", "^"),
            (r"\textbraceleft{}", "{"),
            (r"\textbraceright{}", "}"),
            (r"\&", "&"),
            (r"\%", "%"),
            (r"\$", "$"),
            (r"\#", "#"),
            (r"\_", "_"),
        ];
        let text = commands.iter().fold(escaped.to_owned(), |text, (command, printed)| text.replace(command, printed));
        text.replace('\u{1}', "\\")
    }

    #[test]
    fn an_entry_is_written_field_by_field() {
        let text = entry("misc", "a-b", &[("title", &escape("50 % more & “better”")), ("note", "")]);
        assert_eq!(text, "@misc{a-b,\n  title = {50 \\% more \\& “better”}\n}");
    }

    proptest! {
        #[test]
        fn whatever_the_text_its_braces_balance_and_it_prints_as_it_was(text in "[ -~áñ¿“”\n\t]{0,80}") {
            let escaped = escape(&text);
            let mut depth = 0_i32;
            for c in escaped.chars() {
                depth += match c { '{' => 1, '}' => -1, _ => 0 };
                prop_assert!(depth >= 0, "{escaped}");
            }
            prop_assert_eq!(depth, 0);
            prop_assert_eq!(printed(&escaped), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }

        #[test]
        fn nothing_special_is_left_bare(text in ".{0,80}") {
            let escaped = escape(&text);
            let mut before = ' ';
            for c in escaped.chars() {
                if matches!(c, '&' | '%' | '$' | '#' | '_') { prop_assert_eq!(before, '\\'); }
                prop_assert!(!matches!(c, '~' | '^' | '\n'));
                before = c;
            }
        }
    }
}
