//! What is said when a request can't be answered as asked.

use domain::{FieldErrors, Problem};
use leptos::prelude::*;

use crate::{
    i18n::Arg,
    page::{Head, Page},
    visit::Visit,
};

/// Names each wrong field and what would be accepted.
pub(super) fn problems(visit: &Visit, errors: &FieldErrors) -> AnyView {
    let items = errors.iter().map(|error| {
        view! { <li><code>{error.path.clone()}</code>": "{told(visit, &error.problem)}</li> }
    });
    view! {
        <div class="notice notice-error" role="alert">
            <p><strong>{visit.t("refused-title")}</strong></p>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// A problem that a parameter of a page can have, in the reader's language.
fn told(visit: &Visit, problem: &Problem) -> String {
    let given = |given: &str| ("given", Arg::from(given));
    match problem {
        Problem::NotOneOf { given: text, accepted } => {
            visit.t_with("problem-not-one-of", &[given(text), ("accepted", accepted.join(", ").into())])
        }
        Problem::NotASlug(text) => visit.t_with("problem-not-a-slug", &[given(text)]),
        Problem::NotARange(text) => visit.t_with("problem-not-a-range", &[given(text)]),
        Problem::NotALanguage(text) => visit.t_with("problem-not-a-language", &[given(text)]),
        Problem::NotADay(text) => visit.t_with("problem-not-a-day", &[given(text)]),
        Problem::NotATimestamp(text) => visit.t_with("problem-not-a-timestamp", &[given(text)]),
        Problem::LaterThan(other) => visit.t_with("problem-later-than", &[("other", (*other).into())]),
        other => other.to_string(),
    }
}

/// The answer to a request whose parameters are wrong.
#[must_use]
pub fn refused(visit: Visit, errors: FieldErrors) -> Page {
    let head = Head { title: visit.t("refused-title"), ..Head::default() };
    Page::new(head, move || {
        view! {
            <h1>{visit.t("refused-title")}</h1>
            {problems(&visit, &errors)}
            <p><a href=visit.now()>{visit.t("notice-now")}</a></p>
        }
        .into_any()
    })
    .failed(400)
}

/// The answer when the record can't be read just now.
#[must_use]
pub fn unavailable(visit: Visit) -> Page {
    let head = Head { title: visit.t("unavailable-title"), ..Head::default() };
    Page::new(head, move || {
        view! {
            <h1>{visit.t("unavailable-title")}</h1>
            <p>{visit.t("unavailable-text")}</p>
        }
        .into_any()
    })
    .failed(503)
}
