//! Imports: planned, applied once and as one, undone as one.

use domain::{
    Act, DeskRole, Localized, Record, Slug,
    import::{Outcome, Upload},
    page::PageNumber,
};
use store::{
    Applied, ApplyAs, Approval, BatchState, DraftList, Editor, Engine, StoreError, Undone, on_both_engines, testing::TestStore,
};

use crate::util::{example, now, today, uuid, with_example};

/// Somebody at the desk.
async fn person(test: &TestStore, engine: Engine, number: u32, role: DeskRole) -> Editor {
    let id = uuid(engine, number);
    let insert = "insert into person (id, email, name, role, created_at) values";
    let at = "2026-01-04 00:00:00+00:00";
    test.sql(&format!("{insert} ({id}, 'p{number}@example.org', 'P', '{role}', '{at}')")).await.unwrap();
    test.store.account(&format!("p{number}@example.org")).await.unwrap().unwrap().editor
}

fn json(record: &Record) -> Vec<Upload> {
    vec![Upload { name: "pledges.json".into(), bytes: serde_json::to_vec_pretty(record).unwrap() }]
}

fn drafts() -> ApplyAs {
    ApplyAs { for_review: false, skip_refused: false, reason: Localized::both("Imported.", "Importado.") }
}

async fn import(test: &TestStore, editor: &Editor, id: uuid::Uuid, apply: &ApplyAs) -> Result<Applied, StoreError> {
    test.store.import(editor, id, apply, now(), &|_, _, _| {}).await
}

