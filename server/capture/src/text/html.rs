//! The readable text of a page: its article without menus and advertisements, each paragraph on a line.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use domain::SourceMetadata;

use super::metadata;

/// The most elements of a page in which an article is looked for; a larger one is read whole.
const ELEMENTS: usize = 200_000;

/// What of a page is never text that people read.
const NO_TEXT: &str = "script, style, noscript, template, svg, iframe, object, head";

/// The text of a page and what the page says of itself.
pub(super) fn read(html: &str) -> (String, SourceMetadata) {
    let document = Document::from(html);
    let metadata = metadata::of(&document);
    let config = Config { max_elements_to_parse: ELEMENTS, text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config)).and_then(|mut readability| readability.parse());
    let text = article.map(|article| article.text_content.to_string()).unwrap_or_default();
    if !text.trim().is_empty() {
        return (text, metadata);
    }
    // No article stands out: then all of it is one.
    let document = Document::from(html);
    document.select(NO_TEXT).remove();
    (document.formatted_text().to_string(), metadata)
}

#[cfg(test)]
mod tests {
    use domain::TextState;

    use crate::{Media, read};

    fn page(html: &str) -> crate::Reading {
        read(&Media::of("text/html; charset=utf-8", html.as_bytes()), html.as_bytes())
    }

    const ARTICLE: &str = r#"<!doctype html><html lang="es-GT"><head><title>Guatemala será sede - Diario</title>
        <meta property="og:title" content="Guatemala será sede de la cumbre"><meta property="og:site_name" content="El Diario">
        <meta property="article:published_time" content="2024-02-28T10:00:00-06:00"><meta name="author" content="Ana Pérez">
        <link rel="canonical" href="https://example.org/a"></head><body>
        <nav><ul><li><a href="/">Inicio</a></li><li><a href="/p">Política</a></li></ul></nav>
        <article><h1>Guatemala será sede de la cumbre</h1>
        <p>El ministro anunció que el país hospedará la próxima reunión ministerial en abril, según dijo a la prensa, y agradeció a los demás países.</p>
        <p>“Nos comprometemos a instalar una célula operativa”, dijo un funcionario, que pidió no ser citado por su nombre,<br>al cierre de la jornada.</p>
        <script>alert(1)</script></article>
        <aside class="ad">Compre ahora</aside><footer>Derechos reservados</footer></body></html>"#;

    #[test]
    fn an_article_is_read_without_what_stands_around_it() {
        let reading = page(ARTICLE);
        assert_eq!(reading.state, TextState::Read);
        let text = &reading.pages[0];
        let paragraphs: Vec<_> = text.lines().collect();
        assert!(
            paragraphs.iter().any(|line| line.starts_with("El ministro anunció") && line.ends_with("demás países.")),
            "{text}"
        );
        for noise in ["Inicio", "alert", "Compre", "reservados"] {
            assert!(!text.contains(noise), "{noise}: {text}");
        }
        let said = reading.metadata;
        assert_eq!(said.title.as_deref(), Some("Guatemala será sede de la cumbre"));
        assert_eq!(said.publisher.as_deref(), Some("El Diario"));
        assert_eq!(said.author.as_deref(), Some("Ana Pérez"));
        assert_eq!(said.published_on, "2024-02-28".parse().ok());
        assert_eq!(said.language.as_deref(), Some("es"));
        assert_eq!(said.canonical_url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn the_same_page_always_gives_the_same_text() {
        assert_eq!(page(ARTICLE), page(ARTICLE));
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        for (broken, words) in [
            ("<p>Uno<p>Dos</div></b><table><tr><td>Tres", "Tres"),
            ("<html><body><p>Sin final <a href=\"", "Sin final"),
            ("no tags at all & nothing <", "no tags at all"),
            ("<body><textarea></p><p>Dentro", "Dentro"),
        ] {
            let reading = page(broken);
            assert!(reading.pages[0].contains(words), "{broken}: {reading:?}");
        }
        assert_eq!(page("").state, TextState::Unreadable);
        assert_eq!(page("<script>only()</script>").state, TextState::Unreadable);
    }
}
