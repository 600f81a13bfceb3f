//! One's own account: password, second factor, recovery codes.

use app::{
    components::Form,
    pages::people::{self, Account, Done, Offer, QrCode},
    visit::localized_path,
};
use axum::{extract::RawQuery, response::Response};
use domain::{FieldErrors, Params, Problem};
use store::{Attempts, SecondFactor, StoreError};

use super::{
    links::{chosen, no_hash},
    visitor::Visitor,
};
use crate::{
    auth::{Desk, Peer, password, totp},
    web::sent::Sent,
};

pub(super) async fn show(desk: Desk, RawQuery(query): RawQuery) -> Response {
    let done = match Params::parse(&query.unwrap_or_default()).get("done") {
        Some("password") => Some(Done::Password),
        Some("factor-ended") => Some(Done::FactorEnded),
        _ => None,
    };
    answer(&desk, page(&desk, Form::default(), done).await)
}

fn answer(desk: &Desk, result: Result<Response, StoreError>) -> Response {
    result.unwrap_or_else(|error| desk.failed(&error))
}

async fn page(desk: &Desk, form: Form, done: Option<Done>) -> Result<Response, StoreError> {
    let request = desk.request.clone();
    let factor = request.store.second_factor(&request.editor).await?;
    let offer = factor.as_ref().filter(|factor| factor.since.is_none()).and_then(|factor| offer(factor, &request.editor.email));
    Ok(desk.respond(people::account(request, Account { factor, offer, form, done })))
}

fn offer(factor: &SecondFactor, email: &str) -> Option<Offer> {
    let address = totp::address(&factor.secret, email)?;
    Some(Offer { qr: qr(&address), address })
}

/// The square code of an address, with the white border of four squares that cameras need (ISO/IEC 18004).
fn qr(address: &str) -> Option<QrCode> {
    use std::fmt::Write;

    const BORDER: usize = 4;
    let code = qrcode::QrCode::new(address.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.into_colors().chunks(width).enumerate() {
        let mut x = 0;
        // Neighbours in a row are drawn as one, so that no seam shows between them.
        for run in row.chunk_by(|left, right| left == right) {
            if run[0] == qrcode::Color::Dark {
                _ = write!(path, "M{0} {1}h{2}v1H{0}z", x + BORDER, y + BORDER, run.len());
            }
            x += run.len();
        }
    }
    Some(QrCode { size: width + 2 * BORDER, path })
}

async fn refused(desk: &Desk, errors: FieldErrors) -> Result<Response, StoreError> {
    page(desk, Form { errors, ..Form::default() }, None).await
}

fn wrong(field: &'static str) -> FieldErrors {
    FieldErrors::one(field, Problem::NotRight)
}

/// Whether what was typed in a field is the person's password. It is counted like signing in: an open session is no place to
/// guess at it. The answer to who is refused is ready.
async fn knows_password(desk: &Desk, peer: &Peer, sent: &Sent, field: &'static str) -> Result<Result<(), Response>, StoreError> {
    let (request, store) = (&desk.request, &desk.state.store);
    let Attempts::Allowed(attempt) = store.attempt(&request.editor.email, &peer.0, request.now).await? else {
        return Ok(Err(refused(desk, wrong(field)).await?));
    };
    let account = store.account(&request.editor.email).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    if password::is(sent.get(field), hash).await {
        store.attempt_succeeded(attempt, request.now).await?;
        return Ok(Ok(()));
    }
    Ok(Err(refused(desk, wrong(field)).await?))
}

pub(super) async fn change_password(desk: Desk, peer: Peer, sent: Sent) -> Response {
    let result = async {
        let editor = &desk.request.editor;
        let new = match chosen(&sent, &editor.name, &editor.email) {
            Ok(new) => new,
            Err(errors) => return refused(&desk, errors).await,
        };
        if let Err(refused) = knows_password(&desk, &peer, &sent, "password_now").await? {
            return Ok(refused);
        }
        let Some(hash) = password::hash(new).await else { return Err(no_hash()) };
        desk.state.store.change_password(editor, hash, &desk.session.id, desk.request.now).await?;
        Ok(done(&desk, "password"))
    };
    answer(&desk, result.await)
}

/// Back to the account, which says what was done.
fn done(desk: &Desk, what: &str) -> Response {
    Visitor::onward(&format!("{}?done={what}", localized_path(desk.request.visit.locale, "/desk/account")))
}

pub(super) async fn offer_factor(desk: Desk) -> Response {
    let result = async {
        let Some(secret) = totp::new_secret() else { return Err(no_hash()) };
        desk.state.store.offer_second_factor(&desk.request.editor, secret).await?;
        let account = localized_path(desk.request.visit.locale, "/desk/account");
        Ok(Visitor::onward(&format!("{account}#second-factor")))
    };
    answer(&desk, result.await)
}

pub(super) async fn prove_factor(desk: Desk, sent: Sent) -> Response {
    let result = async {
        let (store, request) = (&desk.state.store, &desk.request);
        let factor = store.second_factor(&request.editor).await?.filter(|factor| factor.since.is_none());
        let Some(factor) = factor else { return Err(StoreError::Conflict) };
        let Some(step) = totp::step_of(&factor.secret, sent.get("code"), request.now) else {
            return refused(&desk, wrong("code")).await;
        };
        let codes = store.enrol_second_factor(&request.editor, step, &desk.session.id, request.now).await?;
        Ok(desk.respond(people::recovery_codes(request.visit.clone(), codes)))
    };
    answer(&desk, result.await)
}

pub(super) async fn renew_codes(desk: Desk, peer: Peer, sent: Sent) -> Response {
    let result = async {
        if let Err(refused) = knows_password(&desk, &peer, &sent, "password_for_codes").await? {
            return Ok(refused);
        }
        let codes = desk.state.store.renew_recovery_codes(&desk.request.editor, desk.request.now).await?;
        Ok(desk.respond(people::recovery_codes(desk.request.visit.clone(), codes)))
    };
    answer(&desk, result.await)
}

pub(super) async fn end_factor(desk: Desk, peer: Peer, sent: Sent) -> Response {
    let result = async {
        if let Err(refused) = knows_password(&desk, &peer, &sent, "password_to_end").await? {
            return Ok(refused);
        }
        desk.state.store.end_second_factor(&desk.request.editor, desk.request.now).await?;
        Ok(done(&desk, "factor-ended"))
    };
    answer(&desk, result.await)
}
