//! The form of a pledge: a new one, or a published one that is corrected.

use domain::{Confidence, DraftKind, PartyKind, PledgeStatus, PledgeText, Role, desk_form::Known, pledge::VariantField};
use leptos::prelude::*;

use super::{
    copies::Kept,
    inputs::{citations, field, more_rows, optional_pair, options, pair, rows},
    labels::label,
    translations::original,
    values::Names,
};
use crate::{
    components::{Field, Form, check_box, select_field, text_field},
    visit::Visit,
};

/// The fields, in the order in which an article is read: what, who, when, where, and what shows it.
pub(super) fn fields(visit: &Visit, form: &Form, kind: DraftKind, known: &Known, kept: Kept<'_>) -> AnyView {
    let form = &named(visit, form, known);
    let legend = |key: &str| view! { <legend>{visit.t(key)}</legend> };
    let made_on = Field { required: true, ..field(visit, "made_on") }.hint(visit.t("form-date-hint"));
    let due_on = field(visit, "due_on").hint(visit.t("form-due-hint"));
    let new = kind == DraftKind::Pledge;
    let quantity = !form.fields.below("quantity").is_empty();
    let worded = !form.fields.below("wording").is_empty() || !form.get("originals.wording").is_empty();
    view! {
        <fieldset>
            {legend("form-what")}
            <p class="hint">{visit.t("form-one-language")}</p>
            {pair(visit, form, "title", 1)}
            {original(visit, form, kind, PledgeText::Title)}
            {pair(visit, form, "summary", 3)}
            {original(visit, form, kind, PledgeText::Summary)}
            <details open=worded>
                <summary>{visit.t("form-wording")}</summary>
                {optional_pair(visit, form, "wording", 3)}
                {original(visit, form, kind, PledgeText::Wording)}
            </details>
            <div class="form-pair">{text_field(visit, form, &made_on)}{text_field(visit, form, &due_on)}</div>
            <details open=!form.fields.below("due_words").is_empty()>
                <summary>{visit.t("form-due-words")}</summary>
                {optional_pair(visit, form, "due_words", 1)}
            </details>
            <details open=quantity>
                <summary>{visit.t("form-quantity")}</summary>
                <div class="form-pair">{text_field(visit, form, &field(visit, "quantity.value"))}</div>
                {optional_pair(visit, form, "quantity.unit", 1)}
            </details>
        </fieldset>
        <fieldset>{legend("form-who")}{parties(visit, form)}</fieldset>
        <fieldset>{legend("form-where")}{meeting(visit, form)}{topics(visit, form)}</fieldset>
        <fieldset>
            {legend("form-evidence")}
            <p class="hint">{visit.t(if new { "form-evidence-hint" } else { "form-evidence-added" })}</p>
            {citations(visit, form, "citations", kept)}
        </fieldset>
        {new.then(|| view! { <fieldset>{legend("form-first-status")}{first_status(visit, form, kept)}</fieldset> })}
        <fieldset>{legend("form-variants")}{variants(visit, form, kept)}</fieldset>
        {(!new).then(|| view! {
            <fieldset>
                {legend("form-correction")}
                <p class="hint">{visit.t("form-correction-hint")}</p>
                {pair(visit, form, "reason", 2)}
                {text_field(visit, form, &field(visit, "id").hint(visit.t("form-id-hint")))}
            </fieldset>
        })}
    }
    .into_any()
}

/// The form with things that the record knows under the names that people know.
fn named(visit: &Visit, form: &Form, known: &Known) -> Form {
    let names = Names::of_known(known);
    let mut shown = form.clone();
    for (field, value) in form.fields.iter() {
        if let Some(name) = names.called(field, value) {
            shown.fields.set(field, visit.words(name));
        }
    }
    shown
}

fn parties(visit: &Visit, form: &Form) -> AnyView {
    let roles = options(visit, "form-role", Role::CODES, Some("form-choose"));
    let kinds = options(visit, "party-kind", PartyKind::CODES, Some("form-choose"));
    let rows = (0..rows(visit, form, "parties", 2)).map(|row| {
        let path = format!("parties[{row}]");
        let at = |name: &str| field(visit, &format!("{path}.{name}"));
        let party = Field { list: "known-parties", autocomplete: "off", required: row == 0, ..at("party") };
        let role = Field { required: row == 0, ..at("role") };
        // Who is not known can be made known on the spot.
        let unknown = form.errors.iter().any(|error| error.path.starts_with(&path))
            || !form.fields.below(&format!("{path}.new")).is_empty();
        view! {
            <div class="row" role="group" aria-label=format!("{} {}", visit.t("form-row-party"), row + 1)>
                <div class="form-pair">{text_field(visit, form, &party)}{select_field(visit, form, &role, &roles)}</div>
                <details open=unknown>
                    <summary>{visit.t("form-new-party")}</summary>
                    <div class="form-pair">
                        {select_field(visit, form, &at("new.kind"), &kinds)}
                        {text_field(visit, form, &at("new.iso"))}
                    </div>
                    {optional_pair(visit, form, &format!("{path}.new.name"), 1)}
                </details>
            </div>
        }
    });
    view! { {rows.collect_view()}{more_rows(visit, "parties")} }.into_any()
}

