//! Translations that lag behind, and what a pledge said before it was corrected: at every moment, after several edits.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{DeskRole, DraftKind, Locale, Moment, PledgeText, QueueQuery, Role, desk_form::fields_of, translation::Translation};
use store::{Approval, Dossier, DraftList, Editor, StoreError, on_both_engines, testing::TestStore};

use crate::util::{now, slug, somebody, with_example};

/// The minute of a number, from that in which the example was loaded.
fn minute(number: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(number)
}

/// A record with an editor and a reviewer.
struct Desk {
    test: TestStore,
    editor: Editor,
    reviewer: Editor,
}

impl Desk {
    async fn new(engine: store::Engine) -> Self {
        let test = with_example(engine).await;
        let editor = somebody(&test.store, "ana", DeskRole::Editor).await;
        let reviewer = somebody(&test.store, "eva", DeskRole::Reviewer).await;
        Self { test, editor, reviewer }
    }

    /// Edits a pledge and publishes the edit in the minute of a number.
    async fn edit(&self, pledge: &str, number: i64, changed: &[(&str, &str)]) {
        let (store, at) = (&self.test.store, minute(number));
        let published = store.published(&slug(pledge), at).await.unwrap().unwrap();
        let mut fields = fields_of(&published);
        for (name, value) in changed {
            fields.set(*name, *value);
        }
        fields.set("reason.en", "Looked at again.");
        let draft = store.begin_draft(&self.editor, DraftKind::Edit, Some(&slug(pledge)), fields, at).await.unwrap();
        store.submit_draft(&self.editor, draft.id, 1, at).await.unwrap();
        store.approve_drafts(&self.reviewer, &[(draft.id, 1)], &Approval::default(), at).await.unwrap();
    }

    /// A pledge as the record had it in the middle of the minute of a number.
    async fn read(&self, pledge: &str, number: i64) -> Dossier {
        let moment = Moment::now(minute(number) + TimeDelta::seconds(30));
        self.test.store.pledge(&slug(pledge), moment).await.unwrap().unwrap()
    }

    /// Which pledges have a translation to be brought up to date.
    async fn lagging(&self, query: &QueueQuery) -> Vec<String> {
        let (lagging, total) = self.test.store.lagging_pledges(query, minute(60), 8).await.unwrap();
        assert_eq!(lagging.len() as u64, total);
        assert!(lagging.iter().all(|lagging| !lagging.outdated.is_empty()));
        lagging.into_iter().map(|lagging| lagging.pledge.slug.to_string()).collect()
    }
}

fn parties(pledge: &Dossier) -> Vec<(String, Role)> {
    pledge.parties.iter().map(|(named, role)| (named.slug.to_string(), *role)).collect()
}

