//! Signing in: by password, then by code where the account asks for one, and on to where somebody was going.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{Field, Form, hidden, text_field},
    page::{Head, Page},
    visit::{Visit, localized_path},
};

/// Where somebody was going when they were asked to sign in, and what they had typed: it is carried through signing in, so that
/// nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// The path and query, of the desk.
    pub then: String,
    /// The fields of the form that they sent, in order; none where they only looked at a page.
    pub fields: Vec<(String, String)>,
}

impl Carried {
    /// What stands before the name of a field while it is carried.
    pub const PREFIX: &'static str = "kept:";

    fn hidden(&self) -> AnyView {
        let fields = self.fields.iter().map(|(name, value)| hidden(&format!("{}{name}", Self::PREFIX), value));
        view! { {hidden("then", &self.then)}{fields.collect_view()} }.into_any()
    }
}

/// Why somebody is not in yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Their session ended while they were writing.
    Expired,
    /// What they typed was not right; which half of it is not said.
    Wrong,
    /// There were too many attempts; from then on there may be more.
    TooMany {
        /// When they may try again.
        again_at: DateTime<Utc>,
        /// When they asked.
        now: DateTime<Utc>,
    },
}

impl Obstacle {
    fn status(self) -> u16 {
        match self {
            Self::Expired => 401,
            Self::Wrong => 422,
            Self::TooMany { .. } => 429,
        }
    }

    fn told(self, visit: &Visit, wrong: &'static str) -> AnyView {
        let text = match self {
            Self::Expired => visit.t("sign-in-expired"),
            Self::Wrong => visit.texts().get(wrong),
            Self::TooMany { again_at, now } => {
                let minutes = ((again_at - now).num_seconds().max(0) + 59) / 60;
                visit.t_with("sign-in-too-many", &[("n", minutes.into())])
            }
        };
        view! { <div class="notice notice-error" role="alert" id="errors" tabindex="-1" autofocus><p>{text}</p></div> }.into_any()
    }
}

fn with_status(page: Page, obstacle: Option<Obstacle>) -> Page {
    match obstacle {
        Some(obstacle) => page.failed(obstacle.status()).private(),
        None => page.private(),
    }
}

/// The page that asks for address and password. The address stays in its field; a password is never sent back.
#[must_use]
pub fn sign_in(visit: Visit, form: Form, carried: Carried, obstacle: Option<Obstacle>) -> Page {
    let head = Head { title: visit.t("sign-in"), ..Head::default() };
    let page = Page::new(head, move || {
        let email = Field { kind: "email", autocomplete: "username", ..Field::new("email", visit.t("person-email")).required() };
        let password = Field {
            kind: "password",
            autocomplete: "current-password",
            ..Field::new("password", visit.t("password")).required()
        };
        view! {
            <h1>{visit.t("sign-in")}</h1>
            {obstacle.map_or_else(|| ().into_any(), |obstacle| obstacle.told(&visit, "sign-in-wrong"))}
            <form class="form" method="post" action=localized_path(visit.locale, "/sign-in")>
                {text_field(&visit, &form, &email)}
                {text_field(&visit, &form, &password)}
                {carried.hidden()}
                <div class="actions"><button type="submit">{visit.t("sign-in")}</button></div>
            </form>
            <p class="meta mt-6">{visit.t("sign-in-lost")}</p>
        }
        .into_any()
    });
    with_status(page, obstacle)
}

/// The page that asks for a code of the second factor.
#[must_use]
pub fn enter_code(visit: Visit, carried: Carried, obstacle: Option<Obstacle>) -> Page {
    let head = Head { title: visit.t("code-title"), ..Head::default() };
    let page = Page::new(head, move || {
        let code =
            Field { autocomplete: "one-time-code", ..Field::new("code", visit.t("code")).required() }.hint(visit.t("code-hint"));
        view! {
            <h1>{visit.t("code-title")}</h1>
            {obstacle.map_or_else(|| ().into_any(), |obstacle| obstacle.told(&visit, "code-wrong"))}
            <form class="form" method="post" action=localized_path(visit.locale, "/sign-in/code")>
                {text_field(&visit, &Form::default(), &code)}
                {carried.hidden()}
                <div class="actions"><button type="submit">{visit.t("sign-in")}</button></div>
            </form>
        }
        .into_any()
    });
    with_status(page, obstacle)
}

/// The page after signing in for somebody who was writing: what they had typed goes on its way with one click.
#[must_use]
pub fn signed_in(visit: Visit, carried: Carried) -> Page {
    let head = Head { title: visit.t("signed-in-title"), ..Head::default() };
    Page::new(head, move || {
        let fields = carried.fields.iter().map(|(name, value)| hidden(name, value)).collect_view();
        view! {
            <h1>{visit.t("signed-in-title")}</h1>
            <p class="lede">{visit.t("signed-in-text")}</p>
            <form class="form" method="post" action=carried.then.clone()>
                {fields}
                <div class="actions"><button type="submit" autofocus>{visit.t("signed-in-go-on")}</button></div>
            </form>
        }
        .into_any()
    })
    .private()
}
