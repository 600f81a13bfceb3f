//! `/api`: how other programs read the record, and what each operation takes and answers.

use std::sync::Arc;

use leptos::prelude::*;

use super::{PageResult, Request};
use crate::{
    components::classes,
    page::{Head, Page},
    visit::Visit,
};

/// What the API has, as its own description tells it; in English, like the description.
#[derive(Clone, Debug)]
pub struct ApiReference {
    /// The path of the description for programs.
    pub description: String,
    /// The operations.
    pub operations: Vec<ApiOperation>,
    /// What answers are made of.
    pub schemas: Vec<ApiSchema>,
    /// What can be wrong.
    pub problems: Vec<ApiProblem>,
}

/// One thing that can be asked for.
#[derive(Clone, Debug)]
pub struct ApiOperation {
    /// Its name.
    pub id: String,
    /// The method of HTTP.
    pub method: String,
    /// Its path, with gaps in braces.
    pub path: String,
    /// What it answers, in a few words.
    pub summary: String,
    /// What it answers, in a sentence or two.
    pub description: String,
    /// What it takes.
    pub parameters: Vec<ApiParameter>,
    /// The scopes of which a token needs one; none where no token is needed.
    pub scopes: Vec<String>,
    /// The name of what it is sent; empty if it is nothing.
    pub sends: String,
    /// An example of that, as JSON.
    pub content: String,
    /// The command of an example.
    pub request: String,
    /// The name of what it answers with; empty if it is nothing.
    pub answers_with: String,
    /// The answer to the example, as JSON; empty if there is none.
    pub answer: String,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct ApiParameter {
    /// Its name.
    pub name: String,
    /// Whether it must be there, as what stands in the path must.
    pub needed: bool,
    /// Its type.
    pub kind: String,
    /// What it means.
    pub meaning: String,
    /// The codes it accepts, if they are few.
    pub accepted: Vec<String>,
    /// What is meant where it is left out.
    pub usual: Option<String>,
}

/// Something that answers are made of.
#[derive(Clone, Debug)]
pub struct ApiSchema {
    /// Its name.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// Its fields.
    pub fields: Vec<ApiField>,
    /// Its codes, if it is one of several.
    pub codes: Vec<String>,
}

/// A field of an answer.
#[derive(Clone, Debug)]
pub struct ApiField {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// What it means.
    pub meaning: String,
}

/// A kind of problem.
#[derive(Clone, Debug)]
pub struct ApiProblem {
    /// The HTTP status.
    pub status: u16,
    /// Where this page tells of it.
    pub anchor: String,
    /// What it is, in a few words.
    pub title: String,
    /// What is said of it.
    pub detail: String,
}

/// The page.
///
/// # Errors
/// None; it has the form of its siblings.
pub async fn api(request: Request, reference: Arc<ApiReference>) -> PageResult {
    let visit = request.visit;
    let head = Head { title: visit.t("api-title"), description: visit.t("api-lede") };
    Ok(Page::new(head, move || {
        let section = |title: &str, text: &str| view! { <h2>{visit.t(title)}</h2><p>{prose(&visit.t(text))}</p> };
        let contents = reference.operations.iter().map(|operation| {
            let path = if operation.method == "GET" { operation.path.clone() } else { format!("{} {}", operation.method, operation.path) };
            view! { <li><a href=format!("#{}", operation.id)><code>{path}</code></a>" "<span class="meta" lang="en">{operation.summary.clone()}</span></li> }
        });
        let operations = reference.operations.iter().map(|operation| told(&visit, operation));
        let schemas = reference.schemas.iter().map(|schema| made_of(&visit, schema));
        let problems = reference.problems.iter().map(|problem| {
            view! {
                <tr id=problem.anchor.clone()>
                    <th scope="row">{problem.status}</th>
                    <td lang="en"><strong>{problem.title.clone()}</strong>" "{prose(&problem.detail)}</td>
                </tr>
            }
        });
        let description = reference.description.clone();
        view! {
            <h1>{visit.t("api-title")}</h1>
            <p class="lede">{visit.t("api-lede")}</p>
            <p>{visit.t("api-description")}" "<a href=description.clone()><code>{description.clone()}</code></a></p>
            <ul class=classes("index")>{contents.collect_view()}</ul>
            {section("api-moments", "api-moments-text")}
            {section("api-paging", "api-paging-text")}
            {section("api-caching", "api-caching-text")}
            <h2 id="writing">{visit.t("api-writing")}</h2>
            <p>{prose(&visit.t("api-writing-text"))}</p>
            <p>{visit.t("api-writing-tokens")}" "<a href=visit.href("/desk/tokens")><code>"/desk/tokens"</code></a></p>
            {section("api-errors", "api-errors-text")}
            <table><tbody>{problems.collect_view()}</tbody></table>
            <h2>{visit.t("api-operations")}</h2>
            {operations.collect_view()}
            <h2 id="schemas">{visit.t("api-schemas")}</h2>
            <p>{prose(&visit.t("api-schemas-text"))}</p>
            {schemas.collect_view()}
        }
        .into_any()
    }))
}

fn told(visit: &Visit, operation: &ApiOperation) -> AnyView {
    let parameters = operation.parameters.iter().map(|parameter| {
        let accepted = (!parameter.accepted.is_empty()).then(|| {
            view! { <br /><span class="meta">{visit.t("api-accepted")}": "{codes(&parameter.accepted)}</span> }
        });
        let usual = parameter.usual.clone().map(|usual| {
            view! { <br /><span class="meta">{visit.t("api-usual")}": "<code>{usual}</code></span> }
        });
        let needed = parameter.needed.then(|| view! { " "<span class="meta">{visit.t("api-needed")}</span> });
        view! {
            <tr>
                <th scope="row"><code>{parameter.name.clone()}</code>{needed}</th>
                <td lang="en">{parameter.kind.clone()}</td>
                <td><span lang="en">{prose(&parameter.meaning)}</span>{accepted}{usual}</td>
            </tr>
        }
    });
    let takes = (!operation.parameters.is_empty()).then(|| {
        view! {
            <h4>{visit.t("api-parameters")}</h4>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{visit.t("api-name")}</th>
                        <th scope="col">{visit.t("api-type")}</th>
                        <th scope="col">{visit.t("method-meaning")}</th>
                    </tr>
                </thead>
                <tbody>{parameters.collect_view()}</tbody>
            </table>
        }
    });
    let label = visit.t_with("api-answer-of", &[("path", operation.path.clone().into())]);
    let answer = (!operation.answer.is_empty()).then(|| {
        view! {
            <details>
                <summary>{visit.t("api-answer")}</summary>
                <pre class="code" tabindex="0" role="region" aria-label=label><code>{operation.answer.clone()}</code></pre>
            </details>
        }
    });
    let label = visit.t_with("api-content-of", &[("path", operation.path.clone().into())]);
    let content = (!operation.content.is_empty()).then(|| {
        view! {
            <details>
                <summary>{visit.t("api-content")}</summary>
                <pre class="code" tabindex="0" role="region" aria-label=label><code>{operation.content.clone()}</code></pre>
            </details>
        }
    });
    let sends = (!operation.sends.is_empty())
        .then(|| view! { <p class="meta">{visit.t("api-sends")}" "<code>{operation.sends.clone()}</code></p> });
    let scopes = (!operation.scopes.is_empty())
        .then(|| view! { <p class="meta">{visit.t("api-scopes")}": "{codes(&operation.scopes)}</p> });
    let answers_with = if operation.answers_with.is_empty() {
        visit.t("api-no-answer").into_any()
    } else {
        view! { <code>{operation.answers_with.clone()}</code> }.into_any()
    };
    view! {
        <section>
            <h3 id=operation.id.clone()><code>{format!("{} {}", operation.method, operation.path)}</code></h3>
            <p lang="en"><strong>{operation.summary.clone()}"."</strong>" "{prose(&operation.description)}</p>
            {scopes}
            {takes}
            <h4>{visit.t("api-example")}</h4>
            <p><code class="break-words">{operation.request.clone()}</code></p>
            {sends}
            {content}
            <p class="meta">{visit.t("api-answers-with")}" "{answers_with}</p>
            {answer}
        </section>
    }
    .into_any()
}

fn made_of(visit: &Visit, schema: &ApiSchema) -> AnyView {
    let fields = schema.fields.iter().map(|field| {
        view! {
            <tr>
                <th scope="row"><code>{field.name.clone()}</code></th>
                <td lang="en"><code>{field.kind.clone()}</code></td>
                <td lang="en">{prose(&field.meaning)}</td>
            </tr>
        }
    });
    let table = (!schema.fields.is_empty()).then(|| {
        view! {
            <table>
                <thead>
                    <tr>
                        <th scope="col">{visit.t("api-name")}</th>
                        <th scope="col">{visit.t("api-type")}</th>
                        <th scope="col">{visit.t("method-meaning")}</th>
                    </tr>
                </thead>
                <tbody>{fields.collect_view()}</tbody>
            </table>
        }
    });
    let accepted = (!schema.codes.is_empty()).then(|| view! { <p>{codes(&schema.codes)}</p> });
    view! {
        <details id=format!("schema-{}", schema.name)>
            <summary><code>{schema.name.clone()}</code></summary>
            <p lang="en">{prose(&schema.meaning)}</p>
            {accepted}
            {table}
        </details>
    }
    .into_any()
}

/// Codes with commas between them.
fn codes(all: &[String]) -> AnyView {
    let codes = all.iter().enumerate().map(|(index, code)| {
        let comma = (index > 0).then_some(", ");
        view! { {comma}<code>{code.clone()}</code> }
    });
    codes.collect_view().into_any()
}

/// A text in which code stands between backticks.
fn prose(text: &str) -> AnyView {
    let pieces = text.split('`').enumerate().map(|(index, piece)| {
        if index % 2 == 1 { view! { <code>{piece.to_owned()}</code> }.into_any() } else { piece.to_owned().into_any() }
    });
    pieces.collect_view().into_any()
}
