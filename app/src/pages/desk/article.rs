//! `/desk/article`: a text is pasted or comes from a kept copy, its sentences that look like pledges are marked, and one click
//! makes a draft of one, or takes it for a citation of a draft.

mod kept;

use domain::{
    Article, FieldErrors, Party,
    commitment::{Commitment, Sentence},
    passage::QuoteCheck,
};
use leptos::prelude::*;

pub use self::kept::{KeptText, PassageFor};
use super::{
    DeskRequest,
    inputs::{field, source_kinds},
    labels::whole_label,
};
use crate::{
    components::{
        Field, Form, classes, crumbs, due_dated, error_summary, hidden, quote_check, select_field, text_area, text_field,
    },
    i18n,
    page::{Head, Page},
    visit::Visit,
};

/// A text that was read.
#[derive(Clone, Debug)]
pub struct ArticleRead {
    /// The text and its source.
    pub article: Article,
    /// Its sentences, marked where they look like pledges.
    pub sentences: Vec<Sentence>,
    /// The parties that the record knows.
    pub parties: Vec<Party>,
    /// Whether a quote stands in it that somebody looked for.
    pub check: Option<QuoteCheck>,
    /// The copy that it is the text of, where it was not pasted.
    pub kept: Option<KeptText>,
}

/// The page: the form into which a text is pasted and, once one was read, its sentences. 422 where something is wrong.
#[must_use]
pub fn article(request: DeskRequest, form: Form, read: Option<ArticleRead>) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let wrong = !form.errors.is_empty();
    let kept = read.as_ref().and_then(|read| read.kept.as_ref());
    let title = visit.t(kept.map_or("article-title", KeptText::title));
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let fields = match &read {
            Some(ArticleRead { kept: Some(kept), .. }) => kept.told(&visit),
            Some(_) if !form.errors.iter().any(|error| error.path == Article::TEXT || error.path.starts_with("source.")) => {
                view! { <details><summary>{visit.t("article-change")}</summary>{paste(&visit, &form)}</details> }.into_any()
            }
            _ => view! { <p class="lede">{visit.t("article-lede")}</p>{paste(&visit, &form)} }.into_any(),
        };
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{title}</h1>
            {error_summary(&visit, &form, |name| whole_label(&visit, name))}
            {fields}
            {read.map(|read| sentences(&visit, &form, &read))}
        }
        .into_any()
    })
    .at_desk(desk);
    if wrong { page.failed(422) } else { page }
}

/// The same with what is wrong with what was sent.
#[must_use]
pub fn article_refused(request: DeskRequest, mut form: Form, errors: FieldErrors, read: Option<ArticleRead>) -> Page {
    form.errors = errors;
    article(request, form, read)
}

fn paste(visit: &Visit, form: &Form) -> AnyView {
    let at = |name: &str| field(visit, &format!("source.{name}"));
    let text = Field { lines: 12, required: true, ..field(visit, Article::TEXT) }.hint(visit.t("article-text-hint"));
    let kinds = source_kinds(visit);
    view! {
        <form class="form" method="post" action=visit.href("/desk/article") novalidate>
            {text_area(visit, form, &text)}
            <fieldset>
                <legend>{visit.t("article-source")}</legend>
                <p class="hint">{visit.t("article-source-hint")}</p>
                {text_field(visit, form, &Field { kind: "url", ..at("url") }.hint(visit.t("form-source-hint")))}
                <div class="form-pair">{text_field(visit, form, &at("title"))}{text_field(visit, form, &at("publisher"))}</div>
                <div class="form-pair">
                    {text_field(visit, form, &at("published_on").hint(visit.t("article-published-hint")))}
                    {text_field(visit, form, &at("language").hint(visit.t("article-language-hint")))}
                    {select_field(visit, form, &at("kind"), &kinds)}
                </div>
            </fieldset>
            <div class="actions"><button type="submit" name="do" value="read">{visit.t("article-read")}</button></div>
        </form>
    }
    .into_any()
}

