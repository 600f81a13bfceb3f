//! A list of what pledges name, page by page.

use domain::page::Page;
use leptos::prelude::*;
use store::{Counted, Named};

use super::{classes, named_link, pager};
use crate::{i18n, visit::Visit};

/// How many parties, meetings or topics stand on a page: all of them in most records.
pub const NAMES_PER_PAGE: u32 = 250;

/// The names of a section, such as `meetings`, with what is told beside each and how many pledges it has.
pub fn names_list<T>(
    visit: &Visit,
    section: &str,
    page: &Page<Counted<T>>,
    named: impl Fn(&T) -> &Named,
    beside: impl Fn(&T) -> AnyView,
) -> AnyView {
    let items = page.items.iter().map(|Counted { thing, pledges }| {
        let count = i18n::many(visit.texts(), "pledge-count", *pledges);
        view! { <li>{named_link(visit, section, named(thing))}{beside(thing)}<span class="meta count">{count}</span></li> }
    });
    view! {
        <ul class=classes("index")>{items.collect_view()}</ul>
        {pager(visit, page, &format!("/{section}"), &[])}
    }
    .into_any()
}
