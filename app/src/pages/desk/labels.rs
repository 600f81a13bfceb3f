//! What the fields of the desk's forms are called, once for labels, errors and comparisons.

use domain::Locale;

use crate::visit::Visit;

/// Field, without the numbers of rows and without its language, and the key of its label.
const FIELDS: &[(&str, &str)] = &[
    ("title", "form-title"),
    ("summary", "form-summary"),
    ("wording", "form-wording"),
    ("originals.title", "form-original-title"),
    ("originals.summary", "form-original-summary"),
    ("originals.wording", "form-original-wording"),
    ("still_right.title", "form-still-right-title"),
    ("still_right.summary", "form-still-right-summary"),
    ("still_right.wording", "form-still-right-wording"),
    ("id", "form-id"),
    ("made_on", "form-made-on"),
    ("meeting", "form-meeting"),
    ("new_meeting.name", "form-new-name"),
    ("new_meeting.held_on", "form-held-on"),
    ("new_meeting.place", "form-place"),
    ("parties.party", "form-party"),
    ("parties.role", "form-role"),
    ("parties.new.name", "form-new-name"),
    ("parties.new.kind", "form-new-kind"),
    ("parties.new.iso", "form-new-iso"),
    ("topics.topic", "form-topic"),
    ("topics.new.name", "form-new-name"),
    ("due_on", "form-due-on"),
    ("due_words", "form-due-words"),
    ("quantity.value", "form-quantity"),
    ("quantity.unit", "form-unit"),
    ("variants.field", "form-variant-field"),
    ("variants.value_on", "form-variant-date"),
    ("variants.value", "form-variant-value"),
    ("variants.taken", "form-variant-taken"),
    ("status", "form-status"),
    ("effective_on", "form-effective-on"),
    ("rationale", "form-rationale"),
    ("confidence", "form-confidence"),
    ("party", "form-own-party"),
    ("searched", "form-searched"),
    ("override_reason", "form-override"),
    ("replaces", "form-replaces"),
    ("reason", "form-reason"),
    ("notice", "form-notice"),
    ("source.url", "form-source-url"),
    ("source.title", "form-source-title"),
    ("source.publisher", "form-source-publisher"),
    ("source.language", "form-source-language"),
    ("source.published_on", "form-source-published"),
    ("source.kind", "form-source-kind"),
    ("source.translation_of", "form-source-translation"),
    ("source.archive_url", "form-source-archive"),
    ("quote", "form-quote"),
    ("locator", "form-locator"),
    ("language", "form-quote-language"),
    ("stance", "form-stance"),
    ("authority", "form-authority"),
    ("text", "article-text"),
    ("sentence", "article-sentence"),
];

/// What lists are called where a row of them is named.
const ROWS: &[(&str, &str)] = &[
    ("parties", "form-row-party"),
    ("topics", "form-row-topic"),
    ("citations", "form-row-source"),
    ("variants", "form-row-variant"),
    ("history", "form-row-status"),
];

/// The label of a field within its row: `Title (English)`.
#[must_use]
pub fn label(visit: &Visit, name: &str) -> String {
    let mut plain: String = String::new();
    for part in name.split('.') {
        if !plain.is_empty() {
            plain.push('.');
        }
        plain.push_str(part.split('[').next().unwrap_or(part));
    }
    let language = Locale::ALL.iter().find(|locale| plain.ends_with(&format!(".{locale}")));
    if let Some(language) = language {
        plain.truncate(plain.len() - language.code().len() - 1);
    }
    // The longest path that is known: a source's title is no pledge's title.
    let known = FIELDS.iter().filter(|(field, _)| plain == *field || plain.ends_with(&format!(".{field}")));
    let Some((_, key)) = known.max_by_key(|(field, _)| field.len()) else { return name.to_owned() };
    let label = visit.t(key);
    match language {
        Some(Locale::En) => format!("{label} ({})", visit.t("language-en")),
        Some(Locale::Es) => format!("{label} ({})", visit.t("language-es")),
        None => label,
    }
}

/// The label of a field with the row it stands in: `Source 2, Quote`; where the field is the row, `Party 2`.
#[must_use]
pub fn whole_label(visit: &Visit, name: &str) -> String {
    if name.is_empty() {
        return visit.t("form-whole");
    }
    let label = label(visit, name);
    let mut whole = Vec::new();
    let mut own = false;
    for part in name.split('.') {
        let Some((list, index)) = part.split_once('[') else { continue };
        let index: usize = index.trim_end_matches(']').parse().unwrap_or(0);
        if let Some((_, key)) = ROWS.iter().find(|(known, _)| *known == list) {
            let row = visit.t(key);
            own = row == label;
            whole.push(format!("{row} {}", index + 1));
        }
    }
    if !own {
        whole.push(label);
    }
    whole.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_that_tells_where_it_is() {
        let now: chrono::DateTime<chrono::Utc> = "2026-11-24T12:00:00Z".parse().unwrap();
        let visit = Visit {
            locale: Locale::En,
            path: "/desk".into(),
            query: String::new(),
            moment: domain::Moment::now(now),
            today: now.date_naive(),
            site: String::new(),
        };
        assert_eq!(whole_label(&visit, "title.es"), "Title (Spanish)");
        assert_eq!(whole_label(&visit, "originals.title"), "Original of the title");
        assert_eq!(whole_label(&visit, "citations[1].source.title"), "Source 2, Title of the source");
        assert_eq!(whole_label(&visit, "history[0].citations[0].quote"), "Status 1, Source 1, Quote, word for word");
        assert_eq!(whole_label(&visit, "parties[0].new.name.en"), "Party 1, Name (English)");
        assert_eq!(whole_label(&visit, "parties[1].party"), "Party 2");
        assert_eq!(whole_label(&visit, "parties[1].role"), "Party 2, Role");
    }
}
