//! What moves around the form of a draft: who else has it open, and which published pledges look like it.

use leptos::prelude::*;

use super::watch::{self, Watched};

/// Stands around the form of a draft. Without WebAssembly the form is just that, and the same is told when it is saved.
#[island]
pub fn DraftWatch(
    /// Where to tell that the draft is open, and learn who else has it; empty while nothing was saved.
    presence: String,
    /// The version that stands in the form.
    version: i32,
    /// Where published pledges of like titles are found; empty where the title is not what is written.
    similar: String,
    /// “{names} also has this open.”
    also_open: String,
    /// What is said when somebody has saved it since.
    saved_since: String,
    /// What stands above pledges that look alike.
    look_alike: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    let watched = Watched { presence, version, similar, also_open, saved_since };
    let begun = watched.clone();
    // Runs in the browser only.
    Effect::new(move |_| watch::begin(begun.clone()));
    view! {
        <div on:input=move |event| watch::typed(&event, &watched.similar)>
            <p class="notice" role="status" id="watch-presence" hidden></p>
            {children()}
            <div class="notice" role="status" id="watch-similar" hidden>
                <p>{look_alike}</p>
                <ul></ul>
            </div>
        </div>
    }
}
