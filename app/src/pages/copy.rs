//! `/sources/{id}/copies/{sha256}`: the text of a kept copy, with the passages marked that published pledges quote. Nothing of the
//! copy itself is run, and no search engine lists it.

use domain::Sha256Hex;
use leptos::prelude::*;

use super::{PageResult, Request, not_found, slug};
use crate::{
    components::{copy_text, copy_told, crumbs, quoted_in, quoted_list},
    i18n,
    page::{Head, Page},
};

/// The page; there is none of a copy without text, nor of a source that is not public.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn copy(request: Request, name: &str, sha256: &str) -> PageResult {
    let Request { visit, store, .. } = request;
    let (Some(id), Ok(sha256)) = (slug(name), sha256.parse::<Sha256Hex>()) else { return Ok(not_found(visit)) };
    let found = store.copy_of_source(&id, &sha256, visit.moment).await?.filter(|found| !found.pages.is_empty());
    // What it is cited for holds what was published by then, and nothing else.
    let dossier = store.source(&id, visit.moment).await?;
    let (Some(found), Some(dossier)) = (found, dossier) else { return Ok(not_found(visit)) };
    let source = dossier.source;
    let (quoted, missing) = quoted_in(&found.pages, &dossier.cited_for);
    let title = visit.t_with("copies-of", &[("title", source.title.clone().into())]);
    Ok(Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let copy = &found.copy;
        let way =
            vec![(visit.href("/pledges"), visit.t("pledges")), (visit.href(&format!("/sources/{id}")), source.title.clone())];
        let when = i18n::timestamp(visit.texts(), copy.captured_at);
        let told = visit.t_with("copies-lede", &[("time", when.into()), ("url", copy.url.clone().into())]);
        view! {
            {crumbs(&visit, way)}
            <h1>{title}</h1>
            <p class="lede break-words">{told}</p>
            <p class="meta">{copy_told(&visit, copy)}" · SHA-256 "<span class="sha256">{copy.sha256.to_string()}</span></p>
            <p>
                <a class="outside" href=source.url.clone() rel="noopener external">{visit.t("source-open")}</a>" · "
                <a href=format!("/sources/{id}/copies/{sha256}/original") download rel="nofollow">{visit.t("copies-original")}</a>
            </p>
            {quoted_list(&visit, &quoted, missing, found.pages.len() > 1, &source.language)}
            {copy_text(&visit, &found.pages, Some(&source.language), &quoted)}
        }
        .into_any()
    })
    .unlisted())
}
