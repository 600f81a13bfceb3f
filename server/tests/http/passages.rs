//! Passages that pledges quote, marked where they stand in the kept copy of their source: for readers, and for them only what is
//! published.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{CaptureOrigin, DeskRole, Sha256Hex, SourceMetadata, TextState, passage::passage_id, source::SourceUrl};
use store::{Keeper, NewCopy, on_both_engines};

use crate::{
    desk::location,
    site::{Site, now},
};

/// The one source of the example that is quoted, and two of its quotes.
const SOURCE: &str = "latamreports-2024-trilateral";
const CELL: &str = "the creation of an operational cell among the three countries";
const APRIL: &str = "will host a regional meeting on migration to be held next April";

impl Site {
    /// Keeps a copy of a source of the example, by pages.
    pub async fn keep(&self, source: &str, pages: &[&str], at: DateTime<Utc>) -> Sha256Hex {
        let moment = domain::Moment::now(at);
        let found = self.test.store.source(&source.parse().unwrap(), moment).await.unwrap().unwrap().source;
        let keeper = match self.test.store.account("keeper@example.org").await.unwrap() {
            Some(account) => account.editor,
            None => self.let_in("keeper", DeskRole::Editor).await,
        };
        let sha256 = Sha256Hex::of(pages.concat().as_bytes());
        let copy = NewCopy {
            url: SourceUrl::parse(&found.url).unwrap(),
            sha256: sha256.clone(),
            bytes: pages.concat().len() as u64,
            media_type: "application/pdf".to_owned(),
            packed_as: None,
            text_state: TextState::Read,
            pages: pages.iter().map(|page| (*page).to_owned()).collect(),
            metadata: SourceMetadata::default(),
            answer: None,
        };
        self.test.store.keep_copy(copy, Keeper::Person(&keeper, CaptureOrigin::Uploaded), at).await.unwrap();
        sha256
    }
}

