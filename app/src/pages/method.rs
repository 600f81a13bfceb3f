//! `/method`: what each status means, how pledges are judged, and who reviews.

use domain::PledgeStatus;
use leptos::prelude::*;

use super::{PageResult, Request};
use crate::{
    components::status_badge,
    page::{Head, Page},
};

/// The page.
///
/// # Errors
/// None; it has the form of its siblings.
pub async fn method(request: Request) -> PageResult {
    let visit = request.visit;
    let head = Head { title: visit.t("method-title"), description: visit.t("method-lede") };
    Ok(Page::new(head, move || {
        let statuses = PledgeStatus::ALL.iter().map(|status| {
            let meaning = visit.t_code("status-meaning", status.code());
            let code = status.code();
            view! {
                <tr id=format!("status-{code}")>
                    <th scope="row">{status_badge(&visit, *status, None)}</th>
                    <td>{meaning}" "<code class="meta">{code}</code></td>
                </tr>
            }
        });
        let section = |title: &str, text: &str| view! { <h2>{visit.t(title)}</h2><p>{visit.t(text)}</p> };
        let steps = ["method-joint-1", "method-joint-2", "method-joint-3", "method-joint-4", "method-joint-5"];
        view! {
            <h1>{visit.t("method-title")}</h1>
            <p class="lede">{visit.t("method-lede")}</p>
            <h2 id="statuses">{visit.t("method-statuses")}</h2>
            <table>
                <thead><tr><th scope="col">{visit.t("filter-status")}</th><th scope="col">{visit.t("method-meaning")}</th></tr></thead>
                <tbody>{statuses.collect_view()}</tbody>
            </table>
            <p class="meta mt-4">{visit.t("method-rating")}</p>
            {section("method-evidence", "method-evidence-text")}
            {section("method-dates", "method-dates-text")}
            {section("method-timeliness", "method-timeliness-text")}
            {section("method-clocks", "method-clocks-text")}
            <h2>{visit.t("method-joint")}</h2>
            <p>{visit.t("method-joint-text")}</p>
            <ol>{steps.map(|step| view! { <li>{visit.t(step)}</li> }).collect_view()}</ol>
            {section("method-strip", "method-strip-text")}
            {section("method-corrections", "method-corrections-text")}
            {section("method-review", "method-review-text")}
        }
        .into_any()
    }))
}
