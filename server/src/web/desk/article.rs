//! From a pasted text to drafts. Nothing of it is kept before a draft is made; until then it goes along in the form.

use app::{
    components::Form,
    pages::desk::{self as pages, ArticleRead},
};
use axum::response::Response;
use domain::{Act, Article, DraftKind, FieldErrors, Fields, Problem, passage::QuoteCheck};

use crate::{auth::Desk, web::sent::Sent};

/// The field of a quote that is looked for.
const QUOTE: &str = "quote";

/// The names of what the form sends besides its fields.
const NOT_FIELDS: [&str; 2] = ["do", "sentence"];

pub(super) async fn new(desk: Desk) -> Response {
    match desk.may(Act::Draft) {
        Ok(()) => desk.respond(pages::article(desk.request.clone(), Form::default(), None)),
        Err(refused) => *refused,
    }
}

pub(super) async fn read(desk: Desk, sent: Sent) -> Response {
    if let Err(refused) = desk.may(Act::Draft) {
        return *refused;
    }
    let fields = Fields::sent(sent.0.iter().filter(|(name, _)| !NOT_FIELDS.contains(&name.as_str())).cloned());
    let form = Form { fields, errors: FieldErrors::default() };
    let article = match Article::pasted(&form.fields) {
        Ok(article) => article,
        Err(errors) => return desk.respond(pages::article_refused(desk.request.clone(), form, errors, None)),
    };
    desk.article(article, form, &sent).await
}

impl Desk {
    /// Does with an article what was asked, wherever its text came from: shows it, looks for a quote in it, makes a draft.
    async fn article(&self, article: Article, form: Form, sent: &Sent) -> Response {
        let known = match self.request.store.known(&Fields::default(), None).await {
            Ok(known) => known,
            Err(error) => return self.failed(&error),
        };
        let sentences = article.sentences(&known.parties);
        let quote = form.get(QUOTE).to_owned();
        let asked = sent.get("do");
        let looks = matches!(asked, "look" | "draft-quote");
        let check = looks.then(|| QuoteCheck::of(Some(&article.pages()), &quote));
        let draft = match (asked, &check) {
            ("draft-quote", Some(QuoteCheck::Found(found))) => Some(article.draft_of_quote(&sentences, &quote, found)),
            ("draft-quote", _) => None,
            ("draft", _) => {
                let ticked = sent.0.iter().filter(|(name, _)| name == "sentence").filter_map(|(_, index)| index.parse().ok());
                Some(article.draft_of_sentences(&sentences, &ticked.collect::<Vec<_>>()))
            }
            _ => asked.strip_prefix("draft:").map(|index| {
                let chosen: Vec<usize> = index.parse().ok().into_iter().collect();
                article.draft_of_sentences(&sentences, &chosen)
            }),
        };
        let mut errors = FieldErrors::default();
        match draft {
            Some(Ok(draft)) => return self.begin_from_article(draft).await,
            Some(Err(problem)) => errors.push(if looks { QUOTE } else { "sentence" }, problem),
            None if looks && quote.trim().is_empty() => errors.push(QUOTE, Problem::Missing),
            None => {}
        }
        let check = check.filter(|_| errors.is_empty());
        let read = ArticleRead { article, sentences, parties: known.parties, check };
        self.respond(pages::article_refused(self.request.clone(), form, errors, Some(read)))
    }

    async fn begin_from_article(&self, fields: Fields) -> Response {
        let request = &self.request;
        match request.store.begin_draft(&request.editor, DraftKind::Pledge, None, fields, request.now).await {
            Ok(draft) => self.lead(&format!("/desk/drafts/{}", draft.id), "article"),
            Err(error) => self.failed(&error),
        }
    }
}
