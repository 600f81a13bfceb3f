//! Links that want mending, and where archives keep what they led to.

use app::{
    components::Form,
    pages::desk::{self as pages, ARCHIVE, done},
};
use axum::response::Response;
use domain::{Act, FieldErrors, Problem, Slug};
use store::StoreError;

use crate::{auth::Desk, web::sent::Sent};

pub(super) async fn show(desk: Desk) -> Response {
    let done = done(&desk.request.visit.query);
    desk.answer(pages::links_to_mend(desk.request.clone(), Form::default(), done).await.map(Some))
}

pub(super) async fn say_archive(desk: Desk, sent: Sent) -> Response {
    if let Err(refused) = desk.may(Act::ChangePublished) {
        return *refused;
    }
    match desk.archive_said(&sent).await {
        Ok(()) => desk.lead("/desk/links", "archive-said"),
        Err(StoreError::Refused(errors)) => {
            let form = Form { fields: sent.fields(), errors };
            desk.answer(pages::links_to_mend(desk.request.clone(), form, None).await.map(Some))
        }
        Err(error) => desk.failed(&error),
    }
}

impl Desk {
    /// Notes where an archive keeps the source that a form names.
    pub(super) async fn archive_said(&self, sent: &Sent) -> Result<(), StoreError> {
        let named =
            sent.0.iter().find_map(|(name, typed)| Some((name, name.strip_prefix(ARCHIVE)?.parse::<Slug>().ok()?, typed)));
        let Some((field, source, typed)) = named else {
            return Err(FieldErrors::one(ARCHIVE, Problem::Missing).into());
        };
        let request = &self.request;
        let said = request.store.say_archive(&request.editor, &source, typed, request.now).await;
        said.map_err(|error| match error {
            StoreError::Refused(errors) => {
                let problem = errors.iter().next().map(|error| error.problem.clone());
                problem.map_or(StoreError::Refused(errors), |problem| FieldErrors::one(field.as_str(), problem).into())
            }
            error => error,
        })
    }
}
