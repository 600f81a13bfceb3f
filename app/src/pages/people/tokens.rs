//! `/desk/tokens`: the tokens by which one's programs act, and for administrators those of everybody.

use chrono::{DateTime, Utc};
use domain::{Act, Lifetime, Scope};
use leptos::prelude::*;
use store::{Token, TokenState};

use super::link::checked;
use crate::{
    components::{Field, Form, check_box, error_summary, field_id, moment_dated, problem, select_field, text_field},
    page::{Head, Page},
    pages::{PageResult, desk::DeskRequest},
    visit::{Visit, localized_path},
};

/// The page, with the form as it was sent. `revoked` says that a token was just ended.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn tokens(request: DeskRequest, form: Form, revoked: bool) -> PageResult {
    let own = request.store.own_tokens(&request.editor).await?;
    let others = match request.editor.must(Act::ManagePeople) {
        Ok(()) => Some(request.store.tokens_of_others(&request.editor).await?),
        Err(_) => None,
    };
    let DeskRequest { visit, editor, now, .. } = request;
    let head = Head { title: visit.t("tokens-title"), ..Head::default() };
    let sent = form.clone();
    let page = Page::new(head, move || {
        let revoked = revoked.then(|| view! { <div class="notice" role="status"><p>{visit.t("token-is-ended")}</p></div> });
        let others = others.map(|others| {
            view! { <h2>{visit.t("tokens-others")}</h2><p>{visit.t("tokens-others-text")}</p>{list(&visit, &others, now, true)} }
        });
        view! {
            <h1>{visit.t("tokens-title")}</h1>
            <p class="lede">{visit.t("tokens-lede")}" "<a href=visit.href("/api#writing")>{visit.t("tokens-how")}</a></p>
            {revoked}
            {error_summary(&visit, &form, |name| label(&visit, name))}
            <h2>{visit.t("tokens-own")}</h2>
            {list(&visit, &own, now, false)}
            <h2>{visit.t("token-new")}</h2>
            {new(&visit, &form, Scope::of_role(editor.role))}
            {others}
        }
        .into_any()
    });
    Ok(checked(page, &sent))
}

fn label(visit: &Visit, name: &str) -> String {
    match name {
        "name" => visit.t("token-name"),
        "days" => visit.t("token-days"),
        _ => visit.t("token-scopes"),
    }
}

fn days(visit: &Visit, lifetime: Lifetime) -> String {
    visit.t_with("token-lasts", &[("n", lifetime.days().into())])
}

fn new(visit: &Visit, form: &Form, scopes: &[Scope]) -> AnyView {
    let name = Field::new("name", label(visit, "name")).required().hint(visit.t("token-name-hint"));
    let lifetimes: Vec<_> = Lifetime::ALL.iter().map(|of| (of.code().to_owned(), days(visit, *of))).collect();
    let boxes = scopes.iter().map(|scope| {
        let told = format!("{}: {}", visit.t_code("scope", scope.code()), visit.t_code("scope-may", scope.code()));
        check_box(form, &format!("scope.{scope}"), told)
    });
    let wrong: Vec<_> =
        form.errors.iter().filter(|error| error.path == "scope").map(|error| problem(visit, &error.problem)).collect();
    let wrong = (!wrong.is_empty()).then(|| view! { <p class="error" id="f-scope-error">{wrong.join(" ")}</p> });
    let described = if wrong.is_some() { "f-scope-hint f-scope-error" } else { "f-scope-hint" };
    view! {
        <form class="form" method="post" action=localized_path(visit.locale, "/desk/tokens")>
            {text_field(visit, form, &name)}
            <fieldset id=field_id("scope") tabindex="-1" aria-describedby=described>
                <legend>{label(visit, "scope")}</legend>
                <p class="hint" id="f-scope-hint">{visit.t("token-scopes-hint")}</p>
                {wrong}
                {boxes.collect_view()}
            </fieldset>
            {select_field(visit, form, &Field::new("days", label(visit, "days")).required(), &lifetimes)}
            <div class="actions"><button type="submit">{visit.t("token-make")}</button></div>
        </form>
    }
    .into_any()
}

