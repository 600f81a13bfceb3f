//! How the values of the desk's fields are told, once for reviews and for corrections in public.

use crate::{i18n, visit::Visit};

/// A value in the words of the page: codes and dates as they are called, texts as they are.
#[must_use]
pub fn value_words(visit: &Visit, name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let date = |value: &str| value.parse().map_or_else(|_| value.to_owned(), |date| i18n::date(visit.texts(), date));
    match name.rsplit('.').next().unwrap_or_default() {
        _ if name.starts_with("originals.") => visit.t_code("form-original", value),
        _ if name.starts_with("still_right.") => visit.t("form-yes"),
        "status" => visit.t_code("status", value),
        "confidence" => visit.t_code("confidence", value),
        "role" => visit.t_code("form-role", value),
        "stance" => visit.t_code("form-stance", value),
        "authority" => visit.t_code("authority", value),
        "kind" if name.contains("source") => visit.t_code("source-kind", value),
        "field" => visit.t_code("field", value),
        "made_on" | "due_on" | "effective_on" | "published_on" | "value_on" => date(value),
        "replaces" => value.parse::<u64>().map_or_else(|_| value.to_owned(), |index| (index + 1).to_string()),
        "taken" => visit.t("form-yes"),
        _ => value.to_owned(),
    }
}
