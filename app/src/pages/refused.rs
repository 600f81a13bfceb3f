//! What is said when a request can't be answered as asked.

use domain::FieldErrors;
use leptos::prelude::*;

use crate::{
    components::problem,
    page::{Head, Page},
    visit::Visit,
};

/// Names each wrong field and what would be accepted.
pub(super) fn problems(visit: &Visit, errors: &FieldErrors) -> AnyView {
    let items = errors.iter().map(|error| {
        view! { <li><code>{error.path.clone()}</code>": "{problem(visit, &error.problem)}</li> }
    });
    view! {
        <div class="notice notice-error" role="alert">
            <p><strong>{visit.t("refused-title")}</strong></p>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
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

/// The answer to who asks too often: when to come again.
#[must_use]
pub fn too_often(visit: &Visit, seconds: u64) -> Page {
    let text = visit.t_with("too-often-text", &[("n", seconds.into())]);
    let all = view! { <p>{visit.t("too-often-all")}" "<a href=visit.href("/data")>{visit.t("data-title")}</a>"."</p> };
    told(visit, "too-often-title", text, Some(all.into_any()), 429)
}

/// The answer when there is no room to write: nothing of what was sent was saved.
#[must_use]
pub fn not_writable(visit: &Visit) -> Page {
    told(visit, "not-writable-title", visit.t("not-writable-text"), None, 503)
}

/// The answer when the record can't be read just now.
#[must_use]
pub fn unavailable(visit: &Visit) -> Page {
    told(visit, "unavailable-title", visit.t("unavailable-text"), None, 503)
}

/// Why there is no page, in a title and a sentence; and what else there is to say.
fn told(visit: &Visit, title: &str, text: String, more: Option<AnyView>, status: u16) -> Page {
    let title = visit.t(title);
    let head = Head { title: title.clone(), ..Head::default() };
    Page::new(head, move || {
        view! {
            <h1>{title}</h1>
            <p>{text}</p>
            {more}
        }
        .into_any()
    })
    .failed(status)
}
