//! `/desk/audit`: who did what and when, the newest first.

use chrono::SecondsFormat;
use domain::{FieldErrors, Params, date::parse_day};
use leptos::prelude::*;
use store::{AuditEntry, AuditQuery, Audited};

use crate::{
    components::{Field, Form, select_field, text_field},
    i18n,
    page::{Head, Page},
    pages::{PageResult, desk::DeskRequest, refused},
    visit::{Visit, localized_path},
};

/// How many entries a page has.
const PER_PAGE: usize = 50;

/// The parameters by which the log is narrowed.
const PARAMETERS: [&str; 6] = ["person", "token", "act", "subject", "from", "until"];

/// Reads which entries are asked for.
///
/// # Errors
/// Every parameter that is wrong.
pub fn audit_asked(params: &Params) -> Result<AuditQuery, FieldErrors> {
    let mut errors = FieldErrors::default();
    let query = AuditQuery {
        // What is no id is nobody's.
        person: params.get("person").map(|id| id.parse().unwrap_or_default()),
        token: params.get("token").map(|id| id.parse().unwrap_or_default()),
        act: params.get("act").map(str::to_owned),
        subject: params.get("subject").map(str::to_owned),
        from: params.read_with("from", parse_day, &mut errors),
        until: params.read_with("until", parse_day, &mut errors),
    };
    errors.or(query)
}

/// The page.
///
/// # Errors
/// [`store::StoreError::Database`], [`store::StoreError::Forbidden`].
pub async fn audit(request: DeskRequest, params: Params) -> PageResult {
    let query = match audit_asked(&params) {
        Ok(query) => query,
        Err(errors) => return Ok(refused(request.visit, errors)),
    };
    let before = params.get("before").map(|id| id.parse().unwrap_or_default());
    let limit = u64::try_from(PER_PAGE).unwrap_or(u64::MAX) + 1;
    let mut entries = request.store.audit(&request.editor, &query, before, limit).await?;
    let more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let audited = request.store.audited(&request.editor).await?;
    let visit = request.visit;
    let head = Head { title: visit.t("audit-title"), ..Head::default() };
    Ok(Page::new(head, move || {
        let chosen: Vec<(&str, &str)> = PARAMETERS.iter().filter_map(|name| Some((*name, params.get(name)?))).collect();
        let older = entries.last().filter(|_| more).map(|last| {
            let last = last.id.to_string();
            let mut parameters = chosen.clone();
            parameters.push(("before", &last));
            view! { <a href=visit.href_with("/desk/audit", &parameters) rel="next">{visit.t("audit-older")}</a> }
        });
        let newest = before.map(|_| view! { <a href=visit.href_with("/desk/audit", &chosen)>{visit.t("audit-newest")}</a> });
        view! {
            <h1>{visit.t("audit-title")}</h1>
            <p class="lede">{visit.t("audit-lede")}</p>
            {filters(&visit, &params, &audited)}
            {table(&visit, &entries)}
            <nav class="pager" aria-label=visit.t("pages")>
                {newest}
                {older}
                <a href=visit.href_with("/desk/audit.csv", &chosen) download>{visit.t("audit-csv")}</a>
            </nav>
        }
        .into_any()
    }))
}

fn filters(visit: &Visit, params: &Params, audited: &Audited) -> AnyView {
    let mut form = Form::default();
    for name in PARAMETERS {
        form.fields.set(name, params.get(name).unwrap_or_default());
    }
    let any = |key: &str| (String::new(), visit.texts().get(key));
    let people = audited.people.iter().map(|person| (person.id.to_string(), format!("{} ({})", person.name, person.email)));
    let people: Vec<_> = std::iter::once(any("audit-anybody")).chain(people).collect();
    let field = |name: &'static str, key: &str| Field::new(name, visit.texts().get(key)).required();
    let tokens = audited.tokens.iter().map(|token| (token.id.to_string(), format!("{} ({})", token.name, token.owner.name)));
    let tokens: Vec<_> = std::iter::once(any("audit-any-token")).chain(tokens).collect();
    let by_token = (tokens.len() > 1)
        .then(|| view! { <div class="field">{select_field(visit, &form, &field("token", "audit-token"), &tokens)}</div> });
    let acts = audited.acts.iter().map(|act| (act.clone(), act.clone()));
    let acts: Vec<_> = std::iter::once(any("audit-any-act")).chain(acts).collect();
    let day = |name: &'static str, key: &str| Field { kind: "date", ..field(name, key) };
    view! {
        <form class="filters" method="get" action=localized_path(visit.locale, "/desk/audit")>
            <div class="field">{select_field(visit, &form, &field("person", "audit-who"), &people)}</div>
            {by_token}
            <div class="field">{select_field(visit, &form, &field("act", "audit-what"), &acts)}</div>
            <div class="field">{text_field(visit, &form, &field("subject", "audit-whom"))}</div>
            <div class="field">{text_field(visit, &form, &day("from", "audit-from"))}</div>
            <div class="field">{text_field(visit, &form, &day("until", "audit-until"))}</div>
            <div class="actions">
                <button type="submit">{visit.t("filter-show")}</button>
                <a href=visit.href("/desk/audit")>{visit.t("filter-clear")}</a>
            </div>
        </form>
    }
    .into_any()
}

fn table(visit: &Visit, entries: &[AuditEntry]) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="empty">{visit.t("audit-none")}</p> }.into_any();
    }
    let rows = entries.iter().map(|entry| {
        let exact = entry.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let who = match &entry.person {
            Some((name, email)) => view! { {name.clone()}<br /><span class="meta">{email.clone()}</span> }.into_any(),
            None => view! { <span class="meta">{visit.t("audit-nobody")}</span> }.into_any(),
        };
        let token =
            entry.token.clone().map(|name| view! { <br /><span class="meta">{visit.t("audit-by-token")}" “"{name}"”"</span> });
        view! {
            <tr>
                <td><time datetime=exact>{i18n::timestamp(visit.texts(), entry.at)}</time></td>
                <td>{who}{token}</td>
                <td><code>{entry.act.clone()}</code></td>
                <td><span class="meta">{entry.subject.0.clone()}</span>" "{entry.subject.1.clone()}</td>
                <td>{entry.detail.clone()}</td>
            </tr>
        }
    });
    view! {
        <div class="log" role="region" aria-label=visit.t("audit-title") tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{visit.t("audit-when")}</th>
                        <th scope="col">{visit.t("audit-who")}</th>
                        <th scope="col">{visit.t("audit-what")}</th>
                        <th scope="col">{visit.t("audit-whom")}</th>
                        <th scope="col">{visit.t("audit-detail")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
