//! `/desk/links`: published sources whose links want mending.

use leptos::prelude::*;
use store::{LinkHealth, SourceRow, StoreError};

use super::DeskRequest;
use crate::{
    components::{crumbs, link_told},
    page::{Head, Page},
    visit::Visit,
};

/// How many are shown; who mends them sees the next.
const SHOWN: u64 = 200;

/// The page.
///
/// # Errors
/// [`StoreError::Forbidden`], [`StoreError::Database`].
pub async fn links_to_mend(request: DeskRequest) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, store, .. } = request;
    let (links, _) = store.links_to_mend(&editor, SHOWN).await?;
    let title = visit.t("links-to-mend");
    Ok(Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let lede = visit.t(if links.is_empty() { "links-none" } else { "links-to-mend-lede" });
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{title}</h1>
            <p class="lede">{lede}</p>
            {list(&visit, &links)}
        }
        .into_any()
    })
    .at_desk(desk))
}

/// Sources with how their links fare.
pub(super) fn list(visit: &Visit, links: &[(SourceRow, LinkHealth)]) -> AnyView {
    let items = links.iter().map(|(source, health)| {
        let told = health.state.map(|state| link_told(visit, state, health.since));
        view! {
            <li>
                <span>
                    <a href=visit.href(&format!("/sources/{}", source.id)) lang=source.language.clone()>{source.title.clone()}</a>
                    ", "{source.publisher.clone()}
                    <br />
                    <span class="meta">{told}</span>
                </span>
            </li>
        }
    });
    view! { <ul class="queue">{items.collect_view()}</ul> }.into_any()
}
