//! The way back from the record to the form: which field has what is wrong.

use super::Reader;

/// Texts in two languages: an error of the whole is shown at the one that is written in.
const LOCALIZED: [&str; 10] =
    ["title", "summary", "rationale", "searched", "override_reason", "reason", "name", "place", "unit", "wording"];

impl Reader<'_> {
    /// The field of the form that a path of the record came from.
    pub(super) fn field_of(&self, path: &str) -> String {
        let longest = self
            .paths
            .iter()
            .filter(|(place, _)| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])))
            .max_by_key(|(place, _)| place.len());
        let Some((place, field)) = longest else { return path.to_owned() };
        let rest = &path[place.len()..];
        let field = if field.is_empty() { rest.trim_start_matches('.').to_owned() } else { format!("{field}{rest}") };
        self.shown_at(&field)
    }

    /// Whether texts are written in Spanish and none in English. One language is enough, and what is missing is missing in that one.
    fn is_in_spanish(&self) -> bool {
        let any = |suffix: &str| self.fields.iter().any(|(name, typed)| name.ends_with(suffix) && !typed.trim().is_empty());
        any(".es") && !any(".en")
    }

    /// Where in the form a field of the record is typed in.
    fn shown_at(&self, field: &str) -> String {
        let last = field.rsplit('.').next().unwrap_or(field);
        let ends = |suffix: &str| format!("{field}{suffix}");
        match last {
            "parties" => "parties[0].party".to_owned(),
            "citations" => ends("[0].source.url"),
            "source" => ends(".url"),
            "due_on" if field == "due_on" && self.fields.get("due_on").is_empty() => "due_words.en".to_owned(),
            "value" if field.starts_with("variants[") => {
                if self.fields.get(&format!("{field}_on")).is_empty() {
                    ends(".en")
                } else {
                    ends("_on")
                }
            }
            // A source has one title, in its own language.
            _ if LOCALIZED.contains(&last) && !field.ends_with("source.title") && !field.starts_with("originals.") => {
                ends(if self.is_in_spanish() { ".es" } else { ".en" })
            }
            _ if field.starts_with("due_on.") => field.replacen("due_on.", "due_words.", 1),
            _ if field.starts_with("topics[") && field.ends_with(']') => ends(".topic"),
            _ if field.starts_with("parties[") && field.ends_with(']') => ends(".party"),
            _ if field.starts_with("citations[") && field.ends_with(']') => ends(".source.url"),
            _ => field.to_owned(),
        }
    }
}
