//! Former states of the record: whoever goes back sees what was to be seen then.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    DeskRole, DraftKind, Fields, Locale, Moment, Params, PledgeQuery, Record, desk_form::fields_of, import::Upload,
    page::PageNumber,
};
use serde_json::{Value, json};
use store::{ApplyAs, Approval, DraftList, Editor, Found, Location, Store, on_both_engines, testing::TestStore};

use crate::util::{editor, example, now, publish, slug, somebody};

/// Lists of all kinds.
const LISTS: &[&str] = &[
    "",
    "q=guatemala",
    "q=visa&sort=newest",
    "q=wordofthecorrection",
    "status=announced",
    "status=stalled&sort=changed",
    "timeliness=overdue&sort=due",
    "party=mexico&role=lead",
    "topic=migration&q=cell",
    "due=2024",
    "due=2031",
    "q=wordoftheedit",
    "q=law+enforcement&sort=relevance",
    "q=information+borders",
    "party=lad-countries&status=announced",
    "party=canada",
    "source_language=es&sort=changed",
    "changed_since=2026-11-23",
];

fn later(hours: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hours)
}

/// What lists show of what was known at a time, of that day and of others.
async fn seen(store: &Store, known_at: DateTime<Utc>) -> Vec<String> {
    let mut seen = Vec::new();
    for list in LISTS {
        let query = PledgeQuery::asked(&Params::parse(list)).unwrap_or_else(|errors| panic!("{list}: {errors}"));
        for as_of in [None, Some("2024-03-01"), Some("2025-06-30")] {
            let moment = Moment::asked(as_of, Some(&known_at.to_rfc3339()), later(100)).unwrap();
            let found = store.found(&query, moment, PageNumber::asked(None), 100).await.unwrap();
            let through_time = store.over_time(&query, moment).await.unwrap();
            let changes = store.changes(&query, moment, PageNumber::asked(None), 200).await.unwrap();
            let Found { pledges, figures, facets } = found;
            let mut statuses: Vec<_> = figures.by_status.into_iter().collect();
            statuses.sort();
            let overdue = figures.overdue;
            seen.push(format!(
                "{list} {as_of:?}: {pledges:#?} {statuses:?} {overdue} {facets:#?} {through_time:#?} {changes:#?}"
            ));
        }
    }
    // And what a source is cited for.
    let moment = Moment::asked(None, Some(&known_at.to_rfc3339()), later(100)).unwrap();
    let source = store.source(&example().pledges[3].citations[0].source, moment).await.unwrap().unwrap();
    seen.push(format!("source: {:#?}", source.cited_for));
    seen
}

/// The example with some more said of some pledges, as somebody hands it in.
fn with_more() -> Record {
    let mut record = serde_json::to_value(example()).unwrap();
    let source = record["sources"].as_array().unwrap().last().unwrap()["id"].clone();
    let pledges = record["pledges"].as_array_mut().unwrap();
    let citation = pledges[0]["history"][0]["citations"][0].clone();
    let other = json!({ "source": source, "quote": "wordofthecorrection", "language": "es" });
    let change = |status: &str, on: &str| {
        json!({
            "status": status, "effective_on": on, "citations": [citation],
            "rationale": { "en": "As it is seen now: wordofthecorrection." }
        })
    };
    let push = |pledge: &mut Value, list: &str, what: Value| {
        let list = &mut pledge[list];
        if list.is_null() {
            *list = json!([]);
        }
        list.as_array_mut().unwrap().push(what);
    };
    push(&mut pledges[0], "history", change("stalled", "2025-01"));
    let mut correction = change("stalled", "2024-04-02");
    correction["replaces"] = json!(pledges[1]["history"].as_array().unwrap().len() - 1);
    correction["reason"] = json!({ "en": "It was misread." });
    push(&mut pledges[1], "history", correction);
    push(&mut pledges[2], "citations", other);
    // What is said of it is corrected, all that lists show of it and are narrowed by.
    let corrected = &mut pledges[3];
    corrected["title"]["en"] = json!("Wordoftheedit, as it is called now");
    corrected["summary"]["en"] = json!("Wordoftheedit.");
    corrected["made_on"] = json!("2022-05");
    corrected["due_on"] = json!("2031");
    corrected["parties"] = json!([{ "party": "canada", "role": "lead" }]);
    corrected["topics"] = json!([]);
    corrected.as_object_mut().unwrap().remove("meeting");
    Record::from_json(&record.to_string(), now().date_naive()).unwrap_or_else(|errors| panic!("{errors}"))
}

async fn import(store: &Store, editor: &Editor, reviewer: &Editor, record: &Record, at: DateTime<Utc>) {
    let upload = Upload { name: "more.json".into(), bytes: serde_json::to_vec(record).unwrap() };
    let id = store.plan_import(editor, vec![upload], at).await.unwrap();
    let apply = ApplyAs { for_review: true, skip_refused: false, reason: domain::Localized::both("More.", "Más.") };
    store.import(editor, id, &apply, at, &|_, _, _| {}).await.unwrap();
    let waiting = store.drafts(reviewer, DraftList::ToReview).await.unwrap();
    let all: Vec<_> = waiting.iter().map(|draft| (draft.id, draft.version)).collect();
    assert_eq!(all.len(), 4);
    store.approve_drafts(reviewer, &all, &Approval::default(), at).await.unwrap();
}

/// Makes sure that a state shows what it showed when it was the newest.
async fn assert_seen(store: &Store, then: &[Vec<String>], step: i64) {
    let Some(then) = usize::try_from(step).ok().and_then(|step| then.get(step)) else { return };
    assert_told_alike(then, &seen(store, later(step)).await, &format!("known after step {step}"));
}

