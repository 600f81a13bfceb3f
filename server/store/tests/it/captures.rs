//! Kept copies: what is to be fetched is fetched once by one server at a time, and what was kept stays as it was kept.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    CaptureFailure, CaptureOrigin, CaptureState, DeskRole, DraftKind, Fields, Moment, Sha256Hex, SourceMetadata, TextState,
    page::PageNumber, source::SourceUrl,
};
use store::{Answer, CaptureList, Engine, Keeper, NewCopy, on_both_engines, testing::TestStore};

use crate::util::{editor, now, slug, somebody, today, uuid, with_example};

fn url(text: &str) -> SourceUrl {
    SourceUrl::parse(text).unwrap()
}

/// A copy of an address, as a server fetched it.
fn fetched(address: &str, text: &str) -> NewCopy {
    NewCopy {
        url: url(address),
        sha256: Sha256Hex::of(text.as_bytes()),
        bytes: text.len() as u64,
        media_type: "text/html".to_owned(),
        packed_as: None,
        text_state: TextState::Read,
        pages: vec![text.to_owned()],
        metadata: SourceMetadata { title: Some("Cumbre".to_owned()), ..SourceMetadata::default() },
        answer: Some(Answer {
            final_url: format!("{address}?final"),
            status: 200,
            headers: vec![("content-type".to_owned(), "text/html".to_owned())],
            hops: serde_json::json!([{ "url": address, "status": 301 }]),
        }),
    }
}

