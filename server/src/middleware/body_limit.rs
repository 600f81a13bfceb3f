//! How large a request may be: next to nothing, but for what is sent to the desk.

use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::Limited;

use crate::{auth::at_desk, copies::HAND_IN, web::api_v1::ROOT};

/// The largest request to a public address; no public page takes a body.
const PUBLIC: usize = 64 * 1024;

/// The largest form of the desk, sent by a browser or by a program.
pub(crate) const FORM: usize = 512 * 1024;

/// The largest import.
pub(crate) const IMPORT: usize = 32 * 1024 * 1024;

/// The largest form in which a text is pasted in place of a file: each of its bytes may take three.
const PASTE: usize = 3 * domain::capture::PASTED + 64 * 1024;

/// The largest form of signing in: it carries one of the desk along, with longer names.
const CARRYING: usize = 2 * FORM;

fn limit(method: &Method, path: &str) -> usize {
    let plain = path.strip_prefix("/es").unwrap_or(path);
    match plain {
        "/sign-in" | "/sign-in/code" => CARRYING,
        "/desk/import" => IMPORT,
        _ if plain.starts_with("/desk/sources/") && plain.ends_with("/file") => HAND_IN,
        _ if plain.starts_with("/desk/sources/") && plain.ends_with("/text") => PASTE,
        _ if at_desk(path) => FORM,
        _ if !method.is_safe() && path.strip_prefix(ROOT).is_some_and(|rest| rest.starts_with('/')) => FORM,
        _ => PUBLIC,
    }
}

/// Refuses what is too large: at once where it says so, else as soon as it is.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    let limit = limit(request.method(), request.uri().path());
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > limit) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, limit)))).await
}
