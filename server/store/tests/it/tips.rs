//! Tips: kept as they came, counted without knowing who sent them, decided on once.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{DeskRole, DraftKind, DraftState, Fields, Locale, NewTip, TipState, page::PageNumber};
use store::{Comment, DraftList, Editor, Store, StoreError, Tip, on_both_engines};

use crate::util::{now, slug, somebody, today, with_example};

fn tip(url: &str, words: &str) -> NewTip {
    let typed = [("url", url), ("words", words)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    NewTip::read(&Fields::sent(typed), Locale::Es).unwrap()
}

async fn send(store: &Store, words: &str, trapped: bool, sender: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    store.send_tip(&slug("april-summit"), &tip("", words), trapped, sender, now).await
}

async fn all(store: &Store, editor: &Editor, state: TipState) -> Vec<Tip> {
    store.tips(editor, state, PageNumber::asked(None), 500).await.unwrap().items
}

/// From when on more is taken.
fn again_at(result: Result<(), StoreError>) -> DateTime<Utc> {
    match result {
        Err(StoreError::TooMany { again_at }) => again_at,
        other => panic!("not too many: {other:?}"),
    }
}

on_both_engines! {
    async fn every_tip_is_kept_as_it_came(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        for (second, words) in ["Se celebró.", "Se celebró.", "Otra cosa"].into_iter().enumerate() {
            let at = now() + TimeDelta::seconds(i64::try_from(second).unwrap());
            test.store.send_tip(&slug("april-summit"), &tip("https://example.org/a", words), false, "a", at).await.unwrap();
        }
        let tips = all(&test.store, &ana, TipState::New).await;
        assert_eq!(tips.len(), 3);
        assert_eq!(tips[0].sent, tip("https://example.org/a", "Otra cosa"));
        assert_eq!(tips[0].pledge.slug, slug("april-summit"));
        assert_eq!(test.store.tip(&ana, tips[1].id).await.unwrap().as_ref(), Some(&tips[1]));
        let gone = test.store.send_tip(&slug("no-such"), &tip("", "x"), false, "a", now()).await;
        assert!(matches!(gone, Err(StoreError::NoSuch { what: "pledge", .. })));
    }

    async fn a_form_that_is_older_than_the_name_of_its_pledge_still_arrives(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        test.sql("insert into former_slug (slug, pledge_id, recorded_at) select 'old-summit', id, '2026-11-01 00:00:00+00:00' from pledge where slug = 'april-summit'").await.unwrap();
        test.store.send_tip(&slug("old-summit"), &tip("", "x"), false, "a", now()).await.unwrap();
        assert_eq!(all(&test.store, &ana, TipState::New).await[0].pledge.slug, slug("april-summit"));
    }

    async fn a_sender_can_send_so_many_an_hour_and_midnight_is_no_way_around(engine) {
        let test = with_example(engine).await;
        let midnight: DateTime<Utc> = "2026-11-24T00:00:00Z".parse().unwrap();
        let start = midnight - TimeDelta::minutes(10);
        for minute in 0..5 {
            send(&test.store, "x", false, "a", start + TimeDelta::minutes(minute)).await.unwrap();
        }
        assert_eq!(again_at(send(&test.store, "x", false, "a", start + TimeDelta::minutes(5)).await), start + TimeDelta::hours(1));
        assert_eq!(again_at(send(&test.store, "x", false, "a", midnight + TimeDelta::minutes(1)).await), start + TimeDelta::hours(1));
        send(&test.store, "x", false, "b", midnight).await.unwrap();
        send(&test.store, "x", false, "a", start + TimeDelta::hours(1)).await.unwrap();
        assert_eq!(again_at(send(&test.store, "x", false, "a", start + TimeDelta::hours(1)).await), start + TimeDelta::minutes(61));
    }

    async fn of_many_at_the_same_moment_each_is_counted(engine) {
        let test = with_example(engine).await;
        let sending: Vec<_> = (0..12).map(|_| {
            let store = test.store.clone();
            tokio::spawn(async move { send(&store, "x", false, "a", now()).await })
        }).collect();
        let mut kept = 0;
        for one in sending {
            match one.await.unwrap() {
                Ok(()) => kept += 1,
                refused => _ = again_at(refused),
            }
        }
        assert_eq!(kept, 5);
    }

    async fn all_together_can_send_so_many_and_the_trap_keeps_nobody_out(engine) {
        let test = with_example(engine).await;
        for sender in 0..40 {
            for _ in 0..5 {
                send(&test.store, "x", true, &format!("bot {sender}"), now()).await.unwrap();
            }
        }
        assert_eq!(again_at(send(&test.store, "x", true, "one more", now()).await), now() + TimeDelta::hours(1));
        send(&test.store, "x", false, "a person", now()).await.unwrap();
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        let counts = test.store.tip_counts(&ana).await.unwrap();
        assert_eq!((counts[&TipState::New], counts[&TipState::Spam]), (1, 200));
    }

    async fn nothing_of_a_sender_stays_once_it_no_longer_counts(engine) {
        let test = with_example(engine).await;
        send(&test.store, "x", false, "192.0.2.1", now()).await.unwrap();
        let kept = test.texts("select sender_hash || (select salt from tip_salt) from tip").await;
        assert!(kept.len() == 1 && !kept[0].contains("192.0.2.1"));
        send(&test.store, "x", false, "192.0.2.1", now() + TimeDelta::days(1)).await.unwrap();
        let hashes = test.texts("select coalesce(sender_hash, '') from tip order by sent_at").await;
        assert!(hashes[0].is_empty() && hashes[1] != kept[0][..64], "{hashes:?}");
        test.store.forget_senders(now() + TimeDelta::days(2)).await.unwrap();
        assert_eq!(test.texts("select coalesce(sender_hash, '') from tip order by sent_at").await, ["", ""]);
        assert!(test.texts("select salt from tip_salt").await.is_empty());
    }

    async fn an_accepted_tip_becomes_a_draft_with_its_source(engine) {
        let test = with_example(engine).await;
        let (ana, eva) = (somebody(&test.store, "ana", DeskRole::Editor).await, somebody(&test.store, "eva", DeskRole::Reviewer).await);
        test.store.send_tip(&slug("april-summit"), &tip("https://example.org/new", "Se celebró en mayo."), false, "a", now()).await.unwrap();
        let id = all(&test.store, &ana, TipState::New).await[0].id;
        let draft = test.store.accept_tip(&ana, id, now()).await.unwrap();
        assert_eq!((draft.kind, draft.state, draft.version), (DraftKind::StatusChange, DraftState::Draft, 1));
        assert_eq!(draft.pledge, Some(slug("april-summit")));
        let filled: Vec<_> = draft.fields.iter().collect();
        assert_eq!(filled, [("citations[0].source.language", "es"), ("citations[0].source.url", "https://example.org/new")]);
        assert_eq!((draft.comments[0].field.as_str(), draft.comments[0].words.as_str()), (Comment::TIP, "Se celebró en mayo."));
        let tip = test.store.tip(&ana, id).await.unwrap().unwrap();
        assert_eq!((tip.state, tip.draft, tip.decided), (TipState::Accepted, Some(draft.id), Some(("ana".to_owned(), now()))));
        // Who comes later gets the same, and can't put it aside any more.
        assert_eq!(test.store.accept_tip(&eva, id, now()).await.unwrap(), draft);
        assert!(matches!(test.store.decline_tip(&eva, id, false, now()).await, Err(StoreError::Conflict)));
        assert_eq!(test.texts("select act from audit_entry where subject_kind in ('tip', 'draft') order by id").await, ["draft.begin", "tip.accept"]);
    }

    async fn of_a_source_that_the_record_knows_the_address_is_enough(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        let url = test.texts("select min(url) from source").await.remove(0);
        test.store.send_tip(&slug("april-summit"), &tip(&url, ""), false, "a", now()).await.unwrap();
        let id = all(&test.store, &ana, TipState::New).await[0].id;
        let draft = test.store.accept_tip(&ana, id, now()).await.unwrap();
        assert_eq!(draft.fields.iter().collect::<Vec<_>>(), [("citations[0].source.url", url.as_str())]);
        assert!(draft.comments.is_empty());
    }

    async fn two_who_accept_at_once_get_one_draft(engine) {
        let test = with_example(engine).await;
        let (ana, eva) = (somebody(&test.store, "ana", DeskRole::Editor).await, somebody(&test.store, "eva", DeskRole::Editor).await);
        send(&test.store, "x", false, "a", now()).await.unwrap();
        let id = all(&test.store, &ana, TipState::New).await[0].id;
        let (one, other) = tokio::join!(test.store.accept_tip(&ana, id, now()), test.store.accept_tip(&eva, id, now()));
        assert_eq!(one.unwrap(), other.unwrap());
        let drafts = test.store.drafts(&ana, DraftList::Mine).await.unwrap().len() + test.store.drafts(&eva, DraftList::Mine).await.unwrap().len();
        assert_eq!(drafts, 1);
    }

    async fn what_was_put_aside_stays_and_can_be_taken_up_again(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        send(&test.store, "x", true, "a", now()).await.unwrap();
        let id = all(&test.store, &ana, TipState::Spam).await[0].id;
        for (spam, state) in [(false, TipState::Declined), (true, TipState::Spam), (true, TipState::Spam)] {
            test.store.decline_tip(&ana, id, spam, now()).await.unwrap();
            assert_eq!(test.store.tip(&ana, id).await.unwrap().unwrap().state, state);
        }
        assert_eq!(test.texts("select act from audit_entry where subject_kind = 'tip' order by id").await, ["tip.decline", "tip.spam"]);
        test.store.accept_tip(&ana, id, now()).await.unwrap();
    }

    async fn a_tip_on_a_pledge_that_is_no_longer_public_makes_no_draft(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        send(&test.store, "x", false, "a", now()).await.unwrap();
        let id = all(&test.store, &ana, TipState::New).await[0].id;
        test.sql("update pledge set recorded_at = null where slug = 'april-summit'").await.unwrap();
        assert!(matches!(test.store.accept_tip(&ana, id, now()).await, Err(StoreError::NoSuch { what: "pledge", .. })));
        assert_eq!(test.store.tip(&ana, id).await.unwrap().unwrap().state, TipState::New);
        assert!(test.texts("select title from draft").await.is_empty());
    }

    async fn who_may_not_sort_tips_does_not_read_them_either(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        let leo = somebody(&test.store, "leo", DeskRole::Contributor).await;
        send(&test.store, "x", false, "a", now()).await.unwrap();
        let id = all(&test.store, &ana, TipState::New).await[0].id;
        let forbidden = |error: StoreError| assert!(matches!(error, StoreError::Forbidden { .. }), "{error}");
        forbidden(test.store.tips(&leo, TipState::New, PageNumber::asked(None), 10).await.unwrap_err());
        forbidden(test.store.tip_counts(&leo).await.unwrap_err());
        forbidden(test.store.tip(&leo, id).await.unwrap_err());
        forbidden(test.store.accept_tip(&leo, id, now()).await.unwrap_err());
        forbidden(test.store.decline_tip(&leo, id, true, now()).await.unwrap_err());
        assert_eq!(test.store.revision().await.unwrap(), with_example(engine).await.store.revision().await.unwrap(), "a tip is no publication");
        assert!(test.store.pledge(&slug("april-summit"), today()).await.unwrap().is_some());
    }
}
