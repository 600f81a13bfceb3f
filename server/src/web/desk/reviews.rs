//! Judging drafts: what they would change is shown beside what is public, then they are approved, returned or given up.

use app::{
    components::Form,
    pages::desk::{self as pages, Review, done},
};
use axum::{extract::Path, response::Response};
use chrono::{NaiveDateTime, Utc};
use domain::{
    Act, DraftKind, DraftState, FieldErrors, Fields, Problem,
    capture::named_in,
    desk_form::{Proposal, told},
};
use store::{Approval, Draft, StoreError};
use uuid::Uuid;

use super::drafts::id_of;
use crate::{
    auth::Desk,
    web::{pages::respond, sent::Sent},
};

impl Desk {
    /// A draft as its reviewer sees it.
    async fn review_of(&self, draft: Draft, form: Form, done: Option<&'static str>) -> Result<Review, StoreError> {
        let request = &self.request;
        // What has been decided is no longer read against the record, which has gone on.
        let (proposal, wrong) = if draft.state.is_final() {
            (None, FieldErrors::default())
        } else {
            match request.store.proposal(&draft, request.now).await {
                Ok(proposal) => (Some(proposal), FieldErrors::default()),
                Err(StoreError::Refused(wrong)) => (None, wrong),
                Err(StoreError::NoSuch { .. }) => (None, FieldErrors::default()),
                Err(error) => return Err(error),
            }
        };
        let published = match draft.kind {
            DraftKind::Pledge => None,
            _ => self.published_of(draft.pledge.as_ref()).await?,
        };
        let after = proposal.as_ref().map(told).unwrap_or_default();
        let before = match (&proposal, published) {
            (Some(proposal), Some(published)) => {
                let mut record = proposal.record.clone();
                record.pledges = vec![published];
                told(&Proposal { record })
            }
            _ => Fields::default(),
        };
        let returned = match request.store.returned_version(&draft).await? {
            // What could not be read then has nothing to be held against.
            Some(returned) => request.store.proposal(&returned, request.now).await.ok().map(|proposal| told(&proposal)),
            None => None,
        };
        let outdated = match (&proposal, &draft.pledge) {
            (Some(proposal), Some(slug)) => request.store.lagging_of(slug, proposal.pledge()).await?,
            _ => Vec::new(),
        };
        // Only what is new is looked for; what is public was judged when it was published.
        let mut new = Fields::default();
        for (name, quote) in after.iter().filter(|(name, quote)| before.get(name) != *quote) {
            if let Some(path) = name.strip_suffix(".quote") {
                let url = format!("{path}.source.url");
                new.set(url.as_str(), after.get(&url));
                new.set(name, quote);
            }
        }
        let mut named = named_in(&draft.fields);
        named.extend(named_in(&new).into_iter().filter(|url| !named_in(&draft.fields).contains(url)));
        let copies = request.store.captures_of(&named).await?;
        let quotes = request.store.look_for_quotes(&new, &copies).await?;
        Ok(Review { draft, proposal, wrong, after, before, returned, outdated, copies, quotes, form, done })
    }

    async fn draft(&self, id: &str) -> Result<Option<Draft>, StoreError> {
        match id_of(id) {
            Some(id) => self.request.store.draft(&self.request.editor, id).await,
            None => Ok(None),
        }
    }

    /// The page of a draft with what is wrong with the decision.
    async fn undecided(&self, id: &str, form: Form, done: Option<&'static str>) -> Response {
        let review = async {
            match self.draft(id).await? {
                Some(draft) => Ok::<_, StoreError>(Some(self.review_of(draft, form, done).await?)),
                None => Ok(None),
            }
        };
        self.answer(review.await.map(|review| review.map(|review| pages::review(self.request.clone(), review))))
    }
}

pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Response {
    let done = done(&desk.request.visit.query);
    desk.undecided(&id, Form::default(), done).await
}

