//! Rows of pledges: what each is, whose, since when, and its whole life in one line.

use domain::{
    Due, PledgeQuery, Timeliness,
    page::{Page, PageNumber},
};
use leptos::prelude::*;
use store::{Figures, PledgeRow, Store, StoreError};

use super::{dated, due_dated, figures, pager, status_badge, strip};
use crate::{i18n, visit::Visit};

/// How many of the parties a row names before it only counts.
const NAMED: usize = 3;

/// The rows of a list.
pub fn pledge_rows(visit: &Visit, rows: &[PledgeRow]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{visit.t("no-pledges")}</p> }.into_any();
    }
    view! { <ol class="list">{rows.iter().map(|row| pledge_row(visit, row)).collect_view()}</ol> }.into_any()
}

fn pledge_row(visit: &Visit, row: &PledgeRow) -> AnyView {
    let texts = visit.texts();
    let (title, language) = row.title.for_reader(visit.locale);
    let lang = (language != visit.locale).then(|| language.code());
    let mut parties: Vec<String> = row.parties.iter().take(NAMED).map(|party| visit.words(&party.name).to_owned()).collect();
    if row.parties.len() > NAMED {
        parties.push(i18n::many(texts, "more-parties", (row.parties.len() - NAMED) as u64));
    }
    let due_date = row.due.as_ref().and_then(Due::date);
    let due = row.due.as_ref().map(|due| view! { " · "{visit.t("due")}" "{due_dated(visit, due)} });
    let overdue = match row.timeliness {
        Some(Timeliness::Overdue { days, .. }) => Some(visit.t_with("overdue-by", &[("time", i18n::days(texts, days).into())])),
        Some(Timeliness::DueSoon) => Some(visit.t("due-soon")),
        _ => None,
    };
    let drawn = row.strip.as_ref().map(|drawn| strip(visit, drawn, &row.spans, due_date));
    view! {
        <li>
            <div>
                <h3><a href=visit.href(&format!("/pledges/{}", row.slug)) lang=lang>{title.to_owned()}</a></h3>
                <p class="meta">
                    {parties.join(", ")}" · "{visit.t("made")}" "{dated(visit, row.made_on)}{due}" · "
                    {i18n::many(texts, "source-count", row.sources)}
                </p>
            </div>
            <div class="state">
                <div class="flex flex-wrap gap-x-4 gap-y-1 items-baseline">
                    {status_badge(visit, row.state.status, row.timeliness)}
                    {overdue.map(|text| view! { <span class="meta overdue">{text}</span> })}
                </div>
                {drawn}
            </div>
        </li>
    }
    .into_any()
}

/// How many pledges stand on one page of a list.
pub const PER_PAGE: u32 = 25;

/// The figures and one page of the pledges of a party, a meeting or a topic.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn pledges_section(
    store: &Store,
    visit: &Visit,
    query: &PledgeQuery,
    page: PageNumber,
    narrowed_by: (&'static str, &str),
) -> Result<impl FnOnce(&Visit) -> AnyView + Send + 'static, StoreError> {
    let found: Figures = store.figures(query, visit.moment).await?;
    let pledges: Page<PledgeRow> = store.pledges(query, visit.moment, page, PER_PAGE).await?;
    let (name, value) = (narrowed_by.0, narrowed_by.1.to_owned());
    Ok(move |visit: &Visit| {
        view! {
            {figures(visit, &found, &[(name, &value)])}
            <h2 class="sr-only">{visit.t("pledges")}</h2>
            {pledge_rows(visit, &pledges.items)}
            {pager(visit, &pledges, &visit.path, &[])}
        }
        .into_any()
    })
}
