//! What becomes of every row: what is wrong with it, and what it changes, word by word.

use domain::{
    import::{Change, Outcome, PlannedRow, RowError},
    word_diff::Fate,
};
use leptos::prelude::*;

use super::ImportPlan;
use crate::{
    components::{changed_words, pager, problem},
    visit::Visit,
};

/// The rows of a page.
pub(super) fn rows(visit: &Visit, plan: &ImportPlan) -> AnyView {
    let outcome = plan.outcome.map_or("", Outcome::code);
    let items = plan.rows.items.iter().map(|item| row(visit, &plan.batch.files, item));
    let path = format!("/desk/import/{}", plan.batch.id);
    view! {
        <h2 id="rows">{visit.t("import-rows")}</h2>
        <ol class="import-rows">{items.collect_view()}</ol>
        {pager(visit, &plan.rows, &path, &[("outcome", outcome)])}
    }
    .into_any()
}

fn row(visit: &Visit, files: &[String], row: &PlannedRow) -> AnyView {
    let file = files.get(row.place.file).cloned().unwrap_or_default();
    let place = visit.t_with("import-place", &[("file", file.into()), ("line", row.place.line.into())]);
    let title = visit.words(&row.title).to_owned();
    let name = if title.is_empty() { row.id.clone() } else { title };
    let errors = (!row.errors.is_empty()).then(|| {
        let errors = row.errors.iter().map(|error| refusal(visit, files, row, error));
        view! { <ul>{errors.collect_view()}</ul> }
    });
    let changes = match row.outcome {
        Outcome::Changed => compared(visit, &row.changes),
        Outcome::Added => view! {
            <details>
                <summary>{visit.t("import-fields")}</summary>
                <dl>{row.changes.iter().map(|change| view! { <dt><code>{change.field.clone()}</code></dt><dd>{change.after.clone()}</dd> }).collect_view()}</dl>
            </details>
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        <li>
            <h3>{name}</h3>
            <p class="meta">
                <b>{visit.t_code("import-outcome", row.outcome.code())}</b>" · "{visit.t_code("import-thing", row.thing.code())}" "
                <code>{row.id.clone()}</code>" · "{place}
            </p>
            {errors}
            {changes}
        </li>
    }
    .into_any()
}

/// An error with its field, and its line where that is not the one of the row.
fn refusal(visit: &Visit, files: &[String], row: &PlannedRow, error: &RowError) -> AnyView {
    let elsewhere = (error.place != row.place).then(|| {
        let file = files.get(error.place.file).cloned().unwrap_or_default();
        let place = visit.t_with("import-place", &[("file", file.into()), ("line", error.place.line.into())]);
        view! { <span class="meta">{place}": "</span> }
    });
    let field = if error.field.is_empty() { visit.t("import-whole-row") } else { error.field.clone() };
    view! { <li>{elsewhere}<code>{field}</code>" "{problem(visit, &error.problem)}</li> }.into_any()
}

fn compared(visit: &Visit, changes: &[Change]) -> AnyView {
    let (before, after) = (visit.t("import-before"), visit.t("import-after"));
    let rows = changes.iter().map(|change| {
        view! {
            <tr>
                <th scope="row"><code>{change.field.clone()}</code></th>
                <td><span class="cell-label">{before.clone()}": "</span>{changed_words(&change.before, &change.after, Fate::Removed)}</td>
                <td><span class="cell-label">{after.clone()}": "</span>{changed_words(&change.before, &change.after, Fate::Added)}</td>
            </tr>
        }
    });
    view! {
        <table class="compare">
            <thead>
                <tr><th scope="col">{visit.t("import-field")}</th><th scope="col">{before.clone()}</th><th scope="col">{after.clone()}</th></tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
