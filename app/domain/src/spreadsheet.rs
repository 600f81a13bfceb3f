//! Texts in cells that a spreadsheet may open: none becomes a formula, and none is lost.
//!
//! A spreadsheet takes a cell of a CSV file that begins with `=`, `+`, `-` or `@` for a formula, and runs it (OWASP, “CSV
//! Injection”, which also names tab, line breaks and the full-width forms of those signs). So a text that begins with one of
//! these gets an apostrophe in front, and so does one that begins with an apostrophe. Whoever reads the file takes one
//! apostrophe off the front of a text, if there is one, and has the text as it was.

use std::borrow::Cow;

/// The first characters that make an apostrophe necessary.
const GUARDED: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];

/// A text as it stands in a cell.
#[must_use]
pub fn guard(text: &str) -> Cow<'_, str> {
    if text.starts_with(GUARDED) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that stands in a cell.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_cell_begins_like_a_formula_and_every_text_comes_back(start in "[=+@'\\-\t\r\n＝＋－＠a]{0,3}", rest in ".{0,20}") {
            let text = start + &rest;
            let cell = guard(&text);
            prop_assert!(!cell.starts_with(&GUARDED[..11]));
            prop_assert_eq!(unguard(&cell), text.as_str());
        }
    }

    #[test]
    fn plain_texts_stay_as_they_are() {
        assert_eq!(guard("2 + 2 = 4"), "2 + 2 = 4");
        assert_eq!(guard("=HYPERLINK(\"https://evil.example\")"), "'=HYPERLINK(\"https://evil.example\")");
        assert_eq!(guard("'quoted'"), "''quoted'");
    }
}
