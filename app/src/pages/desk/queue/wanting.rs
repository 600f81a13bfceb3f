//! What in the record wants looking after: what is due, what nobody has looked at for long, translations that lag
//! behind, and links that lead astray.

use chrono::{DateTime, Utc};
use domain::{
    Moment, QueueQuery, Timely,
    page::{Page, PageNumber},
};
use leptos::prelude::*;
use store::{Editor, Lagging, LinkHealth, PledgeRow, SourceRow, Store, StoreError};

use super::{Shown, links, more, pledges, translations};
use crate::{i18n, visit::Visit};

/// How many of a list are shown before a link leads to all of them.
const SHOWN: u32 = 8;

/// The lists, each as far as it is shown.
pub(super) struct Wanting {
    due: Vec<(&'static str, Timely, Page<PledgeRow>)>,
    translations: (Vec<Lagging>, u64),
    unchecked: (Vec<PledgeRow>, u64),
    links: (Vec<(SourceRow, LinkHealth)>, u64),
}

impl Wanting {
    /// Reads those pledges that are asked for.
    pub async fn read(store: &Store, editor: &Editor, query: &QueueQuery, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let mut due = Vec::new();
        for (timely, key) in [(Timely::Overdue, "queue-overdue"), (Timely::DueSoon, "queue-due-soon")] {
            let found = store.pledges(&query.pledges(timely), Moment::now(now), PageNumber::asked(None), SHOWN).await?;
            due.push((key, timely, found));
        }
        let translations = store.lagging_pledges(query, now, SHOWN.into()).await?;
        let unchecked = store.unchecked(query, now, SHOWN.into()).await?;
        // A link is of a source and not of a pledge, so that no question about pledges narrows them.
        let links = store.links_to_mend(editor, SHOWN.into()).await?;
        Ok(Self { due, translations, unchecked, links })
    }

    /// The lists, in the order of urgency.
    pub fn shown(&self, visit: &Visit, query: &QueueQuery) -> Vec<Shown> {
        let mut lists: Vec<Shown> = Vec::new();
        for (key, timely, found) in &self.due {
            let pairs = query.pledges(*timely).pairs();
            let asked: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let all = visit.href_with("/pledges", &[&asked[..], &[("sort", "due")]].concat());
            let content = pledges(visit, &found.items, found.total, Some(all));
            lists.push(Shown { key, heading: visit.t(key), total: found.total, content });
        }
        let (lagging, total) = &self.translations;
        let rows = lagging.iter().map(|lagging| {
            let href = visit.href(&format!("/desk/pledges/{}/edit", lagging.pledge.slug));
            let title = visit.words(&lagging.pledge.name).to_owned();
            view! { <li><span><a href=href>{title}</a>{translations::list(visit, &lagging.outdated)}</span></li> }
        });
        let more = more(visit, lagging.len(), *total);
        let content = view! { <ul class="queue">{rows.collect_view()}</ul>{more} }.into_any();
        let key = "translation-queue";
        lists.push(Shown { key, heading: visit.t(key), total: *total, content });
        let (rows, total) = &self.unchecked;
        let heading = i18n::many(visit.texts(), "queue-unchecked", query.days().into());
        lists.push(Shown { key: "queue-unchecked", heading, total: *total, content: pledges(visit, rows, *total, None) });
        let (shown, total) = &self.links;
        let all = visit.href("/desk/links");
        let all = view! { <p><a href=all>{visit.t("queue-all")}" ("{i18n::count(visit.locale, *total)}")"</a></p> };
        let content = view! { {links::list(visit, shown, |_| None)}{all} }.into_any();
        lists.push(Shown { key: "links-to-mend", heading: visit.t("links-to-mend"), total: *total, content });
        lists
    }
}
