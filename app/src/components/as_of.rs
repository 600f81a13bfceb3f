//! The time machine: seeing any page as it stood on another day, and knowing that one does.

use leptos::prelude::*;

use crate::{
    i18n,
    visit::{Visit, localized_path},
};

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
            let known = i18n::timestamp(texts, visit.moment.known_at);
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

/// The form that asks for this page at another moment: what was true on a day, and folded away, what the record said at a time.
/// It keeps what else the page was asked for.
pub fn as_of_form(visit: &Visit) -> AnyView {
    let (as_of, known_at) = visit.asked_moment();
    let open = !known_at.is_empty();
    let kept = visit.kept().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    // Forms know no finer time than the second, which is read as its end.
    let known_at = if open { visit.moment.known_at.format("%Y-%m-%dT%H:%M:%S").to_string() } else { String::new() };
    view! {
        <form class="as-of" method="get" action=localized_path(visit.locale, &visit.path)>
            {kept.collect_view()}
            <label for="as-of">{visit.t("as-of-label")}</label>
            <input id="as-of" type="date" name="as_of" value=as_of min="1900-01-01" max=visit.today() />
            <details open=open>
                <summary>{visit.t("known-at-summary")}</summary>
                <p class="meta" id="known-at-hint">{visit.t("known-at-hint")}</p>
                <label for="known-at">{visit.t("known-at-label")}</label>
                <input id="known-at" type="datetime-local" step="1" name="known_at" value=known_at aria-describedby="known-at-hint" />
            </details>
            <button class="quiet">{visit.t("as-of-show")}</button>
        </form>
    }
    .into_any()
}