/// The text by its sentences. Each can be ticked for a quote; those that look like pledges are marked and become drafts at once.
fn sentences(visit: &Visit, form: &Form, read: &ArticleRead) -> AnyView {
    let language = form.get("source.language").trim();
    let own = read.kept.as_ref().and_then(|kept| kept.copy.metadata.language.clone());
    let language = read
        .article
        .language()
        .map(|language| language.code().to_owned())
        .or_else(|| (!language.is_empty()).then(|| language.to_owned()))
        .or(own);
    let marked: Vec<usize> =
        read.sentences.iter().enumerate().filter(|(_, sentence)| sentence.commitment.is_some()).map(|(index, _)| index).collect();
    let told = i18n::many(visit.texts(), "article-marked", marked.len() as u64);
    let unread = read.article.language().is_none().then(|| view! { <p class="notice">{visit.t("article-unread")}</p> });
    let undated =
        (!read.article.is_dated() && !marked.is_empty()).then(|| view! { <p class="hint">{visit.t("article-undated")}</p> });
    let links =
        marked.iter().enumerate().map(|(number, index)| view! { <li><a href=format!("#s-{index}")>{number + 1}</a></li> });
    let links = (!marked.is_empty())
        .then(|| view! { <ol class="article-marked" aria-label=visit.t("article-marked-list")>{links.collect_view()}</ol> });
    let rows = read.sentences.iter().enumerate().map(|(index, sentence)| row(visit, read, index, sentence, language.clone()));
    // What was read goes along as it was, whatever is being typed above; of a copy its name is enough.
    let carried = form.fields.iter().filter(|(name, _)| *name == Article::TEXT || name.starts_with("source."));
    let carried = carried.map(|(name, value)| hidden(name, value)).collect_view();
    let kept = read.kept.as_ref().map(KeptText::carried);
    let verbs = verbs(read);
    let looked_for = text_area(visit, form, &Field { lines: 2, ..field(visit, "quote") }.hint(visit.t("article-quote-hint")));
    // Back to where one was.
    let back = format!("{}#f-quote", visit.href("/desk/article"));
    let found = matches!(read.check, Some(QuoteCheck::Found(_)));
    let draft = found.then(|| view! { <button type="submit" name="do" value="draft-quote">{visit.t(verbs.quote)}</button> });
    let check = read.check.as_ref().map(|check| quote_check(visit, check, language.clone()));
    view! {
        <form class="article" method="post" action=visit.href("/desk/article") novalidate>
            {carried}
            {kept}
            <h2 class="mt-0">{told}</h2>
            {unread}
            <p class="hint">{visit.t("article-errs")}</p>
            {undated}
            {links}
            <ol class="said" id="f-sentence">{rows.collect_view()}</ol>
            <p class="actions article-bar"><button class="quiet" type="submit" name="do" value="draft">{visit.t(verbs.ticked)}</button></p>
            <fieldset class="form">
                <legend>{visit.t("article-quote")}</legend>
                {looked_for}
                {check}
                <div class="actions">
                    <button class="quiet" type="submit" name="do" value="look" formaction=back>{visit.t("article-look")}</button>
                    {draft}
                </div>
            </fieldset>
        </form>
    }
    .into_any()
}

/// What the buttons say: a draft is made, or a passage is taken for one.
struct Verbs {
    one: &'static str,
    this: &'static str,
    ticked: &'static str,
    quote: &'static str,
}

fn verbs(read: &ArticleRead) -> Verbs {
    if read.kept.as_ref().is_some_and(|kept| kept.passage_for.is_some()) {
        let (this, ticked) = ("passage-take-this", "passage-take-ticked");
        return Verbs { one: "passage-take", this, ticked, quote: "passage-take-quote" };
    }
    let (this, ticked) = ("article-draft-this", "article-draft-ticked");
    Verbs { one: "article-draft", this, ticked, quote: "article-draft-quote" }
}

fn row(visit: &Visit, read: &ArticleRead, index: usize, sentence: &Sentence, language: Option<String>) -> AnyView {
    let opens = sentence.opens_paragraph.then_some(classes("said-opens"));
    let tick = view! { <input type="checkbox" name="sentence" value=index.to_string() /> };
    let page = read.kept.as_ref().and_then(|kept| kept.page(visit, read, index));
    let Some(commitment) = &sentence.commitment else {
        return view! { <li class=opens>{page}<label lang=language>{tick}<span>{sentence.text.clone()}</span></label></li> }
            .into_any();
    };
    let begin: String = sentence.text.chars().take(60).collect();
    let begin = if begin == sentence.text { begin } else { format!("{begin}…") };
    let verbs = verbs(read);
    let label = visit.t_with(verbs.this, &[("sentence", begin.into())]);
    view! {
        <li class=opens id=format!("s-{index}")>
            {page}
            <label lang=language>{tick}<span><mark>{sentence.text.clone()}</mark></span></label>
            <div class="said-beside">
                {beside(visit, read, commitment)}
                <button type="submit" name="do" value=format!("draft:{index}") aria-label=label>{visit.t(verbs.one)}</button>
            </div>
        </li>
    }
    .into_any()
}

/// Who and by when, as far as the sentence and the record tell.
fn beside(visit: &Visit, read: &ArticleRead, commitment: &Commitment) -> AnyView {
    let who: Vec<String> = commitment
        .who
        .iter()
        .filter_map(|(slug, role)| {
            let party = read.parties.iter().find(|party| party.id == *slug)?;
            Some(format!("{} ({})", visit.words(&party.name), visit.t_code("form-role", role.code())))
        })
        .collect();
    let who = if who.is_empty() { view! { <em>{visit.t("article-nobody")}</em> }.into_any() } else { who.join(", ").into_any() };
    let due = match &commitment.due {
        Some(due) => due_dated(visit, due),
        None => view! { <em>{visit.t("article-no-date")}</em> }.into_any(),
    };
    view! { <dl><dt>{visit.t("form-who")}</dt><dd>{who}</dd><dt>{visit.t("article-by-when")}</dt><dd>{due}</dd></dl> }.into_any()
}
