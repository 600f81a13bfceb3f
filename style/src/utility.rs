//! Utilities: one class, one rule, with the few variants the views need.

use crate::vocabulary;

/// The rule of a utility. Rules order so that one with a variant comes after the plain ones, and a wider screen after a
/// narrower one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    variant: Option<usize>,
    class: String,
    /// The rule as it stands in the stylesheet.
    pub(crate) css: String,
}

/// The variants, in the order in which their rules apply: their prefix, and what stands around or behind the selector.
/// Breakpoints are Tailwind's: <https://tailwindcss.com/docs/responsive-design>.
const VARIANTS: [(&str, &str, &str); 8] = [
    ("hover", "", ":hover"),
    ("focus-visible", "", ":focus-visible"),
    ("rtl", "", ":where([dir=rtl] *)"),
    ("sm", "@media (min-width: 40rem)", ""),
    ("md", "@media (min-width: 48rem)", ""),
    ("lg", "@media (min-width: 64rem)", ""),
    ("dark", "@media (prefers-color-scheme: dark)", ""),
    ("print", "@media print", ""),
];

/// The rule of a class; `None` if it is no vetted utility or its variant is not known.
pub(crate) fn rule(class: &str) -> Option<Rule> {
    let (variant, utility) = match class.split_once(':') {
        Some((prefix, utility)) => (Some(VARIANTS.iter().position(|(name, _, _)| *name == prefix)?), utility),
        None => (None, class),
    };
    let declarations = declarations(utility)?;
    let selector = format!(".{}", class.replace(':', "\\:").replace('.', "\\."));
    let css = match variant.map(|index| VARIANTS[index]) {
        None => format!("{selector}{{{declarations}}}"),
        Some((_, "", pseudo)) => format!("{selector}{pseudo}{{{declarations}}}"),
        Some((_, around, _)) => format!("{around}{{{selector}{{{declarations}}}}}"),
    };
    Some(Rule { variant, class: class.to_owned(), css })
}

/// What tailwind-rs says of a utility, if it is one that was vetted.
pub(crate) fn declarations(utility: &str) -> Option<String> {
    vocabulary::UTILITIES.iter().find(|(name, _)| *name == utility)?;
    // The builder keeps what it was asked before, so each utility gets its own.
    let (_, declarations) = tailwind_rs::TailwindBuilder::default().inline(utility).ok()?;
    Some(declarations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical;

    #[test]
    fn tailwind_rs_says_what_the_documentation_of_tailwind_says() {
        for (utility, documented) in vocabulary::UTILITIES {
            let said = declarations(utility).unwrap_or_else(|| panic!("tailwind-rs does not know {utility}"));
            assert_eq!(canonical(&said), canonical(documented), "{utility}");
        }
    }

    #[test]
    fn variants_stand_around_or_behind() {
        assert_eq!(rule("print:flex-wrap").unwrap().css, "@media print{.print\\:flex-wrap{flex-wrap:wrap;}}");
        assert_eq!(rule("hover:underline").unwrap().css, ".hover\\:underline:hover{text-decoration-line:underline;}");
        assert_eq!(rule("beyond:flex"), None);
        assert_eq!(rule("justify-between"), None, "tailwind-rs gets this one wrong, so it is not in the vocabulary");
        assert!(rule("sm:flex") > rule("flex") && rule("lg:flex") > rule("sm:flex"));
    }
}
