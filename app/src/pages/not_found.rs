//! What is said where nothing is, with ways onward.

use leptos::prelude::*;

use crate::{
    page::{Head, Page},
    visit::Visit,
};

/// The page, with status 404. Unknown and unpublished look alike.
#[must_use]
pub fn not_found(visit: Visit) -> Page {
    let head = Head { title: visit.t("not-found-title"), ..Head::default() };
    // The last part of the path may well be what was looked for.
    let words: String = visit.path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default().replace(['-', '_'], " ");
    let words: String = words.chars().filter(|c| c.is_alphanumeric() || *c == ' ').take(80).collect();
    Page::new(head, move || {
        view! {
            <h1>{visit.t("not-found-title")}</h1>
            <p class="lede">{visit.t("not-found-text")}</p>
            <form class="filters" method="get" action=visit.href("/pledges") role="search">
                <div class="field-wide">
                    <label for="q">{visit.t("filter-words")}</label>
                    <input id="q" name="q" type="search" value=words maxlength="200" />
                </div>
                <button>{visit.t("filter-search")}</button>
            </form>
            <ul>
                <li><a href=visit.href("/pledges")>{visit.t("list-title")}</a></li>
                <li><a href=visit.href("/parties")>{visit.t("parties")}</a></li>
                <li><a href=visit.href("/meetings")>{visit.t("meetings")}</a></li>
                <li><a href=visit.href("/changes")>{visit.t("changes")}</a></li>
            </ul>
        }
        .into_any()
    })
    .failed(404)
}