/// The page of the pledge as the draft would have it. Where there is none, the review tells why: something is wrong, it was decided
/// on, or the pledge would leave the record.
pub(super) async fn preview(desk: Desk, Path(id): Path<String>) -> Response {
    let request = &desk.request;
    let draft = match desk.draft(&id).await {
        Ok(Some(draft)) => draft,
        Ok(None) => return desk.missing(),
        Err(error) => return desk.failed(&error),
    };
    let previewed = async {
        let Some((mut pledge, moment)) = request.store.previewed(&draft, request.now).await? else { return Ok(None) };
        request.store.anchor(pledge.cited_mut(), moment).await?;
        Ok(Some(pages::preview(request.clone(), &draft, pledge, moment)))
    };
    match previewed.await {
        Ok(Some(page)) => respond(page, &request.visit, &desk.state),
        Ok(None) | Err(StoreError::Refused(_)) => desk.lead(&format!("/desk/drafts/{id}/review"), ""),
        Err(error) => desk.failed(&error),
    }
}

/// When a draft is to be published, as a field of day and time sends it (UTC).
fn publish_at(text: &str) -> Result<Option<chrono::DateTime<Utc>>, FieldErrors> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let read = read.iter().find_map(|format| NaiveDateTime::parse_from_str(text.trim(), format).ok());
    read.map(|at| Some(at.and_utc()))
        .ok_or_else(|| FieldErrors::one("publish_at", Problem::NotATimestamp(text.chars().take(40).collect())))
}

pub(super) async fn approve(desk: Desk, Path(id): Path<String>, sent: Sent) -> Response {
    let form = |errors| Form { fields: sent.fields(), errors };
    let Some(draft) = id_of(&id) else { return desk.missing() };
    let at = match publish_at(sent.get("publish_at")) {
        Ok(at) => at,
        Err(errors) => return desk.undecided(&id, form(errors), None).await,
    };
    let approval = Approval { at, override_reason: sent.get("override_reason").to_owned() };
    let version = sent.get("version").parse().unwrap_or(0);
    let request = &desk.request;
    match request.store.approve_drafts(&request.editor, &[(draft, version)], &approval, request.now).await {
        Ok(approved) => {
            let scheduled = approved.iter().any(|draft| draft.state == DraftState::Scheduled);
            desk.lead(&format!("/desk/drafts/{id}/review"), if scheduled { "scheduled" } else { "published" })
        }
        Err(StoreError::Refused(errors)) => desk.undecided(&id, form(errors), None).await,
        Err(StoreError::Conflict) => desk.lead(&format!("/desk/drafts/{id}/review"), "stale"),
        Err(error) => desk.failed(&error),
    }
}

/// Approves those that were ticked in the queue; they are published together or not at all.
pub(super) async fn approve_chosen(desk: Desk, sent: Sent) -> Response {
    if let Err(refused) = desk.may(Act::Review) {
        return *refused;
    }
    let chosen = sent.0.iter().filter(|(name, _)| name == "draft").filter_map(|(_, value)| {
        let (id, version) = value.split_once(':')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    });
    let chosen: Vec<(Uuid, i32)> = chosen.collect();
    if chosen.is_empty() {
        return desk.lead("/desk", "");
    }
    let request = &desk.request;
    match request.store.approve_drafts(&request.editor, &chosen, &Approval::default(), request.now).await {
        Ok(_) => desk.lead("/desk", "published"),
        Err(StoreError::Conflict) => desk.lead("/desk", "stale"),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn give_back(desk: Desk, Path(id): Path<String>, sent: Sent) -> Response {
    let Some(draft) = id_of(&id) else { return desk.missing() };
    let comments: Vec<(String, String)> = sent
        .0
        .iter()
        .filter_map(|(name, words)| Some((name.strip_prefix("comment:")?.to_owned(), words.trim().to_owned())))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let version = sent.get("version").parse().unwrap_or(0);
    let request = &desk.request;
    match request.store.return_draft(&request.editor, draft, version, sent.get("note"), &comments, request.now).await {
        Ok(()) => desk.lead("/desk", "returned"),
        Err(StoreError::Refused(errors)) => desk.undecided(&id, Form { fields: sent.fields(), errors }, None).await,
        Err(StoreError::Conflict) => desk.lead(&format!("/desk/drafts/{id}/review"), "stale"),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn discard(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(draft) = id_of(&id) else { return desk.missing() };
    let request = &desk.request;
    match request.store.discard_draft(&request.editor, draft, request.now).await {
        Ok(()) => desk.lead("/desk", "discarded"),
        Err(error) => desk.failed(&error),
    }
}
