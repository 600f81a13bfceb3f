//! From one page of a list to the next.

use domain::page::Page;
use leptos::prelude::*;

use crate::visit::Visit;

/// Links to the page before and after, where there are any. `parameters` are those of the list itself.
pub fn pager<T>(visit: &Visit, page: &Page<T>, path: &str, parameters: &[(&str, &str)]) -> AnyView {
    if page.count() <= 1 {
        return ().into_any();
    }
    let number = u64::from(page.number.get());
    let link = |to: u64, key: &str, rel: &'static str| {
        let to = to.to_string();
        let mut all = parameters.to_vec();
        all.push(("page", if to == "1" { "" } else { &to }));
        view! { <a href=visit.href_with(path, &all) rel=rel>{visit.t(key)}</a> }
    };
    let here = visit.t_with("page-of", &[("page", number.into()), ("pages", page.count().into())]);
    let label = visit.t("pages");
    view! {
        <nav class="pager" aria-label=label>
            {(number > 1).then(|| link((number - 1).min(page.count()), "page-before", "prev"))}
            <span class="meta">{here}</span>
            {(number < page.count()).then(|| link(number + 1, "page-after", "next"))}
        </nav>
    }
    .into_any()
}
