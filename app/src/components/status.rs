//! A status as readers see it: its shape, its word, its colour. Each is defined here once, the colour by its class.

use domain::{PledgeStatus, Timeliness};
use leptos::prelude::*;

use super::classes;
use crate::{i18n, visit::Visit};

/// The class that gives a status its colour and its line in the strip.
#[must_use]
pub const fn status_class(status: PledgeStatus) -> &'static str {
    match status {
        PledgeStatus::NotAssessed => classes("s-not-assessed"),
        PledgeStatus::Announced => classes("s-announced"),
        PledgeStatus::NoActionFound => classes("s-no-action-found"),
        PledgeStatus::InProgress => classes("s-in-progress"),
        PledgeStatus::PartlyFulfilled => classes("s-partly-fulfilled"),
        PledgeStatus::Fulfilled => classes("s-fulfilled"),
        PledgeStatus::Stalled => classes("s-stalled"),
        PledgeStatus::NotFulfilled => classes("s-not-fulfilled"),
        PledgeStatus::Superseded => classes("s-superseded"),
        PledgeStatus::Withdrawn => classes("s-withdrawn"),
        PledgeStatus::NotAssessable => classes("s-not-assessable"),
    }
}

/// The shape of a status, on a field of 16 by 16: no two have the same. What is not said otherwise is a line of the current colour,
/// two wide and not filled (`status.css`; a picture without the stylesheet says so around it).
pub(crate) const fn shape(status: PledgeStatus) -> &'static str {
    match status {
        PledgeStatus::NotAssessed => r#"<circle cx="8" cy="8" r="6" stroke-dasharray="1 2.77"/>"#,
        PledgeStatus::Announced => r#"<circle cx="8" cy="8" r="6"/>"#,
        PledgeStatus::NoActionFound => r#"<circle cx="7" cy="7" r="5"/><path d="M11 11l4 4"/>"#,
        PledgeStatus::InProgress => {
            r#"<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none"/>"#
        }
        PledgeStatus::PartlyFulfilled => r#"<circle cx="8" cy="8" r="6"/><path d="M4.8 8.2l2.2 2.2 4.2-4.6"/>"#,
        PledgeStatus::Fulfilled => {
            r#"<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/><path d="M4.5 8.2l2.4 2.4 4.6-5" stroke="var(--paper)"/>"#
        }
        PledgeStatus::Stalled => {
            r#"<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/><path d="M6 5v6M10 5v6" stroke="var(--paper)"/>"#
        }
        PledgeStatus::NotFulfilled => {
            r#"<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/><path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" stroke="var(--paper)"/>"#
        }
        PledgeStatus::Superseded => {
            r#"<rect x="1.5" y="1.5" width="13" height="13" rx="2"/><path d="M4.5 8h6M8 5.2L10.8 8 8 10.8"/>"#
        }
        PledgeStatus::Withdrawn => r#"<rect x="1.5" y="1.5" width="13" height="13" rx="2"/><path d="M4.5 8h7"/>"#,
        PledgeStatus::NotAssessable => {
            r#"<circle cx="8" cy="8" r="6"/><path d="M4.5 9c1.5-3 3.5 1.5 7-1.5" stroke-width="1.6"/>"#
        }
    }
}

/// That something is overdue and by how much, or that it is due soon.
pub fn lateness(visit: &Visit, timeliness: Option<Timeliness>) -> Option<AnyView> {
    let overdue = matches!(timeliness, Some(Timeliness::Overdue { .. }));
    let class = if overdue { "meta overdue" } else { "meta" };
    Some(view! { <span class=class>{i18n::lateness(visit.texts(), timeliness)?}</span> }.into_any())
}

/// A status with its shape and its words, and how it stands to its due date where that belongs in the same breath.
pub fn status_badge(visit: &Visit, status: PledgeStatus, timeliness: Option<Timeliness>) -> AnyView {
    let class = format!("status {}", status_class(status));
    view! {
        <span class=class>
            <svg viewBox="0 0 16 16" aria-hidden="true" inner_html=shape(status)></svg>
            <span>{i18n::timeliness_of(visit.texts(), status, timeliness)}</span>
        </span>
    }
    .into_any()
}
