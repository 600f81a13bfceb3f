//! Passages that pledges quote, marked where they stand in the kept copy of their source: for readers, and for them only what is
//! published.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{CaptureOrigin, DeskRole, Sha256Hex, SourceMetadata, TextState, passage::passage_id, source::SourceUrl};
use store::{Keeper, NewCopy, on_both_engines};

use crate::site::{Site, now};

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
