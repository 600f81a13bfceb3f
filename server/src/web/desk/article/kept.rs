//! The same with the text of a kept copy, which the form names instead of carrying it; and a passage of it for a citation of a draft.

use app::{
    components::Form,
    pages::desk::{self as pages, ArticleRead, KeptText, PassageFor},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Act, Article, FieldErrors, Fields, Params, Sha256Hex, article::parts, passage::QuoteCheck, source::SourceUrl};
use store::{CopyText, Draft, Saved, StoreError};
use uuid::Uuid;

use super::{QUOTE, Text};
use crate::{auth::Desk, web::sent::Sent};

/// Which copy a request is about, as its address or its form names it.
pub(super) struct Asked {
    capture: Uuid,
    copy: Sha256Hex,
    part: usize,
    draft: Option<Uuid>,
    citation: String,
}

/// A text with where it comes from.
struct Kept {
    text: KeptText,
    draft: Option<Draft>,
    whole: Article,
    shown: Article,
}

impl Asked {
    /// What an address asks for; `None` if it names no copy.
    pub(super) fn of_query(query: &str) -> Option<Self> {
        let params = Params::parse(query);
        Self::of(|name| params.get(name).unwrap_or_default())
    }

    /// What a form asks for; `None` if it names no copy.
    pub(super) fn of_form(sent: &Sent) -> Option<Self> {
        Self::of(|name| sent.get(name))
    }

    fn of<'a>(get: impl Fn(&str) -> &'a str) -> Option<Self> {
        Some(Self {
            capture: get("capture").parse().ok()?,
            copy: get("copy").parse().ok()?,
            // People count from 1.
            part: get("part").parse().unwrap_or(1_usize).saturating_sub(1),
            draft: get("draft").parse().ok(),
            citation: get("citation").to_owned(),
        })
    }
}

impl Desk {
    /// Shows a kept copy by its sentences, and does with it what was asked.
    pub(super) async fn kept_copy(&self, asked: Asked, sent: &Sent) -> Response {
        if let Err(refused) = self.may(Act::Draft) {
            return *refused;
        }
        let kept = match self.kept_text(&asked).await {
            Ok(Some(kept)) => kept,
            Ok(None) => return self.missing(),
            Err(error) => return self.failed(&error),
        };
        let mut fields = Fields::default();
        fields.set(QUOTE, sent.get(QUOTE));
        let form = Form { fields, errors: FieldErrors::default() };
        let Kept { text, draft, whole, shown } = kept;
        let done = match self.done_with(&Text { whole: &whole, shown: &shown }, &form, sent).await {
            Ok(done) => done,
            Err(error) => return self.failed(&error),
        };
        let (read, errors) = match (done, draft) {
            (Ok(passage), Some(draft)) => return self.take(draft, &asked.citation, &passage).await,
            (Ok(fields), None) => return self.begin_from_article(fields).await,
            (Err(undone), _) => *undone,
        };
        let read = ArticleRead { article: shown, kept: Some(text), ..read };
        self.respond(pages::article_refused(self.request.clone(), form, errors, Some(read)))
    }

    /// The copy with its text; `None` if this person can't see it, or the draft does not name its source.
    async fn kept_text(&self, asked: &Asked) -> Result<Option<Kept>, StoreError> {
        let request = &self.request;
        let found = request.store.captured_text(&request.editor, asked.capture, &asked.copy).await?;
        let Some(CopyText { copy, pages }) = found.filter(|found| found.pages.iter().any(|page| !page.trim().is_empty())) else {
            return Ok(None);
        };
        let mut draft = None;
        if let Some(id) = asked.draft {
            let named = request.store.draft(&request.editor, id).await?.filter(|draft| {
                let url = draft.fields.get(&format!("{}.source.url", asked.citation));
                draft.state.is_open() && url.trim() == copy.url
            });
            let Some(named) = named else { return Ok(None) };
            if let Err(StoreError::Forbidden { .. }) = request.editor.must(named.kind.act()) {
                return Ok(None);
            }
            draft = Some(named);
        }
        let source = self.source_of(&copy, draft.as_ref(), &asked.citation).await?;
        let mut parts = parts(&pages);
        let part = asked.part.min(parts.len() - 1);
        let count = parts.len();
        let shown = Article::kept(parts.swap_remove(part), &source);
        let of = draft.as_ref().map(|draft| PassageFor { draft: draft.id.to_string(), citation: asked.citation.clone() });
        let text = KeptText { capture: asked.capture.to_string(), copy, part, parts: count, pages: pages.len(), passage_for: of };
        Ok(Some(Kept { text, draft, whole: Article::kept(pages, &source), shown }))
    }

