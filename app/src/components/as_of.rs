//! The time machine: seeing any page as it stood on another day, and knowing that one does.

use leptos::prelude::*;

use crate::{i18n, visit::Visit};

/// Says on every page of another moment which moment it is, and leads back.
pub fn past_notice(visit: &Visit) -> AnyView {
    if !visit.moment.is_past() {
        return ().into_any();
    }
    let texts = visit.texts();
    let day = i18n::date(texts, visit.moment.as_of.into());
    let told = match (visit.moment.asked_as_of, visit.moment.asked_known_at) {
        (true, false) => visit.t_with("notice-as-of", &[("date", day.into())]),
        (asked_as_of, _) => {
            let known = visit.moment.known_at.format("%Y-%m-%d %H:%M UTC").to_string();
            let key = if asked_as_of { "notice-as-of-known-at" } else { "notice-known-at" };
            visit.t_with(key, &[("date", day.into()), ("known", known.into())])
        }
    };
    view! {
        <div class="notice" role="note">
            <p><strong>{told}</strong>" "<a href=visit.now()>{visit.t("notice-now")}</a></p>
        </div>
    }
    .into_any()
}

/// The form that asks for this page as it stood on another day.
pub fn as_of_form(visit: &Visit) -> AnyView {
    let (as_of, known_at) = visit.asked_moment();
    let known_at = (!known_at.is_empty()).then(|| view! { <input type="hidden" name="known_at" value=known_at /> });
    view! {
        <form class="as-of" method="get" action=crate::visit::localized_path(visit.locale, &visit.path)>
            <label for="as-of">{visit.t("as-of-label")}</label>
            <input id="as-of" type="date" name="as_of" value=as_of required min="1900-01-01" max=visit.today() />
            {known_at}
            <button class="quiet">{visit.t("as-of-show")}</button>
        </form>
    }
    .into_any()
}
