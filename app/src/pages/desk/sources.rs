//! `/desk/sources`: the sources by how far their copies have come, and what can be done about each.

use std::{collections::HashMap, fmt::Display};

use domain::{CaptureState, page::PageNumber};
use leptos::prelude::*;
use store::{CaptureList, Copy, CopyText, SourceCopies, SourceRow, StoreError};

use super::{DeskRequest, links};
use crate::{
    components::{
        Field, Form, copy_list, copy_state, copy_text, copy_told, crumbs, error_summary, hidden, pager, problem, text_area,
        text_field,
    },
    i18n,
    page::{Head, Page},
    visit::Visit,
};

/// How many sources stand on a page.
pub const CAPTURES_PER_PAGE: u32 = 50;

/// The lists, in the order in which they need somebody.
const LISTS: [(CaptureList, &str); 5] = [
    (CaptureList::State(CaptureState::Failed), "failed"),
    (CaptureList::Missing, "missing"),
    (CaptureList::State(CaptureState::Queued), "queued"),
    (CaptureList::State(CaptureState::Running), "running"),
    (CaptureList::State(CaptureState::Kept), "kept"),
];

/// The page of a list. `form` has an address that was typed and refused.
///
/// # Errors
/// [`StoreError::Forbidden`], [`StoreError::Database`].
pub async fn captured_sources(
    request: DeskRequest,
    asked: &str,
    number: PageNumber,
    form: Form,
    done: Option<&'static str>,
) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, store, .. } = request;
    let (list, name) = LISTS.into_iter().find(|(_, name)| *name == asked).unwrap_or(LISTS[0]);
    let counts = store.capture_counts(&editor).await?;
    let (items, pages) = match list {
        CaptureList::State(state) => {
            let found = store.captures(&editor, state, number, CAPTURES_PER_PAGE).await?;
            let items: Vec<AnyView> = found.items.iter().map(|source| captured(&visit, source)).collect();
            (items, pager(&visit, &found, "/desk/sources", &[("state", name)]))
        }
        CaptureList::Missing => {
            let found = store.sources_without_copy(&editor, number, CAPTURES_PER_PAGE).await?;
            let items: Vec<AnyView> = found.items.iter().map(|source| missing(&visit, source)).collect();
            (items, pager(&visit, &found, "/desk/sources", &[("state", name)]))
        }
    };
    let wrong = !form.errors.is_empty();
    let title = visit.t("copies-sources");
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let done = done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
        let empty = items.is_empty().then(|| view! { <p class="lede">{visit.t("copies-none")}</p> });
        let all = (list == CaptureList::Missing && !items.is_empty()).then(|| {
            let action = visit.href("/desk/sources/missing");
            view! { <form class="mb-4" method="post" action=action><button type="submit">{visit.t("copies-ask-all")}</button></form> }
        });
        let url =
            Field { kind: "url", required: true, ..Field::new("url", visit.t("copies-url")) }.hint(visit.t("copies-url-hint"));
        view! {
            <h1>{title}</h1>
            {done}
            {error_summary(&visit, &form, |_| visit.t("copies-url"))}
            {lists(&visit, list, &counts)}
            {all}
            {empty}
            <ul class="capture-list">{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul>
            {pages}
            <h2>{visit.t("copies-another")}</h2>
            <form class="form" method="post" action=visit.href("/desk/sources") novalidate>
                {text_field(&visit, &form, &url)}
                <div class="actions"><button type="submit">{visit.t("copies-ask")}</button></div>
            </form>
        }
        .into_any()
    })
    .at_desk(desk);
    Ok(if wrong { page.failed(422) } else { page })
}

/// The way from one list to another, with how many sources each has.
fn lists(visit: &Visit, chosen: CaptureList, counts: &HashMap<CaptureList, u64>) -> AnyView {
    let links = LISTS.into_iter().map(|(list, name)| {
        let count = i18n::count(visit.locale, counts.get(&list).copied().unwrap_or(0));
        let current = (list == chosen).then_some("page");
        view! { <a href=visit.href_with("/desk/sources", &[("state", name)]) aria-current=current>{visit.t_code("copies-list", name)}" ("{count}")"</a>" " }
    });
    view! { <nav class="tip-states" aria-label=visit.t("copies-lists")>{links.collect_view()}</nav> }.into_any()
}

fn captured(visit: &Visit, source: &SourceCopies) -> AnyView {
    let href = visit.href(&format!("/desk/sources/{}", source.job.id));
    let title = source.copies.first().and_then(|copy| copy.metadata.title.clone());
    let url = title.is_some().then(|| view! { <p class="meta">{source.job.url.clone()}</p> });
    let again = source.job.failure.is_some().then(|| again(visit, source));
    view! {
        <p><a href=href>{title.unwrap_or_else(|| source.job.url.clone())}</a></p>
        {url}
        <p>{copy_state(visit, source)}</p>
        {again}
    }
    .into_any()
}

fn missing(visit: &Visit, source: &SourceRow) -> AnyView {
    view! {
        <p><a href=visit.href(&format!("/sources/{}", source.id)) lang=source.language.clone()>{source.title.clone()}</a>", "{source.publisher.clone()}</p>
        <p class="meta">{source.url.clone()}</p>
        <form method="post" action=visit.href("/desk/sources")>
            {hidden("url", source.url.clone())}
            <button class="quiet" type="submit">{visit.t("copies-ask")}</button>
        </form>
    }
    .into_any()
}

