//! `/desk/account`: one's own password, second factor and sessions.

use leptos::prelude::*;
use store::SecondFactor;

use super::link::{checked, label_of, new_password};
use crate::{
    components::{Field, Form, error_summary, hidden, moment_dated, text_field},
    page::{Head, Page},
    pages::desk::DeskRequest,
    visit::{Visit, localized_path},
};

/// A square code that a telephone's camera reads.
#[derive(Clone, Debug)]
pub struct QrCode {
    /// How many squares it has on each side, its white border included.
    pub size: usize,
    /// Its dark squares, as the path of an SVG.
    pub path: String,
}

/// A second factor that is offered and not yet proven, as an app takes it over.
#[derive(Clone, Debug)]
pub struct Offer {
    /// `otpauth://totp/…`
    pub address: String,
    /// The same, to be read by a camera.
    pub qr: Option<QrCode>,
}

/// What an account's page shows.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The second factor, asked for or not yet.
    pub factor: Option<SecondFactor>,
    /// How an app takes it over, while it is not asked for.
    pub offer: Option<Offer>,
    /// The forms as they were sent.
    pub form: Form,
    /// What was just done.
    pub done: Option<Done>,
}

/// What somebody did with their account before they came back to its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// They changed their password.
    Password,
    /// They turned the second factor off.
    FactorEnded,
}

impl Done {
    /// What is told of it.
    fn told(self, visit: &Visit) -> String {
        match self {
            Self::Password => visit.t("password-changed"),
            Self::FactorEnded => visit.t("factor-ended"),
        }
    }
}

/// The page.
#[must_use]
pub fn account(request: DeskRequest, account: Account) -> Page {
    let DeskRequest { visit, editor, .. } = request;
    let head = Head { title: visit.t("account-title"), ..Head::default() };
    let sent = account.form.clone();
    let page = Page::new(head, move || {
        let Account { factor, offer, form, done } = account;
        let done = done.map(|done| view! { <div class="notice" role="status"><p>{done.told(&visit)}</p></div> });
        let everywhere = localized_path(visit.locale, "/sign-out");
        view! {
            <h1>{visit.t("account-title")}</h1>
            <p class="lede">{editor.name.clone()}" · "{editor.email.clone()}" · "{visit.t_code("desk-role", editor.role.code())}</p>
            {done}
            {error_summary(&visit, &form, |name| label(&visit, name))}
            <h2>{visit.t("password")}</h2>
            <form class="form" method="post" action=localized_path(visit.locale, "/desk/account/password")>
                // For whatever keeps passwords: whose it is.
                <input type="text" autocomplete="username" value=editor.email.clone() hidden />
                {password_field(&visit, &form, "password_now")}
                {new_password(&visit, &form)}
                <div class="actions"><button type="submit">{visit.t("password-change")}</button></div>
            </form>
            <h2 id="second-factor">{visit.t("factor-title")}</h2>
            {second_factor(&visit, &form, factor.as_ref(), offer)}
            <h2>{visit.t("tokens-title")}</h2>
            <p>{visit.t("tokens-account")}" "<a href=visit.href("/desk/tokens")>{visit.t("tokens-own")}</a></p>
            <h2>{visit.t("sessions-title")}</h2>
            <p>{visit.t("sessions-text")}</p>
            <form method="post" action=everywhere>
                {hidden("everywhere", "true")}
                <button class="quiet" type="submit">{visit.t("sessions-end")}</button>
            </form>
        }
        .into_any()
    });
    checked(page, &sent)
}

fn label(visit: &Visit, name: &str) -> String {
    match name {
        "password_to_end" | "password_for_codes" => visit.t("password-now"),
        name => label_of(visit, name),
    }
}

fn password_field(visit: &Visit, form: &Form, name: &'static str) -> AnyView {
    let field =
        Field { kind: "password", autocomplete: "current-password", ..Field::new(name, visit.t("password-now")).required() };
    text_field(visit, form, &field)
}

fn second_factor(visit: &Visit, form: &Form, factor: Option<&SecondFactor>, offer: Option<Offer>) -> AnyView {
    let to = |act: &str| localized_path(visit.locale, &format!("/desk/account/second-factor/{act}"));
    match (factor, factor.and_then(|factor| factor.since)) {
        (Some(factor), Some(since)) => {
            let left = visit.t_with("factor-codes-left", &[("n", factor.recovery_codes.into())]);
            view! {
                <p>{visit.t("factor-is-on")}" "{moment_dated(visit, since)}". "{left}</p>
                <form class="form" method="post" action=to("codes")>
                    {password_field(visit, form, "password_for_codes")}
                    <div class="actions"><button class="quiet" type="submit">{visit.t("factor-new-codes")}</button></div>
                </form>
                <form class="form mt-6" method="post" action=to("end")>
                    {password_field(visit, form, "password_to_end")}
                    <div class="actions"><button class="quiet" type="submit">{visit.t("factor-end")}</button></div>
                </form>
            }
            .into_any()
        }
        (Some(factor), None) if offer.is_some() => {
            let code = Field { autocomplete: "one-time-code", ..Field::new("code", visit.t("code")).required() };
            let code = code.hint(visit.t("factor-code-hint"));
            view! {
                <p>{visit.t("factor-offer")}</p>
                {offer.map(|offer| offered(visit, offer, &factor.secret))}
                <form class="form" method="post" action=to("prove")>
                    {text_field(visit, form, &code)}
                    <div class="actions"><button type="submit">{visit.t("factor-prove")}</button></div>
                </form>
            }
            .into_any()
        }
        _ => view! {
            <p>{visit.t("factor-is-off")}</p>
            <form method="post" action=to("offer")><button type="submit">{visit.t("factor-begin")}</button></form>
        }
        .into_any(),
    }
}

fn offered(visit: &Visit, offer: Offer, secret: &str) -> AnyView {
    let groups: Vec<String> = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    let qr = offer.qr.map(|QrCode { size, path }| {
        view! {
            <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" shape-rendering="crispEdges" aria-label=visit.t("factor-qr")>
                <rect width=size.to_string() height=size.to_string() fill="#fff" />
                <path fill="#000" d=path />
            </svg>
        }
    });
    view! {
        {qr}
        <p>{visit.t("factor-secret")}" "<code class="one-time-link">{groups.join(" ")}</code></p>
        <p><a href=offer.address>{visit.t("factor-open-app")}</a></p>
    }
    .into_any()
}

/// The page that shows recovery codes, once.
#[must_use]
pub fn recovery_codes(visit: Visit, codes: Vec<String>) -> Page {
    let head = Head { title: visit.t("codes-title"), ..Head::default() };
    Page::new(head, move || {
        let codes = codes.iter().map(|code| view! { <li>{code.clone()}</li> }).collect_view();
        view! {
            <h1>{visit.t("codes-title")}</h1>
            <p class="lede">{visit.t("codes-text")}</p>
            <ol class="recovery-codes">{codes}</ol>
            <p><a href=visit.href("/desk/account")>{visit.t("account-title")}</a></p>
        }
        .into_any()
    })
    .private()
}
