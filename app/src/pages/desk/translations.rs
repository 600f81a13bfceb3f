//! Originals and translations at the desk: which is which, which lag behind, and what an edit does to them.

use domain::{
    DraftKind, Fields, Locale, Original, Originals, PledgeText,
    translation::{Consequences, Outdated, still_right},
};
use leptos::prelude::*;

use super::{
    inputs::{field, options},
    labels::label,
    review::Review,
};
use crate::{
    components::{Form, check_box, select_field},
    i18n,
    visit::Visit,
};

/// The choice which of a text's languages is the original; and, where a published translation could lag behind, the way to say
/// that it is still right.
pub(super) fn original(visit: &Visit, form: &Form, kind: DraftKind, text: PledgeText) -> AnyView {
    let choices = options(visit, "form-original", Original::CODES, Some("form-original-none"));
    let choice = select_field(visit, form, &field(visit, &format!("originals.{text}")), &choices);
    let translated = Locale::ALL.iter().all(|language| !form.get(&format!("{text}.{language}")).is_empty());
    let name = still_right(text);
    let right = (kind == DraftKind::Edit && translated).then(|| check_box(form, &name, label(visit, &name)));
    view! { <div class="form-pair">{choice}{right}</div> }.into_any()
}

/// The translations that lag behind, each with the day of the change.
pub(super) fn list(visit: &Visit, outdated: &[Outdated]) -> AnyView {
    let items = outdated.iter().map(|outdated| {
        let date = i18n::timestamp_day(visit.texts(), outdated.since);
        let since = visit.t_with("translation-since", &[("date", date.into())]);
        view! { <li>{format!("{}: {since}", label(visit, &format!("{}.{}", outdated.text, outdated.language)))}</li> }
    });
    view! { <ul class="translations">{items.collect_view()}</ul> }.into_any()
}

/// What whoever edits a pledge should know of its translations.
pub(super) fn notice(visit: &Visit, slug: &domain::Slug, outdated: &[Outdated]) -> AnyView {
    if outdated.is_empty() {
        return ().into_any();
    }
    let changes = format!("{}#corrections", visit.href(&format!("/pledges/{slug}")));
    view! {
        <div class="notice">
            <p>{visit.t("translation-lags")}</p>
            {list(visit, outdated)}
            <p><a href=changes>{visit.t("translation-see")}</a></p>
        </div>
    }
    .into_any()
}

/// Beside the name of a field: whether its text is the original or a translation.
pub(super) fn part(visit: &Visit, originals: Originals, name: &str) -> AnyView {
    let text = name.split_once('.').and_then(|(text, language)| Some((text.parse().ok()?, language)));
    let Some((text, language)) = text else { return ().into_any() };
    let Some(original) = originals.language_of(text) else { return ().into_any() };
    let key = if original.code() == language { "translation-is-original" } else { "translation-is-translation" };
    view! { <br /><span class="meta">{visit.t(key)}</span> }.into_any()
}

/// What an edit does to the translations of its pledge, told to its reviewer.
pub(super) fn consequences(visit: &Visit, review: &Review, originals: Originals, after: &Fields) -> AnyView {
    if review.draft.kind != DraftKind::Edit {
        return ().into_any();
    }
    let consequences = Consequences::of(originals, &review.before, after, &review.draft.fields, &review.outdated);
    let told = |key: &str, texts: &[PledgeText]| {
        let names = texts.iter().filter_map(|text| {
            let language = originals.language_of(*text)?.other();
            Some(view! { <li>{label(visit, &format!("{text}.{language}"))}</li> })
        });
        (!texts.is_empty()).then(|| {
            view! { <div class="notice"><p>{visit.t(key)}</p><ul class="translations">{names.collect_view()}</ul></div> }
        })
    };
    view! {
        {told("review-lagging", &consequences.lagging)}
        {told("review-still-right", &consequences.still_right)}
    }
    .into_any()
}
