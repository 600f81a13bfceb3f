//! The files of an import, as browsers send them.

use axum::{
    extract::{Multipart, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::import::Upload;

/// What was sent.
#[derive(Default)]
pub(super) struct Received {
    pub(super) uploads: Vec<Upload>,
    /// What was pasted, which the form keeps.
    pub(super) pasted: String,
}

/// The longest name of a file that is kept, in characters.
const NAME: usize = 120;

/// Takes in the files of a form; what was pasted counts as one more, called `pasted_name`.
///
/// # Errors
/// The answer to what is no such form, or too large.
pub(super) async fn receive(mut form: Multipart, pasted_name: &str) -> Result<Received, Box<Response>> {
    let refuse = |error: MultipartError| {
        // A body that can't be read to its end was cut off by the bound, or by who sent it; the latter hears no answer.
        let cut_off = error.status() == StatusCode::INTERNAL_SERVER_ERROR;
        Box::new(if cut_off { StatusCode::PAYLOAD_TOO_LARGE.into_response() } else { error.into_response() })
    };
    let mut received = Received::default();
    while let Some(field) = form.next_field().await.map_err(refuse)? {
        match field.name() {
            Some("files") => {
                let name = field.file_name().map(plain).unwrap_or_default();
                let bytes = field.bytes().await.map_err(refuse)?.to_vec();
                // A file field that was left empty is sent as a file without a name.
                if !bytes.is_empty() || !name.is_empty() {
                    received.uploads.push(Upload { name, bytes });
                }
            }
            Some("pasted") => received.pasted = field.text().await.map_err(refuse)?,
            _ => {}
        }
    }
    if !received.pasted.trim().is_empty() {
        received.uploads.push(Upload { name: pasted_name.to_owned(), bytes: received.pasted.clone().into_bytes() });
    }
    Ok(received)
}

/// The name of a file without the folders that some programs send with it.
fn plain(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars().filter(|c| !c.is_control()).take(NAME).collect()
}
