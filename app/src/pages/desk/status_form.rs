//! The form of a status change, with what readers will see beside it.

use domain::{Confidence, Pledge, PledgeStatus, desk_form::Known};
use leptos::prelude::*;

use super::{
    copies::Kept,
    inputs::{citations, field, optional_pair, options, pair},
    preview,
    values::{Names, value_words},
};
use crate::{
    components::{Field, Form, due_or_none, field_id, problem, select_field, shape, status_class, text_field},
    i18n,
    visit::Visit,
};

/// The fields of a status change of this pledge.
pub(super) fn fields(visit: &Visit, form: &Form, pledge: &Pledge, known: &Known, kept: Kept<'_>) -> AnyView {
    let effective_on = Field { required: true, ..field(visit, "effective_on") }.hint(visit.t("form-date-hint"));
    let confidences = options(visit, "confidence", Confidence::CODES, Some("form-confidence-none"));
    let searched = !form.fields.below("searched").is_empty();
    view! {
        {now(visit, pledge)}
        {statuses(visit, form)}
        <div class="form-pair">
            {text_field(visit, form, &effective_on)}
            {select_field(visit, form, &field(visit, "confidence"), &confidences)}
        </div>
        {pair(visit, form, "rationale", 4)}
        <fieldset>
            <legend>{visit.t("form-evidence")}</legend>
            <p class="hint">{visit.t("form-status-evidence-hint")}</p>
            {citations(visit, form, "citations", kept)}
            <details open=searched><summary>{visit.t("form-searched")}</summary>{optional_pair(visit, form, "searched", 2)}</details>
        </fieldset>
        {joint(visit, form, pledge, known)}
        {correction(visit, form, pledge)}
    }
    .into_any()
}

/// How the pledge stands in public, and by when it is due: what the change is judged by.
fn now(visit: &Visit, pledge: &Pledge) -> AnyView {
    view! {
        <section class="row" aria-labelledby="stands">
            <h2 class="mt-0" id="stands">{visit.t("review-public")}</h2>
            {preview::state(visit, pledge)}
            <p class="m-0">{visit.t("pledge-due")}": "{due_or_none(visit, pledge.due_on.as_ref())}</p>
        </section>
    }
    .into_any()
}

/// Each status with what it means.
fn statuses(visit: &Visit, form: &Form) -> AnyView {
    let chosen = form.get("status");
    let wrong: Vec<_> =
        form.errors.iter().filter(|error| error.path == "status").map(|error| problem(visit, &error.problem)).collect();
    let wrong = (!wrong.is_empty()).then(|| view! { <p class="error" id="f-status-error">{wrong.join(" ")}</p> });
    let choices = PledgeStatus::ALL.iter().enumerate().map(|(index, status)| {
        let code = status.code();
        let id = if index == 0 { field_id("status") } else { format!("{}-{code}", field_id("status")) };
        let class = format!("status {}", status_class(*status));
        view! {
            <label class="status-choice" for=id.clone()>
                <input type="radio" id=id.clone() name="status" value=code checked=chosen == code aria-describedby=format!("{id}-meaning") />
                <span class=class><svg viewBox="0 0 16 16" aria-hidden="true" inner_html=shape(*status)></svg><span>{visit.t_code("status", code)}</span></span>
                <span class="hint" id=format!("{id}-meaning")>{visit.t_code("status-meaning", code)}</span>
            </label>
        }
    });
    view! { <fieldset><legend>{visit.t("form-status")}</legend>{wrong}<div class="status-choices">{choices.collect_view()}</div></fieldset> }
        .into_any()
}

/// On a joint pledge each party may have its own status.
fn joint(visit: &Visit, form: &Form, pledge: &Pledge, known: &Known) -> AnyView {
    let owing: Vec<_> = pledge.parties.iter().filter(|party| party.role.owes()).collect();
    if owing.len() < 2 {
        return ().into_any();
    }
    let names = Names::of_known(known);
    let parties = std::iter::once((String::new(), visit.t("form-own-party-none")))
        .chain(owing.iter().map(|party| (party.party.to_string(), value_words(visit, &names, "party", party.party.as_str()))))
        .collect::<Vec<_>>();
    let open = !form.get("party").is_empty() || !form.fields.below("override_reason").is_empty();
    let wrong = form.errors.iter().any(|error| error.path == "party" || error.path.starts_with("override_reason"));
    view! {
        <details open=open || wrong>
            <summary>{visit.t("form-joint")}</summary>
            <p class="hint">{visit.t("form-joint-hint")}</p>
            {select_field(visit, form, &field(visit, "party"), &parties)}
            {optional_pair(visit, form, "override_reason", 2)}
        </details>
    }
    .into_any()
}

/// A correction names what it replaces and why.
fn correction(visit: &Visit, form: &Form, pledge: &Pledge) -> AnyView {
    let steps = pledge.history.iter().enumerate().map(|(index, change)| {
        let (status, date) = (visit.t_code("status", change.status.code()), i18n::date(visit.texts(), change.effective_on));
        (index.to_string(), format!("{}. {status}, {date}", index + 1))
    });
    let steps: Vec<_> = std::iter::once((String::new(), visit.t("form-replaces-none"))).chain(steps).collect();
    let open = !form.get("replaces").is_empty();
    let wrong = form.errors.iter().any(|error| error.path == "replaces" || error.path.starts_with("reason"));
    view! {
        <details class="mt-2" open=open || wrong>
            <summary>{visit.t("form-is-correction")}</summary>
            {select_field(visit, form, &field(visit, "replaces"), &steps)}
            {optional_pair(visit, form, "reason", 2)}
        </details>
    }
    .into_any()
}
