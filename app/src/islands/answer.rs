//! What the server answers to an island.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text of a successful answer; `None` for any other.
pub(super) async fn text_of(request: &Promise) -> Result<Option<String>, JsValue> {
    let response: Response = JsFuture::from(request.clone()).await?.dyn_into()?;
    if !response.ok() {
        return Ok(None);
    }
    Ok(JsFuture::from(response.text()?).await?.as_string())
}
