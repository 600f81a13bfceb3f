//! How to cite the pledge's page, and how to show the pledge on a page of one's own.

use leptos::prelude::*;
use store::Dossier;

use crate::{cite::CitedAs, markup::escape, page::Alternate, visit::Visit};

/// How wide and how high an embedded pledge is, in CSS pixels, where nobody asks for less.
pub const EMBED_SIZE: (u32, u32) = (600, 320);

/// The address of the pledge's embeddable page.
#[must_use]
pub fn embed_url(visit: &Visit, pledge: &Dossier) -> String {
    visit.url(&format!("/embed/pledges/{}", pledge.slug))
}

/// The HTML that shows the pledge on somebody else's page.
#[must_use]
pub fn embed_html(visit: &Visit, pledge: &Dossier, (width, height): (u32, u32)) -> String {
    let (url, title) = (escape(&embed_url(visit, pledge)), escape(visit.words(&pledge.title)));
    format!(
        "<iframe src=\"{url}\" title=\"{title}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
         style=border:0;max-width:100%></iframe>"
    )
}

/// Where programs find the embed (oEmbed 1.0, section 4).
pub(super) fn discovery(visit: &Visit, pledge: &Dossier) -> Alternate {
    let page = visit.url(&format!("/pledges/{}", pledge.slug));
    let plain = Visit { moment: domain::Moment::now(visit.moment.known_at), locale: domain::Locale::En, ..visit.clone() };
    Alternate {
        media_type: "application/json+oembed",
        href: plain.url_with("/oembed", &[("url", &page), ("format", "json")]),
        title: visit.words(&pledge.title).to_owned(),
    }
}

pub(super) fn cite(visit: &Visit, pledge: &Dossier, cited: &CitedAs) -> AnyView {
    let style = |name: &str, text: &str| view! { <div><dt>{visit.t(name)}</dt><dd>{text.to_owned()}</dd></div> };
    view! {
        <section class="reuse">
            <h2>{visit.t("cite-title")}</h2>
            <p class="meta">
                <a href=cited.permalink.clone() rel="nofollow">{visit.t("pledge-permalink")}</a>": "{visit.t("cite-permalink-text")}
            </p>
            <p class="meta">
                <a href=format!("/pledges/{}/evidence.wacz", pledge.slug) download rel="nofollow">{visit.t("evidence-download")}</a>": "
                {visit.t("evidence-download-text")}". "{quotes_kept(visit, pledge)}
            </p>
            <details>
                <summary>{visit.t("cite-styles")}</summary>
                <dl class="facts">
                    {style("cite-style-apa", &cited.apa)}
                    {style("cite-style-chicago", &cited.chicago)}
                    {style("cite-style-plain", &cited.plain)}
                    <div><dt>"BibTeX"</dt><dd><pre>{cited.bibtex.clone()}</pre></dd></div>
                </dl>
            </details>
        </section>
    }
    .into_any()
}

/// How many of the quotes stand in kept copies of their sources: those of the others nobody can hold against what was there.
fn quotes_kept(visit: &Visit, pledge: &Dossier) -> Option<String> {
    let quoted = || pledge.cited().filter(|cited| cited.quote.is_some());
    let (all, kept) = (quoted().count() as u64, quoted().filter(|cited| cited.anchor.is_some()).count() as u64);
    let counts = [("n", all.into()), ("kept", kept.into())];
    (all > 0).then(|| visit.t_with(if kept == 0 { "evidence-quotes-unkept" } else { "evidence-quotes-kept" }, &counts))
}

pub(super) fn embed(visit: &Visit, pledge: &Dossier) -> AnyView {
    let html = embed_html(visit, pledge, EMBED_SIZE);
    let preview = visit.href(&format!("/embed/pledges/{}", pledge.slug));
    view! {
        <details class="reuse no-print">
            <summary>{visit.t("embed-title")}</summary>
            <p class="meta">{visit.t("embed-text")}" "<a href=preview>{visit.t("embed-preview")}</a></p>
            <pre>{html}</pre>
        </details>
    }
    .into_any()
}
