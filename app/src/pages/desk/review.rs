//! The page on which a draft is judged: what it would change, word by word, beside what is public; and what was decided.

use std::collections::BTreeMap;

use domain::{
    Act, DraftKind, DraftState, FieldErrors, Fields,
    desk_form::{
        Proposal,
        order::{in_order, names_of},
    },
    translation::Outdated,
    word_diff::Fate,
};
use leptos::prelude::*;
use store::{Draft, QuoteLook, SourceCopies};

use super::{
    DeskRequest, copies,
    draft_form::{heading, returned_with},
    labels::whole_label,
    preview,
    tips::said_in_tip,
    translations,
    values::{Names, value_words},
};
use crate::{
    components::{Field, Form, changed_words, crumbs, error_summary, field_id, hidden, problem, text_area, text_field},
    i18n,
    page::{Head, Page},
    visit::Visit,
};

/// A draft as its reviewer sees it.
#[derive(Clone, Debug)]
pub struct Review {
    /// The draft.
    pub draft: Draft,
    /// What it amounts to; `None` while something is wrong with it.
    pub proposal: Option<Proposal>,
    /// What is wrong with it.
    pub wrong: FieldErrors,
    /// The proposal told field by field; empty where there is none.
    pub after: Fields,
    /// What is public now, told alike; empty for a new pledge.
    pub before: Fields,
    /// What was proposed when it was last returned to its writers, told alike; `None` if it was not returned.
    pub returned: Option<Fields>,
    /// The translations of what is public that lag behind already.
    pub outdated: Vec<Outdated>,
    /// The copies of the sources that it names.
    pub copies: Vec<SourceCopies>,
    /// Whether they have the quotes that are new, by the path of the citation.
    pub quotes: BTreeMap<String, QuoteLook>,
    /// What was typed into the reviewer's own fields, and what is wrong with it.
    pub form: Form,
    /// What was done just now: a key of the catalogue.
    pub done: Option<&'static str>,
}

/// The page.
#[must_use]
pub fn review(request: DeskRequest, review: Review) -> Page {
    let desk = request.at_desk();
    let DeskRequest { visit, editor, .. } = request;
    let wrong = !review.form.errors.is_empty();
    let title = format!("{}: {}", visit.t(heading(review.draft.kind)), review.draft.title);
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let draft = &review.draft;
        let own = draft.is_by(&editor);
        let may_decide = editor.role.may(Act::Review) && draft.state == DraftState::Submitted;
        let decide = match (may_decide, own, editor.role.may(Act::OverrideReview)) {
            (false, ..) => ().into_any(),
            (true, true, false) => view! { <p class="notice">{visit.t("review-own")}</p> }.into_any(),
            (true, own, _) => decisions(&visit, &review, own),
        };
        let done = review.done.map(|key| view! { <p class="notice" role="status">{visit.t(key)}</p> });
        let published = (draft.state == DraftState::Published).then(|| {
            draft.pledge.as_ref().map(|slug| {
                view! { <p class="notice" role="status"><a href=visit.href(&format!("/pledges/{slug}"))>{visit.t("review-see-public")}</a></p> }
            })
        });
        let write = (draft.state.is_open() && editor.role.may(draft.kind.act())).then(|| {
            view! { <p><a href=visit.href(&format!("/desk/drafts/{}", draft.id))>{visit.t("review-write")}</a></p> }
        });
        view! {
            {crumbs(&visit, vec![(visit.href("/desk"), visit.t("desk"))])}
            <h1>{title}</h1>
            {facts(&visit, draft)}
            {done}
            {published}
            {since_returned(&visit, &review)}
            {said_in_tip(&visit, draft)}
            {error_summary(&visit, &review.form, |name| reviewers_label(&visit, name))}
            {differences(&visit, &review)}
            {copies::of_draft(&visit, draft, &review.copies)}
            {write}
            {decide}
            {give_up(&visit, draft)}
        }
        .into_any()
    })
    .at_desk(desk);
    if wrong { page.failed(422) } else { page }
}

