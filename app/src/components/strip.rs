//! The history strip, drawn. All it shows is also said in its label.

use domain::{
    FuzzyDate,
    history::Span,
    strip::{FULL, Strip},
};
use leptos::prelude::*;

use super::{classes, status_class};
use crate::{i18n, visit::Visit};

/// The strip of a row: the line and the due mark.
pub fn strip(visit: &Visit, strip: &Strip, spans: &[Span], due: Option<FuzzyDate>) -> AnyView {
    drawn(visit, strip, spans, due, false)
}

/// The strip of a page, with its first and last day below.
pub fn strip_large(visit: &Visit, strip: &Strip, spans: &[Span], due: Option<FuzzyDate>) -> AnyView {
    drawn(visit, strip, spans, due, true)
}

fn drawn(visit: &Visit, strip: &Strip, spans: &[Span], due: Option<FuzzyDate>, large: bool) -> AnyView {
    let segments = strip.segments.iter().map(|segment| {
        let class = if segment.uncertain {
            format!("{} {}", status_class(segment.status), classes("uncertain"))
        } else {
            status_class(segment.status).to_owned()
        };
        view! { <line class=class x1=percent(segment.start) x2=percent(segment.start + segment.length) y1="8" y2="8" /> }
    });
    let due_mark = strip.due.zip(due).map(|(at, due)| {
        let anchor = match at {
            0..1500 => "start",
            1500..8500 => "middle",
            _ => "end",
        };
        let label = i18n::due_words(visit.texts(), due);
        view! {
            <line class="due" x1=percent(at) x2=percent(at) y1="0" y2="17" />
            <text class="due-label" x=percent(at) y="28" text-anchor=anchor>{label}</text>
        }
    });
    let ends = large.then(|| {
        let day = |day: chrono::NaiveDate| i18n::date(visit.texts(), day.into());
        view! {
            <text x="0" y="43">{day(strip.from)}</text>
            <text x="100%" y="43" text-anchor="end">{day(strip.to)}</text>
        }
    });
    let class = if large { classes("strip strip-large") } else { classes("strip") };
    view! {
        <svg class=class role="img" aria-label=told(visit, strip, spans, due)>
            <line class="track" x1="0" x2="100%" y1="8" y2="8" />
            {segments.collect_view()}
            {due_mark}
            {ends}
        </svg>
    }
    .into_any()
}

/// A position of the strip as SVG wants it.
fn percent(position: u32) -> String {
    debug_assert!(position <= FULL, "{position} lies beyond the strip");
    format!("{}.{:02}%", position / 100, position % 100)
}

/// The strip in words: `Announced from 28 February 2024, Fulfilled from 7 May 2024, due Apr 2024`.
fn told(visit: &Visit, strip: &Strip, spans: &[Span], due: Option<FuzzyDate>) -> String {
    let texts = visit.texts();
    let told = spans.iter().filter(|span| span.from <= strip.to).map(|span| {
        let status = texts.code("status", span.status.code());
        texts.with("strip-from", &[("status", status.into()), ("date", i18n::date(texts, span.effective_on).into())])
    });
    let due = due.map(|due| i18n::due_words(texts, due));
    let parts: Vec<String> = told.chain(due).collect();
    texts.with("strip-label", &[("history", parts.join(", ").into())])
}
