//! The frame around the pages of the desk.

use domain::Act;
use leptos::prelude::*;

use super::languages;
use crate::{
    page::{AtDesk, Page},
    visit::Visit,
};

/// The way around the desk: only what the person may do.
pub(super) fn header(visit: &Visit, desk: &AtDesk) -> AnyView {
    let links: [(&str, &str, Option<Act>); 7] = [
        ("/desk", "desk-queue", None),
        ("/desk/new", "desk-new-pledge", Some(Act::Draft)),
        ("/desk/tips", "desk-tips", Some(Act::SortTips)),
        ("/desk/sources", "desk-sources", Some(Act::ChangePublished)),
        ("/desk/import", "desk-import", Some(Act::Import)),
        ("/desk/people", "desk-people", Some(Act::ManagePeople)),
        ("/desk/audit", "desk-audit", Some(Act::ReadAudit)),
    ];
    let links = links.into_iter().filter(|(_, _, act)| act.is_none_or(|act| desk.role.may(act))).map(|(path, key, _)| {
        let inside = visit.path == path || (path != "/desk" && visit.path.starts_with(&format!("{path}/")));
        let current = inside.then_some("page");
        view! { <a href=visit.href(path) aria-current=current>{visit.t(key)}</a> }
    });
    let sign_out = crate::visit::localized_path(visit.locale, "/sign-out");
    view! {
        <header class="site-header desk-header">
            <div class="wrap">
                <a class="brand" href=visit.href("/")>"Pledge"<b>"book"</b></a>
                <nav class="site-nav" aria-label=visit.t("desk")>{links.collect_view()}</nav>
                <div class="header-end">
                    {languages(visit)}
                    <form class="who" method="post" action=sign_out>
                        <a href=visit.href("/desk/account")>{desk.name.clone()}</a>
                        <span class="meta">{visit.t_code("desk-role", desk.role.code())}</span>
                        <button class="quiet" type="submit">{visit.t("sign-out")}</button>
                    </form>
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// The way from a public page to the desk, for those who have signed in: to where they may work on what the page shows, and to the
/// queue.
pub(super) fn way_there(visit: &Visit, page: &Page) -> AnyView {
    let Some(visitor) = &page.visitor else { return ().into_any() };
    let work = page.worked_on_at.as_ref().filter(|_| visitor.role.may(Act::ChangePublished));
    let work = work.map(|path| view! { <a href=visit.href(path)>{visit.t("desk-work-on")}</a> });
    view! { <nav class="who no-print" aria-label=visit.t("desk")>{work}<a href=visit.href("/desk")>{visit.t("desk")}</a></nav> }
        .into_any()
}
