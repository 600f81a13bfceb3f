//! `/desk/import`: takes files in, shows what they would do, and does it behind the scenes.

mod progress;
mod upload;

use app::{
    components::Form,
    pages::desk::{self, ImportNews, ImportPlan},
    visit::localized_path,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Act, Locale, Localized, Params, import::Outcome, page::PageNumber};
use store::{Applied, ApplyAs, StoreError};
use tracing::error;
use uuid::Uuid;

pub use progress::Imports;

use self::upload::Received;
use crate::{auth::Desk, middleware::body_limit, web::sent::Sent};

/// After how many seconds a page that shows how far an import is asks again, without any script.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("2");

pub(crate) fn routes() -> Router<crate::state::AppState> {
    Locale::ALL.iter().fold(Router::new(), |router, locale| {
        let at = |path: &str| localized_path(*locale, path);
        let files = get(ask).post(plan).layer(DefaultBodyLimit::max(body_limit::IMPORT));
        router
            .route(&at("/desk/import"), files)
            .route(&at("/desk/import/{batch}"), get(show))
            .route(&at("/desk/import/{batch}/apply"), post(apply))
            .route(&at("/desk/import/{batch}/undo"), post(undo))
    })
}

async fn ask(desk: Desk) -> Response {
    form(&desk, Form::default()).await
}

async fn form(desk: &Desk, form: Form) -> Response {
    match desk.state.store.batches(&desk.request.editor).await {
        Ok(batches) => desk.respond(desk::import_form(desk.request.clone(), form, batches)),
        Err(error) => desk.failed(&error),
    }
}

async fn plan(desk: Desk, multipart: Result<Multipart, MultipartRejection>) -> Response {
    if let Err(refused) = desk.may(Act::Import) {
        return *refused;
    }
    let multipart = match multipart {
        Ok(multipart) => multipart,
        Err(rejection) => return rejection.into_response(),
    };
    let Received { uploads, pasted } = match upload::receive(multipart, &desk::import_pasted_name(&desk.request.visit)).await {
        Ok(received) => received,
        Err(response) => return *response,
    };
    let id = Uuid::now_v7();
    let Some(running) = desk.state.imports.begin(id) else { return onward(&desk, id) };
    let (store, editor, now) = (desk.state.store.clone(), desk.request.editor.clone(), desk.request.now);
    let work = tokio::spawn(async move {
        let progress = |stage, done, total| running.tell(stage, done, total);
        let planned = store.plan_import_as(&editor, id, uploads, now, &progress).await;
        running.end(planned.is_err().then_some(ImportNews::Failed));
        planned
    });
    // What is wrong with a file as a whole shows at once; what takes longer is comparing many rows.
    let planned = tokio::time::timeout(progress::PLANNED, work).await;
    if matches!(planned, Ok(Ok(Err(_)))) {
        // It is told here and now, and to nobody else.
        _ = desk.state.imports.news(id);
    }
    match planned {
        Ok(Ok(Err(StoreError::Refused(errors)))) => {
            let mut kept = Form { errors, ..Form::default() };
            kept.fields.set("pasted", pasted);
            form(&desk, kept).await
        }
        Ok(Ok(Err(error))) => desk.failed(&error),
        Ok(Ok(Ok(())) | Err(_)) | Err(_) => onward(&desk, id),
    }
}

async fn show(desk: Desk, Path(id): Path<String>) -> Response {
    match shown(&desk, &id).await {
        Ok(response) => response,
        Err(error) => desk.failed(&error),
    }
}

async fn shown(desk: &Desk, id: &str) -> Result<Response, StoreError> {
    let (store, editor) = (&desk.state.store, &desk.request.editor);
    let params = Params::parse(&desk.request.visit.query);
    let outcome: Option<Outcome> = params.get("outcome").and_then(|outcome| outcome.parse().ok());
    let id = named(id)?;
    // Before the import itself: what ends in between is then read as ended, and never shown as it was before.
    let news = desk.state.imports.news(id);
    let Some(batch) = store.batch(editor, id).await? else {
        let news = news.ok_or_else(|| no_such(&id.to_string()))?;
        let mut response = desk.respond(desk::import_waiting(desk.request.clone(), news));
        if matches!(news, ImportNews::Running(..)) {
            response.headers_mut().insert(header::REFRESH, LOOK_AGAIN);
        }
        return Ok(response);
    };
    let rows = store.batch_rows(editor, id, outcome, PageNumber::asked(params.get("page"))).await?;
    let running = matches!(news, Some(ImportNews::Running(..)));
    let page = desk::import_plan(desk.request.clone(), ImportPlan { batch, rows, outcome, news });
    let mut response = desk.respond(page);
    if running {
        response.headers_mut().insert(header::REFRESH, LOOK_AGAIN);
    }
    Ok(response)
}

/// Begins to apply an import, and leads to the page that tells how far it is. What takes long goes on when the answer is sent.
async fn apply(desk: Desk, Path(id): Path<String>, sent: Sent) -> Response {
    let begun = async {
        let id = named(&id)?;
        let batch = desk.state.store.batch(&desk.request.editor, id).await?.ok_or_else(|| no_such(&id.to_string()))?;
        let usual = desk::import_reason(&batch.files);
        let given = |name: &str, usual: Option<String>| match sent.get(name).trim() {
            "" => usual,
            reason => Some(reason.to_owned()),
        };
        let reason = Localized { en: given("reason.en", usual.en), es: given("reason.es", usual.es) };
        let how = ApplyAs { for_review: sent.get("as") == "review", skip_refused: sent.get("skip_refused") == "true", reason };
        Ok::<_, StoreError>((id, how))
    };
    let (id, how) = match begun.await {
        Ok(begun) => begun,
        Err(error) => return desk.failed(&error),
    };
    if let Some(running) = desk.state.imports.begin(id) {
        let (store, editor, now) = (desk.state.store.clone(), desk.request.editor.clone(), desk.request.now);
        let work = tokio::spawn(async move {
            let progress = |stage, done, total| running.tell(stage, done, total);
            let done = store.import(&editor, id, &how, now, &progress).await;
            running.end(match done {
                Ok(Applied::Done(_)) => None,
                Ok(Applied::PlanChanged) => Some(ImportNews::PlanChanged),
                Ok(Applied::Refused(_)) => Some(ImportNews::Refused),
                Err(StoreError::Conflict) => Some(ImportNews::Overtaken),
                Err(error) => {
                    error!(%error, import.id = %id, "an import could not be applied");
                    Some(ImportNews::Failed)
                }
            });
        });
        // A small one is done before anybody could look.
        _ = tokio::time::timeout(progress::AT_ONCE, work).await;
    }
    onward(&desk, id)
}

async fn undo(desk: Desk, Path(id): Path<String>) -> Response {
    let undone = async {
        let id = named(&id)?;
        let undone = desk.state.store.undo_import(&desk.request.editor, id, desk.request.now).await?;
        desk.state.imports.leave(id, ImportNews::Undone(undone));
        Ok(id)
    };
    match undone.await {
        Ok(id) => onward(&desk, id),
        Err(error) => desk.failed(&error),
    }
}

/// Onward to the page of an import.
fn onward(desk: &Desk, id: Uuid) -> Response {
    let target = desk.request.visit.href(&format!("/desk/import/{id}"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
}

fn named(id: &str) -> Result<Uuid, StoreError> {
    id.parse().map_err(|_| no_such(id))
}

fn no_such(id: &str) -> StoreError {
    StoreError::NoSuch { what: "import", name: id.to_owned() }
}
