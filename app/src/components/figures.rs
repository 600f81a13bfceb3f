//! The figures of some pledges, each a link to the pledges it counts.

use domain::PledgeStatus;
use leptos::prelude::*;
use store::Figures;

use crate::{i18n, visit::Visit};

/// The figures, narrowed as `parameters` say (`[("party", "guatemala")]`); what counts none is left out.
pub fn figures(visit: &Visit, figures: &Figures, parameters: &[(&str, &str)]) -> AnyView {
    let link = |name: &'static str, value: &'static str| {
        let mut all = parameters.to_vec();
        if !name.is_empty() {
            all.push((name, value));
        }
        visit.href_with("/pledges", &all)
    };
    let figure = |count: u64, label: String, href: String| {
        let count = i18n::count(visit.locale, count);
        view! { <div><dt><a href=href>{label}</a></dt><dd>{count}</dd></div> }
    };
    let by_status = PledgeStatus::ALL.iter().filter(|status| figures.of(**status) > 0).map(|status| {
        let label = visit.t_code("status", status.code());
        figure(figures.of(*status), label, link("status", status.code()))
    });
    let overdue = (figures.overdue > 0).then(|| figure(figures.overdue, visit.t("overdue"), link("timeliness", "overdue")));
    view! {
        <dl class="figures">
            {figure(figures.total(), visit.t("pledges"), link("", ""))}
            {by_status.collect_view()}
            {overdue}
        </dl>
    }
    .into_any()
}