fn seconds(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// The address of a source that the example cites.
async fn published(test: &TestStore) -> (domain::Slug, String) {
    let query = "select source.slug || ' ' || source.url from source join citation on citation.source_id = source.id \
                 where citation.recorded_at is not null order by source.slug limit 1";
    let line = test.texts(query).await.remove(0);
    let (name, url) = line.split_once(' ').unwrap();
    (slug(name), url.to_owned())
}

on_both_engines! {
    async fn what_is_asked_for_is_claimed_once_and_hosts_are_not_pressed(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        for address in ["https://a.example/1", "https://a.example/2", "https://b.example/1"] {
            store.ask_for_capture(None, &url(address), now()).await.unwrap();
        }
        let first = store.claim_capture(now()).await.unwrap().unwrap();
        let second = store.claim_capture(now()).await.unwrap().unwrap();
        assert_eq!((first.url.as_str(), second.url.as_str()), ("https://a.example/1", "https://b.example/1"));
        assert_eq!(store.claim_capture(now()).await.unwrap(), None);
        // As long as the first is being fetched, its host is not asked for another.
        assert_eq!(store.claim_capture(seconds(60)).await.unwrap(), None);
        store.capture_failed(&first, CaptureFailure::Gone, Some(404), None, seconds(61)).await.unwrap();
        assert_eq!(store.claim_capture(seconds(61)).await.unwrap().unwrap().url, "https://a.example/2");
    }

    async fn of_many_servers_each_takes_what_no_other_has(engine) {
        let test = TestStore::empty(engine).await;
        for n in 0..30 {
            test.store.ask_for_capture(None, &url(&format!("https://{}.example/{n}", n % 15)), now()).await.unwrap();
        }
        let servers = (0..8).map(|_| {
            let store = test.store.clone();
            tokio::spawn(async move {
                let mut claimed = Vec::new();
                while let Some(job) = store.claim_capture(now()).await.unwrap() {
                    claimed.push(job.url);
                }
                claimed
            })
        });
        let mut claimed = Vec::new();
        for server in servers.collect::<Vec<_>>() {
            claimed.extend(server.await.unwrap());
        }
        let hosts: HashSet<&str> = claimed.iter().filter_map(|url| url.split('/').nth(2)).collect();
        assert_eq!((claimed.len(), hosts.len()), (15, 15), "{claimed:?}");
    }

    async fn what_a_server_that_died_had_begun_is_begun_again_and_its_late_word_does_not_count(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let job = store.ask_for_capture(None, &url("https://a.example/"), now()).await.unwrap();
        let dead = store.claim_capture(now()).await.unwrap().unwrap();
        assert_eq!(store.claim_capture(seconds(290)).await.unwrap(), None);
        let alive = store.claim_capture(seconds(301)).await.unwrap().unwrap();
        assert_eq!((alive.url.as_str(), alive.tries), ("https://a.example/", 2));
        assert_eq!(store.keep_copy(fetched("https://a.example/", "late"), Keeper::Server(&dead), seconds(302)).await.unwrap(), None);
        store.capture_failed(&dead, CaptureFailure::Gone, None, None, seconds(302)).await.unwrap();
        assert!(store.keep_copy(fetched("https://a.example/", "words"), Keeper::Server(&alive), seconds(303)).await.unwrap().is_some());
        let editor = editor(store).await;
        let found = store.capture(&editor, job.id).await.unwrap().unwrap();
        assert_eq!((found.job.state, found.copies.len()), (CaptureState::Kept, 1));
        assert_eq!(found.copies[0].sha256, Sha256Hex::of(b"words"));
    }

    async fn what_ends_every_server_that_begins_it_is_given_up(engine) {
        let test = TestStore::empty(engine).await;
        let job = test.store.ask_for_capture(None, &url("https://a.example/"), now()).await.unwrap();
        let mut begun = 0;
        for time in (0..20).map(|n| seconds(n * 400)) {
            begun += u32::from(test.store.claim_capture(time).await.unwrap().is_some());
        }
        assert_eq!(begun, 6);
        let editor = editor(&test.store).await;
        let found = test.store.capture(&editor, job.id).await.unwrap().unwrap();
        assert_eq!((found.job.state, found.job.failure), (CaptureState::Failed, Some(CaptureFailure::Broken)));
    }

    async fn what_may_pass_is_tried_again_later_and_then_given_up(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let editor = editor(store).await;
        let job = store.ask_for_capture(None, &url("https://a.example/"), now()).await.unwrap();
        let mut time = now();
        for minutes in [1, 10, 60, 360] {
            let claimed = store.claim_capture(time).await.unwrap().unwrap();
            store.capture_failed(&claimed, CaptureFailure::TooSlow, None, None, time).await.unwrap();
            let told = store.capture(&editor, job.id).await.unwrap().unwrap().job;
            assert_eq!((told.state, told.failure), (CaptureState::Queued, Some(CaptureFailure::TooSlow)));
            assert_eq!(told.next_try_at, Some(time + TimeDelta::minutes(minutes)));
            assert_eq!(store.claim_capture(time + TimeDelta::minutes(minutes) - TimeDelta::seconds(1)).await.unwrap(), None);
            time += TimeDelta::minutes(minutes);
        }
        let claimed = store.claim_capture(time).await.unwrap().unwrap();
        store.capture_failed(&claimed, CaptureFailure::TooSlow, None, None, time).await.unwrap();
        assert_eq!(store.capture(&editor, job.id).await.unwrap().unwrap().job.state, CaptureState::Failed);
        // Whoever asks again begins anew.
        let again = store.ask_for_capture(Some(&editor), &url("https://a.example/"), time).await.unwrap();
        assert_eq!((again.id, again.state, again.tries), (job.id, CaptureState::Queued, 0));
        // A server that stops leaves it for the next.
        let claimed = store.claim_capture(time + TimeDelta::minutes(1)).await.unwrap().unwrap();
        store.give_back_capture(&claimed, time + TimeDelta::minutes(1)).await.unwrap();
        assert_eq!(store.claim_capture(time + TimeDelta::minutes(2)).await.unwrap().unwrap().tries, 1);
    }

    async fn a_page_that_is_the_same_adds_a_time_and_no_copy(engine) {
        let test = with_example(engine).await;
        let store = &test.store;
        let (source, address) = published(&test).await;
        for (time, text) in [(10, "before"), (20, "before"), (30, "after")] {
            store.ask_for_capture(None, &url(&address), seconds(time)).await.unwrap();
            let claimed = store.claim_capture(seconds(time)).await.unwrap().unwrap();
            store.keep_copy(fetched(&address, text), Keeper::Server(&claimed), seconds(time + 1)).await.unwrap().unwrap();
        }
        assert_eq!(store.kept_copies().await.unwrap().len(), 2);
        let copies = store.copies_of_source(&source, Moment::now(seconds(60))).await.unwrap();
        let told: Vec<_> = copies.iter().map(|copy| (copy.captured_at, copy.sha256.clone())).collect();
        let (before, after) = (Sha256Hex::of(b"before"), Sha256Hex::of(b"after"));
        assert_eq!(told, [(seconds(31), after.clone()), (seconds(21), before.clone()), (seconds(11), before)]);
        assert_eq!(copies[0].headers, [("content-type".to_owned(), "text/html".to_owned())]);
        // What was kept later was not there yet.
        assert_eq!(store.copies_of_source(&source, Moment::now(seconds(25))).await.unwrap().len(), 2);
        let text = store.copy_of_source(&source, &after, Moment::now(seconds(60))).await.unwrap().unwrap();
        assert_eq!((text.pages, text.copy.metadata.title.as_deref()), (vec!["after".to_owned()], Some("Cumbre")));
    }

    async fn copies_of_what_only_drafts_cite_are_not_public(engine) {
        let test = with_example(engine).await;
        let store = &test.store;
        let editor = editor(store).await;
        test.sql(&format!(
            "insert into source (id, slug, url, title, publisher, language, kind)
             values ({}, 'drafted', 'https://draft.example/', 'x', 'x', 'en', 'news')",
            uuid(engine, 1)
        )).await.unwrap();
        let copy = NewCopy { answer: None, ..fetched("https://draft.example/", "words") };
        store.keep_copy(copy, Keeper::Person(&editor, CaptureOrigin::Pasted), now()).await.unwrap().unwrap();
        assert_eq!(store.copies_of_source(&slug("drafted"), today()).await.unwrap(), []);
        assert_eq!(store.copy_of_source(&slug("drafted"), &Sha256Hex::of(b"words"), today()).await.unwrap(), None);
        // A copy of one source is none of another's.
        let (source, _) = published(&test).await;
        assert_eq!(store.copy_of_source(&source, &Sha256Hex::of(b"words"), today()).await.unwrap(), None);
    }

    async fn whoever_saves_a_draft_has_its_sources_captured(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let writer = somebody(store, "writer", DeskRole::Contributor).await;
        let other = somebody(store, "other", DeskRole::Contributor).await;
        let editor = editor(store).await;
        let mut fields = Fields::default();
        fields.set("citations[0].source.url", "https://a.example/");
        let draft = store.begin_draft(&writer, DraftKind::Pledge, None, fields.clone(), now()).await.unwrap();
        fields.set("history[0].citations[0].source.url", "https://b.example/");
        fields.set("citations[1].source.url", "not an address");
        store.save_draft(&writer, draft.id, 1, fields, now()).await.unwrap();
        let waiting = store.captures(&editor, CaptureState::Queued, PageNumber::asked(None), 10).await.unwrap();
        let urls: HashSet<_> = waiting.items.iter().map(|found| found.job.url.as_str()).collect();
        assert_eq!(urls, HashSet::from(["https://a.example/", "https://b.example/"]));
        // Contributors see what their own drafts name, and nothing of the drafts of others.
        for found in &waiting.items {
            assert!(store.capture(&writer, found.job.id).await.unwrap().is_some());
            assert!(store.capture(&other, found.job.id).await.unwrap().is_none());
        }
        assert!(store.captures(&writer, CaptureState::Queued, PageNumber::asked(None), 10).await.is_err());
    }

    async fn published_sources_without_a_copy_are_found_and_queued(engine) {
        let test = with_example(engine).await;
        let store = &test.store;
        let editor = editor(store).await;
        let missing = store.capture_counts(&editor).await.unwrap()[&CaptureList::Missing];
        assert!(missing > 50, "{missing}");
        let queued = store.capture_missing(Some(&editor), now()).await.unwrap();
        assert_eq!(store.capture_counts(&editor).await.unwrap()[&CaptureList::Missing], 0);
        assert_eq!(store.capture_counts(&editor).await.unwrap()[&CaptureList::State(CaptureState::Queued)], queued);
        assert_eq!(store.capture_missing(None, now()).await.unwrap(), 0);
    }

    async fn what_was_kept_is_sealed(engine) {
        let test = TestStore::empty(engine).await;
        let editor = editor(&test.store).await;
        let copy = NewCopy { answer: None, ..fetched("https://a.example/", "words") };
        test.store.keep_copy(copy, Keeper::Person(&editor, CaptureOrigin::Uploaded), now()).await.unwrap().unwrap();
        let sha256 = Sha256Hex::of(b"words");
        for statement in [
            "update snapshot set bytes = 1",
            "update snapshot set metadata = '{}'",
            "delete from snapshot_page",
            "update snapshot_page set content = 'other'",
            &format!("insert into snapshot_page (sha256, page, content) values ('{sha256}', 2, 'more')"),
            "update capture set url = 'https://b.example/'",
            "update capture set captured_at = '2020-01-01 00:00:00+00:00'",
            "delete from capture",
            "delete from snapshot",
        ] {
            let error = test.sql(statement).await.expect_err(statement).to_string();
            assert!(error.contains("cannot be changed"), "{statement}: {error}");
        }
        if engine == Engine::Sqlite {
            for table in ["snapshot", "snapshot_page", "capture"] {
                let error = test.sql(&format!("insert or replace into {table} select * from {table}")).await.unwrap_err().to_string();
                assert!(error.contains("cannot be changed"), "{table}: {error}");
            }
        } else {
            for table in ["snapshot", "snapshot_page", "capture"] {
                let error = test.sql(&format!("truncate {table} cascade")).await.unwrap_err().to_string();
                assert!(error.contains("cannot be changed"), "{table}: {error}");
            }
        }
    }
}
