//! The document around every page, and its rendering to HTML.

mod desk;
mod embedded;
mod meta;

use std::sync::Arc;

use domain::Locale;
use leptos::{prelude::*, reactive::owner::Owner};

use crate::{
    components::{as_of_form, past_notice},
    markup::spared,
    page::{CachePolicy, Page},
    visit::{Visit, localized_path},
};

pub use embedded::render_embedded;

/// The files that pages link to, under names that change with their content.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The path of the stylesheet.
    pub stylesheet: String,
    /// The path of the site's icon.
    pub icon: String,
    /// The name that the browser half's files share, without folder and ending: `app-3f2a…`.
    pub islands: String,
}

/// A rendered page.
#[derive(Debug)]
pub struct Rendered {
    /// The document.
    pub html: String,
    /// The text of its script, by which a Content Security Policy can name it; `None` where it has none.
    pub script: Option<String>,
}

/// Renders a page. Scripts are on it only if it has an island.
#[must_use]
pub fn render(page: Page, visit: &Visit, assets: &Assets) -> Rendered {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    owner.with(|| {
        let script = page.interactive.then(|| script(assets));
        let html = spared(&document(page, visit, assets, script.clone()).to_html());
        Rendered { html, script }
    })
}

/// The one script of a page with islands.
fn script(assets: &Assets) -> String {
    let lines: Vec<&str> =
        include_str!("shell/islands.js").lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    format!("{}({:?})", lines.join("\n"), assets.islands)
}

fn document(page: Page, visit: &Visit, assets: &Assets, script: Option<String>) -> impl IntoView {
    let title = if page.head.title.is_empty() { "Pledgebook".to_owned() } else { format!("{} · Pledgebook", page.head.title) };
    let found = page.status == 200;
    let (desk, cache, rests_on) = (page.desk.clone(), page.cache, page.rests_on);
    let to_desk = desk::way_there(visit, &page);
    // One address for search engines: this page, now. What it was at another moment is not for their index.
    let canonical = (found && page.listed).then(|| view! { <link rel="canonical" href=visit.canonical(visit.locale) /> });
    let alternates = (found && page.listed && !visit.moment.is_past()).then(|| {
        view! {
            <link rel="alternate" hreflang="en" href=visit.canonical(Locale::En) />
            <link rel="alternate" hreflang="es" href=visit.canonical(Locale::Es) />
            <link rel="alternate" hreflang="x-default" href=visit.canonical(Locale::En) />
        }
    });
    let robots = (visit.moment.is_past() || !found || !page.listed).then(|| view! { <meta name="robots" content="noindex" /> });
    let description =
        (!page.head.description.is_empty()).then(|| view! { <meta name="description" content=page.head.description.clone() /> });
    let for_programs = found.then(|| meta::for_programs(&page, visit));
    let script = script.map(|code| view! { <script inner_html=code></script> });
    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.code() dir="ltr">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                {description}
                {robots}
                {canonical}
                {alternates}
                {for_programs}
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href=assets.icon.clone() type="image/svg+xml" />
                <link rel="stylesheet" href=assets.stylesheet.clone() />
                {script}
            </head>
            <body>
                <a class="skip" href="#main">{visit.t("skip")}</a>
                {desk.as_ref().map_or_else(|| header(visit, to_desk), |desk| desk::header(visit, desk))}
                <main id="main" class="wrap">
                    {past_notice(visit)}
                    {(page.body)()}
                </main>
                {if desk.is_some() { ().into_any() } else { footer(visit, found && cache != CachePolicy::Never, rests_on) }}
            </body>
        </html>
    }
}

fn header(visit: &Visit, to_desk: AnyView) -> AnyView {
    let link = |path: &'static str, key: &str| {
        let inside = visit.path == path || visit.path.starts_with(&format!("{path}/"));
        let current = inside.then(|| if visit.path == path { "page" } else { "true" });
        view! { <a href=visit.href(path) aria-current=current>{visit.t(key)}</a> }
    };
    let nav = visit.t("site-sections");
    view! {
        <header class="site-header">
            <div class="wrap">
                <a class="brand" href=visit.href("/")>"Pledge"<b>"book"</b></a>
                <nav class="site-nav" aria-label=nav>
                    {link("/pledges", "pledges")}
                    {link("/parties", "parties")}
                    {link("/meetings", "meetings")}
                    {link("/topics", "topics")}
                    {link("/deadlines", "deadlines")}
                    {link("/changes", "changes")}
                    {link("/method", "method")}
                </nav>
                <div class="header-end">{languages(visit)}{to_desk}</div>
            </div>
        </header>
    }
    .into_any()
}

/// This very page in both languages.
fn languages(visit: &Visit) -> AnyView {
    let language = |locale: Locale, name: &'static str| {
        if locale == visit.locale {
            view! { <b lang=locale.code()>{name}</b> }.into_any()
        } else {
            view! { <a href=visit.in_language(locale) lang=locale.code() hreflang=locale.code()>{name}</a> }.into_any()
        }
    };
    view! {
        <nav class="lang" aria-label=visit.t("languages")>
            {language(Locale::En, "English")}
            {language(Locale::Es, "Español")}
        </nav>
    }
    .into_any()
}

fn footer(visit: &Visit, found: bool, rests_on: Option<u64>) -> AnyView {
    let rests_on = rests_on.filter(|_| found).map(|entry| {
        let href = localized_path(visit.locale, &format!("/record/{entry}"));
        let name = visit.t_with("footer-entry", &[("index", entry.to_string().into())]);
        view! { " "{visit.t("footer-rests-on")}" "<a href=href>{name}</a>"." }
    });
    let time_machine = found.then(|| as_of_form(visit));
    view! {
        <footer class="site-footer">
            <div class="wrap">
                {time_machine}
                <p>
                    {visit.t("footer-licence")}" "
                    <a href="https://creativecommons.org/licenses/by/4.0/" rel="license external">"CC BY 4.0"</a>": "
                    <a href=visit.href("/data")>{visit.t("data-download")}</a>". "
                    {visit.t("footer-api")}" "<a href=localized_path(visit.locale, "/api")>"API"</a>". "
                    {visit.t("footer-method")}" "<a href=localized_path(visit.locale, "/method")>{visit.t("method")}</a>"."
                    {rests_on}
                </p>
            </div>
        </footer>
    }
    .into_any()
}
