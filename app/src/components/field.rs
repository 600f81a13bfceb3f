//! Fields of a form: each with its label, its hint, what is wrong with it beside it, and what was typed kept in it.

use domain::{FieldErrors, Fields};
use leptos::prelude::*;

use super::problem;
use crate::{markup::escape, visit::Visit};

/// A form as it was sent, or as it is to be filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// What is in its fields.
    pub fields: Fields,
    /// What is wrong with them.
    pub errors: FieldErrors,
}

impl Form {
    /// What is in a field.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    /// Whether something is wrong with a field.
    fn wrong(&self, name: &str) -> bool {
        self.errors.iter().any(|error| error.path == name)
    }
}

/// What a field is called and how it is filled in.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Its name, the path of what it holds: `parties[0].role`.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How it is filled in, where the label does not say it.
    pub hint: String,
    /// The `type` of a one-line field; empty is `text`.
    pub kind: &'static str,
    /// What browsers may fill in (`autocomplete`).
    pub autocomplete: &'static str,
    /// The language of what is typed, where it is not that of the page.
    pub lang: &'static str,
    /// The id of a list of suggestions.
    pub list: &'static str,
    /// How many lines a longer text has.
    pub lines: u8,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Field {
    /// A field that may stay empty.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), lines: 3, ..Self::default() }
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same, which must be filled in.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn id(&self) -> String {
        field_id(&self.name)
    }

    /// The ids of what describes the field.
    fn described_by(&self, form: &Form) -> Option<String> {
        let id = self.id();
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{id}-hint"));
        }
        if form.wrong(&self.name) {
            ids.push(format!("{id}-error"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The id of a field in the page: its name, as an address can lead to it.
#[must_use]
pub fn field_id(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("f-{}", plain.replace("--", "-"))
}

/// What is wrong with the form: first on the page, each error a link to its field, found at once by who reads with the ears.
pub fn error_summary(visit: &Visit, form: &Form, label_of: impl Fn(&str) -> String) -> AnyView {
    if form.errors.is_empty() {
        return ().into_any();
    }
    let items = form.errors.iter().map(|error| {
        let (label, told) = (label_of(&error.path), problem(visit, &error.problem));
        view! { <li><a href=format!("#{}", field_id(&error.path))>{label}": "{told}</a></li> }
    });
    view! {
        <div class="notice notice-error" role="alert" id="errors" tabindex="-1" autofocus>
            <h2 class="mt-0">{visit.t("form-errors")}</h2>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The label above a field, with its hint and what is wrong with it.
fn labelled(visit: &Visit, form: &Form, field: &Field, control: AnyView) -> AnyView {
    let id = field.id();
    let optional = (!field.required).then(|| view! { " "<span class="optional">{visit.t("form-optional")}</span> });
    let hint = (!field.hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{field.hint.clone()}</p> });
    let errors: Vec<_> = form
        .errors
        .iter()
        .filter(|error| error.path == field.name)
        .map(|error| view! { <span>{problem(visit, &error.problem)}</span> })
        .collect();
    let errors = (!errors.is_empty()).then(|| view! { <p class="error" id=format!("{id}-error")>{errors}</p> });
    view! { <div class="form-field"><label for=id>{field.label.clone()}{optional}</label>{hint}{errors}{control}</div> }
        .into_any()
}

/// A field of one line.
pub fn text_field(visit: &Visit, form: &Form, field: &Field) -> AnyView {
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    let some = |text: &'static str| (!text.is_empty()).then_some(text);
    // What was typed as a password is never sent back.
    let value = (kind != "password").then(|| form.get(&field.name).to_owned());
    let control = view! {
        <input
            id=field.id()
            name=field.name.clone()
            type=kind
            value=value
            lang=some(field.lang)
            list=some(field.list)
            autocomplete=some(field.autocomplete)
            aria-invalid=form.wrong(&field.name).then_some("true")
            aria-describedby=field.described_by(form)
        />
    };
    labelled(visit, form, field, control.into_any())
}

/// A field of several lines.
pub fn text_area(visit: &Visit, form: &Form, field: &Field) -> AnyView {
    let some = |text: &'static str| (!text.is_empty()).then_some(text);
    // The one place that fills a text area: Leptos would write its content as it stands, markup and all. The line break
    // before it is the one that HTML drops.
    let content = format!("\n{}", escape(form.get(&field.name)));
    let control = view! {
        <textarea
            id=field.id()
            name=field.name.clone()
            rows=field.lines.to_string()
            lang=some(field.lang)
            aria-invalid=form.wrong(&field.name).then_some("true")
            aria-describedby=field.described_by(form)
            inner_html=content
        ></textarea>
    };
    labelled(visit, form, field, control.into_any())
}

/// A choice of one among few; the first is what stands there before anybody has chosen. Each option is a value and its name.
pub fn select_field(visit: &Visit, form: &Form, field: &Field, options: &[(String, String)]) -> AnyView {
    let chosen = form.get(&field.name);
    let options = options.iter().map(|(value, name)| {
        view! { <option value=value.clone() selected=value == chosen>{name.clone()}</option> }
    });
    let control = view! {
        <select
            id=field.id()
            name=field.name.clone()
            aria-invalid=form.wrong(&field.name).then_some("true")
            aria-describedby=field.described_by(form)
        >
            {options.collect_view()}
        </select>
    };
    labelled(visit, form, field, control.into_any())
}

/// Something to be ticked; ticked it sends `true`.
pub fn check_box(form: &Form, name: &str, label: String) -> AnyView {
    let (id, ticked) = (field_id(name), form.get(name) == "true");
    view! {
        <p class="check"><input id=id.clone() name=name.to_owned() type="checkbox" value="true" checked=ticked /><label for=id>{label}</label></p>
    }
    .into_any()
}

/// A field that nobody sees.
pub fn hidden(name: &str, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.into() /> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::Locale;

    use super::*;

    #[test]
    fn what_was_typed_into_a_text_area_is_never_markup() {
        let now: chrono::DateTime<chrono::Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let visit = Visit {
            locale: Locale::En,
            path: "/desk".into(),
            query: String::new(),
            moment: domain::Moment::now(now),
            today: now.date_naive(),
            site: String::new(),
        };
        let mut form = Form::default();
        form.fields.set("t", "\n</textarea><script>alert(1)</script>");
        let html = text_area(&visit, &form, &Field::new("t", "T")).to_html();
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains(">\n\n&lt;/textarea&gt;&lt;script&gt;"), "{html}");
    }

    #[test]
    fn ids_can_stand_in_addresses() {
        assert_eq!(field_id("citations[0].source.url"), "f-citations-0-source-url");
    }
}
