//! The document of a page that stands in a frame on somebody else's page: nothing around it, and every way out opens anew.

use leptos::{prelude::*, reactive::owner::Owner};

use super::Assets;
use crate::{markup::spared, page::Page, visit::Visit};

/// Renders a page for a frame. It has no scripts, and search engines leave it alone: the record itself is what they look for.
#[must_use]
pub fn render_embedded(page: Page, visit: &Visit, assets: &Assets) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let html = view! {
            <!DOCTYPE html>
            <html lang=visit.locale.code() dir="ltr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <title>{format!("{} · Pledgebook", page.head.title)}</title>
                    <meta name="robots" content="noindex" />
                    <meta name="color-scheme" content="light dark" />
                    <link rel="icon" href=assets.icon.clone() type="image/svg+xml" />
                    <link rel="stylesheet" href=assets.stylesheet.clone() />
                </head>
                <body class="embedded">
                    <main>{(page.body)()}</main>
                </body>
            </html>
        };
        spared(&html.to_html())
    })
}