fn later(hours: i64) -> String {
    (now() + TimeDelta::hours(hours)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

on_both_engines! {
    async fn a_quote_leads_to_its_passage_in_the_kept_copy_which_tells_who_quotes_it(engine) {
        let site = Site::with_example(engine).await;
        let pages = [
            "They agreed on <b>the\u{a0}creation of an\noperational cell</b>.",
            "The minister spoke of the creation of an opera\u{ad}tional cell\namong the three countries, and a secret-word plan.",
        ];
        let sha256 = site.keep(SOURCE, &pages, now()).await;
        let newest = site.keep(SOURCE, &["Guatemala will host a regional meeting on migration to be held next April."], now()).await;
        let site = site.later(&later(1), |state| state);
        let copy = format!("/sources/{SOURCE}/copies/{sha256}");
        let at = |quote: &str| passage_id(quote);

        // The newest copy that has the passage is the one that readers are led to.
        let cell = site.get("/pledges/operational-cell").await.assert_ok();
        cell.assert_has(&format!("href=\"{copy}#{}\"", at(CELL))).assert_has("In the kept copy, page 2").assert_has(":~:text=");
        let april = site.get("/pledges/april-summit").await.assert_ok();
        april.assert_has(&format!("href=\"/sources/{SOURCE}/copies/{newest}#{}\"", at(APRIL)));
        site.get("/es/pledges/operational-cell").await.assert_ok().assert_has("En la copia conservada, página 2").assert_has(&format!("href=\"/es{copy}#"));
        site.get(&format!("/sources/{SOURCE}")).await.assert_ok().assert_has(&format!("{copy}#{}", at(CELL)));
        // Of a quote that no copy has, nothing is said.
        site.get("/pledges/biden-regularization").await.assert_ok().assert_lacks("/copies/");

        let page = site.get(&copy).await.assert_ok().assert_runs_nothing();
        let marked = format!("spoke of <mark id=\"{}\">the creation of an opera\u{ad}tional cell</mark></p>", at(CELL));
        let page = page.assert_has(&marked).assert_has("<mark>among the three countries</mark>, and a secret-word plan.");
        let page = page.assert_has("Quoted for <a href=\"/pledges/operational-cell\">").assert_has("&lt;b&gt;the");
        page.assert_has(&format!("href=\"#{}\"", at(CELL))).assert_has(", page 2").assert_has("quotes of this source are not in this copy.");
        site.get(&format!("/es{copy}")).await.assert_ok().assert_has("Citado para <a href=\"/es/pledges/operational-cell\">").assert_has("página 2");
        // Before the copy was kept, nothing leads to it.
        site.get("/pledges/operational-cell?known_at=2026-11-23T11:59:59Z").await.assert_status(404);
    }

    async fn what_only_a_draft_quotes_is_not_marked(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let sha256 = site.keep(SOURCE, &["It speaks of a secret-word plan, and of the creation of an operational cell among the three countries."], now()).await;
        let known = site.test.store.source(&SOURCE.parse().unwrap(), domain::Moment::now(now())).await.unwrap().unwrap().source;
        let fields = [
            ("title.en", "A hidden pledge"),
            ("citations[0].source.url", known.url.as_str()),
            ("citations[0].quote", "a secret-word plan"),
            ("do", "save"),
        ];
        editor.post_form("/desk/new", &fields).await.assert_status(303);
        // Rows that are not published, as the desk may leave them.
        site.add_drafts(engine).await;
        let id = |hex: &str| match engine {
            store::Engine::Sqlite => format!("x'{hex:0>32}'"),
            store::Engine::Postgres => format!("'{hex:0>32}'"),
        };
        let row = format!(
            "insert into citation (id, status_change_id, position, source_id, quote, language, stance)
             select {}, {}, 0, id, 'It speaks of', 'en', 'supports' from source where slug = '{SOURCE}'",
            id("9"), id("1")
        );
        site.test.sql(&row).await.unwrap();
        for known_at in ["", "?known_at=2026-11-23T12:00:01Z"] {
            let page = site.get(&format!("/sources/{SOURCE}/copies/{sha256}{known_at}")).await.assert_ok();
            let page = page.assert_has("<mark").assert_lacks("hidden pledge").assert_lacks("draft-word");
            assert_eq!(page.text().matches("<mark").count(), 1, "{}", page.text());
            page.assert_has("It speaks of a secret-word plan, and of <mark");
        }
    }
}

/// The fields of a form with some of them typed anew.
fn typed<'a>(filled: &'a [(String, String)], anew: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = filled.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let kept = kept.filter(|(name, _)| !anew.iter().any(|(other, _)| other == name));
    kept.chain(anew.iter().copied()).collect()
}

const PAGES: [&str; 2] = [
    "Joint statement\nThe ministers met on Tuesday.",
    "Guatemala will host the next meeting in April. Nobody said when.\n</textarea><b>The end</b>",
];

on_both_engines! {
    async fn a_passage_is_chosen_in_the_copy_for_a_citation_of_a_draft(engine) {
        let site = Site::with_example(engine).await;
        site.keep(SOURCE, &PAGES, now()).await;
        let known = site.test.store.source(&SOURCE.parse().unwrap(), domain::Moment::now(now())).await.unwrap().unwrap().source;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let fields = [
            ("title.en", "Host a meeting"),
            ("citations[0].source.url", known.url.as_str()),
            ("citations[0].source.title", "Mine"),
            ("citations[0].quote", "Guatemala will host the next summit in April"),
            ("do", "save"),
        ];
        let draft = location(&editor.post_form("/desk/new", &fields).await.assert_status(303));
        let form = editor.get(&draft).await.assert_ok().assert_has("The text does not have it word for word").assert_has("<ins>summit </ins>");
        let form = form.assert_has("value=\"pick:citations[0]\"").filled_in();
        let pick = typed(&form, &[("summary.en", "Typed just now"), ("do", "pick:citations[0]")]);
        let picker = editor.post_form(&draft, &pick).await.assert_status(303).header("location").to_owned();
        assert!(picker.starts_with("/desk/article?capture="), "{picker}");

        let page = editor.get(&picker).await.assert_ok().assert_has("Choose the passage").assert_has("Page 2");
        let page = page.assert_has("Take this sentence as the quote: “Guatemala will host").assert_lacks("<b>The end").assert_lacks("name=\"text\"").assert_runs_nothing();
        editor.get(&format!("/es{picker}")).await.assert_ok().assert_has("Elegir el pasaje").assert_has("Página 2");
        let sentences = page.filled_in();
        editor.post_form("/desk/article", &typed(&sentences, &[("do", "draft")])).await.assert_status(422).assert_has("href=\"#f-sentence\"");
        let look = typed(&sentences, &[("quote", "the next meeting"), ("do", "look")]);
        editor.post_form("/desk/article", &look).await.assert_ok().assert_has("value=\"draft-quote\"").assert_has("Take this quote");
        let ticked = typed(&sentences, &[("sentence", "2"), ("do", "draft")]);
        let led = editor.post_form("/desk/article", &ticked).await.assert_status(303).header("location").to_owned();
        assert!(led.starts_with(&draft) && led.ends_with("#f-citations-0-quote"), "{led}");
        let led = led.split('#').next().unwrap();
        let form = editor.get(led).await.assert_ok().assert_has("The draft has the passage").assert_has("on page 2");
        let filled = form.filled_in();
        for (name, value) in [
            ("citations[0].quote", "Guatemala will host the next meeting in April."),
            ("citations[0].locator", "p. 2"),
            ("citations[0].source.title", "Mine"),
            ("citations[0].source.publisher", known.publisher.as_str()),
            ("summary.en", "Typed just now"),
        ] {
            assert!(filled.contains(&(name.to_owned(), value.to_owned())), "{name}: {filled:?}");
        }

        // Nobody chooses for a draft that is not theirs, nor for another source.
        editor.get(&picker.replace("citations", "variants")).await.assert_status(404);
        let mut contributor = site.signed_in(DeskRole::Contributor).await;
        contributor.get(&picker).await.assert_status(404);
        contributor.post_form("/desk/article", &ticked).await.assert_status(404);
        // Without a draft a new one begins, with what the record knows of the source.
        let copy = picker.split("&draft=").next().unwrap();
        let sentences = contributor.get(copy).await.assert_ok().assert_has("Look for pledges in this copy").filled_in();
        let draft = location(&contributor.post_form("/desk/article", &typed(&sentences, &[("do", "draft:2")])).await.assert_status(303));
        let filled = contributor.get(&draft).await.assert_ok().assert_has("word for word, on page 2").filled_in();
        assert!(filled.contains(&("citations[0].source.title".to_owned(), known.title.clone())), "{filled:?}");
        assert!(filled.contains(&("parties[0].party".to_owned(), "Guatemala".to_owned())), "{filled:?}");
    }

    async fn a_quote_that_the_copy_has_not_is_told_in_the_form_and_in_review(engine) {
        let site = Site::with_example(engine).await;
        let known = site.test.store.source(&SOURCE.parse().unwrap(), domain::Moment::now(now())).await.unwrap().unwrap().source;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let fields = [
            ("status", "fulfilled"),
            ("effective_on", "2024-05-07"),
            ("rationale.en", "It took place."),
            ("rationale.es", "Tuvo lugar."),
            ("citations[0].source.url", known.url.as_str()),
            ("citations[0].quote", "Guatemala will host the next summit in April"),
            ("citations[1].source.url", known.url.as_str()),
            ("citations[1].quote", "The MINISTERS met on Tuesday"),
            ("do", "save"),
        ];
        let draft = location(&editor.post_form("/desk/pledges/april-summit/status", &fields).await.assert_status(303));
        editor.get(&draft).await.assert_ok().assert_has("No copy of the source is kept yet");
        let sha256 = site.keep(SOURCE, &PAGES, now()).await;
        let form = editor.get(&draft).await.assert_ok().assert_has("<ins>summit </ins>").assert_has("but with other capital letters");
        form.assert_has(&format!("/copies/{sha256}\">The copy of 23 November 2026")).assert_lacks("No copy of the source is kept yet");
        editor.get(&format!("/es{draft}")).await.assert_ok().assert_has("El texto no la contiene palabra por palabra");
        let submit = editor.get(&draft).await.filled_in();
        editor.post_form(&draft, &typed(&submit, &[("do", "submit")])).await.assert_status(303);
        let review = editor.get(&format!("{draft}/review")).await.assert_ok();
        let review = review.assert_has("<ins>summit </ins>").assert_has("but with other capital letters");
        assert_eq!(review.text().matches("The copy of 23 November 2026").count(), 2, "only of what is new");
    }
}
