//! One change of status as an entry: what it is called, what happened, and the evidence.

use std::fmt::Write as _;

use atom_syndication::{Content, Entry, Link, Text};
use domain::{Localized, Slug, Stance, tag};
use store::{Cited, RecordedChange, Step};

use super::{category, fixed};
use crate::{i18n, markup::escape, visit::Visit};

/// A change to be told, and whose it is.
pub(super) struct Told<'a> {
    pub(super) pledge: &'a Slug,
    pub(super) title: &'a Localized,
    pub(super) step: Step,
}

/// A change without its evidence, where the pledge's own page does not tell it (yet).
pub(super) fn bare(change: &RecordedChange) -> Step {
    Step {
        position: change.position,
        party: None,
        status: change.status,
        effective_on: change.effective_on,
        rationale: change.rationale.clone(),
        confidence: None,
        searched: None,
        override_reason: None,
        corrects: None,
        corrected_by: None,
        recorded_at: change.recorded_at,
        citations: Vec::new(),
    }
}

/// The entry. Its id never changes, nor does what it says: a published change is never edited.
pub(super) fn entry(visit: &Visit, told: &Told<'_>) -> Entry {
    let step = &told.step;
    let status = visit.t_code("status", step.status.code());
    let page = format!("{}#change-{}", visit.url(&format!("/pledges/{}", told.pledge)), step.position);
    let title = match &step.party {
        Some(party) => visit.t_with(
            "feed-entry-of-party",
            &[
                ("title", visit.words(told.title).into()),
                ("party", visit.words(&party.name).into()),
                ("status", status.as_str().into()),
            ],
        ),
        None => visit.t_with("feed-entry", &[("title", visit.words(told.title).into()), ("status", status.as_str().into())]),
    };
    let mut categories = vec![category(visit, step.status.code(), status)];
    if step.corrects.is_some() {
        categories.push(category(visit, "correction", visit.t("correction")));
    }
    Entry {
        title: Text::plain(title),
        id: tag::of_change(&visit.site, told.pledge, step.position),
        updated: fixed(step.recorded_at),
        published: Some(fixed(step.recorded_at)),
        links: vec![Link { href: page, mime_type: Some("text/html".to_owned()), ..Link::default() }],
        categories,
        summary: Some(in_its_language(visit, &step.rationale)),
        content: Some(Content { content_type: Some("html".to_owned()), value: Some(content(visit, step)), ..Content::default() }),
        ..Entry::default()
    }
}

/// A text of the record, marked where it is in the other language.
fn in_its_language(visit: &Visit, text: &Localized) -> Text {
    let (value, language) = text.for_reader(visit.locale);
    let lang = (language != visit.locale).then(|| language.code().to_owned());
    Text { lang, ..Text::plain(value) }
}

fn content(visit: &Visit, step: &Step) -> String {
    let texts = visit.texts();
    let mut html = String::new();
    let mut paragraph = |label: String, text: &Localized| {
        let (text, language) = text.for_reader(visit.locale);
        let label = if label.is_empty() { label } else { format!("<strong>{}</strong>: ", escape(&label)) };
        _ = write!(html, "<p lang=\"{language}\">{label}{}</p>", escape(text));
    };
    paragraph(i18n::date(texts, step.effective_on), &step.rationale);
    if let Some((_, reason)) = &step.corrects {
        paragraph(visit.t("correction"), reason);
    }
    if let Some(reason) = &step.override_reason {
        paragraph(visit.t("step-override"), reason);
    }
    if let Some(place) = &step.searched {
        paragraph(visit.t("step-searched"), place);
    }
    if !step.citations.is_empty() {
        html.push_str("<ul>");
        for cited in &step.citations {
            evidence(visit, cited, &mut html);
        }
        html.push_str("</ul>");
    }
    html
}

/// A citation: the passage, word for word, and where it stands.
fn evidence(visit: &Visit, cited: &Cited, html: &mut String) {
    html.push_str("<li>");
    match &cited.quote {
        Some(quote) => {
            _ = write!(html, "<blockquote lang=\"{}\">“{}”</blockquote>", escape(&cited.language), escape(quote));
        }
        None => _ = write!(html, "<em>{}</em> ", escape(&visit.t("not-yet-quoted"))),
    }
    if cited.stance != Stance::Supports {
        _ = write!(html, "{}: ", escape(&visit.t_code("stance", cited.stance.code())));
    }
    let source = &cited.source;
    _ = write!(
        html,
        "<cite><a href=\"{}\" hreflang=\"{}\">{}</a></cite>, {}",
        escape(&source.url),
        escape(&source.language),
        escape(&source.title),
        escape(&source.publisher)
    );
    if let Some(date) = source.published_on {
        _ = write!(html, ", {}", escape(&i18n::date(visit.texts(), date)));
    }
    if let Some(locator) = &cited.locator {
        _ = write!(html, ", {}", escape(locator));
    }
    html.push_str("</li>");
}
