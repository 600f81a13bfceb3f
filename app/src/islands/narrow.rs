//! Narrowing a list in the browser: first the rows that are there, then by what the server answers for the form.

use std::{cell::RefCell, time::Duration};

use js_sys::JsString;
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    AbortController, Document, DomParser, Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, RequestInit,
    SupportedType, UrlSearchParams,
};

use super::answer::text_of;

/// How long to wait for the next key before asking the server.
const PAUSE: Duration = Duration::from_millis(180);

/// The parts of the page that the server's answer replaces, by id.
const REPLACED: [&str; 3] = ["count", "results", "sort"];

thread_local! {
    static WAITING: RefCell<Option<TimeoutHandle>> = const { RefCell::new(None) };
    static ASKED: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Handles a key in the search field.
#[expect(clippy::needless_pass_by_value, reason = "events are handed over by value")]
pub(super) fn as_typed(event: Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(form) = input.form() else { return };
    hide_rows_without(&input.value());
    let later = set_timeout_with_handle(move || spawn_local(async move { _ = ask(&form).await }), PAUSE).ok();
    if let Some(earlier) = WAITING.replace(later) {
        earlier.clear();
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Without accents and in lower case, as the server searches.
fn fold(text: &str) -> String {
    let decomposed = JsString::from(text).normalize("NFD").as_string().unwrap_or_default();
    decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect()
}

/// Hides the rows in which a word is missing. Rows that only the server can find come with its answer.
fn hide_rows_without(typed: &str) {
    let folded = fold(typed);
    // As the server cuts words; a phrase is left to it.
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let Some(rows) = document().and_then(|document| document.query_selector_all("#results > ol > li").ok()) else { return };
    for row in (0..rows.length()).filter_map(|index| rows.get(index)?.dyn_into::<HtmlElement>().ok()) {
        let text = fold(&row.text_content().unwrap_or_default());
        row.set_hidden(!words.iter().all(|word| text.contains(word)));
    }
}

/// Fetches what the form would lead to and puts its results and its address in place of those here.
async fn ask(form: &HtmlFormElement) -> Result<(), JsValue> {
    let (Some(window), Some(document)) = (web_sys::window(), document()) else { return Ok(()) };
    let controller = AbortController::new()?;
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    if let Some(earlier) = ASKED.replace(Some(controller)) {
        earlier.abort();
    }

    let url = format!("{}?{}", form.action().split('?').next().unwrap_or_default(), query_of(form)?);
    let results = document.get_element_by_id("results");
    mark_searching(results.as_ref(), true);
    let answer = text_of(&window.fetch_with_str_and_init(&url, &options)).await;
    // An aborted request leaves the mark to the one that took its place.
    let Some(answer) = answer? else { return Ok(()) };
    mark_searching(results.as_ref(), false);

    let page = DomParser::new()?.parse_from_string(&answer, SupportedType::TextHtml)?;
    for id in REPLACED {
        if let (Some(here), Some(there)) = (document.get_element_by_id(id), page.get_element_by_id(id)) {
            here.set_inner_html(&there.inner_html());
        }
    }
    window.history()?.replace_state_with_url(&JsValue::NULL, "", Some(&url))
}

/// What the form would send, without its empty fields.
fn query_of(form: &HtmlFormElement) -> Result<String, JsValue> {
    let data = FormData::new_with_form(form)?;
    let query = UrlSearchParams::new()?;
    for entry in js_sys::try_iter(&data)?.into_iter().flatten() {
        let entry = js_sys::Array::from(&entry?);
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string().filter(|value| !value.is_empty()))
        {
            query.append(&name, &value);
        }
    }
    Ok(query.to_string().into())
}

fn mark_searching(results: Option<&Element>, searching: bool) {
    if let Some(results) = results {
        // The class is known to style/css/components/forms.css.
        _ = results.class_list().toggle_with_force("searching", searching);
    }
}
