//! Makes the one stylesheet: tokens, base and component files, and the utilities that the views use.
//!
//! Utilities come from tailwind-rs, asked one class at a time, and only where it was checked to say what Tailwind's own
//! documentation says ([`vocabulary`]). A class in a view that neither a component file nor that vocabulary knows is an error
//! with its file and line, so a typo never ships.

#[cfg(test)]
mod direction;
mod scan;
mod utility;
pub mod vocabulary;

use std::{collections::BTreeSet, fmt, path::Path};

use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
    targets::{Browsers, Targets},
};

pub use scan::Use;

/// The style files, in the order in which they apply.
const FILES: &[(&str, &str)] = &[
    ("tokens.css", include_str!("../css/tokens.css")),
    ("base.css", include_str!("../css/base.css")),
    ("components/site.css", include_str!("../css/components/site.css")),
    ("components/status.css", include_str!("../css/components/status.css")),
    ("components/strip.css", include_str!("../css/components/strip.css")),
    ("components/forms.css", include_str!("../css/components/forms.css")),
    ("components/figures.css", include_str!("../css/components/figures.css")),
    ("components/list.css", include_str!("../css/components/list.css")),
    ("components/overview.css", include_str!("../css/components/overview.css")),
    ("components/pledge.css", include_str!("../css/components/pledge.css")),
    ("components/translation.css", include_str!("../css/components/translation.css")),
    ("components/timeline.css", include_str!("../css/components/timeline.css")),
    ("components/quote.css", include_str!("../css/components/quote.css")),
    ("components/notice.css", include_str!("../css/components/notice.css")),
    ("components/record.css", include_str!("../css/components/record.css")),
    ("components/reference.css", include_str!("../css/components/reference.css")),
    ("components/reuse.css", include_str!("../css/components/reuse.css")),
    ("components/desk.css", include_str!("../css/components/desk.css")),
    ("components/people.css", include_str!("../css/components/people.css")),
    ("components/article.css", include_str!("../css/components/article.css")),
    ("components/tips.css", include_str!("../css/components/tips.css")),
    ("components/copies.css", include_str!("../css/components/copies.css")),
    ("forced.css", include_str!("../css/forced.css")),
    ("print.css", include_str!("../css/print.css")),
];

/// Why there is no stylesheet.
#[derive(Debug, thiserror::Error)]
pub enum StyleError {
    /// A view uses classes that nobody has defined.
    #[error("{}", Unknown(.0))]
    UnknownClasses(Vec<Use>),
    /// A style file is wrong.
    #[error("style/css/{file}: {message}")]
    Css {
        /// The file.
        file: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// The views can't be read.
    #[error("the views can't be read: {0}")]
    Io(#[from] std::io::Error),
}

struct Unknown<'a>(&'a [Use]);

impl fmt::Display for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Use { class, file, line } in self.0 {
            writeln!(
                f,
                "{}:{line}: the class “{class}” stands in no file of style/css and not in style/src/vocabulary.rs",
                file.display()
            )?;
        }
        Ok(())
    }
}

/// The stylesheet for the views below a folder, minified.
///
/// # Errors
/// [`StyleError::UnknownClasses`] with every use of a class that is not defined, or what is wrong with a style file.
pub fn stylesheet(views: &Path) -> Result<String, StyleError> {
    let used = scan::classes_below(views)?;
    let defined: BTreeSet<String> = FILES.iter().flat_map(|(_, css)| scan::classes_defined(css)).collect();
    let mut utilities = BTreeSet::new();
    let mut unknown = Vec::new();
    for used in used {
        if defined.contains(&used.class) {
            continue;
        }
        match utility::rule(&used.class) {
            Some(rule) => _ = utilities.insert(rule),
            None => unknown.push(used),
        }
    }
    if !unknown.is_empty() {
        return Err(StyleError::UnknownClasses(unknown));
    }
    let mut css = String::new();
    for (file, text) in FILES {
        css += &minified(file, text)?;
    }
    // Plain utilities before those with a variant, so that a variant wins.
    css += &minified("(utilities)", &utilities.into_iter().map(|rule| rule.css).collect::<String>())?;
    minified("(all)", &css)
}

/// A style file without what only people need, with nesting resolved for browsers from 2021 on.
fn minified(file: &'static str, css: &str) -> Result<String, StyleError> {
    let fail = |message: String| StyleError::Css { file, message };
    let version = |major: u32| Some(major << 16);
    // 14.1 of April 2021, the first with all logical properties: for older ones they would be written with sides, wrongly where
    // text runs from right to left.
    let safari = Some((14 << 16) | (1 << 8));
    let browsers = Browsers {
        chrome: version(90),
        edge: version(90),
        firefox: version(90),
        safari,
        ios_saf: Some((14 << 16) | (5 << 8)),
        ..Browsers::default()
    };
    let targets = Targets::from(browsers);
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|error| fail(error.to_string()))?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| fail(error.to_string()))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    printed.map(|printed| printed.code).map_err(|error| fail(error.to_string()))
}

/// A rule's declarations as they are minified, to compare two that may be written differently.
#[cfg(test)]
fn canonical(declarations: &str) -> String {
    minified("(test)", &format!("a{{{declarations}}}")).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_file_is_right_and_small() {
        let css = stylesheet(Path::new("nowhere")).unwrap();
        assert!(css.contains("--paper") && css.contains(".strip"));
        assert!(!css.contains("url("), "nothing is fetched");
    }

    #[test]
    fn an_unknown_class_is_named_with_its_file_and_line() {
        let folder = std::env::temp_dir().join(format!("pledgebook-style-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("page.rs"),
            "view! {\n  <p class=\"flex meta\"></p>\n  <b class=\"no-such-class print:flex-wrap\"></b>\n}",
        )
        .unwrap();
        let error = stylesheet(&folder).unwrap_err().to_string();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(error.contains("page.rs:3: the class “no-such-class”"), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}
