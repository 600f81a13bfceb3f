//! The log: what is appended to it, in which order, and what nobody can change in it.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Record, Sha256Hex, Slug,
    log::{Chain, Entry, Said, Snapshot, tree},
};
use store::{Engine, LoggedEntry, on_both_engines, testing::TestStore};

use crate::util::{cited, editor, example, hand_in, now, on, slug, today, with_example};

/// A record of one new pledge besides what the example names.
fn one_more(number: usize) -> Record {
    let mut record = example();
    record.pledges.truncate(1);
    record.pledges[0].id = slug(&format!("another-{number}"));
    record
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

async fn entries(test: &TestStore) -> Vec<Entry> {
    let entries = test.store.log_entries(0, 1000, u64::MAX / 4).await.unwrap();
    entries.iter().map(|entry| serde_json::from_str(entry.content.as_ref().unwrap()).unwrap()).collect()
}

fn chained(entries: &[LoggedEntry]) -> Chain {
    let mut chain = Chain::default();
    for entry in entries {
        chain.link(entry.content.as_ref().unwrap()).unwrap_or_else(|broken| panic!("{broken:?}"));
    }
    chain
}

on_both_engines! {
    async fn a_publication_is_an_entry_that_says_all_of_it(engine) {
        let test = with_example(engine).await;
        let entries = entries(&test).await;
        assert_eq!(entries.len(), 1);
        let Said::Publication(published) = &entries[0].said else { panic!("{entries:?}") };
        assert_eq!((published.revision, entries[0].recorded_at), (1, now()));
        let record = example();
        assert_eq!(published.pledges.len(), record.pledges.len());
        for (number, (part, pledge)) in (1..).zip(published.pledges.iter().zip(&record.pledges)) {
            assert_eq!((part.number, &part.id), (number, &pledge.id));
            assert_eq!(part.heading, Some(pledge.into()));
            assert_eq!((&part.citations, &part.variants, &part.history), (&pledge.citations, &pledge.variants, &pledge.history));
        }
        let named: HashSet<_> = published.named.sources.iter().map(|source| &source.id).collect();
        let mut cited: HashSet<_> = record.pledges.iter().flat_map(|pledge| {
            let of_history = pledge.history.iter().flat_map(|change| &change.citations);
            let all = pledge.citations.iter().chain(of_history).chain(pledge.variants.iter().map(|variant| &variant.citation));
            all.map(|citation| &citation.source).collect::<Vec<_>>()
        }).collect();
        cited.extend(record.sources.iter().filter(|source| cited.contains(&source.id)).filter_map(|source| source.translation_of.as_ref()).collect::<Vec<_>>());
        assert_eq!(named, cited);
        test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }

    async fn entries_grow_a_tree_that_proves_each_of_them(engine) {
        let test = with_example(engine).await;
        for number in 1..6 {
            test.store.load(&one_more(number), later(number.try_into().unwrap())).await.unwrap();
        }
        let kept = test.store.log_entries(0, 100, u64::MAX / 4).await.unwrap();
        let chain = chained(&kept);
        let head = test.store.log_head().await.unwrap();
        assert_eq!((head.size, head.root, head.recorded_at), (6, chain.root(), Some(later(5))));
        let leaves: Vec<_> = kept.iter().map(|entry| tree::leaf(entry.content.as_ref().unwrap().as_bytes())).collect();
        // By hand, as the RFC draws it.
        let quad = tree::parent(&tree::parent(&leaves[0], &leaves[1]), &tree::parent(&leaves[2], &leaves[3]));
        let pair = tree::parent(&leaves[4], &leaves[5]);
        assert_eq!(head.root, tree::parent(&quad, &pair));
        assert_eq!(test.store.log_root(4).await.unwrap(), quad);
        assert_eq!(test.store.log_inclusion(4, 6).await.unwrap(), [leaves[5], quad]);
        assert_eq!(test.store.log_consistency(4, 6).await.unwrap(), [pair]);
        assert_eq!(test.store.log_index(&leaves[3]).await.unwrap(), Some(3));
        assert_eq!(test.store.log_leaf(3).await.unwrap(), Some(leaves[3]));
        assert_eq!((test.store.log_leaf(6).await.unwrap(), test.store.log_index(&quad).await.unwrap()), (None, None));
    }

    async fn a_page_rests_on_the_entry_that_spoke_of_it_last(engine) {
        let test = with_example(engine).await;
        test.store.load(&one_more(1), later(60)).await.unwrap();
        let summit = slug("april-summit");
        let rests_on = async |slug: Slug, moment| test.store.logged_pledge(&slug, moment).await.unwrap().map(|(_, entry)| entry);
        let minutes_later = domain::Moment::now(later(120));
        assert_eq!(rests_on(summit.clone(), minutes_later).await, Some(Some(0)));
        assert_eq!(rests_on(slug("another-1"), minutes_later).await, Some(Some(1)));
        assert_eq!(test.store.entry_at(today()).await.unwrap(), Some(1));
        let before = domain::Moment::asked(None, Some("2026-11-23T12:00:30Z"), later(120)).unwrap();
        assert_eq!(test.store.entry_at(before).await.unwrap(), Some(0));
        assert_eq!(rests_on(slug("another-1"), before).await, None);
        assert_eq!(rests_on(summit, on("2024-04-15")).await, Some(Some(0)));
        let (mentioned, count) = test.store.log_mentioned(1, 5).await.unwrap();
        assert_eq!((mentioned[0].slug.as_str(), count), ("another-1", 1));
    }

    async fn other_entries_stand_between_publications_and_change_no_pledge(engine) {
        let test = with_example(engine).await;
        let editor = editor(&test.store).await;
        // What nothing public rests on is nobody's business.
        hand_in(&test.store, &editor, "https://draft.example/a", "draft", later(9)).await;
        hand_in(&test.store, &editor, &cited(), "one", later(10)).await;
        // A clock that goes back: the entry is not earlier than the one before it, and a publication is later.
        hand_in(&test.store, &editor, &cited(), "two", later(5)).await;
        test.store.load(&one_more(1), later(7)).await.unwrap();
        let entries = entries(&test).await;
        let times: Vec<_> = entries.iter().map(|entry| entry.recorded_at).collect();
        assert_eq!(times[1..], [later(10), later(10), later(10) + TimeDelta::microseconds(1)]);
        let Said::Snapshot(Snapshot { url, sha256, .. }) = &entries[1].said else { panic!("{entries:?}") };
        assert_eq!((url, sha256), (&cited(), &Sha256Hex::of(b"one").to_string()));
        assert_eq!(test.store.revision().await.unwrap().number, 2);
        let verified = test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!(verified.copies, 2);
    }

    async fn what_was_kept_for_a_draft_is_logged_when_its_source_is_published(engine) {
        let test = TestStore::empty(engine).await;
        let editor = editor(&test.store).await;
        hand_in(&test.store, &editor, &cited(), "one", now()).await;
        assert!(entries(&test).await.is_empty());
        test.store.load(&example(), later(60)).await.unwrap();
        let said: Vec<_> = entries(&test).await.iter().map(|entry| entry.said.kind()).collect();
        assert_eq!(said, ["publication", "snapshot"]);
        test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }

    async fn a_record_from_before_there_was_a_log_begins_it(engine) {
        let test = with_example(engine).await;
        test.store.load(&one_more(1), later(60)).await.unwrap();
        unlogged(&test, engine).await;
        test.store.prepare(later(120)).await.unwrap();
        test.store.prepare(later(121)).await.unwrap();
        let entries = entries(&test).await;
        assert_eq!(entries.len(), 1);
        let Said::Genesis(genesis) = &entries[0].said else { panic!("{entries:?}") };
        assert_eq!((genesis.revision, entries[0].recorded_at), (2, later(120)));
        assert_eq!(genesis.publications.iter().map(|earlier| earlier.recorded_at).collect::<Vec<_>>(), [now(), later(60)]);
        let last = genesis.pledges.last().unwrap();
        assert_eq!((last.id.as_str(), last.recorded_at, last.revision), ("another-1", later(60), 2));
        test.store.load(&one_more(2), later(180)).await.unwrap();
        let verified = test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!((verified.entries, verified.revision), (2, 3));
    }

    async fn who_publishes_before_the_log_was_begun_begins_it(engine) {
        let test = with_example(engine).await;
        unlogged(&test, engine).await;
        test.store.load(&one_more(1), later(60)).await.unwrap();
        let kinds: Vec<_> = entries(&test).await.iter().map(|entry| entry.said.kind()).collect();
        assert_eq!(kinds, ["genesis", "publication"]);
        test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }

    async fn no_entry_is_edited_deleted_or_replaced(engine) {
        let test = with_example(engine).await;
        for statement in [
            "update log_entry set content = '{}'",
            "update log_entry set recorded_at = recorded_at",
            "delete from log_entry",
            "update log_node set hash = hash",
            "delete from log_node",
        ] {
            let error = test.sql(statement).await.expect_err(statement).to_string();
            assert!(error.contains("of the log cannot be"), "refused, but as: {error}");
        }
        let others: &[&str] = match engine {
            Engine::Sqlite => &[
                "insert or replace into log_entry select * from log_entry",
                "insert or replace into log_node select * from log_node",
                "insert or replace into log_node (rowid, level, position, hash) select rowid, 40, 40, hash from log_node",
            ],
            Engine::Postgres => &["truncate log_entry cascade", "truncate log_node"],
        };
        for statement in others {
            let error = test.sql(statement).await.expect_err(statement).to_string();
            assert!(error.contains("of the log cannot be"), "refused, but as: {error}");
        }
    }
}

/// As the record was before there was a log.
async fn unlogged(test: &TestStore, engine: Engine) {
    crate::util::unseal(test, engine).await;
    for table in ["log_capture", "log_mention", "log_node", "log_entry"] {
        test.sql(&format!("delete from {table}")).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_who_publish_at_once_on_postgres_keep_one_order_without_a_gap() {
    let test = TestStore::empty(Engine::Postgres).await;
    let editor = editor(&test.store).await;
    let mut publishing = Vec::new();
    for publisher in 0..16_usize {
        let (store, editor) = (test.store.clone(), editor.clone());
        publishing.push(tokio::spawn(async move {
            for turn in 0..4 {
                store.load(&one_more(publisher * 4 + turn), now()).await.unwrap();
                hand_in(&store, &editor, &cited(), &format!("{publisher} {turn}"), now()).await;
            }
        }));
    }
    for publisher in publishing {
        publisher.await.unwrap();
    }
    let kept = test.store.log_entries(0, 1000, u64::MAX / 4).await.unwrap();
    assert_eq!(kept.iter().map(|entry| entry.index).collect::<Vec<_>>(), (0..128).collect::<Vec<_>>());
    assert_eq!(chained(&kept).revision(), 64);
    let verified = test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!((verified.entries, verified.pledges), (128, 64));
}
