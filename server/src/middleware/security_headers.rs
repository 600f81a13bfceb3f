//! The headers that keep a page to itself (OWASP Secure Headers Project).

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::state::AppState;

/// What a page without scripts may do: show its own styles and images, and send its forms home. Without scripts nothing
/// connects by itself; a browser's own tools do, such as Lighthouse, which asks for `robots.txt` as the page would.
pub(crate) const WITHOUT_SCRIPTS: &str = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a page with an island may do besides: run this very script, the site's own modules and WebAssembly, and ask the site. The
/// script is named by its hash (CSP 3, section 8.3) and not by a nonce, which no page that is kept could have.
pub(crate) fn with_script(text: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(text));
    format!("{WITHOUT_SCRIPTS}; script-src 'self' 'sha256-{hash}' 'wasm-unsafe-eval'")
}

/// What a page may do that is made to stand in frames of others: show its styles, and nothing else.
pub(crate) const IN_ANY_FRAME: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

/// Marks an answer that is made to stand in frames of others; its own policy says in which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MayBeFramed;

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds the headers to every answer; a page that has said its own keeps it.
pub(crate) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let framed = response.extensions().get::<MayBeFramed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        if framed && name == header::X_FRAME_OPTIONS {
            continue;
        }
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(WITHOUT_SCRIPTS));
    if state.site.starts_with("https://") {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}
