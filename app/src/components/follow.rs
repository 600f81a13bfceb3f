//! Ways to hear of what changes.

use leptos::prelude::*;

use crate::page::Alternate;

/// Links to a page's feeds and calendars, as its head names them too.
pub fn follow(alternates: &[Alternate]) -> AnyView {
    let links = alternates.iter().map(|alternate| {
        view! { <li><a href=alternate.href.clone() type=alternate.media_type>{alternate.title.clone()}</a></li> }
    });
    view! { <ul class="follow meta no-print">{links.collect_view()}</ul> }.into_any()
}