fn reviewers_label(visit: &Visit, name: &str) -> String {
    match name {
        "note" => visit.t("review-note"),
        "publish_at" => visit.t("review-publish-at"),
        "override_reason" => visit.t("review-override"),
        other => whole_label(visit, other),
    }
}

/// Who wrote it, when, and how far it has come.
fn facts(visit: &Visit, draft: &Draft) -> AnyView {
    let when = i18n::timestamp(visit.texts(), draft.updated_at);
    let state = visit.t_code("draft-state", draft.state.code());
    let at = draft
        .publish_at
        .filter(|_| draft.state == DraftState::Scheduled)
        .map(|at| format!(" · {}", visit.t_with("review-scheduled-for", &[("time", i18n::timestamp(visit.texts(), at).into())])));
    let reviewer = draft.reviewer.clone().map(|name| format!(" · {}", visit.t_with("review-by", &[("name", name.into())])));
    view! { <p class="meta">{state}" · "{draft.author.1.clone()}" · "{when}{at}{reviewer}</p> }.into_any()
}

/// What was said when it was returned, and how much was changed since.
fn since_returned(visit: &Visit, review: &Review) -> AnyView {
    let (Some(returned), Some(_)) = (&review.returned, &review.proposal) else { return ().into_any() };
    let changed = names_of(returned, &review.after).into_iter().filter(|name| returned.get(name) != review.after.get(name));
    let count = i18n::many(visit.texts(), "review-since", changed.count() as u64);
    view! { <div class="notice">{returned_with(visit, &review.draft)}<p>{count}</p></div> }.into_any()
}

/// What would change, field by field, and the strip as it would be.
fn differences(visit: &Visit, review: &Review) -> AnyView {
    let Some(proposal) = &review.proposal else {
        if review.draft.state == DraftState::Published {
            return ().into_any();
        }
        let wrong = review.wrong.iter().map(|error| {
            view! { <li>{whole_label(visit, &error.path)}": "{problem(visit, &error.problem)}</li> }
        });
        return view! {
            <div class="notice notice-error">
                <p>{visit.t("review-unfinished")}</p>
                <ul>{wrong.collect_view()}</ul>
            </div>
        }
        .into_any();
    };
    // What readers will be told beside the change itself.
    let words = match review.draft.kind {
        DraftKind::Withdrawal => Some(("notice", "form-notice")),
        DraftKind::Edit => Some(("reason", "form-reason")),
        DraftKind::Pledge | DraftKind::StatusChange => None,
    };
    let words = words.map(|(name, heading)| {
        let fields = review.draft.fields.below(name);
        let both = [fields.get("en").to_owned(), fields.get("es").to_owned()];
        view! { <h2>{visit.t(heading)}</h2>{both.map(|text| view! { <p class="prose">{text}</p> }).collect_view()} }
    });
    let after = &review.after;
    let originals = proposal.pledge().originals;
    let (mut rows, mut same) = (Vec::new(), 0_u64);
    let new = review.before.is_empty();
    let kept = copies::Kept { copies: &review.copies, quotes: &review.quotes };
    let things = Names::of_record(&proposal.record);
    for name in names_of(&review.before, after) {
        let words = |fields: &Fields| value_words(visit, &things, name, fields.get(name));
        let (was, is) = (words(&review.before), words(after));
        if was == is {
            same += 1;
            continue;
        }
        let look = name.strip_suffix(".quote").and_then(|path| kept.quote(visit, path));
        let comments = review.draft.comments.iter().filter(|comment| comment.field == name);
        let comments = comments.map(|comment| view! { <p class="correction">{comment.words.clone()}" "<span class="meta">{comment.by.clone()}</span></p> });
        let before = (!new).then(|| {
            let label = visit.t("review-public");
            view! { <td><span class="cell-label">{label}": "</span><span class="prose">{changed_words(&was, &is, Fate::Removed)}</span></td> }
        });
        let now = if new { is.clone().into_any() } else { changed_words(&was, &is, Fate::Added) };
        let since = review.returned.as_ref().is_some_and(|returned| returned.get(name) != after.get(name));
        let since = since.then(|| view! { <span class="taken">{visit.t("review-changed-since")}</span> });
        rows.push(view! {
            <tr id=field_id(name)>
                <th scope="row">{whole_label(visit, name)}{translations::part(visit, originals, name)}" "{since}</th>
                {before}
                <td><span class="cell-label">{visit.t("review-proposed")}": "</span><span class="prose">{now}</span>{look}{comments.collect_view()}</td>
            </tr>
        });
    }
    let unchanged = (same > 0).then(|| view! { <p class="meta mt-2">{i18n::many(visit.texts(), "review-unchanged", same)}</p> });
    let head = (!new).then(|| view! { <th scope="col">{visit.t("review-public")}</th> });
    view! {
        {words}
        {translations::consequences(visit, review, originals, after)}
        <h2>{visit.t("review-changes")}</h2>
        <table class="compare">
            <thead><tr><th scope="col">{visit.t("compare-what")}</th>{head}<th scope="col">{visit.t("review-proposed")}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {unchanged}
        <h2>{visit.t("preview-title")}</h2>
        <div class="row">{preview::state(visit, proposal.pledge())}</div>
        {preview::whole_page(visit, &review.draft)}
    }
    .into_any()
}

