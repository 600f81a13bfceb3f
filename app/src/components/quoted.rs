//! The text of a kept copy with the passages marked that pledges quote, and beside each the pledge that does.

use std::collections::BTreeMap;

use domain::passage::{Line, Pages, Place, marked_lines, passage_id};
use leptos::prelude::*;
use store::CitedFor;

use super::words;
use crate::{
    i18n::{self, Arg},
    visit::Visit,
};

/// How many characters of a passage its entry in the list has.
const EXCERPT: usize = 90;

/// A passage of a copy.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// Its name within the page ([`passage_id`]).
    pub id: String,
    /// The quote, as it is cited.
    pub quote: String,
    /// Where its parts stand.
    pub parts: Vec<Place>,
    /// What it is cited for.
    pub cited_for: Vec<CitedFor>,
}

/// The passages of a copy that are quoted, in the order in which they stand there; and how many quotes it does not have.
#[must_use]
pub fn quoted_in(pages: &[String], cited_for: &[CitedFor]) -> (Vec<Quoted>, usize) {
    let text = Pages::new(&pages.iter().map(String::as_str).collect::<Vec<_>>());
    let mut by_quote: BTreeMap<&str, Vec<CitedFor>> = BTreeMap::new();
    for used in cited_for {
        if let Some(quote) = &used.cited.quote {
            by_quote.entry(quote).or_default().push(used.clone());
        }
    }
    let asked = by_quote.len();
    let found = |(quote, cited_for): (&str, Vec<CitedFor>)| {
        let parts = text.find(quote, None)?.parts;
        Some(Quoted { id: passage_id(quote), quote: quote.to_owned(), parts, cited_for })
    };
    let mut quoted: Vec<Quoted> = by_quote.into_iter().filter_map(found).collect();
    quoted.sort_by_key(|quoted| quoted.parts.first().map(|part| part.start));
    let missing = asked - quoted.len();
    (quoted, missing)
}

/// The text of a copy: escaped, by page and paragraph, each with an address of its own (`#p2-14`: the 14th of page 2), and so has
/// each passage that is quoted.
pub fn copy_text(visit: &Visit, pages: &[String], language: Option<&str>, quoted: &[Quoted]) -> AnyView {
    let several = pages.len() > 1;
    let places: Vec<Vec<Place>> = quoted.iter().map(|quoted| quoted.parts.clone()).collect();
    let pages = pages.iter().enumerate().map(|(index, page)| {
        let number = index + 1;
        let heading = several.then(|| {
            let told = visit.t_with("copies-page", &[("n", (number as u64).into())]);
            view! { <h2 id=format!("page-{number}") lang=visit.locale.code()>{told}</h2> }
        });
        let lines = marked_lines(page, index, &places);
        let lines = (1_u64..).zip(lines).map(|(n, line)| paragraph(visit, format!("p{number}-{n}"), &line, quoted));
        view! { {heading}{lines.collect_view()} }
    });
    let lang = language.map(str::to_owned);
    view! { <div class="copy-text" lang=lang>{pages.collect_view()}</div> }.into_any()
}

/// A paragraph, and below it who quotes what ends in it.
fn paragraph(visit: &Visit, id: String, line: &Line<'_>, quoted: &[Quoted]) -> AnyView {
    let runs = line.runs.iter().map(|run| {
        if run.passages.is_empty() {
            return run.text.to_owned().into_any();
        }
        let mut ids = run.begins.iter().map(|index| quoted[*index].id.clone());
        let own = ids.next();
        // Of several that begin at once each can be led to.
        let others = ids.map(|id| view! { <span id=id></span> }).collect_view();
        view! { {others}<mark id=own>{run.text.to_owned()}</mark> }.into_any()
    });
    let notes = line.ends.iter().map(|index| {
        view! { <p class="cited-by" role="note" lang=visit.locale.code()>"↑ "{cited_for(visit, &quoted[*index])}</p> }
    });
    view! { <p id=id>{runs.collect_view()}</p>{notes.collect_view()} }.into_any()
}

/// The passages one after the other, each leading to its place and to what cites it; and that some quotes are not there.
pub fn quoted_list(visit: &Visit, quoted: &[Quoted], missing: usize, several: bool, language: &str) -> AnyView {
    let missing = (missing > 0).then(|| {
        view! { <p class="hint">{i18n::many(visit.texts(), "copies-quotes-missing", missing as u64)}</p> }
    });
    if quoted.is_empty() {
        return missing.into_any();
    }
    let items = quoted.iter().map(|quoted| {
        let page = quoted.parts.first().filter(|_| several).map(|part| {
            let number = part.start.page as u64 + 1;
            format!(", {}", visit.t_with("copies-on-page", &[("n", number.into())]))
        });
        let href = format!("#{}", quoted.id);
        view! {
            <li>
                <p><a href=href lang=language.to_owned()>{excerpt(&quoted.quote)}</a>{page}</p>
                <p class="meta">{cited_for(visit, quoted)}</p>
            </li>
        }
    });
    view! {
        <h2 id="quoted">{visit.t("copies-quoted")}</h2>
        <ol class="quoted-list">{items.collect_view()}</ol>
        {missing}
    }
    .into_any()
}

fn excerpt(quote: &str) -> String {
    let cut: String = quote.chars().take(EXCERPT).collect();
    if cut.len() == quote.len() {
        return format!("“{quote}”");
    }
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("“{whole}…”")
}

/// Which pledges cite it, and for what.
fn cited_for(visit: &Visit, quoted: &Quoted) -> AnyView {
    let uses = quoted.cited_for.iter().enumerate().map(|(number, used)| {
        let between = (number > 0).then_some("; ");
        let path = visit.href(&format!("/pledges/{}", used.pledge));
        let (href, what) = match (&used.change, used.variant) {
            (Some((position, status, effective_on)), _) => {
                let date = i18n::date(visit.texts(), *effective_on);
                (format!("{path}#change-{position}"), Some(format!(" ({}, {date})", visit.t_code("status", status.code()))))
            }
            (None, Some(field)) => {
                let field = Arg::from(visit.t_code("field", field.code()));
                (path, Some(format!(" ({})", visit.t_with("source-for-variant", &[("field", field)]))))
            }
            (None, None) => (path, None),
        };
        view! { {between}<a href=href>{words(visit, &used.title)}</a>{what} }
    });
    view! { {visit.t("copies-cited-for")}" "{uses.collect_view()} }.into_any()
}
