//! From a pledge to what the record said of it before.

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;
use store::Dossier;

use crate::{i18n, visit::Visit};

/// The moments at which something was published of the pledge, each compared with now; and what the last of them changed.
pub(super) fn moments(visit: &Visit, pledge: &Dossier) -> AnyView {
    let path = format!("/pledges/{}/compare", pledge.slug);
    let mut times: Vec<DateTime<Utc>> = pledge.steps.iter().map(|step| step.recorded_at).chain([pledge.recorded_at]).collect();
    times.sort_by_key(|time| std::cmp::Reverse(*time));
    times.dedup();
    let earlier = times.into_iter().skip(1).map(|time| {
        let href = visit.href_with(&path, &[("from", &time.to_rfc3339_opts(SecondsFormat::AutoSi, true))]);
        view! { <li><a href=href rel="nofollow">{i18n::timestamp(visit.texts(), time)}</a></li> }
    });
    view! {
        <details class="no-print">
            <summary>{visit.t("compare-earlier")}</summary>
            <ul class="moments">
                <li><a href=visit.href(&path) rel="nofollow">{visit.t("compare-last")}</a></li>
                {earlier.collect_view()}
            </ul>
        </details>
    }
    .into_any()
}
