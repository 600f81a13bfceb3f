//! `/desk/links`: published sources whose links want mending, and where an archive keeps one.

use leptos::prelude::*;
use store::{LinkHealth, SourceRow, StoreError};

use super::DeskRequest;
use crate::{
    components::{Field, Form, crumbs, error_summary, link_told, text_field},
    page::{Head, Page},
    visit::Visit,
};

/// How many are shown; who mends them sees the next.
const SHOWN: u64 = 200;

/// The page.
///
/// # Errors
/// [`StoreError::Forbidden`], [`StoreError::Database`].
pub async fn links_to_mend(request: DeskRequest, form: Form, done: Option<&'static str>) -> Result<Page, StoreError> {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, store, .. } = request;
    let (links, _) = store.links_to_mend(&editor, SHOWN).await?;
    let title = visit.t("links-to-mend");
    let wrong = !form.errors.is_empty();
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let lede = visit.t(if links.is_empty() { "links-none" } else { "links-to-mend-lede" });
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{title}</h1>
            {done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> })}
            {error_summary(&visit, &form, |_| visit.t("form-source-archive"))}
            <p class="lede">{lede}</p>
            {list(&visit, &links, |source| Some(archive(&visit, &form, source, "/desk/links")))}
        }
        .into_any()
    })
    .at_desk(desk);
    Ok(if wrong { page.failed(422) } else { page })
}

/// The name of the field for where an archive keeps a source: `archive_url.` and the name of the source.
pub const ARCHIVE: &str = "archive_url.";

/// Where an archive keeps a source, to be said, said otherwise or taken back.
pub(super) fn archive(visit: &Visit, form: &Form, source: &SourceRow, action: &str) -> AnyView {
    let name = format!("{ARCHIVE}{}", source.id);
    let wrong = form.errors.iter().any(|error| error.path == name);
    let mut form = form.clone();
    if !wrong {
        form.fields.set(name.as_str(), source.archive_url.clone().unwrap_or_default());
    }
    let field = Field { kind: "url", ..Field::new(name, visit.t("form-source-archive")) };
    let field = field.hint(visit.t("form-source-archive-hint"));
    view! {
        <details open=wrong>
            <summary>{visit.t("links-archive")}</summary>
            <form class="form" method="post" action=visit.href(action) novalidate>
                {text_field(visit, &form, &field)}
                <div class="actions"><button class="quiet" type="submit">{visit.t("links-archive-save")}</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// Sources with how their links fare, and what can be done about each.
pub(super) fn list(visit: &Visit, links: &[(SourceRow, LinkHealth)], more: impl Fn(&SourceRow) -> Option<AnyView>) -> AnyView {
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
                {more(source)}
            </li>
        }
    });
    view! { <ul class="queue">{items.collect_view()}</ul> }.into_any()
}
