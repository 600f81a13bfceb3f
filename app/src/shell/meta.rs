//! What a page's head tells programs: its other forms, how it looks where it is shared, and what it says as linked data.

use domain::Locale;
use leptos::prelude::*;
use serde_json::Value;

use crate::{
    page::{Alternate, Page},
    visit::Visit,
};

/// The elements of the head. What is shared and indexed is the page as it is now; so its address is the canonical one.
pub(super) fn for_programs(page: &Page, visit: &Visit) -> AnyView {
    let alternates = page.for_programs.alternates.iter().cloned();
    let alternates = alternates.map(|Alternate { media_type, href, title }| {
        view! { <link rel="alternate" type=media_type href=href title=title /> }
    });
    let json_ld = page.for_programs.json_ld.iter().map(|data| {
        // A data block: it is never run, and so asks nothing of the Content Security Policy.
        view! { <script type="application/ld+json" inner_html=in_script(data)></script> }
    });
    view! { {alternates.collect_view()}{shared(page, visit)}{json_ld.collect_view()} }.into_any()
}

/// How the page looks where its address is shared (the Open Graph protocol, and what X reads besides).
fn shared(page: &Page, visit: &Visit) -> AnyView {
    let title = if page.head.title.is_empty() { "Pledgebook".to_owned() } else { page.head.title.clone() };
    let description = page.head.description.clone();
    let description = (!description.is_empty()).then(|| og("og:description", description));
    let kind = if page.for_programs.card.is_some() { "article" } else { "website" };
    let card = page.for_programs.card.clone().map(|card| {
        let (width, height) = (card.size.0.to_string(), card.size.1.to_string());
        view! {
            {og("og:image", card.href)}
            {og("og:image:type", "image/png".to_owned())}
            {og("og:image:width", width)}
            {og("og:image:height", height)}
            {og("og:image:alt", card.alt)}
        }
    });
    let twitter = if card.is_some() { "summary_large_image" } else { "summary" };
    view! {
        {og("og:site_name", "Pledgebook".to_owned())}
        {og("og:type", kind.to_owned())}
        {og("og:title", title)}
        {description}
        {og("og:url", visit.canonical(visit.locale))}
        {og("og:locale", territory(visit.locale).to_owned())}
        {og("og:locale:alternate", territory(visit.locale.other()).to_owned())}
        {card}
        <meta name="twitter:card" content=twitter />
    }
    .into_any()
}

/// One property of the page. (`view!` does not know the attribute, which Open Graph has from elsewhere than HTML.)
fn og(property: &'static str, content: String) -> AnyView {
    leptos::html::meta().attr("property", property).attr("content", content).into_any()
}

/// A language with a territory, without which Open Graph takes none.
const fn territory(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "en_US",
        Locale::Es => "es_419",
    }
}

/// Data as it may stand in a script element: no `<` in it, so that no text can end the element or open a comment.
fn in_script(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_the_record_ends_the_script_it_stands_in() {
        let data = serde_json::json!({ "name": "</script><script>alert(1)</script><!-- <!>" });
        let text = in_script(&data);
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), data);
    }
}
