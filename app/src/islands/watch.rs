//! Asking the server, while a draft is open, who else has it and what it looks like.

use std::{cell::RefCell, time::Duration};

use js_sys::{Array, JSON, Reflect};
use leptos::prelude::{TimeoutHandle, set_interval, set_timeout_with_handle};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, RequestInit};

use super::answer::text_of;

/// How often is asked who else has the draft open.
const OFTEN: Duration = Duration::from_secs(15);

/// How long to wait for the next key before looking a title up.
const PAUSE: Duration = Duration::from_millis(400);

/// A title of fewer characters looks like too many others.
const TELLING: usize = 8;

thread_local! {
    static WAITING: RefCell<Option<TimeoutHandle>> = const { RefCell::new(None) };
}

/// What is watched, and the words for it.
#[derive(Clone)]
pub(super) struct Watched {
    pub presence: String,
    pub version: i32,
    pub similar: String,
    pub also_open: String,
    pub saved_since: String,
}

/// Begins to tell, now and then, that the draft is open.
pub(super) fn begin(watched: Watched) {
    if watched.presence.is_empty() {
        return;
    }
    let ask = move || {
        let watched = watched.clone();
        // A tab that nobody looks at has nothing open.
        if !document().is_some_and(|document| document.hidden()) {
            spawn_local(async move { _ = present(&watched).await });
        }
    };
    ask();
    set_interval(ask, OFTEN);
}

/// Handles a key in the form: a title is looked up once nobody types any more.
pub(super) fn typed(event: &Event, similar: &str) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    if similar.is_empty() || !input.name().starts_with("title.") {
        return;
    }
    let (title, similar) = (input.value(), similar.to_owned());
    let later = set_timeout_with_handle(move || spawn_local(async move { _ = look_up(&similar, &title).await }), PAUSE).ok();
    if let Some(earlier) = WAITING.replace(later) {
        earlier.clear();
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

async fn present(watched: &Watched) -> Result<(), JsValue> {
    let Some(window) = web_sys::window() else { return Ok(()) };
    let options = RequestInit::new();
    options.set_method("POST");
    let Some(answer) = text_of(&window.fetch_with_str_and_init(&watched.presence, &options)).await? else { return Ok(()) };
    let answer = JSON::parse(&answer)?;
    let others = Array::from(&Reflect::get(&answer, &"others".into())?);
    let names: Vec<String> = others.iter().filter_map(|name| name.as_string()).collect();
    let version = Reflect::get(&answer, &"version".into())?.as_f64().unwrap_or_default();
    let told = if version > f64::from(watched.version) {
        watched.saved_since.clone()
    } else if names.is_empty() {
        String::new()
    } else {
        watched.also_open.replace("{names}", &names.join(", "))
    };
    if let Some(place) = element("watch-presence") {
        // Said once: a screen reader would read the same again.
        if place.text_content().unwrap_or_default() != told {
            place.set_text_content(Some(&told));
        }
        place.set_hidden(told.is_empty());
    }
    Ok(())
}

async fn look_up(similar: &str, title: &str) -> Result<(), JsValue> {
    let (Some(window), Some(document), Some(place)) = (web_sys::window(), document(), element("watch-similar")) else {
        return Ok(());
    };
    if title.trim().chars().count() < TELLING {
        place.set_hidden(true);
        return Ok(());
    }
    let url = format!("{similar}?title={}", String::from(js_sys::encode_uri_component(title)));
    let Some(answer) = text_of(&window.fetch_with_str(&url)).await? else { return Ok(()) };
    let found = Array::from(&JSON::parse(&answer)?);
    let Some(list) = place.query_selector("ul")? else { return Ok(()) };
    list.set_inner_html("");
    for pledge in found.iter() {
        let text = |name: &str| Reflect::get(&pledge, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default();
        let (item, link): (Element, Element) = (document.create_element("li")?, document.create_element("a")?);
        link.set_attribute("href", &text("href"))?;
        // A new tab: what was typed here stays.
        link.set_attribute("target", "_blank")?;
        link.set_text_content(Some(&text("title")));
        item.append_child(&link)?;
        list.append_child(&item)?;
    }
    place.set_hidden(found.length() == 0);
    Ok(())
}
