//! Statuses through time: for each a line of its own on one common scale, and the numbers behind them in a table.

use std::fmt::Write as _;

use leptos::prelude::*;
use store::OverTime;

use super::{dated, status_badge, status_class};
use crate::{i18n, visit::Visit};

/// The height of a line's field, in its own units.
const HEIGHT: u64 = 100;

/// The chart with its table. Nothing is drawn of a record that has no past yet.
pub fn over_time(visit: &Visit, over_time: &OverTime) -> AnyView {
    let highest = over_time.counts.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or_default();
    if highest == 0 || over_time.days.len() < 2 {
        return ().into_any();
    }
    let width = over_time.days.len();
    let rows = over_time.counts.iter().map(|(status, counts)| {
        let class = format!("area {}", status_class(*status));
        let view_box = format!("0 0 {width} {HEIGHT}");
        let now = counts.last().copied().unwrap_or_default();
        view! {
            <tr>
                <th scope="row">{status_badge(visit, *status, None)}</th>
                <td>
                    <svg class=class viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
                        <path d=outline(counts, highest) />
                    </svg>
                </td>
                <td class="number">{i18n::count(visit.locale, now)}</td>
            </tr>
        }
    });
    let first = over_time.days.first().map(|day| dated(visit, (*day).into()));
    let last = over_time.days.last().map(|day| dated(visit, (*day).into()));
    view! {
        <h2>{visit.t("over-time-title")}</h2>
        <table class="over-time">
            <caption class="sr-only">{visit.t("over-time-caption")}</caption>
            <thead class="sr-only">
                <tr><th scope="col">{visit.t("filter-status")}</th><th scope="col">{visit.t("over-time-line")}</th><th scope="col">{visit.t("over-time-last")}</th></tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
            <tfoot><tr><td></td><td><span class="ends meta">{first}<span>{last}</span></span></td><td></td></tr></tfoot>
        </table>
        <details class="numbers">
            <summary>{visit.t("over-time-numbers")}</summary>
            {numbers(visit, over_time)}
        </details>
    }
    .into_any()
}

/// The outline of an area in steps: each period is as wide as the others and as high as its count.
fn outline(counts: &[u64], highest: u64) -> String {
    let mut path = format!("M0 {HEIGHT}");
    let mut before = None;
    for (at, count) in counts.iter().enumerate() {
        if before != Some(count) {
            let height = HEIGHT - (count * HEIGHT).div_ceil(highest).min(HEIGHT);
            _ = write!(path, "H{at}V{height}");
            before = Some(count);
        }
    }
    _ = write!(path, "H{}V{HEIGHT}Z", counts.len());
    path
}

fn numbers(visit: &Visit, over_time: &OverTime) -> AnyView {
    let heads = over_time.counts.iter().map(|(status, _)| {
        view! { <th scope="col">{visit.t_code("status", status.code())}</th> }
    });
    let rows = over_time.days.iter().enumerate().rev().map(|(at, day)| {
        let cells =
            over_time.counts.iter().map(|(_, counts)| view! { <td class="number">{i18n::count(visit.locale, counts[at])}</td> });
        view! { <tr><th scope="row">{dated(visit, (*day).into())}</th>{cells.collect_view()}</tr> }
    });
    let label = visit.t("over-time-caption");
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="figures-table">
                <thead><tr><th scope="col">{visit.t("over-time-day")}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_steps_with_the_counts_and_stays_in_its_field() {
        assert_eq!(outline(&[0, 2, 2, 4], 4), "M0 100H0V100H1V50H3V0H4V100Z");
        // A single pledge among very many is still seen.
        assert!(outline(&[1], 1_000_000).contains("V99"));
    }
}