fn meeting(visit: &Visit, form: &Form) -> AnyView {
    let meeting = Field { list: "known-meetings", autocomplete: "off", ..field(visit, "meeting") };
    let wrong = form.errors.iter().any(|error| error.path == "meeting" || error.path.starts_with("new_meeting"));
    let new = wrong || !form.fields.below("new_meeting").is_empty();
    view! {
        {text_field(visit, form, &meeting)}
        <details open=new>
            <summary>{visit.t("form-new-meeting")}</summary>
            {optional_pair(visit, form, "new_meeting.name", 1)}
            <div class="form-pair">{text_field(visit, form, &field(visit, "new_meeting.held_on"))}</div>
            {optional_pair(visit, form, "new_meeting.place", 1)}
        </details>
    }
    .into_any()
}

fn topics(visit: &Visit, form: &Form) -> AnyView {
    let rows = (0..rows(visit, form, "topics", 2)).map(|row| {
        let path = format!("topics[{row}]");
        let topic = Field { list: "known-topics", autocomplete: "off", ..field(visit, &format!("{path}.topic")) };
        let wrong = form.errors.iter().any(|error| error.path.starts_with(&path));
        let new = wrong || !form.fields.below(&format!("{path}.new")).is_empty();
        view! {
            <div role="group" aria-label=format!("{} {}", visit.t("form-row-topic"), row + 1)>
                {text_field(visit, form, &topic)}
                <details open=new>
                    <summary>{visit.t("form-new-topic")}</summary>
                    {optional_pair(visit, form, &format!("{path}.new.name"), 1)}
                </details>
            </div>
        }
    });
    view! { {rows.collect_view()}{more_rows(visit, "topics")} }.into_any()
}

/// How it stands from the first. Left alone, the pledge was announced when it was made, as its sources show.
fn first_status(visit: &Visit, form: &Form, kept: Kept<'_>) -> AnyView {
    let rows = (0..form.fields.rows("history").max(1)).map(|row| {
        let path = format!("history[{row}]");
        let at = |name: &str| field(visit, &format!("{path}.{name}"));
        let statuses = options(visit, "status", PledgeStatus::CODES, (row == 0).then_some("form-first-announced"));
        let confidences = options(visit, "confidence", Confidence::CODES, Some("form-confidence-none"));
        let touched = !form.fields.below(&path).is_empty() || form.errors.iter().any(|error| error.path.starts_with(&path));
        view! {
            <details open=touched>
                <summary>{visit.t("form-first-summary")}</summary>
                <div class="row">
                    <div class="form-pair">
                        {select_field(visit, form, &at("status"), &statuses)}
                        {text_field(visit, form, &at("effective_on"))}
                        {select_field(visit, form, &at("confidence"), &confidences)}
                    </div>
                    {optional_pair(visit, form, &format!("{path}.rationale"), 3)}
                    {citations(visit, form, &format!("{path}.citations"), kept)}
                    {optional_pair(visit, form, &format!("{path}.searched"), 2)}
                </div>
            </details>
        }
    });
    view! { <p class="hint">{visit.t("form-first-hint")}</p>{rows.collect_view()} }.into_any()
}

/// What sources say differently of a field.
fn variants(visit: &Visit, form: &Form, kept: Kept<'_>) -> AnyView {
    let fields = options(visit, "field", VariantField::CODES, Some("form-choose"));
    let rows = (0..rows(visit, form, "variants", 1)).map(|row| {
        let path = format!("variants[{row}]");
        let at = |name: &str| field(visit, &format!("{path}.{name}"));
        view! {
            <div class="row" role="group" aria-label=format!("{} {}", visit.t("form-row-variant"), row + 1)>
                <div class="form-pair">
                    {select_field(visit, form, &at("field"), &fields)}
                    {text_field(visit, form, &at("value_on"))}
                </div>
                {optional_pair(visit, form, &format!("{path}.value"), 1)}
                {check_box(form, &format!("{path}.taken"), label(visit, &format!("{path}.taken")))}
                {super::inputs::citation(visit, form, &path, kept)}
            </div>
        }
    });
    let touched = form.fields.rows("variants") > 0 || domain::Params::parse(&visit.query).get("more") == Some("variants");
    view! {
        <details open=touched>
            <summary>{visit.t("form-variants-summary")}</summary>
            <div class="grid gap-4">{rows.collect_view()}{more_rows(visit, "variants")}</div>
        </details>
    }
    .into_any()
}
