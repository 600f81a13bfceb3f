//! The search field of the list of pledges: narrows the list as one types.

use leptos::prelude::*;

use super::narrow;

/// A search field within a plain GET form. Without WebAssembly it is just that; with it the rows on the page are narrowed at
/// once, and the server's own answer follows a moment later, with its count and its address.
#[island]
pub fn LiveFilter(
    /// What was searched for.
    value: String,
    /// The field's label.
    label: String,
    /// An example of what can be typed.
    hint: String,
) -> impl IntoView {
    view! {
        <label for="q">{label}</label>
        <input
            id="q"
            name="q"
            type="search"
            value=value
            placeholder=hint
            maxlength="200"
            autocomplete="off"
            spellcheck="false"
            on:input=narrow::as_typed
        />
    }
}
