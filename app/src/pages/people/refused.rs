//! What is said to somebody who may not do what they asked for, or not from where they asked.

use leptos::prelude::*;

use crate::{
    page::{AtDesk, Head, Page},
    visit::Visit,
};

fn told(visit: Visit, title: &'static str, text: &'static str, status: u16) -> Page {
    let head = Head { title: visit.texts().get(title), ..Head::default() };
    Page::new(head, move || {
        let desk = visit.path.starts_with("/desk").then(|| view! { <p><a href=visit.href("/desk")>{visit.t("to-desk")}</a></p> });
        view! {
            <h1>{visit.texts().get(title)}</h1>
            <p class="lede">{visit.texts().get(text)}</p>
            {desk}
        }
        .into_any()
    })
    .failed(status)
}

/// The answer to somebody whose role does not allow it.
#[must_use]
pub fn forbidden(visit: Visit, desk: AtDesk) -> Page {
    told(visit, "forbidden-title", "forbidden-text", 403).at_desk(desk)
}

/// The answer to somebody at the desk who asks for what is not there.
#[must_use]
pub fn not_at_desk(visit: Visit, desk: AtDesk) -> Page {
    told(visit, "not-found-title", "not-at-desk-text", 404).at_desk(desk)
}

/// The answer to somebody who was overtaken by somebody else.
#[must_use]
pub fn overtaken(visit: Visit, desk: AtDesk) -> Page {
    told(visit, "overtaken-title", "overtaken-text", 409).at_desk(desk)
}

/// The answer to a form that another site's page sent in a reader's name.
#[must_use]
pub fn cross_site(visit: Visit) -> Page {
    told(visit, "cross-site-title", "cross-site-text", 403).private()
}
