//! What happens around every request.

pub(crate) mod language;
pub(crate) mod memento;
pub(crate) mod request_id;
pub(crate) mod security_headers;
