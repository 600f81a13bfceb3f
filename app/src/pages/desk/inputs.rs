//! Groups of fields that several forms of the desk share: texts in both languages, sources with their quotes, rows.

use domain::{Authority, SourceKind, Stance};
use leptos::prelude::*;

use super::{
    copies::{self, Kept},
    labels::label,
};
use crate::{
    components::{Field, Form, select_field, text_area, text_field},
    visit::Visit,
};

/// A field with its own label.
pub(super) fn field(visit: &Visit, name: &str) -> Field {
    Field::new(name, label(visit, name))
}

/// A text in both languages, side by side where there is room; of several lines if `lines` is more than one.
pub(super) fn pair(visit: &Visit, form: &Form, name: &str, lines: u8) -> AnyView {
    both(visit, form, name, lines, true)
}

/// The same, which may stay empty altogether.
pub(super) fn optional_pair(visit: &Visit, form: &Form, name: &str, lines: u8) -> AnyView {
    both(visit, form, name, lines, false)
}

/// The language of the page first.
fn both(visit: &Visit, form: &Form, name: &str, lines: u8, required: bool) -> AnyView {
    let fields = [visit.locale, visit.locale.other()].map(|language| {
        let name = format!("{name}.{language}");
        let field = Field { lang: language.code(), lines, required, ..field(visit, &name) };
        if lines > 1 { text_area(visit, form, &field) } else { text_field(visit, form, &field) }
    });
    view! { <div class="form-pair">{fields.collect_view()}</div> }.into_any()
}

/// The codes of the domain as options, with an empty one first where there is something to say for it.
pub(super) fn options(visit: &Visit, prefix: &str, codes: &[&str], none: Option<&str>) -> Vec<(String, String)> {
    let first = none.map(|key| (String::new(), visit.t(key)));
    first.into_iter().chain(codes.iter().map(|code| ((*code).to_owned(), visit.t_code(prefix, code)))).collect()
}

/// How many rows a list shows: those that have something in them, one to go on with, and a few more where they were asked for.
pub(super) fn rows(visit: &Visit, form: &Form, list: &str, least: usize) -> usize {
    let more = domain::Params::parse(&visit.query).get("more").is_some_and(|more| more == list);
    (form.fields.rows(list) + if more { 4 } else { 1 }).max(least)
}

/// The button that saves and shows more rows of a list.
pub(super) fn more_rows(visit: &Visit, list: &str) -> AnyView {
    view! { <p class="m-0"><button class="quiet" type="submit" name="do" value=format!("more:{list}")>{visit.t("form-more-rows")}</button></p> }
        .into_any()
}

/// The kinds of a source. News, which most are, says nothing: a row in which nothing was typed stays empty.
pub(super) fn source_kinds(visit: &Visit) -> Vec<(String, String)> {
    let others: Vec<&str> = SourceKind::CODES.iter().copied().filter(|code| *code != SourceKind::News.code()).collect();
    options(visit, "source-kind", &others, Some("source-kind-news"))
}

/// A source with its quote. Of one that the record knows, its address is enough.
pub(super) fn citation(visit: &Visit, form: &Form, path: &str, kept: Kept<'_>) -> AnyView {
    let at = |name: &str| field(visit, &format!("{path}.{name}"));
    // What a source that is not known yet must have is not called optional.
    let needed = |name: &str| Field { required: true, ..at(name) };
    let url = Field { kind: "url", list: "known-sources", ..needed("source.url") }.hint(visit.t("form-source-hint"));
    let archive = Field { kind: "url", ..at("source.archive_url") }.hint(visit.t("form-source-archive-hint"));
    let quote = Field { lines: 3, required: true, ..at("quote") };
    let kinds = source_kinds(visit);
    // What supports is the rule, and says nothing: a row in which nothing was typed stays empty.
    let stances = options(visit, "form-stance", &Stance::CODES[1..], Some("form-stance-supports"));
    let authorities = options(visit, "authority", Authority::CODES, Some("form-authority-none"));
    let language = Field { list: "known-languages", ..needed("source.language") };
    view! {
        {text_field(visit, form, &url)}
        {copies::beside(visit, form, path, kept.copies)}
        <div class="form-pair">
            {text_field(visit, form, &needed("source.title"))}
            {text_field(visit, form, &needed("source.publisher"))}
        </div>
        <div class="form-pair">
            {text_field(visit, form, &language)}
            {text_field(visit, form, &at("source.published_on"))}
            {select_field(visit, form, &at("source.kind"), &kinds)}
        </div>
        {text_field(visit, form, &archive)}
        {text_area(visit, form, &quote)}
        {kept.quote(visit, path)}
        <div class="form-pair">
            {text_field(visit, form, &at("locator"))}
            {select_field(visit, form, &at("stance"), &stances)}
            {select_field(visit, form, &at("authority"), &authorities)}
        </div>
    }
    .into_any()
}

/// The rows of sources below a path.
pub(super) fn citations(visit: &Visit, form: &Form, list: &str, kept: Kept<'_>) -> AnyView {
    let rows = (0..rows(visit, form, list, 1)).map(|index| {
        let legend = format!("{} {}", visit.t("form-row-source"), index + 1);
        view! { <div class="row" role="group" aria-label=legend>{citation(visit, form, &format!("{list}[{index}]"), kept)}</div> }
    });
    view! { {rows.collect_view()}{more_rows(visit, list)} }.into_any()
}

/// The lists of what is known, from which fields suggest.
pub(super) fn suggestions(visit: &Visit, known: &domain::desk_form::Known) -> AnyView {
    let named = |id: &'static str, names: Vec<&domain::Localized>| {
        let options = names.into_iter().map(|name| view! { <option value=visit.words(name).to_owned()></option> });
        view! { <datalist id=id>{options.collect_view()}</datalist> }
    };
    let sources =
        known.sources.iter().map(|source| view! { <option value=source.url.to_string()>{source.title.clone()}</option> });
    view! {
        {named("known-parties", known.parties.iter().map(|party| &party.name).collect())}
        {named("known-meetings", known.meetings.iter().map(|meeting| &meeting.name).collect())}
        {named("known-topics", known.topics.iter().map(|topic| &topic.name).collect())}
        <datalist id="known-sources">{sources.collect_view()}</datalist>
        <datalist id="known-languages">
            <option value="en">{visit.t("language-en")}</option>
            <option value="es">{visit.t("language-es")}</option>
            <option value="pt">{visit.t("language-pt")}</option>
            <option value="fr">{visit.t("language-fr")}</option>
        </datalist>
    }
    .into_any()
}
