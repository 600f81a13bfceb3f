//! Originals and translations from the form to the public page, and what a pledge said before it was corrected.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::{body::Body, http::Request};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::DeskRole;
use serde_json::{Value, json};
use server::Front;
use store::{Engine, on_both_engines};

use crate::{
    data::read_back::rows,
    desk::{approve, hand_in},
    site::{Answer, Site, now, send},
    visitor::Visitor,
};

/// An editor, a reviewer and what they change.
struct Edits {
    site: Site,
    editor: Visitor,
    reviewer: Visitor,
}

impl Edits {
    async fn new(engine: Engine) -> Self {
        let site = Site::with_time(engine).await;
        let (editor, reviewer) = (site.signed_in(DeskRole::Editor).await, site.signed_in(DeskRole::Reviewer).await);
        Self { site, editor, reviewer }
    }

    /// Hands in an edit of a pledge: its form as it comes, with some fields changed. Gives the page on which it is reviewed.
    async fn hand_in(&mut self, pledge: &str, changed: &[(&str, &str)]) -> (String, Answer) {
        let path = format!("/desk/pledges/{pledge}/edit");
        let form = self.editor.get(&path).await.assert_ok().filled_in();
        let mut fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.retain(|(name, _)| *name != "do" && !changed.iter().any(|(other, _)| other == name));
        fields.extend(changed.iter().copied().chain([("reason.en", "Looked at again.")]));
        let draft = hand_in(&mut self.editor, &path, &fields).await;
        let review = self.reviewer.get(&format!("{draft}/review")).await.assert_ok();
        (draft, review)
    }

    /// The same, published.
    async fn publish(&mut self, pledge: &str, changed: &[(&str, &str)]) -> Answer {
        let (draft, review) = self.hand_in(pledge, changed).await;
        approve(&mut self.reviewer, &draft).await.assert_status(303);
        review
    }

    /// What the API says of a pledge, with `query` as it stands behind `?`.
    async fn api(&self, pledge: &str, query: &str) -> Value {
        let answer = self.site.get(&format!("/api/v1/pledges/{pledge}?{query}")).await.assert_ok();
        serde_json::from_slice::<Value>(&answer.bytes).unwrap()["data"].take()
    }
}

/// The parameter that asks for what the record said then.
fn known_at(moment: DateTime<Utc>) -> String {
    format!("known_at={}", moment.to_rfc3339_opts(SecondsFormat::Micros, true))
}

