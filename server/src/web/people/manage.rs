//! `/desk/people`: letting people in, changing what they may do, and letting nobody in who should not be.

use app::{
    components::Form,
    pages::people::{self, Refusal},
    visit::localized_path,
};
use axum::{
    extract::{Path, rejection::PathRejection},
    response::Response,
};
use domain::{Act, DeskRole, NewPerson, Problem};
use store::{Person, Purpose, StoreError};

use super::visitor::Visitor;
use crate::{auth::Desk, web::sent::Sent};

/// The id in an address.
type Id = Result<Path<uuid::Uuid>, PathRejection>;

pub(super) async fn list(desk: Desk) -> Response {
    page(&desk, Form::default(), Refusal::default()).await
}

async fn page(desk: &Desk, form: Form, refusal: Refusal) -> Response {
    match people::people(desk.request.clone(), form, refusal).await {
        Ok(page) => desk.respond(page),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn invite(desk: Desk, sent: Sent) -> Response {
    if let Err(refused) = desk.may(Act::ManagePeople) {
        return *refused;
    }
    let fields = sent.fields();
    let invited = match NewPerson::read(&fields) {
        Ok(new) => desk.state.store.invite(Some(&desk.request.editor), &new, desk.request.now).await.map(|secret| (new, secret)),
        Err(errors) => Err(StoreError::Refused(errors)),
    };
    match invited {
        Ok((new, secret)) => {
            desk.respond(people::one_time_link(desk.request.visit.clone(), &new, Purpose::Invite, secret.reveal()))
        }
        Err(StoreError::Refused(errors)) => page(&desk, Form { fields, errors }, Refusal::default()).await,
        Err(error) => desk.failed(&error),
    }
}

/// Finds the person of an address, does something with them, and comes back to the list; what was refused stands beside them.
async fn act(desk: Desk, id: Id, act: impl AsyncFnOnce(&Desk, &Person) -> Result<Option<Response>, StoreError>) -> Response {
    if let Err(refused) = desk.may(Act::ManagePeople) {
        return *refused;
    }
    let nobody = || StoreError::NoSuch { what: "person", name: String::new() };
    let found = match id {
        Ok(Path(id)) => desk.state.store.person(&desk.request.editor, id).await.and_then(|person| person.ok_or_else(nobody)),
        Err(_) => Err(nobody()),
    };
    let person = match found {
        Ok(person) => person,
        Err(error) => return desk.failed(&error),
    };
    match act(&desk, &person).await {
        Ok(Some(answer)) => answer,
        Ok(None) => Visitor::onward(&localized_path(desk.request.visit.locale, "/desk/people")),
        Err(StoreError::Refused(errors)) => {
            page(&desk, Form::default(), Refusal { person: person.editor.id.to_string(), errors }).await
        }
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn change_role(desk: Desk, id: Id, sent: Sent) -> Response {
    act(desk, id, async |desk, person| {
        let role: DeskRole = sent
            .get("role")
            .parse()
            .map_err(|problem: Problem| StoreError::Refused(domain::FieldErrors::one("role", problem)))?;
        desk.state.store.change_role(&desk.request.editor, person.editor.id, role, desk.request.now).await?;
        Ok(None)
    })
    .await
}

pub(super) async fn disable(desk: Desk, id: Id) -> Response {
    act(desk, id, async |desk, person| {
        desk.state.store.disable_person(&desk.request.editor, person.editor.id, desk.request.now).await?;
        Ok(None)
    })
    .await
}

pub(super) async fn enable(desk: Desk, id: Id) -> Response {
    act(desk, id, async |desk, person| {
        desk.state.store.enable_person(&desk.request.editor, person.editor.id, desk.request.now).await?;
        Ok(None)
    })
    .await
}

pub(super) async fn make_link(desk: Desk, id: Id, sent: Sent) -> Response {
    act(desk, id, async |desk, person| {
        // Its name ends in the person's id, for no two fields of the page have the same.
        let both = sent.0.iter().any(|(name, value)| name.starts_with("second_factor") && value == "true");
        let (store, request) = (&desk.state.store, &desk.request);
        let secret = store.reset_link(Some(&request.editor), person.editor.id, both, request.now).await?;
        let whom = NewPerson { email: person.editor.email.clone(), name: person.editor.name.clone(), role: person.editor.role };
        let page = people::one_time_link(request.visit.clone(), &whom, Purpose::Reset, secret.reveal());
        Ok(Some(desk.respond(page)))
    })
    .await
}
