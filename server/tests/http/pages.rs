//! What the public pages say, in both languages, on both engines.

use std::collections::{BTreeSet, VecDeque};

use store::{Engine, on_both_engines};

use crate::site::Site;

on_both_engines! {
    async fn the_summit_pledge_tells_its_whole_story(engine) {
        let site = Site::with_example(engine).await;
        site.get("/pledges/april-summit").await.assert_ok()
            .assert_has("<title>Guatemala to host the Declaration’s ministerial in April 2024 · Pledgebook</title>")
            .assert_has("Fulfilled, 7 days late")
            .assert_has("Announced from 28 February 2024, Fulfilled from 7 May 2024, due Apr 2024")
            .assert_has("“will host a regional meeting on migration to be held next April”")
            .assert_has("Not yet quoted")
            .assert_has("#:~:text=will%20host%20a%20regional%20meeting%20on%20migration%20to%20be%20held%20next%20April\"")
            .assert_has("in the near future")
            .assert_has("the record goes by this")
            .assert_has("href=\"/sources/lad-factsheet-third\"")
            .assert_has("<link rel=\"canonical\" href=\"https://pledges.example.org/pledges/april-summit\">")
            .assert_has("hreflang=\"es\" href=\"https://pledges.example.org/es/pledges/april-summit\"")
            .assert_has("<meta name=\"description\" content=\"Fulfilled, 7 days late. ")
            .assert_runs_nothing()
            .assert_header("cache-control", "public, no-cache")
            .assert_header("content-language", "en")
            .assert_header("set-cookie", "");
    }

    async fn spanish_pages_are_spanish(engine) {
        let site = Site::with_example(engine).await;
        site.get("/es/pledges/april-summit").await.assert_ok()
            .assert_has("<html lang=\"es\"")
            .assert_has("Cumplido, con 7 días de retraso")
            .assert_has("7 de mayo de 2024")
            .assert_has("hreflang=\"en\" href=\"https://pledges.example.org/pledges/april-summit\"")
            .assert_header("content-language", "es");
        for (path, words) in [("/es", "Lo que prometieron los gobiernos"), ("/es/changes", "Registrado"), ("/es/method", "Nunca se inventa un día")] {
            site.get(path).await.assert_ok().assert_has(words);
        }
    }

    async fn the_list_narrows(engine) {
        let site = Site::with_example(engine).await;
        site.get("/pledges").await.assert_ok().assert_has("69 pledges match").assert_has("Page 1 of 3");
        site.get("/pledges?q=c%C3%A9lula+OPERATIVA").await.assert_ok().assert_has("1 pledge matches").assert_has("operational-cell");
        // What is shown in another language than the page's says in which.
        site.get("/pledges?q=c%C3%A9lula+OPERATIVA").await.assert_has("<span lang=\"en\" class=\"said-in\">Spanish</span>");
        site.get("/es/pledges?q=c%C3%A9lula+OPERATIVA").await.assert_lacks("said-in");
        site.get("/pledges?status=fulfilled&party=guatemala").await.assert_ok().assert_has("april-summit").assert_lacks("operational-cell");
        site.get("/pledges?timeliness=overdue&sort=due").await.assert_ok().assert_has("overdue by");
        site.get("/pledges?q=nothing-of-the-kind").await.assert_ok().assert_has("No pledge matches");
        site.get("/pledges?page=3").await.assert_ok().assert_has("Page 3 of 3");
        site.get("/pledges?page=9999").await.assert_ok().assert_has("No pledge matches");
    }

    async fn deadlines_open_in_the_nearest_year_that_has_some(engine) {
        let site = Site::with_example(engine).await;
        site.get("/deadlines?as_of=2026-06-30").await.assert_ok()
            .assert_has("is due in 2026; these are the deadlines of 2028.")
            .assert_has("1 pledge matches");
        site.get("/es/deadlines?as_of=2025-06-01&party=guatemala").await.assert_ok()
            .assert_has("vence en 2025; estos son los vencimientos de 2024.");
        site.get("/deadlines?as_of=2025-06-01").await.assert_ok().assert_lacks("these are the deadlines");
        site.get("/deadlines?as_of=2026-06-30&due=2026").await.assert_ok()
            .assert_lacks("these are the deadlines")
            .assert_has("Nothing of what is asked for is due in this time.");
    }

    async fn a_party_page_tells_what_it_promised_from_what_was_promised_to_it(engine) {
        let site = Site::with_example(engine).await;
        site.get("/parties/guatemala").await.assert_ok()
            .assert_has("Its part in these pledges:")
            .assert_has("href=\"/pledges?party=guatemala&amp;role=host\"")
            .assert_has("href=\"/pledges?party=guatemala&amp;role=beneficiary\"");
        site.get("/topics/governance").await.assert_lacks("Its part in these pledges:");
    }

    async fn wrong_filters_are_named_and_the_form_keeps_what_was_typed(engine) {
        let site = Site::with_example(engine).await;
        site.get("/pledges?status=broken&q=visas&party=mexico").await.assert_status(400)
            .assert_has("<code>status</code>")
            .assert_has("“broken” is not accepted; accepted: not_assessed, announced")
            .assert_has("value=\"visas\"")
            .assert_has("<option value=\"mexico\" selected>")
            .assert_header("cache-control", "no-store");
    }

    async fn an_empty_record_still_has_pages(engine) {
        let site = Site::empty(engine).await;
        for path in ["/", "/pledges", "/parties", "/meetings", "/topics", "/changes", "/method", "/es"] {
            site.get(path).await.assert_ok();
        }
    }
}

