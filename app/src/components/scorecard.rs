//! What came of the pledges that each party owes, side by side.

use domain::PledgeStatus;
use leptos::prelude::*;
use store::Scored;

use super::named_link;
use crate::{i18n, visit::Visit};

/// The table: a row for each party, a column for each status that occurs.
pub fn scorecard(visit: &Visit, scored: &[Scored]) -> AnyView {
    if scored.is_empty() {
        return ().into_any();
    }
    let statuses: Vec<PledgeStatus> =
        PledgeStatus::ALL.iter().copied().filter(|status| scored.iter().any(|scored| scored.figures.of(*status) > 0)).collect();
    let heads = statuses.iter().map(|status| view! { <th scope="col">{visit.t_code("status", status.code())}</th> });
    let rows = scored.iter().map(|Scored { party, figures }| {
        let number = |count: u64| view! { <td class="number">{i18n::count(visit.locale, count)}</td> };
        let cells = statuses.iter().map(|status| number(figures.of(*status)));
        view! {
            <tr>
                <th scope="row">{named_link(visit, "parties", &party.named)}</th>
                {number(figures.total())}
                {cells.collect_view()}
                {number(figures.overdue)}
            </tr>
        }
    });
    let label = visit.t("scorecard-title");
    view! {
        <h2 id="scorecard">{visit.t("scorecard-title")}</h2>
        <p class="meta">{visit.t("scorecard-lede")}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="figures-table">
                <thead>
                    <tr>
                        <th scope="col">{visit.t("filter-party")}</th>
                        <th scope="col">{visit.t("pledges")}</th>
                        {heads.collect_view()}
                        <th scope="col">{visit.t("overdue")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
