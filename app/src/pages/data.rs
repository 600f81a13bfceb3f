//! `/data`: what can be downloaded, what stands in each column, what the statuses are called elsewhere, and the licence.

use domain::{
    Locale, PledgeQuery, PledgeStatus,
    open_data::{LICENCE_URL, TABLES, Table},
    status_mapping::StatusMapping,
};
use leptos::prelude::*;

use super::{PageResult, Request, refused};
use crate::{
    components::{named_file, status_badge},
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// The page. Its links ask for the pledges and the moment that it is itself asked for.
///
/// # Errors
/// None; it has the form of its siblings.
pub async fn data(request: Request) -> PageResult {
    let Request { visit, params, .. } = request;
    let query = match PledgeQuery::asked(&params) {
        Ok(query) => query,
        Err(errors) => return Ok(refused(visit, errors)),
    };
    let head = Head { title: visit.t("data-title"), description: visit.t("data-lede") };
    Ok(Page::new(head, move || {
        let pairs = query.pairs();
        let section = |title: &str, text: &str| view! { <h2>{visit.t(title)}</h2><p>{visit.t(text)}</p> };
        let cited =
            visit.t_with("data-citation", &[("title", visit.t("data-record-title").into()), ("site", visit.site.clone().into())]);
        view! {
            <h1>{visit.t("data-title")}</h1>
            <p class="lede">{visit.t("data-lede")}</p>
            {narrowed(&visit, &pairs)}
            <h2 id="files">{visit.t("data-files")}</h2>
            {files(&visit, &pairs)}
            <h2 id="licence">{visit.t("data-licence")}</h2>
            <p>{visit.t("data-licence-text")}" "<a href=LICENCE_URL rel="license external">"CC BY 4.0"</a></p>
            <p class="cite-as">{cited}</p>
            {section("data-reading", "data-package-description")}
            {section("data-clocks", "data-clocks-text")}
            <h2 id="columns">{visit.t("data-columns")}</h2>
            {TABLES.iter().map(|table| columns(&visit, table)).collect_view()}
            <h2 id="statuses">{visit.t("data-elsewhere")}</h2>
            <p>{visit.t("data-elsewhere-text")}</p>
            {mapping(&visit)}
        }
        .into_any()
    }))
}

/// Says that the links hold only a part, and leads to the whole.
fn narrowed(visit: &Visit, pairs: &[(&'static str, String)]) -> Option<AnyView> {
    if pairs.is_empty() {
        return None;
    }
    let asked = pairs.iter().map(|(name, value)| view! { <code>{format!("{name}={value}")}</code>" " }).collect_view();
    let all = visit.href("/data");
    Some(view! { <p>{visit.t("data-narrowed")}" "{asked}<a href=all>{visit.t("data-all")}</a></p> }.into_any())
}

/// The files, each with what it is good for.
fn files(visit: &Visit, pairs: &[(&'static str, String)]) -> AnyView {
    let row = |name: &str, about: String| {
        view! { <tr><th scope="row">{named_file(visit, name, pairs)}</th><td>{about}</td></tr> }
    };
    let tables = TABLES.iter().map(|table| row(&format!("{}.csv", table.name), visit.t_code("data-table", table.name)));
    view! {
        <table>
            <thead><tr><th scope="col">{visit.t("data-file")}</th><th scope="col">{visit.t("data-what")}</th></tr></thead>
            <tbody>
                {row("pledges.xlsx", visit.t("data-xlsx"))}
                {tables.collect_view()}
                {row("pledges.json", visit.t("data-json"))}
                {row("pledges.jsonl", visit.t("data-jsonl"))}
                {row("datapackage.json", visit.t("data-package"))}
                <tr>
                    <th scope="row"><a href="/data/record.jsonl">"record.jsonl"</a></th>
                    <td>{visit.t("data-log")}" "<a href=localized_path(visit.locale, "/record")>{visit.t("record-title")}</a></td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}

/// The columns of a table with their meanings, those in two languages once.
fn columns(visit: &Visit, table: &Table) -> AnyView {
    let rows = table.columns.iter().enumerate().filter(|(place, column)| {
        let before = place.checked_sub(1).map(|before| table.columns[before].meaning());
        before != Some(column.meaning())
    });
    let rows = rows.map(|(_, column)| {
        let names: Vec<_> = table.columns.iter().filter(|other| other.meaning() == column.meaning()).collect();
        let names = names.iter().enumerate().map(|(index, column)| {
            let comma = (index > 0).then_some(", ");
            view! { {comma}<code>{column.name}</code> }
        });
        let computed = column.computed.then(|| view! { " "<span class="meta">{visit.t("data-computed")}</span> });
        view! {
            <tr><th scope="row">{names.collect_view()}</th><td>{visit.t_code("column", column.meaning())}{computed}</td></tr>
        }
    });
    view! {
        <h3 id=format!("columns-{}", table.name)>{format!("{}.csv", table.name)}</h3>
        <table>
            <thead><tr><th scope="col">{visit.t("data-column")}</th><th scope="col">{visit.t("data-meaning")}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What each status is called elsewhere; a dash where there is no honest word.
fn mapping(visit: &Visit) -> AnyView {
    let rows = PledgeStatus::ALL.iter().map(|status| {
        let StatusMapping { politifact, unhcr_grf, ogp } = StatusMapping::of(*status);
        let words = [politifact, unhcr_grf, ogp].map(|word| match word {
            Some(word) => view! { <td lang=Locale::En.code()>{word}</td> }.into_any(),
            None => view! { <td>"–"</td> }.into_any(),
        });
        view! { <tr><th scope="row">{status_badge(visit, *status, None)}" "<code class="meta">{status.code()}</code></th>{words.collect_view()}</tr> }
    });
    let label = visit.t("data-elsewhere");
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{visit.t("filter-status")}</th>
                        <th scope="col">"PolitiFact"</th>
                        <th scope="col">"UNHCR GRF"</th>
                        <th scope="col">"OGP IRM"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
