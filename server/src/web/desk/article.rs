//! From a text to drafts. Of a pasted one nothing is kept before a draft is made; until then it goes along in the form.

mod kept;

use app::{
    components::Form,
    pages::desk::{self as pages, ArticleRead},
};
use axum::response::Response;
use domain::{Act, Article, DraftKind, FieldErrors, Fields, Problem, passage::QuoteCheck};
use store::StoreError;

use self::kept::Asked;
use crate::{auth::Desk, web::sent::Sent};

/// The field of a quote that is looked for.
const QUOTE: &str = "quote";

/// The names of what the form sends besides its fields.
const NOT_FIELDS: [&str; 2] = ["do", "sentence"];

/// A text, and as much of it as the page shows.
struct Text<'a> {
    whole: &'a Article,
    shown: &'a Article,
}

/// What the page shows of a text of which nothing was made yet, and what is wrong with what was asked.
type Undone = Box<(ArticleRead, FieldErrors)>;

pub(super) async fn new(desk: Desk) -> Response {
    if let Some(asked) = Asked::of_query(&desk.request.visit.query) {
        return desk.kept_copy(asked, &Sent::default()).await;
    }
    match desk.may(Act::Draft) {
        Ok(()) => desk.respond(pages::article(desk.request.clone(), Form::default(), None)),
        Err(refused) => *refused,
    }
}

pub(super) async fn read(desk: Desk, sent: Sent) -> Response {
    if let Some(asked) = Asked::of_form(&sent) {
        return desk.kept_copy(asked, &sent).await;
    }
    if let Err(refused) = desk.may(Act::Draft) {
        return *refused;
    }
    let fields = Fields::sent(sent.0.iter().filter(|(name, _)| !NOT_FIELDS.contains(&name.as_str())).cloned());
    let form = Form { fields, errors: FieldErrors::default() };
    let article = match Article::pasted(&form.fields) {
        Ok(article) => article,
        Err(errors) => return desk.respond(pages::article_refused(desk.request.clone(), form, errors, None)),
    };
    match desk.done_with(&Text { whole: &article, shown: &article }, &form, &sent).await {
        Ok(Ok(fields)) => desk.begin_from_article(fields).await,
        Ok(Err(undone)) => {
            let (read, errors) = *undone;
            desk.respond(pages::article_refused(desk.request.clone(), form, errors, Some(read)))
        }
        Err(error) => desk.failed(&error),
    }
}

impl Desk {
    /// Does with a text what was asked, wherever it came from: makes the fields of a draft, or looks for a quote in it, or only
    /// shows it.
    async fn done_with(&self, text: &Text<'_>, form: &Form, sent: &Sent) -> Result<Result<Fields, Undone>, StoreError> {
        let known = self.request.store.known(&Fields::default(), None).await?;
        let sentences = text.shown.sentences(&known.parties);
        let quote = form.get(QUOTE).to_owned();
        let asked = sent.get("do");
        let looks = matches!(asked, "look" | "draft-quote");
        let check = looks.then(|| QuoteCheck::of(Some(&text.whole.pages()), &quote));
        let draft = match (asked, &check) {
            ("draft-quote", Some(QuoteCheck::Found(found))) => Some(match text.shown.pages().find(&quote, None) {
                Some(shown) => text.shown.draft_of_quote(&sentences, &quote, &shown),
                // It stands in a part that the page does not show, and whose sentences nobody has read.
                None => text.whole.draft_of_quote(&[], &quote, found),
            }),
            ("draft-quote", _) => None,
            ("draft", _) => {
                let ticked = sent.0.iter().filter(|(name, _)| name == "sentence").filter_map(|(_, index)| index.parse().ok());
                Some(text.shown.draft_of_sentences(&sentences, &ticked.collect::<Vec<_>>()))
            }
            _ => asked.strip_prefix("draft:").map(|index| {
                let chosen: Vec<usize> = index.parse().ok().into_iter().collect();
                text.shown.draft_of_sentences(&sentences, &chosen)
            }),
        };
        let mut errors = FieldErrors::default();
        match draft {
            Some(Ok(draft)) => return Ok(Ok(draft)),
            Some(Err(problem)) => errors.push(if looks { QUOTE } else { "sentence" }, problem),
            None if looks && quote.trim().is_empty() => errors.push(QUOTE, Problem::Missing),
            None => {}
        }
        let check = check.filter(|_| errors.is_empty());
        let read = ArticleRead { article: text.shown.clone(), sentences, parties: known.parties, check, kept: None };
        Ok(Err(Box::new((read, errors))))
    }

    async fn begin_from_article(&self, fields: Fields) -> Response {
        let request = &self.request;
        match request.store.begin_draft(&request.editor, DraftKind::Pledge, None, fields, request.now).await {
            Ok(draft) => self.lead(&format!("/desk/drafts/{}", draft.id), "article"),
            Err(error) => self.failed(&error),
        }
    }
}