on_both_engines! {
    async fn readers_are_told_what_is_a_translation_and_since_when_it_lags_behind(engine) {
        let mut edits = Edits::new(engine).await;
        let (english, spanish) = ("/pledges/april-summit", "/es/pledges/april-summit");
        edits.editor.get("/desk/pledges/april-summit/edit").await.assert_ok().assert_has("name=\"originals.title\"").assert_has("name=\"still_right.title\"");
        edits.publish("april-summit", &[("originals.title", "en")]).await.assert_has("Original of the title");
        edits.site.get(spanish).await.assert_ok().assert_has("<a href=\"/pledges/april-summit\" hreflang=\"en\">Traducción del inglés</a>").assert_lacks("Desactualizada");
        edits.site.get(english).await.assert_ok().assert_lacks("class=\"translation\"");
        let before = edits.api("april-summit", "").await["changed_at"].as_str().unwrap().to_owned();
        edits.reviewer.get("/desk").await.assert_ok().assert_lacks("translation-queue");

        let review = edits.publish("april-summit", &[("title.en", "Host the summit")]).await;
        review.assert_has("readers are told that these translations lag behind").assert_has("Title (Spanish)").assert_has("<span class=\"meta\">original</span>");
        edits.site.get(spanish).await.assert_ok().assert_has("<strong>Desactualizada</strong>: el original cambió el <time");
        edits.site.get(&format!("{spanish}?known_at={before}")).await.assert_ok().assert_has("Traducción del inglés").assert_lacks("Desactualizada");
        let told = edits.api("april-summit", "").await;
        assert_eq!(told["originals"], json!({ "title": "en", "summary": null, "wording": null }));
        assert_eq!(told["outdated_translations"][0]["language"], "es");
        assert_eq!(edits.api("april-summit", &format!("known_at={before}")).await["outdated_translations"], json!([]));
        let row = rows(&edits.site, "pledges", "").await.into_iter().find(|row| row["id"] == "april-summit").unwrap();
        assert_eq!((row["title_original"].as_str(), row["outdated_translations"].as_str()), ("en", "title"));
        for page in ["/desk", "/desk/pledges/april-summit", "/desk/pledges/april-summit/edit"] {
            edits.editor.get(page).await.assert_ok().assert_has("Title (Spanish): original changed on 23 November 2026");
        }
        let mut contributor = edits.site.signed_in(DeskRole::Contributor).await;
        contributor.get("/desk").await.assert_ok().assert_lacks("translation-queue");

        let review = edits.publish("april-summit", &[("still_right.title", "true")]).await;
        review.assert_has("Said to be still right").assert_lacks("readers are told that these translations");
        edits.site.get(spanish).await.assert_ok().assert_has("Traducción del inglés").assert_lacks("Desactualizada");
        edits.site.get(english).await.assert_ok().assert_has("The translation of the title is still right");
        edits.editor.get("/desk").await.assert_ok().assert_lacks("translation-queue");
    }

    async fn what_was_said_at_a_time_is_the_same_while_something_is_published(engine) {
        let mut edits = Edits::new(engine).await;
        let then = known_at(now() + TimeDelta::milliseconds(500));
        let paths = ["/pledges?topic=smuggling&", "/es/pledges?q=celula&", "/pledges/operational-cell?", "/changes?", "/api/v1/pledges?q=called&"];
        let said = async |site: &Front, path: &str| {
            let request = Request::get(format!("{path}{then}")).body(Body::empty()).unwrap();
            let answer = send(site, request).await.assert_ok();
            answer.text().rsplit("<main").next().unwrap().to_owned()
        };
        let mut before = Vec::new();
        for path in paths {
            before.push(said(&edits.site.router, path).await);
        }
        let (site, done) = (edits.site.router.clone(), AtomicBool::new(false));
        let reading = async {
            let mut read = 0;
            while !done.load(Ordering::SeqCst) {
                for (path, before) in paths.iter().zip(&before) {
                    assert_eq!(said(&site, path).await, *before, "{path}");
                }
                read += 1;
            }
            read
        };
        let publishing = async {
            for number in 0..6 {
                let title = format!("Called otherwise, {number}");
                edits.publish("operational-cell", &[("title.en", &title), ("meeting", if number % 2 == 0 { "" } else { "trilateral-2024" })]).await;
            }
            done.store(true, Ordering::SeqCst);
        };
        let (read, ()) = tokio::join!(reading, publishing);
        assert!(read > 1);
    }

    async fn what_a_pledge_said_before_its_correction_is_given_to_all_who_ask(engine) {
        let mut edits = Edits::new(engine).await;
        let then = known_at(now() + TimeDelta::milliseconds(500));
        let (page, api) = (edits.site.get(&format!("/pledges/operational-cell?{then}")).await.assert_ok(), edits.api("operational-cell", &then).await);
        let export = edits.site.get(&format!("/data/pledges.json?{then}")).await.assert_ok();
        let table = rows(&edits.site, "pledges", &then).await;
        let lists = [format!("/pledges?meeting=trilateral-2024&{then}"), format!("/es/pledges?party=guatemala&q=celula&{then}"), format!("/changes?{then}")];
        let mut listed = Vec::new();
        for list in &lists {
            listed.push(edits.site.get(list).await.assert_ok().text().split("<main").nth(1).unwrap().to_owned());
        }
        edits.publish("operational-cell", &[
            ("title.en", "Called otherwise"), ("parties[0].party", "Honduras"), ("parties[1].role", "lead"), ("topics[0].topic", "governance"), ("meeting", ""),
        ]).await;
        let now = edits.site.get("/pledges/operational-cell").await.assert_ok();
        now.assert_has("/parties/honduras").assert_lacks("/meetings/trilateral-2024").assert_has("/topics/governance")
            // Also what the pledge names no more is told by what it is called.
            .assert_has("<del>United States–Mexico–Guatemala trilateral ministerial</del>").assert_lacks("trilateral-2024</del>")
            .assert_has("<del>Borders and law enforcement</del>").assert_has("<del>United States</del>");

        let facts = |answer: &Answer| answer.text().split("<dl class=\"facts\">").nth(1).unwrap().split("</dl>").next().unwrap().to_owned();
        let again = edits.site.get(&format!("/pledges/operational-cell?{then}")).await.assert_ok();
        assert_eq!(facts(&again), facts(&page));
        for part in ["parties", "topics", "meeting"] {
            assert_eq!(edits.api("operational-cell", &then).await[part], api[part]);
        }
        assert!(edits.site.get(&format!("/data/pledges.json?{then}")).await.assert_ok().bytes == export.bytes);
        assert_eq!(rows(&edits.site, "pledges", &then).await, table);
        for (list, before) in lists.iter().zip(listed) {
            let after = edits.site.get(list).await.assert_ok();
            assert_eq!(after.text().split("<main").nth(1).unwrap(), before, "{list}");
        }
        edits.site.get("/timemap/link/pledges/operational-cell").await.assert_ok().assert_has("rel=\"first memento\"").assert_has("rel=\"last memento\"");
        let compared = edits.site.get(&format!("/pledges/operational-cell/compare?from={}", then.trim_start_matches("known_at="))).await.assert_ok();
        compared.assert_has("Honduras").assert_has("Governance of the Declaration");
    }
}

