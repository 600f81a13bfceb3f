//! The form that narrows the lists of the queue: plain parameters, so that each state of it is an address.

use domain::{DraftKind, Params, QueueQuery};
use leptos::prelude::*;
use store::Facets;

use crate::{
    components::{Choice, classes, select},
    pages::desk::draft_form::heading,
    visit::{Visit, localized_path},
};

/// What there is to choose from.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// Who has begun drafts: the value of each in an address, and their name.
    pub authors: Vec<(String, String)>,
    /// The parties and topics of the record; `None` for who has nothing to do with what is public.
    pub facets: Option<Facets>,
}

/// Whether anything is asked for.
pub(super) fn is_asked(params: &Params) -> bool {
    QueueQuery::PARAMETERS.iter().any(|name| params.get(name).is_some())
}

/// The form, open where something is asked for.
pub(super) fn narrow(visit: &Visit, params: &Params, choices: &Choices) -> AnyView {
    let kinds = DraftKind::ALL.iter().map(|kind| (kind.code().to_owned(), visit.t(heading(*kind)))).collect();
    // Who sees the drafts of one person alone has nobody to choose from.
    let authors = (choices.authors.len() > 1)
        .then(|| choice(visit, params, "author", ["queue-author", "queue-any-author"], choices.authors.clone()));
    let record = choices.facets.as_ref().map(|facets| {
        let days = params.get("days").map(str::to_owned);
        view! {
            {select(visit, params, Choice::Party, facets)}
            {select(visit, params, Choice::Topic, facets)}
            <div class=classes("field")>
                <label for="days">{visit.t("queue-days")}</label>
                <input id="days" name="days" type="number" inputmode="numeric" min="0" max=QueueQuery::MOST_DAYS placeholder=QueueQuery::DAYS value=days />
            </div>
        }
    });
    let all = is_asked(params).then(|| view! { <a href=visit.href("/desk")>{visit.t("filter-clear")}</a> });
    view! {
        <details class="narrow" open=is_asked(params)>
            <summary>{visit.t("queue-narrow")}</summary>
            <form class="filters" method="get" action=localized_path(visit.locale, "/desk") aria-label=visit.t("queue-narrow")>
                <div class="field-wide">
                    <label for="words">{visit.t("queue-words")}</label>
                    <input id="words" name="q" type="search" maxlength="200" autocomplete="off" value=params.get("q").map(str::to_owned) />
                </div>
                {choice(visit, params, "kind", ["queue-kind", "queue-any-kind"], kinds)}
                {authors}
                {record}
                <div class="actions"><button type="submit">{visit.t("filter-show")}</button>{all}</div>
            </form>
        </details>
    }
    .into_any()
}

/// A choice among some values, of which none is one too.
fn choice(
    visit: &Visit,
    params: &Params,
    name: &'static str,
    [label, any]: [&'static str; 2],
    options: Vec<(String, String)>,
) -> AnyView {
    let chosen = params.get(name).unwrap_or_default().to_owned();
    let options = options.into_iter().map(|(value, words)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <div class=classes("field")>
            <label for=name>{visit.t(label)}</label>
            <select id=name name=name><option value="">{visit.t(any)}</option>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}
