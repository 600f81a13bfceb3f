//! In the forms of the desk: how far the copy of a source has come, and what it says of itself, for the fields still empty.

use std::collections::BTreeMap;

use domain::{Fields, TextState};
use leptos::prelude::*;
use store::{Draft, QuoteLook, SourceCopies};

use super::labels::label;
use crate::{
    components::{Form, copy_state, quote_look},
    visit::Visit,
};

/// What is known of the copies of the sources that a form names, and of its quotes in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'a> {
    /// The copies.
    pub copies: &'a [SourceCopies],
    /// Whether they have the quotes, by the path of the citation.
    pub quotes: &'a BTreeMap<String, QuoteLook>,
}

impl Kept<'_> {
    /// Whether the copy has the quote of a citation.
    pub fn quote(self, visit: &Visit, path: &str) -> Option<AnyView> {
        Some(quote_look(visit, self.quotes.get(path)?, self.copies))
    }
}

/// The copies of the source that a citation of the form names, if somebody has asked for any.
fn of<'a>(fields: &Fields, path: &str, copies: &'a [SourceCopies]) -> Option<&'a SourceCopies> {
    let url = fields.get(&format!("{path}.source.url")).trim();
    copies.iter().find(|source| !url.is_empty() && source.job.url == url)
}

/// Beside a source of the form: its copy, and what can be done about it. Each button saves the draft first.
pub(super) fn beside(visit: &Visit, form: &Form, path: &str, copies: &[SourceCopies]) -> AnyView {
    let Some(source) = of(&form.fields, path, copies) else { return ().into_any() };
    let button = |act: &str, key: &str| view! { <button class="quiet" type="submit" name="do" value=format!("{act}:{path}")>{visit.t(key)}</button> };
    let again = source.job.failure.is_some().then(|| button("capture", "copies-again"));
    let readable = source.copies.iter().any(|copy| copy.text_state == TextState::Read);
    let pick = readable.then(|| button("pick", "passage-pick"));
    let class = if source.copies.is_empty() && source.job.failure.is_some() { "copy-state copy-failed" } else { "copy-state" };
    view! {
        <div class=class>
            <p>{copy_state(visit, source)}</p>
            {offered(visit, form, path, source)}
            <div class="actions">{pick}{again}{button("copy", "copies-to-source")}</div>
        </div>
    }
    .into_any()
}

/// What the newest copy says of the source, for the fields in which nothing stands.
fn offered(visit: &Visit, form: &Form, path: &str, source: &SourceCopies) -> AnyView {
    let Some(copy) = source.copies.first() else { return ().into_any() };
    let empty = copy.metadata.offered().filter(|(name, _)| form.get(&format!("{path}.{name}")).trim().is_empty());
    let rows: Vec<_> = empty.map(|(name, text)| view! { <div><dt>{label(visit, name)}</dt><dd>{text}</dd></div> }).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <p>{visit.t("copies-offered")}</p>
        <dl>{rows}</dl>
        <p><button class="quiet" type="submit" name="do" value=format!("take:{path}")>{visit.t("copies-take")}</button></p>
    }
    .into_any()
}

/// The copies of everything that a draft names, for who reviews it.
pub(super) fn of_draft(visit: &Visit, draft: &Draft, copies: &[SourceCopies]) -> AnyView {
    if copies.is_empty() {
        return ().into_any();
    }
    let items = copies.iter().map(|source| {
        let href = visit.href_with(&format!("/desk/sources/{}", source.job.id), &[("draft", &draft.id.to_string())]);
        view! { <li><p><a href=href>{source.job.url.clone()}</a></p><p class="meta">{copy_state(visit, source)}</p></li> }
    });
    view! { <h2>{visit.t("copies-title")}</h2><ul class="capture-list">{items.collect_view()}</ul> }.into_any()
}
