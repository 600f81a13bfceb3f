//! `/desk/people`: who may come to the desk, as what, and the links by which they come.

use domain::{DeskRole, FieldErrors, NewPerson};
use leptos::prelude::*;
use store::{Person, Purpose};

use super::link::{checked, label_of};
use crate::{
    components::{Field, Form, check_box, error_summary, problem, select_field, text_field},
    page::{Head, Page},
    pages::{PageResult, desk::DeskRequest},
    visit::{Visit, localized_path},
};

/// What was refused of what somebody asked to do with a person: by the id of whom.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// The id of the person, as addresses have it.
    pub person: String,
    /// What is wrong.
    pub errors: FieldErrors,
}

/// The page, with the invitation as it was sent.
///
/// # Errors
/// [`store::StoreError::Database`], [`store::StoreError::Forbidden`].
pub async fn people(request: DeskRequest, form: Form, refusal: Refusal) -> PageResult {
    let people = request.store.people(&request.editor).await?;
    let visit = request.visit;
    let head = Head { title: visit.t("desk-people"), ..Head::default() };
    let (sent, refused) = (form.clone(), !refusal.errors.is_empty());
    let page = Page::new(head, move || {
        let rows = people.iter().map(|person| row(&visit, person, &refusal)).collect_view();
        view! {
            <h1>{visit.t("desk-people")}</h1>
            <p class="lede">{visit.t("people-lede")}</p>
            {error_summary(&visit, &form, |name| label_of(&visit, name))}
            <ul class="people">{rows}</ul>
            <p><a href=visit.href("/desk/tokens")>{visit.t("tokens-title")}</a></p>
            <h2>{visit.t("invite-title")}</h2>
            {invitation(&visit, &form)}
        }
        .into_any()
    });
    Ok(if refused { page.failed(422) } else { checked(page, &sent) })
}

fn roles(visit: &Visit) -> Vec<(String, String)> {
    DeskRole::ALL.iter().map(|role| (role.code().to_owned(), visit.t_code("desk-role", role.code()))).collect()
}

fn invitation(visit: &Visit, form: &Form) -> AnyView {
    let name = Field::new("name", visit.t("person-name")).required().hint(visit.t("person-name-hint"));
    let email = Field { kind: "email", ..Field::new("email", visit.t("person-email")).required() };
    let role = Field::new("role", visit.t("person-role")).required();
    let meanings = DeskRole::ALL.iter().map(|role| {
        view! { <li><strong>{visit.t_code("desk-role", role.code())}</strong>": "{visit.t_code("desk-role-may", role.code())}</li> }
    });
    view! {
        <p>{visit.t("invite-text")}</p>
        <form class="form" method="post" action=localized_path(visit.locale, "/desk/people")>
            {text_field(visit, form, &name)}
            {text_field(visit, form, &email)}
            {select_field(visit, form, &role, &roles(visit))}
            <ul class="meta">{meanings.collect_view()}</ul>
            <div class="actions"><button type="submit">{visit.t("invite-do")}</button></div>
        </form>
    }
    .into_any()
}

fn row(visit: &Visit, person: &Person, refusal: &Refusal) -> AnyView {
    let id = person.editor.id.to_string();
    let to = |act: &str| localized_path(visit.locale, &format!("/desk/people/{id}/{act}"));
    let state = match (person.disabled_at, person.has_password, person.has_second_factor) {
        (Some(_), ..) => visit.t("person-is-disabled"),
        (None, false, _) => visit.t("person-is-invited"),
        (None, true, true) => visit.t("person-is-in-with-code"),
        (None, true, false) => visit.t("person-is-in"),
    };
    let wrong = (refusal.person == id && !refusal.errors.is_empty()).then(|| {
        let told = refusal.errors.iter().map(|error| view! { <span>{problem(visit, &error.problem)}</span> }).collect_view();
        view! { <p class="error" role="alert">{told}</p> }
    });
    let (select_id, named) = (format!("role-{id}"), person.editor.name.clone());
    let options = roles(visit).into_iter().map(|(value, name)| {
        let chosen = value == person.editor.role.code();
        view! { <option value=value selected=chosen>{name}</option> }
    });
    let both = check_box(&Form::default(), &format!("second_factor[{id}]"), visit.t("reset-both-too"));
    let acts = if person.disabled_at.is_some() {
        view! { <form method="post" action=to("enable")><button class="quiet" type="submit">{visit.t("person-enable")}</button></form> }
            .into_any()
    } else {
        view! {
            <form method="post" action=to("role")>
                <div><label for=select_id.clone()>{visit.t("person-role")}</label>
                <select id=select_id name="role">{options.collect_view()}</select></div>
                <button class="quiet" type="submit">{visit.t("person-change-role")}</button>
            </form>
            <form method="post" action=to("link")>
                {person.has_second_factor.then_some(both)}
                <button class="quiet" type="submit">{visit.t("person-make-link")}</button>
            </form>
            <form method="post" action=to("disable")>
                <button class="quiet" type="submit">{visit.t("person-disable")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li id=format!("person-{id}")>
            <div>
                <h2>{named}</h2>
                <p class="meta m-0">{person.editor.email.clone()}</p>
                <p class="m-0">{visit.t_code("desk-role", person.editor.role.code())}" · "{state}</p>
                {wrong}
            </div>
            <div class="acts">{acts}</div>
        </li>
    }
    .into_any()
}

/// The page that shows a one-time link, once.
#[must_use]
pub fn one_time_link(visit: Visit, person: &NewPerson, purpose: Purpose, token: &str) -> Page {
    let head = Head { title: visit.t("link-made-title"), ..Head::default() };
    let whom: [(&'static str, crate::i18n::Arg); 2] =
        [("name", person.name.as_str().into()), ("email", person.email.as_str().into())];
    let text = visit.t_with(if purpose == Purpose::Invite { "link-made-invite" } else { "link-made-reset" }, &whom);
    let link = format!("{}{}?token={token}", visit.site, localized_path(visit.locale, "/link"));
    Page::new(head, move || {
        let valid = match purpose.valid_for().num_days() {
            ..=1 => visit.t("link-valid-a-day"),
            days => visit.t_with("link-valid-days", &[("n", days.into())]),
        };
        view! {
            <h1>{visit.t("link-made-title")}</h1>
            <p class="lede">{text}</p>
            <pre class="code"><code class="one-time-link">{link}</code></pre>
            <p>{visit.t("link-made-once")}" "{valid}" "{visit.t("link-no-mail")}</p>
            <p><a href=visit.href("/desk/people")>{visit.t("desk-people")}</a></p>
        }
        .into_any()
    })
    .private()
}
