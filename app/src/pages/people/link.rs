//! What one-time links lead to: a password, and for the first administrator a name and an address too.

use leptos::prelude::*;
use store::{Link, Purpose};

use crate::{
    components::{Field, Form, error_summary, hidden, text_field},
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// What the fields of these forms are called.
pub(super) fn label_of(visit: &Visit, name: &str) -> String {
    match name {
        "email" => visit.t("person-email"),
        "name" => visit.t("person-name"),
        "role" => visit.t("person-role"),
        "password_now" => visit.t("password-now"),
        "password_again" => visit.t("password-again"),
        "code" => visit.t("code"),
        "disabled" => visit.t("person-disable"),
        _ => visit.t("password"),
    }
}

/// The two fields in which a password is chosen.
pub(super) fn new_password(visit: &Visit, form: &Form) -> AnyView {
    let field = |name: &'static str| Field {
        kind: "password",
        autocomplete: "new-password",
        ..Field::new(name, label_of(visit, name)).required()
    };
    view! {
        {text_field(visit, form, &field("password").hint(visit.t("password-hint")))}
        {text_field(visit, form, &field("password_again"))}
    }
    .into_any()
}

/// The page as it is told how its form was sent.
pub(super) fn checked(page: Page, form: &Form) -> Page {
    if form.errors.is_empty() { page } else { page.failed(422) }
}

/// The page on which the first administrator says who they are.
#[must_use]
pub fn set_up(visit: Visit, form: Form, token: String) -> Page {
    let head = Head { title: visit.t("set-up-title"), ..Head::default() };
    let sent = form.clone();
    let page = Page::new(head, move || {
        let name = Field { autocomplete: "name", ..Field::new("name", visit.t("person-name")).required() };
        let email = Field { kind: "email", autocomplete: "username", ..Field::new("email", visit.t("person-email")).required() };
        view! {
            <h1>{visit.t("set-up-title")}</h1>
            <p class="lede">{visit.t("set-up-text")}</p>
            {error_summary(&visit, &form, |name| label_of(&visit, name))}
            <form class="form" method="post" action=localized_path(visit.locale, "/set-up")>
                {hidden("token", token)}
                {text_field(&visit, &form, &name.hint(visit.t("person-name-hint")))}
                {text_field(&visit, &form, &email)}
                {new_password(&visit, &form)}
                <div class="actions"><button type="submit">{visit.t("set-up-do")}</button></div>
            </form>
        }
        .into_any()
    });
    checked(page, &sent).private()
}

/// The page on which somebody who was invited, or who lost their password, chooses one.
#[must_use]
pub fn choose_password(visit: Visit, form: Form, token: String, link: &Link) -> Page {
    let (title, purpose) = match link.purpose {
        Purpose::SetUp | Purpose::Invite => (visit.t("invited-title"), link.purpose),
        Purpose::Reset | Purpose::ResetBoth => (visit.t("reset-title"), link.purpose),
    };
    let (name, email) = link.person.as_ref().map_or_else(Default::default, |person| (person.name.clone(), person.email.clone()));
    let head = Head { title: title.clone(), ..Head::default() };
    let sent = form.clone();
    let page = Page::new(head, move || {
        let also = (purpose == Purpose::ResetBoth).then(|| view! { <p>{visit.t("reset-both-text")}</p> });
        view! {
            <h1>{title}</h1>
            <p class="lede">{visit.t_with("link-for", &[("name", name.into()), ("email", email.clone().into())])}</p>
            {also}
            {error_summary(&visit, &form, |name| label_of(&visit, name))}
            <form class="form" method="post" action=localized_path(visit.locale, "/link")>
                {hidden("token", token)}
                // For password managers, which save the password with it.
                <input type="hidden" name="email" autocomplete="username" value=email />
                {new_password(&visit, &form)}
                <div class="actions"><button type="submit">{visit.t("password-set")}</button></div>
            </form>
        }
        .into_any()
    });
    checked(page, &sent).private()
}

/// The answer to a link that was used, has expired, or never was.
#[must_use]
pub fn link_gone(visit: Visit) -> Page {
    let head = Head { title: visit.t("link-gone-title"), ..Head::default() };
    Page::new(head, move || {
        view! {
            <h1>{visit.t("link-gone-title")}</h1>
            <p class="lede">{visit.t("link-gone-text")}</p>
            <p><a href=visit.href("/sign-in")>{visit.t("sign-in")}</a></p>
        }
        .into_any()
    })
    .failed(410)
    .private()
}
