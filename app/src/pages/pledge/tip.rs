//! “Tell us what we missed”: a form for everybody on each pledge, and what is said after it was sent.

use domain::NewTip;
use leptos::prelude::*;

use crate::{
    components::{Field, Form, crumbs, error_summary, text_area, text_field},
    page::{Head, Page},
    pages::{PageResult, Request, not_found, slug},
    visit::{Visit, localized_path},
};

/// The name of the field that people don't see: whatever fills it in does not see the page.
pub const TRAP: &str = "website";

/// The form on the page of a pledge, the same for everybody. A page of the past has none: nothing is missed there any more.
pub(super) fn on_pledge(visit: &Visit, slug: &domain::Slug) -> AnyView {
    if visit.moment.is_past() {
        return ().into_any();
    }
    view! {
        <details class="reuse no-print" id="tip">
            <summary>{visit.t("tip-title")}</summary>
            {form(visit, slug.as_str(), &Form::default())}
        </details>
    }
    .into_any()
}

/// The way to the same form for who has just read the facts and knows better.
pub(super) fn way_there(visit: &Visit, slug: &domain::Slug) -> AnyView {
    if visit.moment.is_past() {
        return ().into_any();
    }
    let href = localized_path(visit.locale, &format!("/pledges/{slug}/tips"));
    view! { <p class="meta no-print"><a href=href rel="nofollow">{visit.t("tip-way")}</a></p> }.into_any()
}

fn form(visit: &Visit, slug: &str, form: &Form) -> AnyView {
    let action = localized_path(visit.locale, &format!("/pledges/{slug}/tips"));
    let url = Field { kind: "url", autocomplete: "off", ..Field::new(NewTip::URL, visit.t("tip-url")) };
    let words = Field { lines: 4, ..Field::new(NewTip::TEXT, visit.t("tip-words")) };
    view! {
        <form class="form" method="post" action=action>
            <p class="hint">{visit.t("tip-text")}</p>
            {text_field(visit, form, &url.hint(visit.t("tip-url-hint")))}
            {text_area(visit, form, &words)}
            <p class="leave-empty" aria-hidden="true">
                <label for="f-website">{visit.t("tip-leave-empty")}</label>
                <input id="f-website" name=TRAP value=form.get(TRAP).to_owned() autocomplete="off" tabindex="-1" />
            </p>
            <div class="actions"><button type="submit">{visit.t("tip-send")}</button></div>
        </form>
    }
    .into_any()
}

/// `/pledges/{slug}/tips`: the form by itself, with what was typed and what is wrong with it (422). Where `too_many` were sent
/// (429) nothing is lost either.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn tip(request: Request, name: &str, typed: Form, too_many: bool) -> PageResult {
    let wrong = !typed.errors.is_empty();
    let page = about(request, name, "tip-title", move |visit, slug| {
        let label = |name: &str| if name == NewTip::URL { visit.t("tip-url") } else { visit.t("tip-words") };
        let too_many = too_many.then(|| view! { <p class="notice notice-error" role="alert">{visit.t("tip-too-many")}</p> });
        view! { {error_summary(visit, &typed, label)}{too_many}{form(visit, slug, &typed)} }.into_any()
    });
    let page = page.await?;
    Ok(match page.status {
        200 if wrong => page.failed(422),
        200 if too_many => page.failed(429),
        _ => page,
    })
}

/// `/pledges/{slug}/tips/thanks`: what is said to who sent a tip.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn tip_thanks(request: Request, name: &str) -> PageResult {
    let page = about(request, name, "tip-thanks-title", |visit, slug| {
        let back = visit.href(&format!("/pledges/{slug}"));
        view! { <p class="lede">{visit.t("tip-thanks")}</p><p><a href=back>{visit.t("tip-back")}</a></p> }.into_any()
    });
    page.await
}

/// A page about a pledge that nobody keeps and no search engine lists.
async fn about(
    request: Request,
    name: &str,
    title: &'static str,
    body: impl FnOnce(&Visit, &str) -> AnyView + Send + 'static,
) -> PageResult {
    let Request { visit, store, .. } = request;
    let pledge = match slug(name) {
        Some(slug) => store.pledge(&slug, visit.moment).await?,
        None => None,
    };
    let Some(pledge) = pledge else { return Ok(not_found(visit)) };
    let head = Head { title: visit.texts().get(title), ..Head::default() };
    let page = Page::new(head, move || {
        let slug = pledge.slug.as_str();
        let way = vec![
            (visit.href("/pledges"), visit.t("pledges")),
            (visit.href(&format!("/pledges/{slug}")), visit.words(&pledge.title).to_owned()),
        ];
        view! { {crumbs(&visit, way)}<h1>{visit.texts().get(title)}</h1>{body(&visit, slug)} }.into_any()
    });
    Ok(page.private())
}
