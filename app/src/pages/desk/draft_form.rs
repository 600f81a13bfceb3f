//! The page on which a draft is written, whatever it would do; and the one on which two versions of it are brought together.

use std::collections::BTreeMap;

use domain::{
    DraftKind, DraftState, FieldErrors, Fields, Pledge,
    desk_form::{BASE, Known, Proposal},
    translation::Outdated,
};
use leptos::prelude::*;
use store::{Comment, Draft, QuoteLook, SourceCopies};

use super::{
    DeskRequest, copies::Kept, inputs, labels::whole_label, pledge_form, preview, status_form, tips::said_in_tip, translations,
};
use crate::{
    components::{Field, Form, changed_words, crumbs, error_summary, hidden, text_area},
    i18n,
    islands::DraftWatch,
    page::{Head, Page},
    visit::Visit,
};

/// A draft as its form shows it.
#[derive(Clone, Debug)]
pub struct DraftForm {
    /// What it would do.
    pub kind: DraftKind,
    /// The draft; `None` while nothing was saved yet.
    pub draft: Option<Draft>,
    /// What is in its fields, and what is wrong with them.
    pub form: Form,
    /// The published pledge that it would change.
    pub published: Option<Pledge>,
    /// What the record knows that the form may name.
    pub known: Known,
    /// What it amounts to, where nothing is wrong with it.
    pub proposal: Option<Proposal>,
    /// The translations of the published pledge that lag behind.
    pub outdated: Vec<Outdated>,
    /// The copies of the sources that it names.
    pub copies: Vec<SourceCopies>,
    /// Whether they have its quotes, by the path of the citation.
    pub quotes: BTreeMap<String, QuoteLook>,
    /// Other open drafts that would change the same pledge.
    pub beside: Vec<Draft>,
    /// Who else has it open.
    pub others: Vec<String>,
    /// Published pledges that look alike.
    pub similar: Vec<store::Named>,
    /// What was done just now: a key of the catalogue.
    pub done: Option<&'static str>,
}

impl DraftForm {
    /// The same with what is wrong, told to whoever wanted to hand it in.
    #[must_use]
    pub fn refused(mut self, errors: FieldErrors) -> Self {
        self.form.errors = errors;
        self
    }
}

/// The key of what a kind of draft is called as a heading.
pub(super) const fn heading(kind: DraftKind) -> &'static str {
    match kind {
        DraftKind::Pledge => "draft-new-pledge",
        DraftKind::Edit => "draft-edit",
        DraftKind::StatusChange => "draft-status-change",
        DraftKind::Withdrawal => "draft-withdrawal",
    }
}

/// The page; 422 where something is wrong.
#[must_use]
pub fn draft_form(request: DeskRequest, shown: DraftForm) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let wrong = !shown.form.errors.is_empty();
    let title = visit.t(heading(shown.kind));
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let action = match (&shown.draft, &shown.published) {
            (Some(draft), _) => visit.href(&format!("/desk/drafts/{}", draft.id)),
            (None, Some(pledge)) => visit.href(&format!("/desk/pledges/{}/{}", pledge.id, address(shown.kind))),
            (None, None) => visit.href("/desk/new"),
        };
        let of = shown.published.as_ref().map(|pledge| visit.words(&pledge.title).to_owned());
        let of = of.map(|title| view! { <p class="lede">{title}</p> });
        let kept = Kept { copies: &shown.copies, quotes: &shown.quotes };
        let fields = match (shown.kind, &shown.published) {
            (DraftKind::StatusChange, Some(pledge)) => status_form::fields(&visit, &shown.form, pledge, &shown.known, kept),
            (DraftKind::Withdrawal, _) => withdrawal(&visit, &shown.form),
            (kind, _) => pledge_form::fields(&visit, &shown.form, kind, &shown.known, kept),
        };
        let version = shown.draft.as_ref().map(|draft| hidden("version", draft.version.to_string()));
        let base = (shown.kind == DraftKind::Edit).then(|| hidden(BASE, shown.form.fields.get(BASE)));
        let form = view! {
            <form class="form" method="post" action=action novalidate>
                // The first button is what the Enter key in a field presses: it saves, and does not ask for more rows.
                <button class="sr-only" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true">{visit.t("draft-save")}</button>
                {version}
                {base}
                {fields}
                <div class="actions">
                    <button type="submit" name="do" value="submit">{visit.t("draft-submit")}</button>
                    <button class="quiet" type="submit" name="do" value="save">{visit.t("draft-save")}</button>
                </div>
                {inputs::suggestions(&visit, &shown.known)}
            </form>
        };
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{title}</h1>
            {of}
            {error_summary(&visit, &shown.form, |name| whole_label(&visit, name))}
            {notices(&visit, &shown)}
            <div class="cols">
                <DraftWatch
                    presence=shown.draft.as_ref().map(|draft| visit.href(&format!("/desk/drafts/{}/presence", draft.id))).unwrap_or_default()
                    version=shown.draft.as_ref().map_or(0, |draft| draft.version)
                    similar=if shown.kind == DraftKind::Pledge { visit.href("/desk/similar") } else { String::new() }
                    also_open=visit.t_with("draft-open-elsewhere", &[("names", "{names}".into())])
                    saved_since=visit.t("draft-saved-since")
                    look_alike=visit.t("draft-similar")
                >
                    {form}
                </DraftWatch>
                {preview::aside(&visit, &shown)}
            </div>
        }
        .into_any()
    })
    .at_desk(desk)
    .interactive();
    if wrong { page.failed(422) } else { page }
}

/// The last part of the address at which a draft of a kind is begun.
const fn address(kind: DraftKind) -> &'static str {
    match kind {
        DraftKind::Edit => "edit",
        DraftKind::StatusChange => "status",
        DraftKind::Withdrawal => "withdraw",
        DraftKind::Pledge => "",
    }
}

