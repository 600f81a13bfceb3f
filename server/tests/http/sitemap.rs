//! What programs that come by themselves are told.

use std::collections::BTreeSet;

use store::{Engine, on_both_engines};

use crate::site::{Site, now};

/// The addresses of a sitemap, without the site.
fn locations(xml: &str) -> Vec<String> {
    let starts = xml.split("<loc>https://pledges.example.org").skip(1);
    starts.map(|rest| rest.split("</loc>").next().unwrap().to_owned()).collect()
}

on_both_engines! {
    async fn the_sitemap_has_every_public_page_once_in_each_language(engine) {
        let site = Site::with_example(engine).await;
        let map = site.get("/sitemap.xml").await.assert_ok().assert_header("content-type", "application/xml; charset=utf-8");
        let found = locations(map.text());
        let once: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!(found.len(), once.len());
        assert_eq!(found.iter().filter(|path| path.starts_with("/pledges/")).count(), 69);
        assert_eq!(found.iter().filter(|path| path.starts_with("/es/sources/")).count(), 81);
        for path in ["/", "/es", "/pledges/april-summit", "/es/parties/us", "/meetings/trilateral-2024", "/es/topics/governance", "/method"] {
            assert!(once.contains(path), "{path}");
        }
        assert_eq!(map.text().matches("hreflang=\"x-default\"").count(), found.len());
        let summit = "<loc>https://pledges.example.org/es/pledges/april-summit</loc><lastmod>2026-11-23T12:00:00Z</lastmod>\
            <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://pledges.example.org/pledges/april-summit\"/>\
            <xhtml:link rel=\"alternate\" hreflang=\"es\" href=\"https://pledges.example.org/es/pledges/april-summit\"/>";
        assert!(map.text().contains(summit));
        assert_eq!(site.get("/sitemaps/1.xml").await.assert_ok().bytes, map.bytes);
        for name in ["0.xml", "2.xml", "1", "x.xml", "-1.xml"] {
            site.get(&format!("/sitemaps/{name}")).await.assert_status(404);
        }
    }

    async fn a_draft_is_in_no_sitemap(engine) {
        let site = Site::with_example(engine).await;
        let (id, source) = match engine {
            Engine::Sqlite => ("x'00000000000000000000000000000007'", "x'00000000000000000000000000000008'"),
            Engine::Postgres => ("'00000000000000000000000000000007'", "'00000000000000000000000000000008'"),
        };
        site.test.sql(&format!("insert into pledge (id, slug, title_en, summary_en, made_on) values ({id}, 'a-draft', 'T', 'S', '2024')")).await.unwrap();
        site.test.sql(&format!("insert into source (id, slug, url, title, publisher, language, kind) values ({source}, 'unused-source', 'https://a.example/x', 'T', 'P', 'en', 'news')")).await.unwrap();
        site.test.sql(&format!("insert into party (id, slug, name_en, kind) values ({source}, 'unused-party', 'P', 'country')")).await.unwrap();
        site.get("/sitemap.xml").await.assert_ok().assert_lacks("a-draft").assert_lacks("unused");
    }

    async fn a_record_past_fifty_thousand_addresses_is_split(engine) {
        let site = Site::with_example(engine).await;
        let id = match engine { Engine::Sqlite => "randomblob(16)", Engine::Postgres => "gen_random_uuid()" };
        site.test.sql(&format!(
            "insert into pledge (id, number, slug, title_en, summary_en, made_on, recorded_at)
             with recursive n(i) as (select 100001 union all select i + 1 from n where i < 126000)
             select {id}, i, 'z-' || i, 'T', 'S', '2024', '2026-11-23T12:00:00+00:00' from n"
        )).await.unwrap();
        let index = site.get("/sitemap.xml").await.assert_ok().assert_has("<sitemapindex");
        assert_eq!(locations(index.text()), ["/sitemaps/1.xml", "/sitemaps/2.xml"]);
        let second = site.get("/sitemaps/2.xml").await.assert_ok();
        let found = locations(second.text());
        assert_eq!(found.last().map(String::as_str), Some("/es/pledges/z-126000"));
        let all = 11 + 69 + 81 + 26_000 + site.test.store.parties(domain::Moment::now(now())).await.unwrap().len()
            + site.test.store.meetings(domain::Moment::now(now())).await.unwrap().len()
            + site.test.store.topics(domain::Moment::now(now())).await.unwrap().len();
        assert_eq!(found.len(), (all - 25_000) * 2);
        assert!(found.iter().all(|path| path.contains("/pledges/z-")));
    }

    async fn an_empty_record_has_a_sitemap_of_its_fixed_pages(engine) {
        let site = Site::empty(engine).await;
        assert_eq!(locations(site.get("/sitemap.xml").await.assert_ok().assert_lacks("lastmod").text()).len(), 22);
    }
}

#[tokio::test]
async fn every_address_of_the_sitemap_is_its_own_canonical_page() {
    let site = Site::with_example(Engine::Sqlite).await;
    for path in locations(site.get("/sitemap.xml").await.text()) {
        site.get(&path)
            .await
            .assert_ok()
            .assert_has(&format!("<link rel=\"canonical\" href=\"https://pledges.example.org{path}\">"));
    }
}

#[tokio::test]
async fn robots_may_read_every_page_but_not_every_moment_of_it() {
    let site = Site::with_example(Engine::Sqlite).await;
    let robots = site.get("/robots.txt").await.assert_ok().assert_has("\nSitemap: https://pledges.example.org/sitemap.xml\n");
    let told: Vec<_> = robots.text().lines().collect();
    assert_eq!(told[..2], ["User-agent: *", "Allow: /"]);
    for line in ["Disallow: /*?as_of=", "Disallow: /*&known_at=", "Disallow: /embed/", "Disallow: /pledges/*/compare"] {
        assert!(told.contains(&line), "{line}");
    }
}

#[tokio::test]
async fn whom_to_tell_of_a_weakness_is_told_if_it_is_set() {
    let site = Site::with_example(Engine::Sqlite).await;
    site.get("/.well-known/security.txt").await.assert_status(404);
    let contact = Some("mailto:security@example.org".to_owned());
    let site = site.later("2026-11-23T12:00:00Z", |state| state.with_security_contact(contact.clone()));
    site.get("/.well-known/security.txt")
        .await
        .assert_ok()
        .assert_header("content-type", "text/plain; charset=utf-8")
        .assert_has("Contact: mailto:security@example.org\nExpires: 2027-05-22T00:00:00Z\nPreferred-Languages: en, es\n")
        .assert_has("Canonical: https://pledges.example.org/.well-known/security.txt\n");
}
