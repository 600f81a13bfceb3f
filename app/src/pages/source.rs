//! `/sources/{id}`: a document, and everything in the record that rests on it.

use domain::LinkState;
use leptos::prelude::*;
use store::{CitedFor, Copy, LinkHealth, SourceRow};

use super::{PageResult, Request, not_found, slug};
use crate::{
    components::{copy_list, crumbs, dated, in_archive, link_told, passage, read_it, status_badge, words},
    i18n, json_ld,
    page::{Head, Page},
    visit::Visit,
};

/// The page.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn source(request: Request, name: &str) -> PageResult {
    let Request { visit, store, .. } = request;
    let found = match slug(name) {
        Some(slug) => store.source(&slug, visit.moment).await?,
        None => None,
    };
    let Some(mut found) = found else { return Ok(not_found(visit)) };
    store.anchor(found.cited_for.iter_mut().map(|used| &mut used.cited), visit.moment).await?;
    let copies = store.copies_of_source(&found.source.id, visit.moment).await?;
    let health = store.link_health(&found.source.url).await?;
    let source = found.source.clone();
    let description = visit
        .t_with("source-description", &[("title", source.title.clone().into()), ("publisher", source.publisher.clone().into())]);
    let way = vec![(visit.href("/pledges"), visit.t("pledges"))];
    let json_ld = [json_ld::breadcrumbs(&visit, &way, &source.title)];
    Ok(Page::new(Head { title: source.title.clone(), description }, move || {
        let lang = (source.language != visit.locale.code()).then(|| source.language.clone());
        let published = source.published_on.map(|date| {
            view! { <div><dt>{visit.t("source-published")}</dt><dd>{dated(&visit, date)}</dd></div> }
        });
        let original = found.translation_of.as_ref().map(|original| {
            view! { <div><dt>{visit.t("source-translation-of")}</dt><dd>{other(&visit, original)}</dd></div> }
        });
        let translations = (!found.translations.is_empty()).then(|| {
            let all = found.translations.iter().map(|translation| view! { <li>{other(&visit, translation)}</li> });
            view! { <div><dt>{visit.t("source-translations")}</dt><dd><ul>{all.collect_view()}</ul></dd></div> }
        });
        let uses = found.cited_for.iter().map(|use_| view! { <li>{cited_for(&visit, use_)}</li> });
        let none = found.cited_for.is_empty().then(|| view! { <p class="empty">{visit.t("source-not-cited-then")}</p> });
        view! {
            {crumbs(&visit, way)}
            <h1 lang=lang>{source.title.clone()}</h1>
            <p class="lede">{open(&visit, &source, health.as_ref())}</p>
            <div class="cols">
                <div>
                    <h2 class="mt-0">{visit.t("source-cited-for")}</h2>
                    <ul class="changes">{uses.collect_view()}</ul>
                    {none}
                    {kept(&visit, &found.source, &copies)}
                </div>
                <aside aria-label=visit.t("facts")>
                    <dl class="facts">
                        <div><dt>{visit.t("source-publisher")}</dt><dd>{source.publisher.clone()}</dd></div>
                        {published}
                        <div><dt>{visit.t("source-kind")}</dt><dd>{visit.t_code("source-kind", source.kind.code())}</dd></div>
                        <div><dt>{visit.t("source-language")}</dt><dd>{language_name(&visit, &source.language)}</dd></div>
                        {original}
                        {translations}
                        {health.as_ref().and_then(|health| fares(&visit, health))}
                        <div><dt>{visit.t("source-address")}</dt><dd class="meta cite-as">{source.url.clone()}</dd></div>
                    </dl>
                </aside>
            </div>
        }
        .into_any()
    })
    .with_json_ld(json_ld))
}

/// The ways to the document: the original first, unless its link leads astray by now and an archive keeps it.
fn open(visit: &Visit, source: &SourceRow, health: Option<&LinkHealth>) -> AnyView {
    let original = view! { <a class="outside break-words" href=source.url.clone() rel="noopener external" hreflang=source.language.clone()>{visit.t("source-open")}</a> };
    let misleads = matches!(health.and_then(|health| health.state), Some(LinkState::Gone | LinkState::Changed));
    match in_archive(visit, source) {
        None => original.into_any(),
        Some(archived) if misleads => view! { {archived}" · "{original} }.into_any(),
        Some(archived) => view! { {original}" · "{archived} }.into_any(),
    }
}

/// How its link fares, as of the last look at it.
fn fares(visit: &Visit, health: &LinkHealth) -> Option<AnyView> {
    let told = link_told(visit, health.state?, health.since);
    let looked = i18n::date(visit.texts(), health.looked_at?.date_naive().into());
    let looked = visit.t_with("link-looked-at", &[("date", looked.into())]);
    Some(view! { <div><dt>{visit.t("link-health")}</dt><dd>{told}" "<span class="meta">{looked}</span></dd></div> }.into_any())
}

/// The copies of the source that the record had at the moment.
fn kept(visit: &Visit, source: &SourceRow, copies: &[Copy]) -> AnyView {
    if copies.is_empty() {
        return ().into_any();
    }
    view! {
        <h2 id="copies">{visit.t("copies-title")}</h2>
        <p class="hint">{visit.t("copies-lede-public")}</p>
        {copy_list(visit, copies, |sha256| format!("/sources/{}/copies/{sha256}", source.id), |_| None)}
    }
    .into_any()
}

fn other(visit: &Visit, source: &SourceRow) -> AnyView {
    let lang = (source.language != visit.locale.code()).then(|| source.language.clone());
    view! { <a href=visit.href(&format!("/sources/{}", source.id)) lang=lang>{source.title.clone()}</a>", "{source.publisher.clone()} }.into_any()
}

fn language_name(visit: &Visit, tag: &str) -> String {
    match tag.split('-').next() {
        Some("en") => visit.t("language-en"),
        Some("es") => visit.t("language-es"),
        _ => tag.to_owned(),
    }
}

fn cited_for(visit: &Visit, used: &CitedFor) -> AnyView {
    let path = format!("/pledges/{}", used.pledge);
    let (href, what) = match (&used.change, used.variant) {
        (Some((position, status, effective_on)), _) => (
            format!("{}#change-{position}", visit.href(&path)),
            view! { {status_badge(visit, *status, None)}" "<span class="meta">{dated(visit, *effective_on)}</span> }.into_any(),
        ),
        (None, Some(field)) => {
            let field = visit.t_code("field", field.code());
            (
                visit.href(&path),
                view! { <span class="meta">{visit.t_with("source-for-variant", &[("field", i18n::Arg::from(field))])}</span> }
                    .into_any(),
            )
        }
        (None, None) => (visit.href(&path), view! { <span class="meta">{visit.t("source-for-pledge")}</span> }.into_any()),
    };
    view! {
        <h3><a href=href>{words(visit, &used.title)}</a></h3>
        <div>{what}</div>
        {passage(visit, &used.cited)}
        {read_it(visit, &used.cited).map(|links| view! { <p class="meta">{links}</p> })}
    }
    .into_any()
}