/// Tokens that are good; those that have ended are folded away behind them.
fn list(visit: &Visit, tokens: &[Token], now: DateTime<Utc>, whose: bool) -> AnyView {
    let (good, ended): (Vec<_>, Vec<_>) = tokens.iter().partition(|token| token.state(now) == TokenState::Good);
    let items = |tokens: &[&Token]| tokens.iter().map(|token| item(visit, token, now, whose)).collect_view();
    let none = good.is_empty().then(|| view! { <p class="empty">{visit.t("tokens-none")}</p> });
    let good = (!good.is_empty()).then(|| view! { <ul class="people">{items(&good)}</ul> });
    let count = i64::try_from(ended.len()).unwrap_or(i64::MAX);
    let ended = (!ended.is_empty()).then(|| {
        let summary = visit.t_with("tokens-ended", &[("n", count.into())]);
        view! { <details><summary>{summary}</summary><ul class="people">{items(&ended)}</ul></details> }
    });
    view! { {none}{good}{ended} }.into_any()
}

fn item(visit: &Visit, token: &Token, now: DateTime<Utc>, whose: bool) -> AnyView {
    let scopes: Vec<String> = token.scopes.iter().map(|scope| visit.t_code("scope", scope.code())).collect();
    let owner = whose.then(|| view! { <p class="meta m-0">{token.owner.name.clone()}" · "{token.owner.email.clone()}</p> });
    let (state, at) = match token.state(now) {
        TokenState::Good => (visit.t("token-until"), token.expires_at),
        TokenState::Expired => (visit.t("token-expired"), token.expires_at),
        TokenState::Revoked => (visit.t("token-revoked"), token.revoked_at.unwrap_or(token.expires_at)),
    };
    let used = match token.last_used_at {
        Some(at) => view! { {visit.t("token-used")}" "{moment_dated(visit, at)} }.into_any(),
        None => visit.t("token-unused").into_any(),
    };
    let revoke = (token.state(now) == TokenState::Good).then(|| {
        let to = localized_path(visit.locale, &format!("/desk/tokens/{}/revoke", token.id));
        let named = format!("{} {}", visit.t("token-revoke"), token.name);
        view! { <form method="post" action=to><button class="quiet" type="submit" aria-label=named>{visit.t("token-revoke")}</button></form> }
    });
    // Who reads the log can see what it did.
    let did = whose.then(
        || view! { <a href=visit.href_with("/desk/audit", &[("token", &token.id.to_string())])>{visit.t("token-did")}</a> },
    );
    view! {
        <li id=format!("token-{}", token.id)>
            <div>
                <h3 class="m-0">{token.name.clone()}</h3>
                {owner}
                <p class="m-0">{scopes.join(", ")}</p>
                <p class="meta m-0">{state}" "{moment_dated(visit, at)}" · "{used}</p>
            </div>
            <div class="acts">{revoke}{did}</div>
        </li>
    }
    .into_any()
}

/// The page that shows a token, once.
#[must_use]
pub fn token_made(visit: Visit, name: &str, token: &str) -> Page {
    let head = Head { title: visit.t("token-made-title"), ..Head::default() };
    let text = visit.t_with("token-made-text", &[("name", name.into())]);
    let (token, tried) = (token.to_owned(), format!("curl -H 'Authorization: Bearer {token}' {}/api/v1/drafts", visit.site));
    Page::new(head, move || {
        view! {
            <h1>{visit.t("token-made-title")}</h1>
            <p class="lede">{text}</p>
            <pre class="code"><code class="one-time-link">{token}</code></pre>
            <p class="mt-2">{visit.t("token-made-once")}</p>
            <h2>{visit.t("api-example")}</h2>
            <pre class="code"><code class="one-time-link">{tried}</code></pre>
            <p class="mt-2"><a href=visit.href("/api#writing")>{visit.t("tokens-how")}</a></p>
            <p><a href=visit.href("/desk/tokens")>{visit.t("tokens-title")}</a></p>
        }
        .into_any()
    })
    .private()
}
