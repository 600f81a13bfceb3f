//! Rows of pledges: what each is, whose, since when, and its whole life in one line.

use domain::{Due, PledgeQuery, Search, page::PageNumber};
use leptos::prelude::*;
use store::{Facets, Found, OverTime, PledgeRow, Store, StoreError};

use super::{dated, due_dated, figures, lateness, marked, over_time, pager, passage_found, status_badge, strip};
use crate::{i18n, visit::Visit};

/// How many of the parties a row names before it only counts.
const NAMED: usize = 3;

/// The rows of a list, with what was searched marked in them.
pub fn pledge_rows(visit: &Visit, rows: &[PledgeRow], search: Option<&Search>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{visit.t("no-pledges")}</p> }.into_any();
    }
    view! { <ol class="list">{rows.iter().map(|row| pledge_row(visit, row, search)).collect_view()}</ol> }.into_any()
}

fn pledge_row(visit: &Visit, row: &PledgeRow, search: Option<&Search>) -> AnyView {
    let texts = visit.texts();
    let (title, language) = row.title.for_reader(visit.locale);
    let lang = (language != visit.locale).then(|| language.code());
    let due_date = row.due.as_ref().and_then(Due::date);
    let due = row.due.as_ref().map(|due| view! { " · "{visit.t("due")}" "{due_dated(visit, due)} });
    let drawn = row.strip.as_ref().map(|drawn| strip(visit, drawn, &row.spans, due_date));
    view! {
        <li>
            <div>
                <h3><a href=visit.href(&format!("/pledges/{}", row.slug)) lang=lang>{marked(search, title)}</a></h3>
                <p class="meta">
                    {owing(visit, row)}" · "{visit.t("made")}" "{dated(visit, row.made_on)}{due}" · "
                    {i18n::many(texts, "source-count", row.sources)}
                </p>
                {passage_found(visit, search, row)}
            </div>
            <div class="state">
                <div>
                    {status_badge(visit, row.state.status, row.timeliness)}
                    {lateness(visit, row.timeliness)}
                </div>
                {drawn}
            </div>
        </li>
    }
    .into_any()
}

/// Those who owe a pledge, the first of them by name.
pub fn owing(visit: &Visit, row: &PledgeRow) -> String {
    let mut parties: Vec<String> = row.parties.iter().take(NAMED).map(|party| visit.words(&party.name).to_owned()).collect();
    if row.parties.len() > NAMED {
        parties.push(i18n::many(visit.texts(), "more-parties", (row.parties.len() - NAMED) as u64));
    }
    parties.join(", ")
}

/// How many pledges stand on one page of a list.
pub const PER_PAGE: u32 = 25;

/// The figures and one page of the pledges of a party, a meeting or a topic, and what became of them through time.
#[derive(Debug)]
pub struct PledgesSection {
    found: Found,
    through_time: OverTime,
    /// With these parameters lists have the same pledges.
    parameters: Vec<(&'static str, String)>,
}

impl PledgesSection {
    /// Reads it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn read(store: &Store, visit: &Visit, query: &PledgeQuery, page: PageNumber) -> Result<Self, StoreError> {
        let found = store.found(query, visit.moment, page, PER_PAGE).await?;
        let through_time = store.over_time(query, visit.moment).await?;
        Ok(Self { found, through_time, parameters: query.pairs() })
    }

    /// What narrowing the list further would leave.
    #[must_use]
    pub fn facets(&self) -> &Facets {
        &self.found.facets
    }

    /// The section.
    pub fn shown(&self, visit: &Visit) -> AnyView {
        let Found { pledges, figures: found, .. } = &self.found;
        let parameters: Vec<_> = self.parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        view! {
            {figures(visit, found, &parameters)}
            {over_time(visit, &self.through_time)}
            <h2>{visit.t("pledges")}</h2>
            {pledge_rows(visit, &pledges.items, None)}
            {pager(visit, pledges, &visit.path, &[])}
        }
        .into_any()
    }
}