#[tokio::test]
async fn every_link_within_the_site_leads_somewhere() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut seen = BTreeSet::from(["/".to_owned()]);
    while let Some(path) = waiting.pop_front() {
        let answer = site.get(&path).await;
        // What leads to the desk leads those who are not there yet to where they sign in.
        if path.trim_start_matches("/es").starts_with("/desk") {
            answer.assert_status(303);
            continue;
        }
        let answer = answer.assert_ok();
        if path.starts_with("/pkg/") || path.starts_with("/data/") || path.contains("/evidence.") {
            continue;
        }
        for link in answer.links() {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            // Feeds of searches are as many as there are searches; feeds.rs asks for some.
            if !link.is_empty() && !link.contains(".atom?") && seen.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    // 69 pledges, 81 sources and their kin, in two languages.
    assert!(seen.len() > 400, "only {} addresses were found", seen.len());
}

#[tokio::test]
async fn a_text_in_one_language_is_shown_in_the_other_and_marked() {
    let site = Site::empty(Engine::Sqlite).await;
    let json = r#"{
        "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "es": "Un registro" },
        "parties": [{ "id": "p", "name": { "es": "Ministerio <b>" }, "kind": "government" }],
        "pledges": [{ "id": "one", "title": { "es": "Título & “cita”" }, "summary": { "es": "<script>alert(1)</script>" },
            "made_on": "2024", "parties": [{ "party": "p", "role": "lead" }], "due_on": { "es": "pronto" },
            "history": [{ "status": "no_action_found", "effective_on": "2024-05", "rationale": { "es": "Nada." },
                "searched": { "es": "El diario oficial." } }] }]
    }"#;
    let record = domain::Record::from_json(json, crate::site::now().date_naive()).unwrap();
    site.test.store.load(&record, crate::site::now()).await.unwrap();
    site.get("/pledges/one")
        .await
        .assert_ok()
        .assert_has("<span lang=\"es\">Título &amp; “cita”</span> <span class=\"untranslated\">(in Spanish only)</span>")
        .assert_has("&lt;script&gt;alert(1)")
        .assert_runs_nothing()
        .assert_lacks("Ministerio <b>")
        .assert_has("Searched, nothing found");
    site.get("/es/pledges/one").await.assert_ok().assert_lacks("untranslated").assert_has("“pronto”");
}

#[tokio::test]
async fn very_many_topics_stand_on_several_pages() {
    let site = Site::empty(Engine::Sqlite).await;
    let mut record = server::commands::example_record(crate::site::now().date_naive()).unwrap();
    for (number, pledge) in (0..255).zip(0_usize..) {
        let id: domain::Slug = format!("subject-{number:03}").parse().unwrap();
        let name = domain::Localized { en: Some(format!("A subject {number:03}")), es: None };
        record.topics.push(domain::topic::Topic { id: id.clone(), name });
        record.pledges[pledge % 69].topics.push(id);
    }
    site.test.store.load(&record, crate::site::now()).await.unwrap();
    let first = site.get("/topics").await.assert_ok().assert_has("/topics/subject-000").assert_has("href=\"/topics?page=2\"");
    first.assert_lacks("/topics/subject-254");
    let second = site.get("/topics?page=2").await.assert_ok().assert_has("/topics/subject-254").assert_has("Page 2 of 2");
    second.assert_lacks("/topics/subject-000").assert_lacks("page=3");
    site.get("/es/topics?page=2").await.assert_ok().assert_has("href=\"/es/topics\"");
    site.get("/topics?page=99999").await.assert_ok();
    // So many are not offered in a list to choose from; all of them are a link away.
    site.get("/pledges").await.assert_ok().assert_has("href=\"/topics\"");
    // Where all stand on one page nothing leads on.
    site.get("/parties").await.assert_ok().assert_lacks("page=2");
}
