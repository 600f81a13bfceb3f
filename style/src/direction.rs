//! The site must read from right to left as well: no style names a side of the screen.

use crate::{FILES, vocabulary};

/// The declarations that name the left or the right, or set the two apart.
fn physical(css: &str) -> Vec<String> {
    let mut rest = css;
    let mut text = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        text += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text += rest;
    let declarations = text.split(['{', '}', ';']).filter_map(|part| part.split_once(':'));
    let physical = declarations.filter(|(name, value)| {
        let (name, value) = (name.trim(), value.trim().trim_end_matches("!important").trim());
        let values = values(value);
        let sided = |word: &str| word == "left" || word == "right";
        name.split('-').any(sided)
            || (matches!(name, "text-align" | "float" | "clear") && sided(value))
            || (matches!(name, "margin" | "padding" | "inset" | "border-width" | "border-style" | "border-color")
                && values.len() == 4
                && values[1] != values[3])
            || (name == "border-radius" && values.len() == 4 && (values[0] != values[1] || values[2] != values[3]))
    });
    physical.map(|(name, value)| format!("{}: {}", name.trim(), value.trim())).collect()
}

/// The values of a declaration, each with what stands in its parentheses.
fn values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match values.last_mut() {
            Some(last) if !c.is_whitespace() || depth > 0 => last.push(c),
            _ => values.push(String::new()),
        }
    }
    values.retain(|value| !value.is_empty());
    values
}

#[test]
fn no_style_names_a_side_of_the_screen() {
    for (file, css) in FILES {
        assert_eq!(physical(css), Vec::<String>::new(), "style/css/{file}");
    }
    for (utility, declarations) in vocabulary::UTILITIES {
        assert_eq!(physical(declarations), Vec::<String>::new(), "{utility}");
    }
}

#[test]
fn nor_does_what_the_browsers_get() {
    let css = crate::stylesheet(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src")).unwrap();
    assert_eq!(physical(&css), Vec::<String>::new());
}

#[test]
fn what_names_a_side_is_found() {
    let css =
        "a{margin-left:1px;color:red} /* right: 0 */ b{text-align: right} c{padding:1px 2px 3px 4px} d{left:0;margin:0 auto}";
    assert_eq!(physical(css), ["margin-left: 1px", "text-align: right", "padding: 1px 2px 3px 4px", "left: 0"]);
    assert_eq!(
        physical("a{padding:1px calc(1px + 2px) 0 calc(1px + 2px);inset-inline-start:0;border-radius:1px 1px 0 0}"),
        Vec::<String>::new()
    );
}
