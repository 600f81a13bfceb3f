//! The history strip, drawn. All it shows is also said in its label.

use domain::{
    FuzzyDate,
    history::Span,
    strip::{FULL, Segment, Strip},
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
    // Written out, for they are a good part of a list's bytes: names and numbers alone.
    let segments: String = strip.segments.iter().map(line).collect();
    let due_mark = strip.due.zip(due).map(|(at, due)| {
        let anchor = match at {
            0..1500 => "start",
            1500..8500 => "middle",
            _ => "end",
        };
        let label = i18n::due_words(visit.texts(), due);
        view! {
            <line class="due" x1=percent(at) x2=percent(at) y2="17" />
            <text class="due-label" x=percent(at) y="28" text-anchor=anchor>{label}</text>
        }
    });
    let ends = large.then(|| {
        let day = |day: chrono::NaiveDate| i18n::date(visit.texts(), day.into());
        view! {
            <text y="43">{day(strip.from)}</text>
            <text x="100%" y="43" text-anchor="end">{day(strip.to)}</text>
        }
    });
    let class = if large { classes("strip strip-large") } else { classes("strip") };
    view! {
        <svg class=class role="img" aria-label=told(visit, strip, spans, due)>
            <line class="track" x2="100%" />
            <g inner_html=segments></g>
            {due_mark}
            {ends}
        </svg>
    }
    .into_any()
}

/// A segment as a line at the height of the track, which the stylesheet knows.
fn line(segment: &Segment) -> String {
    let uncertain = if segment.uncertain { classes(" uncertain") } else { "" };
    let from = if segment.start == 0 { String::new() } else { format!(" x1=\"{}\"", percent(segment.start)) };
    let to = percent(segment.start + segment.length);
    format!("<line class=\"{}{uncertain}\"{from} x2=\"{to}\"/>", status_class(segment.status))
}

/// A position of the strip as SVG wants it, no longer than it must be.
fn percent(position: u32) -> String {
    debug_assert!(position <= FULL, "{position} lies beyond the strip");
    match (position / 100, position % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}%", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}%"),
    }
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

#[cfg(test)]
mod tests {
    use domain::PledgeStatus;

    use super::*;

    #[test]
    fn a_segment_lies_where_it_lies_in_few_bytes() {
        let segment = |start, length, uncertain| Segment { start, length, status: PledgeStatus::Stalled, uncertain };
        assert_eq!(line(&segment(0, 805, false)), r#"<line class="s-stalled" x2="8.05%"/>"#);
        assert_eq!(line(&segment(5000, 5000, true)), r#"<line class="s-stalled uncertain" x1="50%" x2="100%"/>"#);
        assert_eq!(percent(3140), "31.4%");
    }
}
