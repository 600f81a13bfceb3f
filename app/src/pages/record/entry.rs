//! `/record/{index}`: one entry of the log, as it was recorded.

use leptos::prelude::*;

use super::{
    super::{PageResult, Request, not_found},
    base64, name,
    says::{self, Told, says},
};
use crate::{
    components::{crumbs, moment_dated},
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// How many pledges of an entry are told.
const PLEDGES: usize = 50;

/// The longest entry, in characters, that stands on its page as it is.
const SHOWN: usize = 20_000;

/// The page.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn entry(request: Request, index: &str) -> PageResult {
    let Request { visit, store, .. } = request;
    let asked = index.parse().ok().filter(|number: &u64| number.to_string() == index && i64::try_from(*number).is_ok());
    let found = match asked {
        Some(index) => store.log_entries(index, 1, says::LONGEST).await?.pop().filter(|entry| entry.index == index),
        None => None,
    };
    let Some(found) = found else { return Ok(not_found(visit)) };
    let leaf = store.log_leaf(found.index).await?;
    let is_last = store.log_head().await?.size == found.index + 1;
    let told = Told::of(&store, &found, PLEDGES).await?;
    let title = name(&visit, found.index);
    let head = Head { title: format!("{title} · {}", visit.t("record-title")), description: visit.t("record-lede") };
    Ok(Page::new(head, move || {
        let index = found.index;
        let leaf = leaf.map(|leaf| {
            let leaf = base64(leaf);
            view! { <div><dt>{visit.t("record-leaf")}</dt><dd><code class="hash">{leaf}</code></dd></div> }
        });
        let asked = format!("/api/v1/record/entries?start={index}&end={index}");
        let whole = found.content.as_ref().filter(|content| content.len() <= SHOWN).map(|content| {
            view! { <h2>{visit.t("record-as-recorded")}</h2><pre class="code">{content.clone()}</pre> }
        });
        view! {
            {crumbs(&visit, vec![(localized_path(visit.locale, "/record"), visit.t("record-title"))])}
            <h1>{title}</h1>
            <dl class="facts">
                <div><dt>{visit.t("record-recorded")}</dt><dd>{moment_dated(&visit, found.recorded_at)}</dd></div>
                {leaf}
            </dl>
            <h2>{visit.t("record-says")}</h2>
            {says(&visit, &told)}
            {whole}
            <p class="mt-4">
                <a href=asked>{visit.t("record-as-json")}</a>" · "
                <a href=format!("/api/v1/record/proof?index={index}")>{visit.t("record-proof")}</a>
            </p>
            {neighbours(&visit, index, is_last)}
        }
        .into_any()
    }))
}

/// The ways to the entries before and after.
fn neighbours(visit: &Visit, index: u64, is_last: bool) -> AnyView {
    let link = |index: u64, rel: &'static str| {
        let href = localized_path(visit.locale, &format!("/record/{index}"));
        view! { <a href=href rel=rel>{name(visit, index)}</a>" " }
    };
    view! {
        <nav aria-label=visit.t("record-neighbours")>
            <p>{index.checked_sub(1).map(|before| link(before, "prev"))}{(!is_last).then(|| link(index + 1, "next"))}</p>
        </nav>
    }
    .into_any()
}
