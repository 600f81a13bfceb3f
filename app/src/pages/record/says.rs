//! What an entry says, in words for readers.

use std::collections::HashMap;

use domain::{
    Localized,
    log::{Entry, Part, Said},
};
use leptos::prelude::*;
use store::{LoggedEntry, Store, StoreError};

use crate::{
    components::{status_badge, words},
    i18n,
    visit::Visit,
};

/// The longest entry, in characters, that is taken apart for a page; of longer ones the pledges alone are told.
pub(super) const LONGEST: u64 = 200_000;

/// How many pledges are told of one entry among several.
pub(super) const FEW: usize = 5;

/// What there is to tell of an entry.
pub(super) struct Told {
    entry: Option<Entry>,
    titles: HashMap<String, Localized>,
    pledges: u64,
    shown: usize,
}

impl Told {
    /// Gathers it; of at most `shown` pledges.
    pub(super) async fn of(store: &Store, entry: &LoggedEntry, shown: usize) -> Result<Self, StoreError> {
        let (mentioned, pledges) = store.log_mentioned(entry.index, shown as u64).await?;
        let titles = mentioned.into_iter().map(|pledge| (pledge.slug.to_string(), pledge.title)).collect();
        let entry = entry.content.as_ref().and_then(|content| serde_json::from_str(content).ok());
        Ok(Self { entry, titles, pledges, shown })
    }
}

pub(super) fn says(visit: &Visit, told: &Told) -> AnyView {
    let parts = match told.entry.as_ref().map(|entry| &entry.said) {
        Some(Said::Snapshot(snapshot)) => {
            let url = snapshot.url.clone();
            return view! { <p>{visit.t("record-says-snapshot")}" "<span class="break-words">{url}</span></p> }.into_any();
        }
        // Of a publication without a pledge, what it says of a source is all there is.
        Some(Said::Publication(published)) if published.pledges.is_empty() => {
            let sources = published.named.sources.iter().map(|source| {
                let href = visit.href(&format!("/sources/{}", source.id));
                let lang = (source.language != visit.locale.code()).then(|| source.language.clone());
                view! { <li><a href=href lang=lang>{source.title.clone()}</a>" "<span class="meta">{visit.t("record-says-archive")}</span></li> }
            });
            return view! { <ul>{sources.collect_view()}</ul> }.into_any();
        }
        Some(Said::Publication(published)) => published.pledges.iter().take(told.shown).collect(),
        Some(Said::Genesis(_)) => {
            let text = i18n::many(visit.texts(), "record-says-genesis", told.pledges);
            return view! { <p>{text}</p> }.into_any();
        }
        None => Vec::new(),
    };
    let rest = told.pledges.saturating_sub(parts.len() as u64);
    let key = if parts.is_empty() { "record-says-pledges" } else { "record-says-more" };
    let rest = (rest > 0).then(|| view! { <li class="meta">{i18n::many(visit.texts(), key, rest)}</li> });
    view! {
        <ul>
            {parts.into_iter().map(|part| of_pledge(visit, part, told)).collect_view()}
            {rest}
        </ul>
    }
    .into_any()
}

/// A pledge and what was published of it.
fn of_pledge(visit: &Visit, part: &Part, told: &Told) -> AnyView {
    let title = part.heading.as_ref().map(|heading| &heading.title).or_else(|| told.titles.get(part.id.as_str()));
    let title = title.map_or_else(|| part.id.to_string().into_any(), |title| words(visit, title).into_any());
    let href = visit.href(&format!("/pledges/{}", part.id));
    let new = part.heading.is_some() && part.corrections.is_empty();
    let acts = [
        (new, "record-says-added"),
        (!part.corrections.is_empty(), "record-says-edited"),
        (!part.former.is_empty(), "record-says-renamed"),
        (part.checked, "record-says-checked"),
        (part.removed.is_some(), "record-says-removed"),
        (!part.unreviewed.is_empty(), "record-says-unreviewed"),
    ];
    let acts: Vec<String> = acts.into_iter().filter(|(is, _)| *is).map(|(_, key)| visit.t(key)).collect();
    let status = part.history.last().map(|change| {
        let correction = change.replaces.is_some().then(|| view! { " "<span class="meta">{visit.t("correction")}</span> });
        view! { " "{status_badge(visit, change.status, None)}{correction} }
    });
    let reasons = part.unreviewed.iter().map(|unreviewed| format!("“{}”", unreviewed.reason)).collect::<Vec<_>>();
    view! {
        <li>
            <a href=href>{title}</a>
            {status}
            {(!acts.is_empty()).then(|| view! { " "<span class="meta">{acts.join(" · ")}" "{reasons.join(" ")}</span> })}
        </li>
    }
    .into_any()
}
