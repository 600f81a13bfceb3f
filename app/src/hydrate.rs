//! Where the browser comes in: the page's script calls this, then each island's own function.

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes a panic readable in the browser's console, and readies Leptos for the islands.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
