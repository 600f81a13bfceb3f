//! Evidence: what a source says, word for word where somebody has quoted it, and where to read it.

use chrono::{DateTime, Utc};
use domain::{
    LinkState, SourceKind, Stance,
    passage::{TextQuoteSelector, at_passage, passage_id},
};
use leptos::prelude::*;
use store::{Cited, SourceRow};

use super::{classes, dated};
use crate::{i18n, visit::Visit};

/// The citations of a claim. One that nobody has quoted yet says so.
pub fn evidence_list(visit: &Visit, citations: &[Cited]) -> AnyView {
    if citations.is_empty() {
        return ().into_any();
    }
    view! { <ul class="evidence">{citations.iter().map(|cited| evidence(visit, cited)).collect_view()}</ul> }.into_any()
}

fn evidence(visit: &Visit, cited: &Cited) -> AnyView {
    let class = if cited.quote.is_some() { classes("quoted") } else { classes("unquoted") };
    let stance = (cited.stance != Stance::Supports).then(|| {
        view! { <span class="stance">{visit.t_code("stance", cited.stance.code())}": "</span> }
    });
    let locator = cited.locator.clone().map(|locator| format!(", {locator}"));
    let authority = cited.authority.map(|authority| format!(" · {}", visit.t_code("authority", authority.code())));
    let there = read_it(visit, cited).map(|links| view! { {links}" · " });
    view! {
        <li class=class>
            {passage(visit, cited)}
            <p class="cite">{stance}{source_line(visit, &cited.source)}{locator}{authority}" · "{there}
                <a href=visit.href(&format!("/sources/{}", cited.source.id))>{visit.t("about-this-source")}</a>
            </p>
            {misleading(visit, cited)}
        </li>
    }
    .into_any()
}

/// That the link of a citation leads readers astray by now, and the way to the copy of what was there.
fn misleading(visit: &Visit, cited: &Cited) -> Option<AnyView> {
    let misleading = cited.misleading.as_ref()?;
    let copy = misleading.copy.as_ref().map(|sha256| {
        // The one that has the passage, where one has.
        let href = in_copy(visit, cited);
        let href = href.unwrap_or_else(|| visit.href(&format!("/sources/{}/copies/{sha256}", cited.source.id)));
        view! { " "<a href=href>{visit.t("link-read-copy")}</a> }
    });
    let told = link_told(visit, misleading.state, Some(misleading.since));
    let archive = in_archive(visit, &cited.source).map(|link| view! { " "{link} });
    let between = (archive.is_some() && copy.is_some()).then_some(" ·");
    Some(view! { <p class="link-health misleads">{told}{archive}{between}{copy}</p> }.into_any())
}

/// A link to what an archive keeps of a source, where somebody has said that one does.
pub fn in_archive(visit: &Visit, source: &SourceRow) -> Option<AnyView> {
    let href = source.archive_url.clone()?;
    let language = source.language.clone();
    Some(
        view! { <a class="outside" href=href rel="noopener external" hreflang=language>{visit.t("link-read-archived")}</a> }
            .into_any(),
    )
}

/// How a link fares, in a sentence.
pub fn link_told(visit: &Visit, state: LinkState, since: Option<DateTime<Utc>>) -> String {
    let date = since.map_or_else(String::new, |since| i18n::date(visit.texts(), since.date_naive().into()));
    visit.t_with(&format!("link-told-{}", state.code()), &[("date", date.into())])
}

/// The cited passage, word for word, in its own language; or, openly, that nobody has quoted it yet.
pub fn passage(visit: &Visit, cited: &Cited) -> AnyView {
    match &cited.quote {
        Some(quote) => view! { <blockquote lang=cited.language.clone()>{format!("“{quote}”")}</blockquote> }.into_any(),
        None => view! { <p class="meta gap m-0">{visit.t("not-yet-quoted")}</p> }.into_any(),
    }
}

/// Links to the passage itself: on the live page, and in the kept copy.
pub fn read_it(visit: &Visit, cited: &Cited) -> Option<AnyView> {
    let copy = in_copy(visit, cited).map(|href| {
        let page = cited.anchor.as_ref().and_then(|anchor| anchor.page);
        let told = match page {
            Some(page) => visit.t_with("read-it-in-copy-on-page", &[("n", page.into())]),
            None => visit.t("read-it-in-copy"),
        };
        view! { <a href=href>{told}</a> }.into_any()
    });
    match (read_there(visit, cited), copy) {
        (Some(there), Some(copy)) => Some(view! { {there}" · "{copy} }.into_any()),
        (there, copy) => there.or(copy),
    }
}

/// The passage in the kept copy, where a copy has it.
fn in_copy(visit: &Visit, cited: &Cited) -> Option<String> {
    let (anchor, quote) = (cited.anchor.as_ref()?, cited.quote.as_ref()?);
    let page = visit.href(&format!("/sources/{}/copies/{}", cited.source.id, anchor.sha256));
    Some(format!("{page}#{}", passage_id(quote)))
}

/// A link to the passage itself on the live page, where there is a page that a browser can search.
fn read_there(visit: &Visit, cited: &Cited) -> Option<AnyView> {
    let quote = cited.quote.as_ref().filter(|_| cited.source.kind != SourceKind::Dataset)?;
    let href = at_passage(&cited.source.url, &TextQuoteSelector::of_quote(quote))?;
    // Browsers follow a text fragment only where the page that is left can't reach into the one that is opened.
    let link = view! { <a class="outside" href=href rel="noopener external" hreflang=cited.source.language.clone()>{visit.t("read-it-there")}</a> };
    Some(link.into_any())
}

/// A source in a line: its title, which leads to it, who published it, and when.
pub fn source_line(visit: &Visit, source: &SourceRow) -> AnyView {
    let published = source.published_on.map(|date| view! { ", "{dated(visit, date)} });
    let language = (source.language != visit.locale.code()).then(|| source.language.clone());
    view! {
        <a class="outside" href=source.url.clone() rel="noopener external" lang=language.clone() hreflang=source.language.clone()>{source.title.clone()}</a>
        ", "{source.publisher.clone()}{published}
    }
    .into_any()
}
