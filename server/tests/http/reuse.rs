//! What others take with them: citations, embeds, cards and linked data.

use serde_json::Value;
use store::{Engine, on_both_engines};

use crate::site::Site;

fn of_type<'a>(blocks: &'a [Value], kind: &str) -> Option<&'a Value> {
    blocks.iter().find(|block| block["@type"] == kind)
}

on_both_engines! {
    async fn a_citation_leads_to_the_page_as_it_is_now(engine) {
        let site = Site::with_example(engine).await;
        let page = site.get("/pledges/april-summit").await.assert_ok()
            .assert_has("Pledgebook. (2026, November 23). Guatemala to host")
            .assert_has("As of November 23, 2026. https://pledges.example.org/pledges/april-summit?as_of=2026-11-23&amp;known_at=2026-11-23T12:00:00Z")
            .assert_has("@misc{pledgebook-april-summit,")
            .assert_has("  author = {{Pledgebook}},");
        site.get("/es/pledges/april-summit").await.assert_ok()
            .assert_has("Pledgebook. (2026, 23 de noviembre). Guatemala")
            .assert_has("[Registro de un compromiso]")
            .assert_has("/es/pledges/april-summit?as_of=2026-11-23&amp;known_at=");
        // What the page says of the pledge is the same; only that it is a page of another moment comes before it.
        let then = site.get("/pledges/april-summit?as_of=2026-11-23&known_at=2026-11-23T12:00:00Z").await.assert_ok();
        let said = |text: &str| {
            let part = text.split("<div class=\"cols\">").nth(1).unwrap().split("<ul class=\"follow").next().unwrap();
            let part = part.replace("?as_of=2026-11-23&amp;known_at=2026-11-23T12%3A00%3A00Z", "").replace("<!--<() />-->", "");
            // What was missed is asked for now only.
            [("<details id=\"tip\"", "</details>"), ("<p class=\"meta no-print\"", "</p>")].iter().fold(part, |part, (from, to)| {
                let Some((before, rest)) = part.split_once(from) else { return part };
                format!("{before}{}", rest.split_once(to).unwrap().1)
            })
        };
        assert_eq!(said(page.text()), said(then.text()));
    }

    async fn an_embed_may_stand_in_any_frame_and_nothing_else_may(engine) {
        let site = Site::with_example(engine).await;
        for path in ["/embed/pledges/april-summit", "/es/embed/pledges/april-summit"] {
            let embed = site.get(path).await.assert_ok()
                .assert_runs_nothing()
                .assert_has("<meta name=\"robots\" content=\"noindex\">")
                .assert_has("target=\"_blank\" rel=\"noopener\"")
                .assert_lacks(" style=\"")
                .assert_header("x-frame-options", "");
            let policy = embed.header("content-security-policy").to_owned();
            assert!(policy.contains("frame-ancestors *") && policy.starts_with("default-src 'none'") && !policy.contains("script-src"));
            let ways_out = embed.text().split("<a ").skip(1).filter(|link| !link.contains("target=\"_blank\" rel=\"noopener\""));
            assert_eq!(ways_out.count(), 0, "every link opens outside the frame");
        }
        for path in ["/pledges/april-summit", "/embed/pledges/nowhere", "/oembed", "/cards/nowhere.png", "/changes.atom", "/"] {
            let answer = site.get(path).await;
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        }
    }

    async fn drafts_are_neither_embedded_nor_drawn(engine) {
        let site = Site::with_example(engine).await;
        site.add_drafts(engine).await;
        site.get("/embed/pledges/april-summit").await.assert_ok().assert_lacks("draft-word").assert_has("Fulfilled");
        site.get("/pledges/april-summit").await.assert_ok().assert_lacks("draft-word");
        for path in ["/embed/pledges/draft-pledge", "/cards/draft-pledge.png"] {
            site.get(path).await.assert_status(404);
        }
        site.get("/oembed?url=https%3A%2F%2Fpledges.example.org%2Fpledges%2Fdraft-pledge").await.assert_status(404);
    }

    async fn a_card_is_a_picture_in_either_language(engine) {
        let site = Site::with_example(engine).await;
        let mut pictures = Vec::new();
        for path in ["/cards/april-summit.png", "/es/cards/april-summit.png", "/cards/april-summit.png?lang=es"] {
            let card = site.get(path).await.assert_ok()
                .assert_header("content-type", "image/png")
                .assert_header("cross-origin-resource-policy", "cross-origin");
            assert_eq!(&card.bytes[..8], b"\x89PNG\r\n\x1a\n");
            let size = |at: usize| u32::from_be_bytes(card.bytes[at..at + 4].try_into().unwrap());
            assert_eq!((size(16), size(20)), (1200, 630));
            pictures.push(card.bytes);
        }
        assert_ne!(pictures[0], pictures[1]);
        assert_eq!(pictures[1], pictures[2]);
        for path in ["/cards/nowhere.png", "/cards/april-summit", "/cards/april-summit.jpg", "/cards/%FF.png"] {
            site.get(path).await.assert_status(404);
        }
        site.get("/cards/april-summit.png?known_at=2026-01-01").await.assert_status(404);
    }
}

