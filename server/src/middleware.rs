//! What happens around every request.

pub(crate) mod body_limit;
pub(crate) mod language;
pub(crate) mod memento;
pub(crate) mod rate_limit;
pub(crate) mod request_id;
pub(crate) mod same_origin;
pub(crate) mod security_headers;
pub(crate) mod settled;