#[tokio::test]
async fn a_page_of_what_no_pledge_names_any_more_is_there_for_who_goes_back() {
    let mut edits = Edits::new(Engine::Sqlite).await;
    let then = known_at(now() + TimeDelta::milliseconds(500));
    let pledge = "climate-displacement-process";
    edits.publish(pledge, &[("topics[0].topic", "governance"), ("meeting", "")]).await;
    for page in ["/topics/climate", "/meetings/anniversary-2023", "/api/v1/topics/climate", "/meetings/anniversary-2023.atom"] {
        edits.site.get(page).await.assert_status(404);
        edits.site.get(&format!("{page}?{then}")).await.assert_ok();
    }
    edits.site.get(&format!("/topics/climate?{then}")).await.assert_has(&format!("/pledges/{pledge}"));
}

#[tokio::test]
async fn the_queue_is_narrowed_by_its_address() {
    let site = Site::with_time(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
    for title in ["Crear una célula", "Ampliar las visas"] {
        editor.post_form("/desk/new", &[("title.es", title), ("do", "save")]).await.assert_status(303);
    }
    editor.post_form("/desk/pledges/april-summit/edit", &[("title.en", "x"), ("do", "save")]).await.assert_status(303);
    let count = |answer: &Answer, key: &str| {
        let link = format!("href=\"#{key}\"");
        let rest = answer.text().split(&link).nth(1)?;
        Some(rest.split("tabular-nums\">").nth(1)?.split('<').next()?.to_owned())
    };
    let queue = editor.get("/desk").await.assert_ok();
    assert_eq!(count(&queue, "queue-mine").as_deref(), Some("3"));
    let overdue: u32 = count(&queue, "queue-overdue").unwrap().parse().unwrap();
    let narrowed = editor.get("/desk?kind=pledge&q=celula").await.assert_ok();
    assert_eq!(count(&narrowed, "queue-mine").as_deref(), Some("1"));
    narrowed
        .assert_has("Crear una célula")
        .assert_lacks("Ampliar las visas")
        .assert_has("value=\"celula\"")
        .assert_has("value=\"pledge\" selected");
    let narrowed = editor.get("/desk?party=guatemala").await.assert_ok();
    assert!(count(&narrowed, "queue-overdue").is_none_or(|total| total.parse::<u32>().unwrap() < overdue));
    assert_eq!(count(&narrowed, "queue-mine").as_deref(), Some("3"), "drafts are not narrowed by party");
    editor.get("/desk?days=0").await.assert_ok().assert_has("Not checked for 0 days");
    editor.get("/es/desk?q=nada+de+nada&party=nobody").await.assert_ok().assert_has("Nada de lo pendiente es lo que pide.");
    editor.get("/desk?kind=pledges&days=soon").await.assert_status(400).assert_has("<code>days</code>");
    // Both have drafts: whose is a choice.
    reviewer.post_form("/desk/new", &[("title.en", "Mine"), ("do", "save")]).await.assert_status(303);
    reviewer.get("/desk").await.assert_ok().assert_has("name=\"author\"").assert_has(">editor<option ");
}
