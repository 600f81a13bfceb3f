//! The copies of sources at the desk: asked for, handed in, looked at, published or not.

use app::{
    components::Form,
    pages::{
        desk::{self as pages, SourceForm, done},
        not_writable, unavailable,
    },
};
use axum::{
    extract::{Multipart, Path, multipart::MultipartRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use capture::ArchiveError;
use domain::{
    CaptureOrigin, FieldErrors, Fields, Params, Problem, Sha256Hex,
    capture::{BYTES, PASTED},
    page::PageNumber,
    source::SourceUrl,
};
use store::{SourceCopies, StoreError};
use tracing::error;

use super::drafts::id_of;
use crate::{
    auth::Desk,
    copies::{CopyError, HandedIn},
    web::{copies, pages::respond, sent::Sent},
};

pub(super) async fn list(desk: Desk) -> Response {
    desk.sources(Form::default()).await
}

pub(super) async fn ask(desk: Desk, sent: Sent) -> Response {
    let url = match SourceUrl::parse(sent.get("url").trim()) {
        Ok(url) => url,
        Err(problem) => {
            let errors = FieldErrors::one("url", if sent.get("url").trim().is_empty() { Problem::Missing } else { problem });
            return desk.sources(Form { fields: sent.fields(), errors }).await;
        }
    };
    if let Err(refused) = desk.may(domain::Act::ChangePublished) {
        return *refused;
    }
    let request = &desk.request;
    match request.store.ask_for_capture(Some(&request.editor), &url, request.now).await {
        Ok(job) => desk.lead(&format!("/desk/sources/{}", job.id), "capture-asked"),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn ask_for_missing(desk: Desk) -> Response {
    let request = &desk.request;
    match request.store.capture_missing(Some(&request.editor), request.now).await {
        Ok(_) => {
            let target = request.visit.href_with("/desk/sources", &[("state", "queued"), ("done", "capture-missing")]);
            (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
        }
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Response {
    let draft = Params::parse(&desk.request.visit.query).get("draft").map(str::to_owned);
    desk.source_page(&id, Form::default(), draft).await
}

pub(super) async fn again(desk: Desk, Path(id): Path<String>) -> Response {
    let asked = async {
        let Some(source) = desk.source(&id).await? else { return Ok(false) };
        let request = &desk.request;
        request.store.ask_for_capture(Some(&request.editor), &address(&source)?, request.now).await?;
        Ok::<_, StoreError>(true)
    };
    match asked.await {
        Ok(true) => desk.lead(&format!("/desk/sources/{id}"), "capture-asked"),
        Ok(false) => desk.missing(),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn hand_in_file(desk: Desk, Path(id): Path<String>, form: Result<Multipart, MultipartRejection>) -> Response {
    let mut form = match form {
        Ok(form) => form,
        Err(rejection) => return rejection.into_response(),
    };
    let (mut file, mut draft) = (None, None);
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => return error.into_response(),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let content_type = field.content_type().unwrap_or_default().to_owned();
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return error.into_response(),
        };
        match name.as_str() {
            "file" if !bytes.is_empty() => file = Some((content_type, bytes)),
            "draft" => draft = String::from_utf8(bytes.to_vec()).ok(),
            _ => {}
        }
    }
    let handed = match file {
        None => Err(Problem::Missing),
        Some((_, bytes)) if bytes.len() > BYTES => Err(Problem::TooLong { length: bytes.len(), limit: BYTES }),
        Some((content_type, bytes)) => Ok(HandedIn { origin: CaptureOrigin::Uploaded, bytes, content_type }),
    };
    match handed {
        Ok(handed) => desk.hand_in(&id, handed, draft).await,
        Err(problem) => desk.source_page(&id, Form { errors: FieldErrors::one("file", problem), ..Form::default() }, draft).await,
    }
}

pub(super) async fn hand_in_text(desk: Desk, Path(id): Path<String>, sent: Sent) -> Response {
    let text = sent.get("text").replace("\r\n", "\n");
    let draft = Some(sent.get("draft").to_owned()).filter(|draft| !draft.is_empty());
    let problem = match text.len() {
        _ if text.trim().is_empty() => Some(Problem::Missing),
        length if length > PASTED => Some(Problem::TooLong { length, limit: PASTED }),
        _ => None,
    };
    if let Some(problem) = problem {
        let mut fields = Fields::default();
        fields.set("text", text);
        return desk.source_page(&id, Form { fields, errors: FieldErrors::one("text", problem) }, draft).await;
    }
    let content_type = "text/plain; charset=utf-8".to_owned();
    desk.hand_in(&id, HandedIn { origin: CaptureOrigin::Pasted, bytes: Bytes::from(text), content_type }, draft).await
}

pub(super) async fn say_archive(desk: Desk, Path(id): Path<String>, sent: Sent) -> Response {
    if let Err(refused) = desk.may(domain::Act::ChangePublished) {
        return *refused;
    }
    match desk.archive_said(&sent).await {
        Ok(()) => desk.lead(&format!("/desk/sources/{id}"), "archive-said"),
        Err(StoreError::Refused(errors)) => desk.source_page(&id, Form { fields: sent.fields(), errors }, None).await,
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn text(desk: Desk, Path((id, sha256)): Path<(String, String)>) -> Response {
    let (Some(capture), Ok(sha256)) = (id_of(&id), sha256.parse::<Sha256Hex>()) else { return desk.missing() };
    let found = desk.request.store.captured_text(&desk.request.editor, capture, &sha256).await;
    desk.answer(found.map(|found| found.map(|found| pages::captured_copy(desk.request.clone(), capture, found))))
}

pub(super) async fn original(desk: Desk, Path((id, sha256)): Path<(String, String)>) -> Response {
    let Ok(sha256) = sha256.parse::<Sha256Hex>() else { return desk.missing() };
    match desk.source(&id).await {
        Ok(Some(source)) => match source.copies.iter().find(|copy| copy.sha256 == sha256) {
            Some(copy) => match copies::download(&desk.state, copy, "source").await {
                Some(response) => response,
                None => desk.unreachable(),
            },
            None => desk.missing(),
        },
        Ok(None) => desk.missing(),
        Err(error) => desk.failed(&error),
    }
}

/// The address of a source that the desk knows.
fn address(source: &SourceCopies) -> Result<SourceUrl, StoreError> {
    SourceUrl::parse(&source.job.url).map_err(|_| StoreError::NotUnderstood { column: "url", value: source.job.url.clone() })
}

impl Desk {
    /// The list of sources, with an address that was typed and refused.
    async fn sources(&self, form: Form) -> Response {
        let query = &self.request.visit.query;
        let params = Params::parse(query);
        let state = params.get("state").unwrap_or_default().to_owned();
        let number = PageNumber::asked(params.get("page"));
        self.answer(pages::captured_sources(self.request.clone(), &state, number, form, done(query)).await.map(Some))
    }

    /// What is known of the copies of a source.
    async fn source(&self, id: &str) -> Result<Option<SourceCopies>, StoreError> {
        match id_of(id) {
            Some(id) => self.request.store.capture(&self.request.editor, id).await,
            None => Ok(None),
        }
    }

    async fn source_page(&self, id: &str, form: Form, draft: Option<String>) -> Response {
        // Back to a draft, and to nothing else.
        let draft = draft.filter(|draft| id_of(draft).is_some());
        let done = done(&self.request.visit.query);
        let found = async {
            let Some(source) = self.source(id).await? else { return Ok(None) };
            let may = self.request.editor.role.may(domain::Act::ChangePublished);
            let published = self.request.store.published_source(&source.job.url).await?.filter(|_| may);
            let shown = SourceForm { source, published, form, draft, done };
            Ok(Some(pages::captured_source(self.request.clone(), shown)))
        };
        self.answer(found.await)
    }

    /// Keeps what was handed in.
    async fn hand_in(&self, id: &str, handed: HandedIn, draft: Option<String>) -> Response {
        let source = match self.source(id).await {
            Ok(Some(source)) => source,
            Ok(None) => return self.missing(),
            Err(error) => return self.failed(&error),
        };
        let Some(copies) = &self.state.copies else { return self.unreachable() };
        let request = &self.request;
        let kept = async {
            let url = address(&source)?;
            copies.hand_in(&request.store, &request.editor, url, handed, request.now).await
        };
        match kept.await {
            Ok(()) => {
                let draft = draft.filter(|draft| id_of(draft).is_some()).unwrap_or_default();
                let target =
                    request.visit.href_with(&format!("/desk/sources/{id}"), &[("done", "capture-kept"), ("draft", &draft)]);
                (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
            }
            Err(CopyError::Store(error)) => self.failed(&error),
            Err(CopyError::Archive(error)) => {
                error!(%error, "a copy could not be kept");
                if !matches!(error, ArchiveError::NotWritable(_)) {
                    return self.unreachable();
                }
                let visit = &self.request.visit;
                respond(not_writable(visit), visit, &self.state)
            }
        }
    }

    /// The answer where the archive can't be reached.
    fn unreachable(&self) -> Response {
        let visit = &self.request.visit;
        respond(unavailable(visit), visit, &self.state)
    }
}