fn withdrawal(visit: &Visit, form: &Form) -> AnyView {
    view! { <p class="hint">{visit.t("withdrawal-hint")}</p>{inputs::pair(visit, form, "notice", 3)} }.into_any()
}

/// What somebody should know before they write on.
fn notices(visit: &Visit, shown: &DraftForm) -> AnyView {
    let done = shown.done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
    let others = (!shown.others.is_empty()).then(|| {
        view! { <p class="notice" role="status" >{visit.t_with("draft-open-elsewhere", &[("names", shown.others.join(", ").into())])}</p> }
    });
    let submitted = shown.draft.as_ref().filter(|draft| draft.state == DraftState::Submitted);
    let submitted = submitted.map(|_| view! { <p class="notice">{visit.t("draft-is-submitted")}</p> });
    let beside = (!shown.beside.is_empty()).then(|| {
        let items = shown.beside.iter().map(|draft| {
            let href = visit.href(&format!("/desk/drafts/{}/review", draft.id));
            let told = format!("{}, {}", visit.t(heading(draft.kind)), visit.t_code("draft-state", draft.state.code()));
            view! { <li><a href=href>{told}</a>" · "{draft.author.1.clone()}</li> }
        });
        view! { <div class="notice"><p>{visit.t("draft-beside")}</p><ul>{items.collect_view()}</ul></div> }
    });
    let similar = (!shown.similar.is_empty()).then(|| {
        let items = shown.similar.iter().map(|named| {
            view! { <li><a href=visit.href(&format!("/pledges/{}", named.slug))>{visit.words(&named.name).to_owned()}</a></li> }
        });
        view! { <div class="notice"><p>{visit.t("draft-similar")}</p><ul>{items.collect_view()}</ul></div> }
    });
    let tip = shown.draft.as_ref().map(|draft| said_in_tip(visit, draft));
    let edited = shown.published.as_ref().filter(|_| shown.kind == DraftKind::Edit);
    let lagging = edited.map(|pledge| translations::notice(visit, &pledge.id, &shown.outdated));
    view! { {done}{others}{submitted}{returned(visit, shown)}{tip}{lagging}{beside}{similar} }.into_any()
}

/// What the reviewer who returned it said.
fn returned(visit: &Visit, shown: &DraftForm) -> AnyView {
    let Some(draft) = shown.draft.as_ref().filter(|draft| draft.state == DraftState::Returned) else { return ().into_any() };
    let comments = draft.comments.iter().filter(|comment| comment.field != Comment::TIP).map(|comment| {
        let href = format!("#{}", crate::components::field_id(&comment.field));
        let when = i18n::timestamp(visit.texts(), comment.at);
        view! { <li><a href=href>{whole_label(visit, &comment.field)}</a>": "{comment.words.clone()}" "<span class="meta">{when}</span></li> }
    });
    view! {
        <div class="notice">
            {returned_with(visit, draft)}
            <ul>{comments.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Who returned a draft, and with which words for the whole.
pub(super) fn returned_with(visit: &Visit, draft: &Draft) -> AnyView {
    let who = draft.reviewer.clone().unwrap_or_else(|| visit.t("draft-nobody"));
    let note = draft.decision_note.clone().map(|note| view! { <p class="prose">{note}</p> });
    view! { <p><strong>{visit.t_with("draft-returned-by", &[("name", who.into())])}</strong></p>{note} }.into_any()
}

/// The page for the second of two people who saved the same draft: what only one of them changed is taken from them; where
/// both changed a field, both versions stand side by side. Status 409; nothing is saved yet and nothing is lost.
#[must_use]
pub fn conflict(request: DeskRequest, theirs: &Draft, base: &Fields, mine: &Fields) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let (merged, contested) = Fields::merge(base, mine, &theirs.fields);
    let (theirs, mine) = (theirs.clone(), mine.clone());
    let head = Head { title: visit.t("conflict-title"), ..Head::default() };
    Page::new(head, move || {
        let action = visit.href(&format!("/desk/drafts/{}", theirs.id));
        let form = Form { fields: merged.clone(), ..Form::default() };
        let rows = contested.iter().map(|name| {
            let (their, my) = (theirs.fields.get(name).to_owned(), mine.get(name).to_owned());
            let field = Field { lines: 3, ..Field::new(name.clone(), visit.t("conflict-take")) };
            view! {
                <fieldset>
                    <legend>{whole_label(&visit, name)}</legend>
                    <div class="form-pair">
                        <div><p class="hint">{visit.t("conflict-mine")}</p><p class="prose">{changed_words(&their, &my, domain::word_diff::Fate::Added)}</p></div>
                        <div><p class="hint">{visit.t("conflict-theirs")}</p><p class="prose">{changed_words(&my, &their, domain::word_diff::Fate::Added)}</p></div>
                    </div>
                    {text_area(&visit, &form, &field)}
                </fieldset>
            }
        });
        let rest = merged.iter().filter(|(name, _)| !contested.iter().any(|contested| contested == name));
        let rest = rest.map(|(name, value)| hidden(name, value));
        let none = contested.is_empty().then(|| view! { <p>{visit.t("conflict-none")}</p> });
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{visit.t("conflict-title")}</h1>
            <p class="notice notice-error" role="alert">{visit.t("conflict-text")}</p>
            <form class="form" method="post" action=action novalidate>
                {hidden("version", theirs.version.to_string())}
                {none}
                {rows.collect_view()}
                {rest.collect_view()}
                <div class="actions"><button type="submit" name="do" value="save">{visit.t("conflict-save")}</button></div>
            </form>
        }
        .into_any()
    })
    .at_desk(desk)
    .failed(409)
}
