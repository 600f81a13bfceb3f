//! Writing drafts: a form is saved before anything else is done with it, so that nothing typed is lost.

use app::{
    components::Form,
    pages::desk::{self as pages, DraftForm, done},
};
use axum::{
    Json,
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{DraftKind, DraftState, FieldErrors, Fields, Pledge, Slug, capture::named_in, source::SourceUrl};
use serde::Deserialize;
use store::{Draft, Saved, StoreError};

use crate::{auth::Desk, web::sent::Sent};

/// The names of what a form sends besides its fields.
const NOT_FIELDS: [&str; 2] = ["do", "version"];

/// What was typed, without the buttons.
fn typed(sent: &Sent) -> Fields {
    Fields::sent(sent.0.iter().filter(|(name, _)| !NOT_FIELDS.contains(&name.as_str())).cloned())
}

/// The id of a draft in an address.
pub(super) fn id_of(text: &str) -> Option<uuid::Uuid> {
    text.parse().ok()
}

impl Desk {
    /// Everything that the form of a draft shows.
    async fn form_of(
        &self,
        kind: DraftKind,
        draft: Option<Draft>,
        fields: Fields,
        published: Option<Pledge>,
    ) -> Result<DraftForm, StoreError> {
        let request = &self.request;
        let known = request.store.known(&fields, published.as_ref()).await?;
        let copies = request.store.captures_of(&named_in(&fields)).await?;
        let quotes = request.store.look_for_quotes(&fields, &copies).await?;
        let (mut proposal, mut beside, mut others, mut similar) = (None, Vec::new(), Vec::new(), Vec::new());
        let mut outdated = Vec::new();
        if let Some(draft) = &draft {
            proposal = match request.store.proposal(draft, request.now).await {
                Ok(proposal) => Some(proposal),
                Err(StoreError::Refused(_)) => None,
                Err(error) => return Err(error),
            };
            others = request.store.open_draft(&request.editor, draft.id, request.now).await?;
        }
        if let Some(published) = &published {
            beside = request.store.drafts_of_pledge(&published.id).await?;
            beside.retain(|other| draft.as_ref().is_none_or(|draft| draft.id != other.id));
            outdated = request.store.lagging_of(&published.id, published).await?;
        } else if draft.is_some() {
            similar = self.look_alikes(&fields).await?;
        }
        let form = Form { fields, errors: FieldErrors::default() };
        let done = done(&request.visit.query);
        Ok(DraftForm { kind, draft, form, published, known, proposal, outdated, copies, quotes, beside, others, similar, done })
    }

    async fn look_alikes(&self, fields: &Fields) -> Result<Vec<store::Named>, StoreError> {
        let mut similar = self.request.store.similar(fields.get("title.en")).await?;
        for other in self.request.store.similar(fields.get("title.es")).await? {
            if !similar.contains(&other) {
                similar.push(other);
            }
        }
        Ok(similar)
    }

    /// The pledge that a draft would change, as it is public now.
    pub(super) async fn published_of(&self, slug: Option<&Slug>) -> Result<Option<Pledge>, StoreError> {
        match slug {
            Some(slug) => self.request.store.published(slug, self.request.now).await,
            None => Ok(None),
        }
    }

    /// The empty form of a new draft.
    pub(super) async fn blank(&self, kind: DraftKind, fields: Fields, published: Option<Pledge>) -> Response {
        if let Err(refused) = self.may(kind.act()) {
            return *refused;
        }
        match self.form_of(kind, None, fields, published).await {
            Ok(form) => self.respond(pages::draft_form(self.request.clone(), form)),
            Err(error) => self.failed(&error),
        }
    }

    /// Begins a draft with what was typed and does with it what was asked.
    pub(super) async fn begin_with(&self, kind: DraftKind, slug: Option<&Slug>, sent: &Sent) -> Response {
        let request = &self.request;
        match request.store.begin_draft(&request.editor, kind, slug, typed(sent), request.now).await {
            Ok(draft) => self.go_on(draft, sent.get("do"), "saved").await,
            Err(error) => self.failed(&error),
        }
    }

    /// After a draft was saved: hands it in, shows more rows, or shows it as it is.
    async fn go_on(&self, draft: Draft, asked: &str, done: &str) -> Response {
        let request = &self.request;
        let address = format!("/desk/drafts/{}", draft.id);
        if let Some(list) = asked.strip_prefix("more:") {
            let target = request.visit.href_with(&address, &[("more", list), ("done", done)]);
            let first = app::components::field_id(&format!("{list}[{}]", draft.fields.rows(list)));
            // Back to where one was: the first of the new rows.
            let field = match list {
                "parties" => "-party",
                "topics" => "-topic",
                "variants" => "-field",
                _ => "-source-url",
            };
            return (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{target}#{}{field}", first.trim_end_matches('-')))])
                .into_response();
        }
        if let Some((act, path)) = asked.split_once(':').filter(|(act, _)| matches!(*act, "capture" | "copy" | "take" | "pick")) {
            return match self.with_copy(draft, act, path).await {
                Ok(response) => response,
                Err(error) => self.failed(&error),
            };
        }
        if asked != "submit" {
            return self.lead(&address, done);
        }
        match request.store.submit_draft(&request.editor, draft.id, draft.version, request.now).await {
            Ok(()) => self.lead(&format!("{address}/review"), "submitted"),
            Err(StoreError::Refused(errors)) => self.refused(draft, errors).await,
            Err(error) => self.failed(&error),
        }
    }

    /// After a draft was saved: does what was asked about the copy of the source that a citation names.
    async fn with_copy(&self, draft: Draft, act: &str, path: &str) -> Result<Response, StoreError> {
        let request = &self.request;
        let address = format!("/desk/drafts/{}", draft.id);
        let url = SourceUrl::parse(draft.fields.get(&format!("{path}.source.url")).trim()).ok();
        let known = request.store.captures_of(url.as_slice()).await?.pop();
        let (Some(url), Some(source)) = (url, known) else { return Ok(self.lead(&address, "saved")) };
        let back = |done: &str| {
            let target = request.visit.href_with(&address, &[("done", done)]);
            let field = app::components::field_id(&format!("{path}.source.url"));
            (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{target}#{field}"))]).into_response()
        };
        match (act, source.copies.first()) {
            ("copy", _) => {
                let draft = draft.id.to_string();
                let target = request.visit.href_with(&format!("/desk/sources/{}", source.job.id), &[("draft", &draft)]);
                Ok((StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response())
            }
            ("pick", _) => Ok(self.lead_to_passages(&draft, path, &url).await?.unwrap_or_else(|| back("saved"))),
            ("take", Some(copy)) => {
                let mut fields = draft.fields.clone();
                copy.metadata.fill(&mut fields, path);
                let taken = request.store.save_draft(&request.editor, draft.id, draft.version, fields, request.now).await?;
                Ok(back(if matches!(taken, Saved::Done(_)) { "copy-taken" } else { "saved" }))
            }
            ("capture", _) => {
                request.store.ask_for_capture(Some(&request.editor), &url, request.now).await?;
                Ok(back("capture-asked"))
            }
            _ => Ok(back("saved")),
        }
    }

    /// The form again, with what is wrong.
    async fn refused(&self, draft: Draft, errors: FieldErrors) -> Response {
        let form = async {
            let published = self.published_of(draft.pledge.as_ref()).await?;
            let (fields, _) = self.request.store.brought_up(&draft, self.request.now).await?;
            self.form_of(draft.kind, Some(draft), fields, published).await
        };
        match form.await {
            Ok(form) => self.respond(pages::draft_form(self.request.clone(), form.refused(errors))),
            Err(error) => self.failed(&error),
        }
    }
}

pub(super) async fn new(desk: Desk) -> Response {
    desk.blank(DraftKind::Pledge, Fields::default(), None).await
}

pub(super) async fn begin(desk: Desk, sent: Sent) -> Response {
    desk.begin_with(DraftKind::Pledge, None, &sent).await
}

pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = id_of(&id) else { return desk.missing() };
    let form = async {
        let Some(draft) = desk.request.store.draft(&desk.request.editor, id).await? else { return Ok(None) };
        if !draft.state.is_open() {
            return Ok(Some(Err(draft)));
        }
        let published = desk.published_of(draft.pledge.as_ref()).await?;
        let (fields, errors) = desk.request.store.brought_up(&draft, desk.request.now).await?;
        Ok::<_, StoreError>(Some(Ok(desk.form_of(draft.kind, Some(draft), fields, published).await?.refused(errors))))
    };
    match form.await {
        Ok(Some(Ok(form))) => match desk.may(form.kind.act()) {
            Ok(()) => desk.respond(pages::draft_form(desk.request.clone(), form)),
            Err(refused) => *refused,
        },
        // What is decided can be looked at, not written in.
        Ok(Some(Err(draft))) => desk.lead(&format!("/desk/drafts/{}/review", draft.id), ""),
        Ok(None) => desk.missing(),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn save(desk: Desk, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(id) = id_of(&id) else { return desk.missing() };
    let request = &desk.request;
    let fields = typed(&sent);
    let version = sent.get("version").parse().unwrap_or(0);
    match request.store.save_draft(&request.editor, id, version, fields.clone(), request.now).await {
        Ok(Saved::Done(draft)) => desk.go_on(*draft, sent.get("do"), "saved").await,
        Ok(Saved::Conflict { theirs, base }) => desk.respond(pages::conflict(request.clone(), &theirs, &base, &fields)),
        Err(StoreError::Refused(errors)) => match request.store.draft(&request.editor, id).await {
            Ok(Some(draft)) => desk.refused(Draft { fields, ..draft }, errors).await,
            Ok(None) => desk.missing(),
            Err(error) => desk.failed(&error),
        },
        Err(error) => desk.failed(&error),
    }
}

/// What a title is looked up by.
#[derive(Deserialize)]
pub(super) struct Title {
    #[serde(default)]
    title: String,
}

/// Published pledges of like titles, for the form while one types.
pub(super) async fn similar(desk: Desk, Query(Title { title }): Query<Title>) -> Response {
    match desk.request.store.similar(&title).await {
        Ok(found) => {
            let visit = &desk.request.visit;
            let item = |named: store::Named| serde_json::json!({ "href": visit.href(&format!("/pledges/{}", named.slug)), "title": visit.words(&named.name) });
            Json(found.into_iter().map(item).collect::<Vec<_>>()).into_response()
        }
        Err(error) => desk.failed(&error),
    }
}

/// Notes that somebody still has a draft open, and tells who else has, and whether somebody has saved it since.
pub(super) async fn presence(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = id_of(&id) else { return desk.missing() };
    let request = &desk.request;
    let seen = async {
        let Some(draft) = request.store.draft(&request.editor, id).await? else { return Ok(None) };
        let others = request.store.open_draft(&request.editor, id, request.now).await?;
        Ok::<_, StoreError>(Some((draft, others)))
    };
    match seen.await {
        Ok(Some((draft, others))) => {
            let open = draft.state != DraftState::Published;
            Json(serde_json::json!({ "others": others, "version": draft.version, "open": open })).into_response()
        }
        Ok(None) => desk.missing(),
        Err(error) => desk.failed(&error),
    }
}
