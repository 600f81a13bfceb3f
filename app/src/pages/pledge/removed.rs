//! The notice in the place of a pledge that was taken out of the record.

use leptos::prelude::*;
use store::Removal;

use crate::{
    components::{moment_dated, words},
    page::{Head, Page},
    visit::Visit,
};

/// The page: status 410, for good.
pub(super) fn removed(visit: Visit, removal: Removal) -> Page {
    let head = Head { title: visit.t("removed-title"), ..Head::default() };
    Page::new(head, move || {
        view! {
            <h1>{visit.t("removed-title")}</h1>
            <p class="notice">{words(&visit, &removal.notice)}</p>
            <p class="meta">{visit.t("removed-on")}" "{moment_dated(&visit, removal.removed_at)}"."</p>
            <p><a href=visit.href("/pledges")>{visit.t("pledges")}</a></p>
        }
        .into_any()
    })
    .failed(410)
}
