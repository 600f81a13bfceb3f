//! How a pledge's status changed, step by step, each with its evidence; what was corrected stays, marked as such.

use leptos::prelude::*;
use store::{Dossier, Step};

use crate::{
    components::{classes, dated, evidence_list, moment_dated, status_badge, status_class, words},
    visit::Visit,
};

pub(super) fn timeline(visit: &Visit, pledge: &Dossier) -> AnyView {
    let steps = pledge.steps.iter().map(|change| step(visit, change));
    let none = pledge.steps.is_empty().then(|| view! { <p class="empty">{visit.t("timeline-none")}</p> });
    view! {
        <h2>{visit.t("timeline-title")}</h2>
        <ol class="timeline">{steps.collect_view()}</ol>
        {none}
    }
    .into_any()
}

fn step(visit: &Visit, step: &Step) -> AnyView {
    let corrected = step.corrected_by.map(|position| {
        view! { <p class="correction">{visit.t("step-corrected")}" "<a href=format!("#change-{position}")>{visit.t("step-see-correction")}</a></p> }
    });
    let corrects = step.corrects.as_ref().map(|(position, reason)| {
        view! {
            <p class="correction">
                <strong>{visit.t("correction")}</strong>": "{words(visit, reason)}" "
                <a href=format!("#change-{position}")>{visit.t("step-see-corrected")}</a>
            </p>
        }
    });
    let party = step.party.as_ref().map(|party| {
        view! { <span class="meta">{visit.t_with("step-of-party", &[("party", visit.words(&party.name).into())])}</span>" " }
    });
    let overridden = step.override_reason.as_ref().map(|reason| {
        view! { <p class="meta">{visit.t("step-override")}": "{words(visit, reason)}</p> }
    });
    let searched = step.searched.as_ref().map(|place| {
        view! { <p><strong>{visit.t("step-searched")}</strong>": "{words(visit, place)}</p> }
    });
    let evidence = evidence_list(visit, &step.citations);
    let class = format!("{} {}", status_class(step.status), if step.corrected_by.is_some() { classes("corrected") } else { "" });
    view! {
        <li class=class.trim().to_owned() id=format!("change-{}", step.position)>
            {status_badge(visit, step.status, None)}
            <span class="when">{party}{dated(visit, step.effective_on)}</span>
            <p class="rationale">{words(visit, &step.rationale)}</p>
            {corrects}
            {corrected}
            {overridden}
            {searched}
            {evidence}
            <p class="meta">{visit.t("step-recorded")}" "{moment_dated(visit, step.recorded_at)}</p>
        </li>
    }
    .into_any()
}
