//! The language of the first page, which the browser is asked for once, and of links, which say it themselves.

use store::Engine;

use crate::site::Site;

#[tokio::test]
async fn who_reads_rather_spanish_is_led_there_from_the_first_page() {
    let site = Site::with_example(Engine::Sqlite).await;
    for spanish in ["es", "es-419,es;q=0.9,en;q=0.8", "en;q=0.3, es-MX;q=0.7", "fr, es;q=0.2"] {
        site.get_with("accept-language", spanish, "/")
            .await
            .assert_status(302)
            .assert_header("location", "/es")
            .assert_header("vary", "accept-language")
            .assert_header("set-cookie", "");
    }
    for english in ["en", "en-US,es;q=0.9", "fr", "*", "es;q=0", "", "es;q=0.4,en;q=0.5"] {
        let answer = site.get_with("accept-language", english, "/").await.assert_ok().assert_header("content-language", "en");
        assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "accept-language"));
    }
    site.get("/").await.assert_ok().assert_header("content-language", "en");
}

#[tokio::test]
async fn english_can_be_reached_from_everywhere_whatever_the_browser_prefers() {
    let site = Site::with_example(Engine::Sqlite).await;
    for page in ["/es", "/pledges", "/pledges/april-summit", "/?lang=en", "/?as_of=2024-04-15", "/nowhere"] {
        let links = site.get_with("accept-language", "es", page).await.links();
        assert!(!links.contains(&"/".to_owned()), "{page} leads a Spanish browser to Spanish");
    }
    site.get("/es").await.assert_ok().assert_has("<a href=\"/?lang=en\" lang=\"en\" hreflang=\"en\">");
    for chosen in ["/?lang=en", "/?as_of=2024-04-15", "/?page=1"] {
        site.get_with("accept-language", "es", chosen).await.assert_ok().assert_header("content-language", "en");
    }
    site.get("/?lang=en").await.assert_ok().assert_has("<link rel=\"canonical\" href=\"https://pledges.example.org/\">");
}

#[tokio::test]
async fn nowhere_else_is_the_browser_asked() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in ["/pledges", "/pledges/april-summit", "/method"] {
        let answer = site.get_with("accept-language", "es", path).await.assert_ok().assert_header("content-language", "en");
        assert!(!answer.headers.get_all("vary").iter().any(|vary| vary == "accept-language"), "{path}");
    }
    site.get_with("accept-language", "en", "/es").await.assert_ok().assert_header("content-language", "es");
}