#[tokio::test]
async fn oembed_tells_how_a_pledge_is_shown() {
    let site = Site::with_example(Engine::Sqlite).await;
    let page = "https%3A%2F%2Fpledges.example.org%2Fpledges%2Fapril-summit";
    let answer = site.get(&format!("/oembed?url={page}&format=json&maxwidth=400")).await.assert_ok();
    assert_eq!((answer.header("content-type"), answer.header("access-control-allow-origin")), ("application/json", "*"));
    let json: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!((&json["version"], &json["type"], &json["width"]), (&"1.0".into(), &"rich".into(), &400.into()));
    assert!(json["html"].as_str().unwrap().starts_with("<iframe src=\"https://pledges.example.org/embed/pledges/april-summit\""));
    assert_eq!(json["thumbnail_url"], Value::Null, "a thumbnail wider than was asked for");
    let json: Value = serde_json::from_slice(&site.get(&format!("/oembed?url={page}")).await.assert_ok().bytes).unwrap();
    assert_eq!(json["thumbnail_url"], "https://pledges.example.org/cards/april-summit.png");
    let spanish = page.replace("%2Fpledges%2F", "%2Fes%2Fpledges%2F") + "%3Fas_of%3D2024-04-15";
    let json: Value = serde_json::from_slice(&site.get(&format!("/oembed?url={spanish}")).await.assert_ok().bytes).unwrap();
    assert!(json["html"].as_str().unwrap().contains("/es/embed/pledges/april-summit?as_of=2024-04-15"));
    for (query, status) in [
        (format!("url={page}&format=xml"), 501),
        ("url=https%3A%2F%2Fevil.example%2Fpledges%2Fapril-summit".to_owned(), 404),
        ("url=https%3A%2F%2Fpledges.example.org%2Fpledges%2Fnowhere".to_owned(), 404),
        (format!("url={page}&maxwidth=10"), 404),
        (format!("url={page}&maxwidth=wide"), 400),
        (String::new(), 400),
    ] {
        site.get(&format!("/oembed?{query}")).await.assert_status(status);
    }
    let page = site.get("/pledges/april-summit").await;
    let discovered = page.text().split("<link ").find(|link| link.contains("application/json+oembed")).unwrap();
    let href = discovered.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    site.get(href.strip_prefix("https://pledges.example.org").unwrap()).await.assert_ok();
}

#[tokio::test]
async fn pages_say_how_they_look_where_they_are_shared() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/es/pledges/april-summit?utm_source=x")
        .await
        .assert_ok()
        .assert_has("<meta property=\"og:image\" content=\"https://pledges.example.org/es/cards/april-summit.png\">")
        .assert_has("<meta property=\"og:url\" content=\"https://pledges.example.org/es/pledges/april-summit\">")
        .assert_has("<meta property=\"og:locale\" content=\"es_419\">")
        .assert_has("<meta property=\"og:type\" content=\"article\">")
        .assert_has("<meta name=\"twitter:card\" content=\"summary_large_image\">");
    site.get("/").await.assert_ok().assert_has("<meta property=\"og:title\"").assert_lacks("og:image");
    site.get("/nowhere").await.assert_lacks("og:");
}

#[tokio::test]
async fn pages_say_what_they_say_as_linked_data() {
    let site = Site::with_example(Engine::Sqlite).await;
    let blocks = site.get("/pledges/april-summit").await.assert_ok().json_ld();
    let review = of_type(&blocks, "ClaimReview").unwrap();
    assert_eq!(review["reviewRating"]["ratingValue"], 5);
    assert_eq!(review["reviewRating"]["alternateName"], "Fulfilled, 7 days late");
    assert_eq!(review["itemReviewed"]["@type"], "Claim");
    assert_eq!(review["author"]["name"], "Pledgebook");
    assert!(of_type(&blocks, "BreadcrumbList").is_some());
    let provenance = blocks.iter().find(|block| block["@graph"].is_array()).unwrap();
    let graph = provenance["@graph"].as_array().unwrap();
    let last = graph.iter().find(|entity| entity["@id"].as_str().unwrap().ends_with("#change-1")).unwrap();
    assert_eq!(last["wasRevisionOf"], "https://pledges.example.org/pledges/april-summit#change-0");
    assert_eq!(last["generatedAtTime"], "2026-11-23T12:00:00Z");

    let then = site.get("/pledges/april-summit?as_of=2024-04-15").await.assert_ok().json_ld();
    assert!(of_type(&then, "ClaimReview").is_none(), "what was only announced was not judged");
    for (path, kind) in [
        ("/", "Dataset"),
        ("/es", "Dataset"),
        ("/meetings/trilateral-2024", "Event"),
        ("/parties/us", "Country"),
        ("/topics/governance", "BreadcrumbList"),
        ("/sources/lad-factsheet-third", "BreadcrumbList"),
    ] {
        let blocks = site.get(path).await.assert_ok().json_ld();
        assert!(of_type(&blocks, kind).is_some(), "{path}: {blocks:#?}");
    }
}
