//! What was corrected in what is said of a pledge, and what was published without a second pair of eyes: said openly.

use domain::{desk_form::order::names_of, word_diff::Fate};
use leptos::prelude::*;
use store::{Dossier, PledgeCorrection};

use crate::{
    components::{changed_words, moment_dated, words},
    pages::desk::{Names, value_words, whole_label},
    visit::Visit,
};

pub(super) fn corrections(visit: &Visit, pledge: &Dossier) -> AnyView {
    let unreviewed = pledge.unreviewed.iter().map(|unreviewed| {
        view! { <p class="correction">{visit.t("pledge-unreviewed")}" ("{moment_dated(visit, unreviewed.recorded_at)}"): "{unreviewed.reason.clone()}</p> }
    });
    let unreviewed = unreviewed.collect_view();
    if pledge.revisions.is_empty() {
        return unreviewed.into_any();
    }
    let things = Names::of_pledge(pledge);
    let revisions = pledge.revisions.iter().rev().map(|revision| one(visit, &things, revision));
    view! {
        <h2 id="corrections">{visit.t("pledge-corrections")}</h2>
        {unreviewed}
        <ol class="timeline">{revisions.collect_view()}</ol>
    }
    .into_any()
}

/// A correction: when, why, and each field as it was and as it is since.
fn one(visit: &Visit, things: &Names<'_>, revision: &PledgeCorrection) -> AnyView {
    let fields = names_of(&revision.before, &revision.after).into_iter().map(|name| {
        let [before, after] =
            [&revision.before, &revision.after].map(|fields| value_words(visit, things, name, fields.get(name)));
        view! {
            <dt>{whole_label(visit, name)}</dt>
            <dd>{side(visit, &before, &after, Fate::Removed)}" → "{side(visit, &before, &after, Fate::Added)}</dd>
        }
    });
    view! {
        <li>
            <span class="when">{moment_dated(visit, revision.recorded_at)}</span>
            <p class="correction"><strong>{visit.t("correction")}</strong>": "{words(visit, &revision.reason)}</p>
            <dl>{fields.collect_view()}</dl>
        </li>
    }
    .into_any()
}

/// What a field said before, or says since; where that is nothing, it is said.
fn side(visit: &Visit, before: &str, after: &str, side: Fate) -> AnyView {
    let shown = if side == Fate::Removed { before } else { after };
    if shown.is_empty() {
        return view! { <i>{visit.t("correction-nothing")}</i> }.into_any();
    }
    changed_words(before, after, side)
}