/// The button that has a source fetched again.
fn again(visit: &Visit, source: &SourceCopies) -> AnyView {
    let key = if source.copies.is_empty() { "copies-again" } else { "copies-anew" };
    let action = visit.href(&format!("/desk/sources/{}/again", source.job.id));
    view! { <form method="post" action=action><button class="quiet" type="submit">{visit.t(key)}</button></form> }.into_any()
}

/// A source at the desk.
#[derive(Clone, Debug)]
pub struct SourceForm {
    /// What is known of its copies.
    pub source: SourceCopies,
    /// The published source of that address, for those who may change what is published.
    pub published: Option<SourceRow>,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// The draft from which somebody came, and to which they go back.
    pub draft: Option<String>,
    /// What was done just now: a key of the catalogue.
    pub done: Option<&'static str>,
}

/// The page of one source: its copies, a new try, and where a file or a text is handed in.
#[must_use]
pub fn captured_source(request: DeskRequest, shown: SourceForm) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let wrong = !shown.form.errors.is_empty();
    let title = visit.t("copies-one");
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let SourceForm { source, published, form, draft, done } = &shown;
        let id = source.job.id;
        let done = done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
        let back = draft.as_ref().map(|draft| {
            view! { <p><a href=visit.href(&format!("/desk/drafts/{draft}"))>{visit.t("copies-back")}</a></p> }
        });
        let archived = published.as_ref().map(|published| links::archive(&visit, form, published, &format!("/desk/sources/{id}/archive")));
        let copies = (!source.copies.is_empty())
            .then(|| view! { <h2>{visit.t("copies-title")}</h2>{copy_list(&visit, &source.copies, |sha256| format!("/desk/sources/{id}/copies/{sha256}"), |copy| Some(view! { {said(&visit, id, copy)}" · " }.into_any()))} });
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{title}</h1>
            <p class="lede break-words"><a class="outside" href=source.job.url.clone() rel="noopener noreferrer external">{source.job.url.clone()}</a></p>
            {back}
            {done}
            {error_summary(&visit, form, |name| visit.t(match name {
                "file" => "copies-file",
                "text" => "copies-text",
                _ => "form-source-archive",
            }))}
            <p>{copy_state(&visit, source)}</p>
            {again(&visit, source)}
            {archived}
            {copies}
            {hand_in(&visit, form, id, draft.as_deref())}
        }
        .into_any()
    })
    .at_desk(desk);
    if wrong { page.failed(422) } else { page }
}

/// The way to what a copy says that may be a pledge.
fn said(visit: &Visit, id: impl Display, copy: &Copy) -> AnyView {
    let parameters = [("capture", &*id.to_string()), ("copy", copy.sha256.as_str())];
    view! { <a href=visit.href_with("/desk/article", &parameters)>{visit.t("passage-find")}</a> }.into_any()
}

/// Where fetching fails or is not allowed: a file, or a text.
fn hand_in(visit: &Visit, form: &Form, id: impl Display, draft: Option<&str>) -> AnyView {
    let back = || draft.map(|draft| hidden("draft", draft.to_owned()));
    let text = Field { lines: 8, required: true, ..Field::new("text", visit.t("copies-text")) }.hint(visit.t("copies-text-hint"));
    let wrong = form.errors.iter().find(|error| error.path == "file");
    let wrong = wrong.map(|error| view! { <p class="error" id="f-file-error">{problem(visit, &error.problem)}</p> });
    view! {
        <h2>{visit.t("copies-hand-in")}</h2>
        <p class="hint">{visit.t("copies-hand-in-hint")}</p>
        <form class="form" method="post" enctype="multipart/form-data" action=visit.href(&format!("/desk/sources/{id}/file"))>
            {back()}
            <div class="form-field">
                <label for="f-file">{visit.t("copies-file")}</label>
                <p class="hint" id="f-file-hint">{visit.t("copies-file-hint")}</p>
                {wrong}
                <input id="f-file" name="file" type="file" aria-describedby="f-file-hint" />
            </div>
            <div class="actions"><button class="quiet" type="submit">{visit.t("copies-upload")}</button></div>
        </form>
        <form class="form mt-6" method="post" action=visit.href(&format!("/desk/sources/{id}/text")) novalidate>
            {back()}
            {text_area(visit, form, &text)}
            <div class="actions"><button class="quiet" type="submit">{visit.t("copies-paste")}</button></div>
        </form>
    }
    .into_any()
}

/// The text of a copy, for the desk.
#[must_use]
pub fn captured_copy(request: DeskRequest, id: impl Display, found: CopyText) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let source = visit.href(&format!("/desk/sources/{id}"));
    let said = said(&visit, &id, &found.copy);
    let title = visit
        .t_with("copies-of", &[("title", found.copy.metadata.title.clone().unwrap_or_else(|| found.copy.url.clone()).into())]);
    Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let copy = &found.copy;
        let when = i18n::timestamp(visit.texts(), copy.captured_at);
        let told = visit.t_with("copies-lede", &[("time", when.into()), ("url", copy.url.clone().into())]);
        let way = vec![(visit.href("/desk"), visit.t("desk")), (source, visit.t("copies-one"))];
        view! {
            {crumbs(&visit, way)}
            <h1 class="break-words">{title}</h1>
            <p class="lede break-words">{told}</p>
            <p class="meta">{copy_told(&visit, copy)}" · SHA-256 "<span class="sha256">{copy.sha256.to_string()}</span></p>
            <p>{said}</p>
            {copy_text(&visit, &found.pages, copy.metadata.language.as_deref(), &[])}
        }
        .into_any()
    })
    .at_desk(desk)
}