fn assert_told_alike(then: &[String], now: &[String], when: &str) {
    assert_eq!(then.len(), now.len(), "{when}");
    for (before, after) in then.iter().zip(now) {
        let list = before.split(": ").next().unwrap_or_default();
        let mut lines = before.lines().zip(after.lines()).enumerate();
        let differs = lines.find(|(_, (before, after))| before != after);
        assert_eq!((differs, before.len()), (None, after.len()), "{list}, {when}");
    }
}

on_both_engines! {
    async fn whoever_goes_back_sees_what_was_to_be_seen_then(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let editor = editor(store).await;
        let reviewer = somebody(store, "eva", DeskRole::Reviewer).await;
        let mut then: Vec<Vec<String>> = Vec::new();
        let (mut first, whole) = (example(), example());
        first.pledges.truncate(40);
        for step in 0..5 {
            match step {
                0 => _ = store.load(&first, later(0)).await.unwrap(),
                1 => _ = store.load(&whole, later(1)).await.unwrap(),
                2 => import(store, &editor, &reviewer, &with_more(), later(2)).await,
                3 => store.check_pledge(&editor, &slug("april-summit"), "", Locale::En, later(3)).await.unwrap(),
                // Of all pledges something is published again.
                _ => test.refold(later(4)).await,
            }
            then.push(seen(store, later(step)).await);
            // The state before is in memory since the step before, and the first one has left it again and again.
            for before in [0, step - 1] {
                assert_seen(store, &then, before).await;
            }
        }
        assert!((1..3).all(|step| then[step - 1] != then[step]), "nothing changed, so nothing is tested");
        let restarted = Store::open(&Location::parse(&test.url).unwrap()).await.unwrap();
        for step in 0..5 {
            assert_seen(&restarted, &then, step).await;
        }
    }

    // Neither a state that is made while something is published, nor one that is kept meanwhile, takes anything of it over.
    async fn whoever_goes_back_while_somebody_publishes_sees_what_was_to_be_seen_then(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = somebody(store, "ana", DeskRole::Administrator).await;
        let whole = example();
        let mut then: Vec<Vec<String>> = Vec::new();
        for (step, pledges) in [20, 35, whole.pledges.len()].into_iter().enumerate() {
            let record = Record { pledges: whole.pledges[..pledges].to_vec(), ..whole.clone() };
            let at = later(i64::try_from(step).unwrap());
            store.load(&record, at).await.unwrap();
            then.push(seen(store, at).await);
        }
        let then = Arc::new(then);
        let (published_all, went_back) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        // Two are kept: of two who go through three in turn each finds some kept and has some made.
        let readers: Vec<_> = (0..2).map(|from| {
            let (store, then) = (store.clone(), Arc::clone(&then));
            let (published_all, went_back) = (Arc::clone(&published_all), Arc::clone(&went_back));
            tokio::spawn(async move {
                for step in (0..3).cycle().skip(from) {
                    if published_all.load(Ordering::SeqCst) {
                        break;
                    }
                    let before = store.edition_just_now().await.unwrap();
                    let (then, now) = (&then[usize::try_from(step).unwrap()], seen(&store, later(step)).await);
                    // What was read while something was published may be of before and of after; what is kept may not.
                    if before == store.edition_just_now().await.unwrap() {
                        assert_told_alike(then, &now, &format!("known after step {step}"));
                        went_back.fetch_add(1, Ordering::SeqCst);
                    }
                }
            })
        }).collect();
        for round in 0..6 {
            let at = later(10 + round);
            let edited = &whole.pledges[usize::try_from(round).unwrap()].id;
            let mut fields = fields_of(&store.published(edited, at).await.unwrap().unwrap());
            fields.set("title.en", "Wordoftheedit, as it is called now");
            fields.set("reason.en", "It was misnamed.");
            publish(store, &ana, DraftKind::Edit, edited.as_str(), fields, at).await;
            test.refold(at).await;
            // Each round lasts until somebody went back in it.
            let before = went_back.load(Ordering::SeqCst);
            while went_back.load(Ordering::SeqCst) < before + 2 && readers.iter().all(|reader| !reader.is_finished()) {
                tokio::task::yield_now().await;
            }
        }
        published_all.store(true, Ordering::SeqCst);
        for reader in readers {
            reader.await.unwrap();
        }
        for step in 0..3 {
            assert_seen(store, &then, step).await;
        }
    }

    // A pledge that was taken out is in no state any more, whether the state was in memory by then or not.
    async fn who_goes_back_behind_a_withdrawal_does_not_see_the_pledge(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = somebody(store, "ana", DeskRole::Administrator).await;
        let withdrawn = example().pledges[4].id.clone();
        store.load(&example(), later(0)).await.unwrap();
        test.refold(later(1)).await;
        let mut without = example();
        without.pledges.retain(|pledge| pledge.id != withdrawn);
        let expected = {
            let test = TestStore::empty(engine).await;
            test.store.load(&without, later(0)).await.unwrap();
            seen(&test.store, later(0)).await
        };
        let names = |seen: &[String]| seen.iter().any(|list| list.contains(withdrawn.as_str()));
        assert!(names(&seen(store, later(0)).await), "it is in no list, so nothing is tested");
        let notice = Fields::sent([("notice.en".to_owned(), "It was entered twice.".to_owned())]);
        publish(store, &ana, DraftKind::Withdrawal, withdrawn.as_str(), notice, later(2)).await;
        let restarted = Store::open(&Location::parse(&test.url).unwrap()).await.unwrap();
        for store in [store, &restarted] {
            for hours in [0, 1, 2] {
                assert!(!names(&seen(store, later(hours)).await), "known after {hours} hours");
            }
            assert_told_alike(&expected, &seen(store, later(0)).await, "behind the withdrawal");
        }
    }
}
