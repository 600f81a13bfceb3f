//! Looking texts up.

use std::{borrow::Cow, sync::LazyLock};

use domain::Locale;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

type Catalogue = FluentBundle<FluentResource>;

/// The catalogue files of a language, compiled in: what readers see, then what the desk sees.
macro_rules! files {
    ($language:literal) => {
        concat!(
            include_str!(concat!("../../locales/", $language, "/site.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/desk.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/people.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/import.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/tips.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/tokens.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/texts.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/passages.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/copies.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/links.ftl")),
            "\n",
            include_str!(concat!("../../locales/", $language, "/record.ftl")),
        )
    };
}

const EN: &str = files!("en");
const ES: &str = files!("es");

static CATALOGUES: LazyLock<[Catalogue; 2]> = LazyLock::new(|| [catalogue(Locale::En, EN), catalogue(Locale::Es, ES)]);

/// From how much on a number in a text has its thousands set apart: beyond the numbers of years.
const LARGE: f64 = 10_000.0;

/// A large number as a language writes it; everything else as it comes.
fn written(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= LARGE => Some(super::number(locale, number.value)),
        _ => None,
    }
}

fn catalogue(locale: Locale, text: &str) -> Catalogue {
    let language: LanguageIdentifier = locale.code().parse().unwrap_or_default();
    // A test parses both files; what a broken line would leave out shows there.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate direction would break comparing, searching and copying; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::En => |value, _| written(Locale::En, value),
        Locale::Es => |value, _| written(Locale::Es, value),
    }));
    bundle.add_resource_overriding(resource);
    bundle
}

/// A value for a gap in a text.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A text.
    Text(String),
    /// A number, which may choose a plural form.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// The texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts(Locale);

impl Texts {
    /// The texts in a language.
    #[must_use]
    pub const fn in_language(locale: Locale) -> Self {
        Self(locale)
    }

    /// The language.
    #[must_use]
    pub const fn locale(self) -> Locale {
        self.0
    }

    /// A text. One that is missing shows as its key; a test makes sure that none is.
    #[must_use]
    pub fn get(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// What a code of the domain is called: the text `{prefix}-{code}`, with hyphens for underscores.
    #[must_use]
    pub fn code(self, prefix: &str, code: &str) -> String {
        self.get(&format!("{prefix}-{}", code.replace('_', "-")))
    }

    /// A text with its gaps filled.
    #[must_use]
    pub fn with(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let catalogue = &CATALOGUES[usize::from(self.0 == Locale::Es)];
        let Some(pattern) = catalogue.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Arg::Number(number) => (*number).into(),
            };
            filled.set(*name, value);
        }
        catalogue.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use domain::{
        Authority, CaptureFailure, CaptureOrigin, Confidence, DeskRole, DraftState, LinkState, Original, PartyKind, PledgeSort,
        PledgeStatus, Role, Scope, SourceKind, Stance, Timely, TipState,
        import::{Outcome, Thing},
        pledge::VariantField,
    };
    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::*;

    /// The keys of a catalogue with the gaps of each text.
    fn keys(text: &str) -> Vec<(String, BTreeSet<String>)> {
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        let message = |entry| match entry {
            Entry::Message(message) => {
                let mut gaps = BTreeSet::new();
                gaps_of(message.value.as_ref().expect("every message has a text"), &mut gaps);
                Some((message.id.name.to_owned(), gaps))
            }
            _ => None,
        };
        resource.body.into_iter().filter_map(message).collect()
    }

    fn gaps_of(pattern: &Pattern<&str>, gaps: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                match expression {
                    Expression::Inline(inline) => gap_of(inline, gaps),
                    Expression::Select { selector, variants } => {
                        gap_of(selector, gaps);
                        for variant in variants {
                            gaps_of(&variant.value, gaps);
                        }
                    }
                }
            }
        }
    }

    fn gap_of(inline: &InlineExpression<&str>, gaps: &mut BTreeSet<String>) {
        if let InlineExpression::VariableReference { id } = inline {
            gaps.insert(id.name.to_owned());
        }
    }

    /// The keys that are made of codes, as the views make them.
    fn composed() -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let mut add = |prefix: &str, codes: &[&str]| {
            keys.extend(codes.iter().map(|code| format!("{prefix}-{}", code.replace('_', "-"))));
        };
        add("status", PledgeStatus::CODES);
        add("status-meaning", PledgeStatus::CODES);
        add("confidence", Confidence::CODES);
        add("role", Role::CODES);
        add("party-kind", PartyKind::CODES);
        add("source-kind", SourceKind::CODES);
        add("stance", &Stance::CODES[1..]);
        add("authority", Authority::CODES);
        add("field", VariantField::CODES);
        add("sort", PledgeSort::CODES);
        add("timeliness", Timely::CODES);
        for table in domain::open_data::TABLES {
            add("data-table", &[table.name]);
            add("column", &table.columns.iter().map(domain::open_data::Column::meaning).collect::<Vec<_>>());
        }
        add("compare-role", Role::CODES);
        add("desk-role", DeskRole::CODES);
        add("desk-role-may", DeskRole::CODES);
        add("draft-state", DraftState::CODES);
        add("import-outcome", Outcome::CODES);
        add("import-outcome-about", Outcome::CODES);
        add("import-thing", Thing::CODES);
        add("scope", Scope::CODES);
        add("scope-may", Scope::CODES);
        add("form-original", Original::CODES);
        add("form-role", Role::CODES);
        add("form-stance", Stance::CODES);
        add("tips-state", TipState::CODES);
        add("copies-failure", CaptureFailure::CODES);
        add("link-told", LinkState::CODES);
        add("copies-origin", CaptureOrigin::CODES);
        add("copies-list", &["failed", "missing", "queued", "running", "kept"]);
        keys.extend((1..=12).map(|month| format!("month-{month}")));
        keys.extend((1..=12).map(|month| format!("month-short-{month}")));
        keys
    }

    fn sources(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, text);
            } else {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_gaps() {
        assert_eq!(keys(EN), keys(ES));
    }

    #[test]
    fn every_key_is_used_and_every_key_used_is_there() {
        let defined: BTreeSet<String> = keys(EN).into_iter().map(|(key, _)| key).collect();
        let composed = composed();
        let missing: Vec<_> = composed.difference(&defined).collect();
        assert!(missing.is_empty(), "composed keys without a text: {missing:?}");

        let mut text = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        let unused: Vec<_> =
            defined.iter().filter(|key| !composed.contains(*key) && !text.contains(&format!("\"{key}\""))).collect();
        assert!(unused.is_empty(), "texts that nothing uses: {unused:?}");

        // Keys stand as first argument of these calls, or as its format string, which `composed` covers.
        for call in [".t(\"", ".t_with(\"", "texts.get(\"", "texts.with(\"", "many(texts, \"", "many(visit.texts(), \""] {
            for (start, _) in text.match_indices(call) {
                let rest = &text[start + call.len()..];
                let key = &rest[..rest.find('"').unwrap_or(0)];
                assert!(defined.contains(key) || key.is_empty() || key == "key", "{call}{key}\" has no text");
            }
        }
    }

    #[test]
    fn gaps_are_filled_and_plurals_chosen() {
        let (en, es) = (Texts::in_language(Locale::En), Texts::in_language(Locale::Es));
        assert_eq!(en.with("source-count", &[("n", 1_i64.into())]), "1 source");
        assert_eq!(es.with("source-count", &[("n", 3_i64.into())]), "3 fuentes");
    }
}