/// Approve, now or later; or return, with words.
fn decisions(visit: &Visit, review: &Review, own: bool) -> AnyView {
    let draft = &review.draft;
    let at = |act: &str| visit.href(&format!("/desk/drafts/{}/{act}", draft.id));
    let version = || hidden("version", draft.version.to_string());
    let publish_at = Field { kind: "datetime-local", ..Field::new("publish_at", visit.t("review-publish-at")) };
    let publish_at = publish_at.hint(visit.t("review-publish-at-hint"));
    let override_reason = own.then(|| {
        let field = Field { required: true, lines: 2, ..Field::new("override_reason", visit.t("review-override")) };
        text_area(visit, &review.form, &field.hint(visit.t("review-override-hint")))
    });
    let note = Field { required: true, lines: 3, ..Field::new("note", visit.t("review-note")) };
    let mut changed: Vec<&str> =
        review.after.iter().filter(|(name, value)| review.before.get(name) != *value).map(|(name, _)| name).collect();
    changed.sort_unstable_by(|one, other| in_order(one, other));
    let comments = changed.iter().map(|name| {
        let field = Field { lines: 2, ..Field::new(format!("comment:{name}"), whole_label(visit, name)) };
        text_area(visit, &review.form, &field)
    });
    let approve = (review.proposal.is_some()).then(|| {
        view! {
            <form class="form" method="post" action=at("approve")>
                {version()}
                <fieldset>
                    <legend>{visit.t("review-approve")}</legend>
                    {override_reason}
                    <details><summary>{visit.t("review-later")}</summary>{text_field(visit, &review.form, &publish_at)}</details>
                    <div class="actions"><button type="submit">{visit.t("review-approve-button")}</button></div>
                </fieldset>
            </form>
        }
    });
    view! {
        {approve}
        <form class="form mt-6" method="post" action=at("return") novalidate>
            {version()}
            <fieldset>
                <legend>{visit.t("review-return")}</legend>
                {text_area(visit, &review.form, &note)}
                <details><summary>{visit.t("review-comments")}</summary><div class="grid gap-4">{comments.collect_view()}</div></details>
                <div class="actions"><button class="quiet" type="submit">{visit.t("review-return-button")}</button></div>
            </fieldset>
        </form>
    }
    .into_any()
}

fn give_up(visit: &Visit, draft: &Draft) -> AnyView {
    if draft.state.is_final() {
        return ().into_any();
    }
    let action = visit.href(&format!("/desk/drafts/{}/discard", draft.id));
    view! {
        <details class="mt-6">
            <summary>{visit.t("draft-discard")}</summary>
            <form method="post" action=action><p class="hint">{visit.t("draft-discard-hint")}</p><button class="quiet" type="submit">{visit.t("draft-discard")}</button></form>
        </details>
    }
    .into_any()
}