on_both_engines! {
    async fn a_translation_lags_behind_from_the_edit_of_its_original_until_it_is_edited_too(engine) {
        let desk = Desk::new(engine).await;
        let summit = "april-summit";
        let none = QueueQuery::default();
        let spanish = |pledge: &Dossier| pledge.translation(PledgeText::Title, Locale::Es);
        // Nobody has said it yet.
        assert_eq!(spanish(&desk.read(summit, 0).await), None);
        desk.edit(summit, 1, &[("originals.title", "en"), ("originals.summary", "both")]).await;
        desk.edit(summit, 2, &[("title.en", "Guatemala to host the ministerial"), ("summary.en", "Otherwise.")]).await;
        assert_eq!(desk.lagging(&none).await, [summit]);
        desk.edit(summit, 3, &[("title.en", "Guatemala to host the summit")]).await;
        desk.edit(summit, 4, &[("title.es", "Guatemala, sede de la cumbre")]).await;
        assert!(desk.lagging(&none).await.is_empty());
        desk.edit(summit, 5, &[("title.en", "Guatemala hosts the summit")]).await;
        desk.edit(summit, 6, &[("still_right.title", "true")]).await;
        assert!(desk.lagging(&none).await.is_empty());
        // What is said to be still right together with the change never lags behind.
        desk.edit(summit, 7, &[("title.en", "Guatemala hosts a summit"), ("still_right.title", "true")]).await;

        assert_eq!(spanish(&desk.read(summit, 0).await), None);
        let since = |number: Option<i64>| Some(Translation { from: Locale::En, outdated_since: number.map(minute) });
        let expected = [(1, None), (2, Some(2)), (3, Some(2)), (4, None), (5, Some(5)), (6, None), (7, None)];
        for (number, outdated) in expected {
            let pledge = desk.read(summit, number).await;
            assert_eq!(spanish(&pledge), since(outdated), "in minute {number}");
            assert_eq!(pledge.outdated_translations().len(), usize::from(outdated.is_some()));
            assert_eq!(pledge.translation(PledgeText::Title, Locale::En), None, "the original is no translation");
            assert_eq!(pledge.translation(PledgeText::Summary, Locale::Es), None, "each was written for itself");
        }
        let said = desk.read(summit, 7).await.revisions;
        assert_eq!(said[5].after.get("still_right.title"), "true");
        assert_eq!(said[0].after.get("still_right.title"), "");
    }

    async fn what_lags_behind_is_found_by_party_and_topic_and_not_once_it_is_gone(engine) {
        let desk = Desk::new(engine).await;
        for (number, pledge) in [(1, "april-summit"), (3, "operational-cell")] {
            desk.edit(pledge, number, &[("originals.title", "en")]).await;
            desk.edit(pledge, number + 1, &[("title.en", "Another title")]).await;
        }
        let by = |party: &str, topic: &str| QueueQuery { party: party.parse().ok(), topic: topic.parse().ok(), ..QueueQuery::default() };
        assert_eq!(desk.lagging(&by("", "")).await, ["april-summit", "operational-cell"]);
        assert_eq!(desk.lagging(&by("lad-countries", "")).await, ["april-summit"]);
        assert_eq!(desk.lagging(&by("guatemala", "smuggling")).await, ["operational-cell"]);
        assert!(desk.lagging(&by("lad-countries", "smuggling")).await.is_empty());
        // Where the translation is taken away there is none that lags.
        desk.edit("april-summit", 5, &[("title.es", "")]).await;
        assert_eq!(desk.lagging(&by("", "")).await, ["operational-cell"]);
        desk.edit("operational-cell", 6, &[("originals.title", "both")]).await;
        assert!(desk.lagging(&by("", "")).await.is_empty());
    }

    async fn before_a_correction_parties_meeting_topics_and_amounts_are_as_they_were(engine) {
        let desk = Desk::new(engine).await;
        let (cell, gcff) = ("operational-cell", "us-gcff-25m");
        let before = desk.read(cell, 0).await;
        desk.edit(cell, 1, &[
            ("parties[0].party", "guatemala"), ("parties[0].role", "lead"), ("parties[1].party", "us"),
            ("parties[2].party", ""), ("parties[2].role", ""),
            ("meeting", ""), ("topics[0].topic", "governance"), ("topics[1].topic", ""), ("due_on", "2025"),
        ]).await;
        desk.edit(cell, 2, &[("parties[1].party", "honduras"), ("topics[0].topic", "smuggling"), ("made_on", "2024-02")]).await;
        let then = desk.read(cell, 0).await;
        assert_eq!(then.as_recorded(), before.as_recorded());
        assert_eq!(then.parties, before.parties);
        assert_eq!(then.meeting, before.meeting);
        assert_eq!(then.topics, before.topics);
        assert_eq!((then.timeliness, then.due), (None, None), "what was not due then is not overdue");
        let between = desk.read(cell, 1).await;
        assert_eq!(parties(&between), [("guatemala".to_owned(), Role::Lead), ("us".to_owned(), Role::Party)]);
        assert_eq!(between.topics[0].slug, slug("governance"));
        assert!(between.meeting.is_none() && between.timeliness.is_some());
        assert_eq!(parties(&desk.read(cell, 2).await)[1].0, "honduras");

        let amount = desk.read(gcff, 0).await.quantity;
        assert!(amount.is_some());
        desk.edit(gcff, 3, &[("quantity.unit.en", "another unit")]).await;
        assert_eq!(desk.read(gcff, 0).await.quantity, amount, "an amount stays where only its unit was corrected");
    }

    async fn the_lists_of_the_queue_are_narrowed_by_kind_author_and_title(engine) {
        let desk = Desk::new(engine).await;
        let store = &desk.test.store;
        let contributor = somebody(&desk.test.store, "leo", DeskRole::Contributor).await;
        let begin = async |editor: &Editor, title: &str| {
            let fields = domain::Fields::sent([("title.es".to_owned(), title.to_owned())]);
            store.begin_draft(editor, DraftKind::Pledge, None, fields, now()).await.unwrap()
        };
        begin(&desk.editor, "Crear una célula").await;
        begin(&desk.editor, "Ampliar las visas").await;
        begin(&contributor, "Célula de enlace").await;
        let summit = slug("april-summit");
        store.begin_draft(&desk.editor, DraftKind::Edit, Some(&summit), domain::Fields::default(), now()).await.unwrap();

        let asked = |words: &str, kind: Option<DraftKind>, author: Option<&Editor>| QueueQuery {
            words: domain::Search::parse(words),
            kind,
            author: author.map(|author| author.id.to_string()),
            ..QueueQuery::default()
        };
        let count = async |editor: &Editor, list, query: QueueQuery| -> Result<u64, StoreError> {
            let drafts = store.drafts_asked(editor, list, &query).await?;
            assert_eq!(drafts.items.len() as u64, drafts.total);
            Ok(drafts.total)
        };
        assert_eq!(count(&desk.editor, DraftList::Mine, asked("", None, None)).await.unwrap(), 3);
        assert_eq!(count(&desk.editor, DraftList::Mine, asked("", Some(DraftKind::Edit), None)).await.unwrap(), 1);
        assert_eq!(count(&desk.editor, DraftList::Mine, asked("CELULA", None, None)).await.unwrap(), 1);
        assert_eq!(count(&desk.reviewer, DraftList::Others, asked("celula", None, None)).await.unwrap(), 2);
        assert_eq!(count(&desk.reviewer, DraftList::Others, asked("celula", None, Some(&contributor))).await.unwrap(), 1);
        assert_eq!(count(&desk.reviewer, DraftList::Others, asked("visas", Some(DraftKind::Edit), None)).await.unwrap(), 0);
        let nobody = QueueQuery { author: Some("nobody".to_owned()), ..QueueQuery::default() };
        assert_eq!(count(&desk.reviewer, DraftList::Others, nobody).await.unwrap(), 0);
        // Whoever sees only their own learns nothing of the others.
        assert_eq!(count(&contributor, DraftList::Others, asked("", None, Some(&desk.editor))).await.unwrap(), 0);
        let names = |authors: Vec<(uuid::Uuid, String)>| authors.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(store.draft_authors(&desk.editor).await.unwrap()), ["ana", "leo"]);
        assert_eq!(names(store.draft_authors(&contributor).await.unwrap()), ["leo"]);
    }

    async fn who_looked_long_ago_is_asked_for_by_days_and_party(engine) {
        let desk = Desk::new(engine).await;
        let store = &desk.test.store;
        let later = now() + TimeDelta::days(10);
        let total = async |days: u32, party: &str| {
            let query = QueueQuery { days: Some(days), party: party.parse().ok(), ..QueueQuery::default() };
            store.unchecked(&query, later, 8).await.unwrap().1
        };
        let all = total(9, "").await;
        assert!(all > 8 && total(11, "").await == 0);
        let guatemala = total(9, "guatemala").await;
        assert!(guatemala > 0 && guatemala < all);
        store.check_pledge(&desk.editor, &slug("operational-cell"), "", Locale::En, later).await.unwrap();
        assert_eq!((total(9, "").await, total(9, "guatemala").await), (all - 1, guatemala - 1));
    }
}