on_both_engines! {
    async fn a_record_imported_into_itself_changes_nothing(engine) {
        let test = with_example(engine).await;
        let editor = person(&test, engine, 1, DeskRole::Editor).await;
        let id = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        let batch = test.store.batch(&editor, id).await.unwrap().unwrap();
        assert_eq!(batch.counts.of(Outcome::Same), batch.counts.pledges.iter().chain(&batch.counts.others).sum::<usize>());
        assert_eq!(batch.counts.pledges[Outcome::Same as usize], 69);
        assert_eq!((batch.state, batch.by.as_str()), (BatchState::Planned, "P"));
        assert_eq!(import(&test, &editor, id, &drafts()).await.unwrap(), Applied::Done(0));
    }

    async fn an_import_is_applied_once_and_undone_as_one(engine) {
        let test = TestStore::empty(engine).await;
        let editor = person(&test, engine, 1, DeskRole::Editor).await;
        let id = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        assert!(test.store.drafts(&editor, DraftList::Mine).await.unwrap().is_empty(), "a plan does nothing");
        let rows = test.store.batch_rows(&editor, id, Some(Outcome::Added), PageNumber::asked(Some("2"))).await.unwrap();
        assert_eq!((rows.items.len(), rows.number.get()), (50, 2));

        // Whoever asks at the same time gets nothing, and nothing twice.
        let apply = drafts();
        let both = tokio::join!(import(&test, &editor, id, &apply), import(&test, &editor, id, &apply));
        let done = [both.0, both.1];
        assert_eq!(done.iter().filter(|done| matches!(done, Ok(Applied::Done(69)))).count(), 1, "{done:?}");
        assert_eq!(done.iter().filter(|done| matches!(done, Err(StoreError::Conflict))).count(), 1, "{done:?}");
        let made = test.store.drafts(&editor, DraftList::Mine).await.unwrap();
        assert_eq!(made.len(), 69);
        assert_eq!((made[0].version, made[0].writers.as_slice()), (1, [editor.id].as_slice()));
        let batch = test.store.batch(&editor, id).await.unwrap().unwrap();
        assert_eq!(batch.drafts, [(domain::DraftState::Draft, 69)]);

        let again = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        assert_eq!(test.store.batch(&editor, again).await.unwrap().unwrap().twin, Some(id), "the same was imported before");

        test.store.discard_draft(&editor, made[0].id, now()).await.unwrap();
        assert_eq!(test.store.undo_import(&editor, id, now()).await.unwrap(), Undone { discarded: 68, published: 0 });
        assert!(matches!(test.store.undo_import(&editor, id, now()).await, Err(StoreError::Conflict)));
        assert!(test.store.drafts(&editor, DraftList::Mine).await.unwrap().is_empty());
        assert_eq!(test.store.batches(&editor).await.unwrap().len(), 2);
        let acts = test.texts("select act from audit_entry where act like 'import.%' order by at, id").await;
        assert_eq!(acts, ["import.plan", "import.apply", "import.plan", "import.undo"]);
    }

    async fn what_was_imported_and_approved_is_what_was_imported(engine) {
        let test = TestStore::empty(engine).await;
        let (editor, reviewer) =
            (person(&test, engine, 1, DeskRole::Editor).await, person(&test, engine, 2, DeskRole::Reviewer).await);
        let id = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        let apply = ApplyAs { for_review: true, ..drafts() };
        assert_eq!(import(&test, &editor, id, &apply).await.unwrap(), Applied::Done(69));
        let waiting = test.store.drafts(&reviewer, DraftList::ToReview).await.unwrap();
        let all: Vec<_> = waiting.iter().map(|draft| (draft.id, draft.version)).collect();
        assert_eq!(all.len(), 69);
        test.store.approve_drafts(&reviewer, &all, &Approval::default(), now()).await.unwrap();
        for pledge in example().pledges {
            let dossier = test.store.pledge(&pledge.id, today()).await.unwrap().unwrap();
            assert_eq!(dossier.as_recorded(), pledge);
        }
        let sources: Vec<Slug> = example().sources.iter().map(|source| source.id.clone()).collect();
        let kept = test.store.sources_named(&sources).await.unwrap();
        assert!(!kept.is_empty() && kept.iter().all(|source| example().sources.contains(source)));
        let again = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        let counts = test.store.batch(&editor, again).await.unwrap().unwrap().counts;
        assert_eq!(counts.pledges, [0, 0, 69, 0, 0]);
        assert_eq!(test.store.undo_import(&editor, id, now()).await.unwrap(), Undone { discarded: 0, published: 69 });
    }

    async fn a_plan_that_the_record_has_outrun_is_shown_anew(engine) {
        let test = TestStore::empty(engine).await;
        let editor = person(&test, engine, 1, DeskRole::Editor).await;
        let id = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        let mut part = example();
        part.pledges.truncate(10);
        test.store.load(&part, now()).await.unwrap();
        assert_eq!(import(&test, &editor, id, &drafts()).await.unwrap(), Applied::PlanChanged);
        assert_eq!(test.store.batch(&editor, id).await.unwrap().unwrap().counts.pledges, [59, 0, 10, 0, 0]);
        assert_eq!(import(&test, &editor, id, &drafts()).await.unwrap(), Applied::Done(59));
    }

    async fn with_a_row_refused_nothing_is_applied_unless_it_is_to_be_left_out(engine) {
        let test = with_example(engine).await;
        let editor = person(&test, engine, 1, DeskRole::Editor).await;
        let table = "id,title_en,summary_en,made_on,parties\nnew,New,New,2024,lead:guatemala\nbad,Bad,Bad,soon,lead:nobody\napril-summit,Otherwise,,,\n";
        let upload = Upload { name: "p.csv".into(), bytes: table.into() };
        let id = test.store.plan_import(&editor, vec![upload], now()).await.unwrap();
        let counts = test.store.batch(&editor, id).await.unwrap().unwrap().counts;
        assert_eq!(counts.pledges, [1, 0, 0, 0, 2]);
        assert_eq!(import(&test, &editor, id, &drafts()).await.unwrap(), Applied::Refused(2));
        assert!(test.store.drafts(&editor, DraftList::Mine).await.unwrap().is_empty());
        let skipping = ApplyAs { skip_refused: true, ..drafts() };
        assert_eq!(import(&test, &editor, id, &skipping).await.unwrap(), Applied::Done(1));
    }

    async fn an_edit_gives_its_reason_and_can_be_approved(engine) {
        let test = with_example(engine).await;
        let (editor, reviewer) =
            (person(&test, engine, 1, DeskRole::Editor).await, person(&test, engine, 2, DeskRole::Reviewer).await);
        let upload = Upload { name: "p.csv".into(), bytes: "id;title_en\napril-summit;Host the summit in April\n".into() };
        let id = test.store.plan_import(&editor, vec![upload], now()).await.unwrap();
        assert_eq!(import(&test, &editor, id, &ApplyAs { for_review: true, ..drafts() }).await.unwrap(), Applied::Done(1));
        let waiting = test.store.drafts(&reviewer, DraftList::ToReview).await.unwrap();
        assert_eq!(waiting[0].pledge.as_ref().map(Slug::as_str), Some("april-summit"));
        let later = now() + chrono::TimeDelta::hours(1);
        test.store.approve_drafts(&reviewer, &[(waiting[0].id, 1)], &Approval::default(), later).await.unwrap();
        let dossier = test.store.pledge(&"april-summit".parse().unwrap(), domain::Moment::now(later)).await.unwrap().unwrap();
        assert_eq!(dossier.title.en.as_deref(), Some("Host the summit in April"));
        assert_eq!(dossier.revisions.len(), 1);
    }

    async fn who_may_not_import_learns_nothing_of_imports(engine) {
        let test = TestStore::empty(engine).await;
        let editor = person(&test, engine, 1, DeskRole::Editor).await;
        let contributor = person(&test, engine, 2, DeskRole::Contributor).await;
        let id = test.store.plan_import(&editor, json(&example()), now()).await.unwrap();
        let forbidden = |error: StoreError| matches!(error, StoreError::Forbidden { act: Act::Import, .. });
        let (store, page) = (&test.store, PageNumber::asked(None));
        assert!(forbidden(store.plan_import(&contributor, json(&example()), now()).await.unwrap_err()));
        assert!(forbidden(store.batch(&contributor, id).await.unwrap_err()));
        assert!(forbidden(store.batches(&contributor).await.unwrap_err()));
        assert!(forbidden(store.batch_rows(&contributor, id, None, page).await.unwrap_err()));
        assert!(forbidden(import(&test, &contributor, id, &drafts()).await.unwrap_err()));
        assert!(forbidden(store.undo_import(&contributor, id, now()).await.unwrap_err()));
    }
}