    /// What is known of the source: by the draft, by the record, else by the copy itself.
    async fn source_of(&self, copy: &store::Copy, draft: Option<&Draft>, citation: &str) -> Result<Fields, StoreError> {
        let mut fields = Fields::default();
        if let Some(draft) = draft {
            for (name, value) in draft.fields.below(&format!("{citation}.source")).iter() {
                fields.set(format!("citation.source.{name}"), value);
            }
        }
        fields.set("citation.source.url", copy.url.as_str());
        let known = self.request.store.known(&fields, None).await?;
        if let Some(known) = known.sources.iter().find(|known| known.url.as_str() == copy.url) {
            for (name, value) in Fields::from_json(&serde_json::json!(known)).iter() {
                if !matches!(name, "id" | "translation_of") {
                    fields.set(format!("citation.source.{name}"), value);
                }
            }
        }
        copy.metadata.fill(&mut fields, "citation");
        Ok(fields.below("citation.source"))
    }

    /// Takes a passage for a citation of a draft, which keeps everything else that was typed.
    async fn take(&self, draft: Draft, citation: &str, passage: &Fields) -> Response {
        let request = &self.request;
        let mut fields = draft.fields.clone();
        fields.set(format!("{citation}.quote"), passage.get("citations[0].quote"));
        let locator = passage.get("citations[0].locator");
        if !locator.is_empty() {
            fields.set(format!("{citation}.locator"), locator);
        }
        for (name, value) in passage.below("citations[0].source").iter() {
            let name = format!("{citation}.source.{name}");
            if fields.get(&name).trim().is_empty() {
                fields.set(name, value);
            }
        }
        let saved = request.store.save_draft(&request.editor, draft.id, draft.version, fields, request.now).await;
        let done = match saved {
            Ok(Saved::Done(_)) => "passage-taken",
            // Somebody saved the draft in this very moment: what they wrote comes first.
            Ok(Saved::Conflict { .. }) => "passage-not-taken",
            Err(error) => return self.failed(&error),
        };
        let target = request.visit.href_with(&format!("/desk/drafts/{}", draft.id), &[("done", done)]);
        let field = app::components::field_id(&format!("{citation}.quote"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{target}#{field}"))]).into_response()
    }

    /// The page on which a passage is chosen for a citation of a draft that was just saved; `None` if no copy has a text.
    pub(in crate::web::desk) async fn lead_to_passages(
        &self,
        draft: &Draft,
        citation: &str,
        url: &SourceUrl,
    ) -> Result<Option<Response>, StoreError> {
        let Some(source) = self.request.store.captures_of(std::slice::from_ref(url)).await?.pop() else { return Ok(None) };
        let quoted = draft.fields.get(&format!("{citation}.quote")).trim();
        let mut asked = Fields::default();
        asked.set("citation.source.url", url.as_str());
        asked.set("citation.quote", quoted);
        // The copy that has the quote, where one is there already; else the newest with a text.
        let looks = self.request.store.look_for_quotes(&asked, std::slice::from_ref(&source)).await?;
        let found = looks.into_values().find(|look| matches!(look.check, QuoteCheck::Found(_))).and_then(|look| look.copy);
        let newest = source.copies.iter().find(|copy| copy.text_state == domain::TextState::Read).cloned();
        let Some(copy) = found.or(newest) else { return Ok(None) };
        let (capture, draft) = (source.job.id.to_string(), draft.id.to_string());
        let parameters =
            [("capture", capture.as_str()), ("copy", copy.sha256.as_str()), ("draft", &draft), ("citation", citation)];
        let target = self.request.visit.href_with("/desk/article", &parameters);
        Ok(Some((StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()))
    }
}
