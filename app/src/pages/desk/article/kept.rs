//! Where the text is that of a kept copy: which one, which part of it, and for which citation a passage is chosen.

use leptos::prelude::*;
use store::Copy;

use super::ArticleRead;
use crate::{components::hidden, i18n, visit::Visit};

/// A kept copy whose text is read.
#[derive(Clone, Debug)]
pub struct KeptText {
    /// The capture of its address.
    pub capture: String,
    /// The copy.
    pub copy: Copy,
    /// Which part of its text is shown, from 0.
    pub part: usize,
    /// How many parts there are.
    pub parts: usize,
    /// How many pages the whole text has.
    pub pages: usize,
    /// The citation for which a passage is chosen; without one, drafts are made.
    pub passage_for: Option<PassageFor>,
}

/// A citation of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageFor {
    /// The draft.
    pub draft: String,
    /// The path of the citation in its form.
    pub citation: String,
}

impl KeptText {
    /// The key of the title of the page.
    pub(super) fn title(&self) -> &'static str {
        if self.passage_for.is_some() { "passage-title" } else { "passage-find" }
    }

    /// What names it in addresses and forms.
    fn named(&self) -> Vec<(&'static str, String)> {
        let of = self.passage_for.iter();
        let of = of.flat_map(|of| [("draft", of.draft.clone()), ("citation", of.citation.clone())]);
        [("capture", self.capture.clone()), ("copy", self.copy.sha256.to_string())].into_iter().chain(of).collect()
    }

    /// What the form of the sentences takes along.
    pub(super) fn carried(&self) -> AnyView {
        let part = ("part", (self.part + 1).to_string());
        self.named().into_iter().chain([part]).map(|(name, value)| hidden(name, value)).collect_view().into_any()
    }

    /// Above the sentences: what is read, the way back, and the other parts.
    pub(super) fn told(&self, visit: &Visit) -> AnyView {
        let when = i18n::timestamp(visit.texts(), self.copy.captured_at);
        let url = self.copy.url.clone();
        let told = visit.t_with("passage-lede", &[("time", when.into()), ("url", url.into())]);
        let back = self.passage_for.as_ref().map(|of| {
            let field = crate::components::field_id(&format!("{}.quote", of.citation));
            let href = format!("{}#{field}", visit.href(&format!("/desk/drafts/{}", of.draft)));
            view! { <p><a href=href>{visit.t("copies-back")}</a></p> }
        });
        let hint = self.passage_for.as_ref().map(|_| view! { <p class="hint">{visit.t("passage-hint")}</p> });
        let parts = (self.parts > 1).then(|| {
            let links = (0..self.parts).map(|part| {
                let number = (part + 1).to_string();
                let mut parameters = self.named();
                parameters.push(("part", number.clone()));
                let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let href = visit.href_with("/desk/article", &parameters);
                let current = (part == self.part).then_some("page");
                view! { <li><a href=href aria-current=current>{number}</a></li> }
            });
            view! {
                <nav aria-label=visit.t("passage-parts")>
                    <p class="hint">{visit.t("passage-parts-hint")}</p>
                    <ol class="article-marked">{links.collect_view()}</ol>
                </nav>
            }
        });
        view! { <p class="lede break-words">{told}</p>{back}{hint}{parts} }.into_any()
    }

    /// Before the first sentence of a page its number, where the copy has several.
    pub(super) fn page(&self, visit: &Visit, read: &ArticleRead, index: usize) -> Option<AnyView> {
        let page = |index: usize| read.sentences.get(index).map(|sentence| sentence.place.start.page);
        let (own, before) = (page(index)?, index.checked_sub(1).and_then(page));
        let first = self.pages > 1 && before != Some(own);
        first.then(|| {
            view! { <p class="meta said-page">{visit.t_with("copies-page", &[("n", (own as u64 + 1).into())])}</p> }.into_any()
        })
    }
}
