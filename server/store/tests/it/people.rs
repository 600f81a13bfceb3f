//! People, their links, sessions and attempts, and the log of what they did.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Act, DeskRole, NewPerson, Problem};
use store::{Attempts, AuditQuery, Editor, Store, StoreError, on_both_engines, testing::TestStore};

use crate::util::now;

fn new(name: &str, role: DeskRole) -> NewPerson {
    NewPerson { email: format!("{name}@example.org"), name: name.to_owned(), role }
}

/// Somebody who has come and chosen a password.
async fn let_in(store: &Store, name: &str, role: DeskRole) -> Editor {
    let link = store.invite(None, &new(name, role), now()).await.unwrap();
    store.follow_link(link.reveal(), format!("hash of {name}"), now()).await.unwrap().unwrap()
}

fn after(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, StoreError>, field: &str, problem: &Problem) {
    match result {
        Err(StoreError::Refused(errors)) => {
            assert!(errors.iter().any(|error| error.path == field && error.problem == *problem), "{errors}");
        }
        other => panic!("not refused: {other:?}"),
    }
}

on_both_engines! {
    async fn a_link_works_once_and_only_the_newest(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let link = store.invite(None, &new("ana", DeskRole::Editor), now()).await.unwrap();
        let found = store.link(link.reveal(), now()).await.unwrap().unwrap();
        assert_eq!(found.person.unwrap().name, "ana");
        assert!(store.link(link.reveal(), after(7 * 24 * 60)).await.unwrap().is_none(), "it never expires");
        assert!(store.link("", now()).await.unwrap().is_none());
        assert!(!test.texts("select token_hash from one_time_link").await.contains(&link.reveal().to_owned()));
        let ana = store.follow_link(link.reveal(), "hash".into(), after(1)).await.unwrap().unwrap();
        assert!(store.follow_link(link.reveal(), "other".into(), after(1)).await.unwrap().is_none());
        assert_eq!(store.account("ana@example.org").await.unwrap().unwrap().password_hash.as_deref(), Some("hash"));
        let older = store.reset_link(None, ana.id, false, after(2)).await.unwrap();
        let newer = store.reset_link(None, ana.id, false, after(2)).await.unwrap();
        assert!(store.link(older.reveal(), after(2)).await.unwrap().is_none());
        assert!(store.link(newer.reveal(), after(2)).await.unwrap().is_some());
    }

    async fn of_two_who_use_a_link_at_once_one_gets_in(engine) {
        let test = TestStore::empty(engine).await;
        let link = test.store.invite(None, &new("ana", DeskRole::Editor), now()).await.unwrap();
        let follow = |hash: &str| {
            let (store, link, hash) = (test.store.clone(), link.clone(), hash.to_owned());
            tokio::spawn(async move { store.follow_link(link.reveal(), hash, now()).await.unwrap().is_some() })
        };
        let all: Vec<_> = (0..8).map(|number| follow(&number.to_string())).collect();
        let mut got_in = 0;
        for one in all {
            got_in += usize::from(one.await.unwrap());
        }
        assert_eq!(got_in, 1);
    }

    async fn the_set_up_link_is_for_as_long_as_there_is_nobody(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let link = store.set_up_link(now()).await.unwrap().unwrap();
        assert!(store.link(link.reveal(), after(30)).await.unwrap().is_none(), "it never expires");
        let administrator = new("ana", DeskRole::Contributor);
        let made = store.set_up(link.reveal(), &administrator, "hash".into(), now()).await.unwrap().unwrap();
        assert_eq!(made.role, DeskRole::Administrator, "the first is always an administrator");
        assert!(store.set_up(link.reveal(), &new("eva", DeskRole::Administrator), "hash".into(), now()).await.unwrap().is_none());
        assert!(store.set_up_link(now()).await.unwrap().is_none());

        let test = TestStore::empty(engine).await;
        let link = test.store.set_up_link(now()).await.unwrap().unwrap();
        test.store.invite(None, &new("eva", DeskRole::Editor), now()).await.unwrap();
        assert!(test.store.link(link.reveal(), now()).await.unwrap().is_none(), "it works beside somebody");
    }

    async fn the_last_administrator_stays_one(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = let_in(store, "ana", DeskRole::Administrator).await;
        store.invite(Some(&ana), &new("never-came", DeskRole::Administrator), now()).await.unwrap();
        let last = Problem::LastAdministrator;
        assert_refused(store.change_role(&ana, ana.id, DeskRole::Editor, now()).await, "role", &last);
        assert_refused(store.disable_person(&ana, ana.id, now()).await, "disabled", &last);
        let eva = let_in(store, "eva", DeskRole::Administrator).await;
        // Both at once: one alone succeeds.
        let (one, other) = tokio::join!(
            store.change_role(&ana, eva.id, DeskRole::Reviewer, now()),
            store.change_role(&eva, ana.id, DeskRole::Reviewer, now()),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    }

    async fn nobody_manages_people_who_may_not(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        for role in [DeskRole::Contributor, DeskRole::Editor, DeskRole::Reviewer] {
            let editor = let_in(store, role.code(), role).await;
            let results = [
                store.people(&editor).await.map(|_| ()),
                store.person(&editor, editor.id).await.map(|_| ()),
                store.invite(Some(&editor), &new("eva", role), now()).await.map(|_| ()),
                store.change_role(&editor, editor.id, DeskRole::Administrator, now()).await,
                store.disable_person(&editor, editor.id, now()).await,
                store.enable_person(&editor, editor.id, now()).await,
                store.reset_link(Some(&editor), editor.id, true, now()).await.map(|_| ()),
                store.audit(&editor, &AuditQuery::default(), None, 1).await.map(|_| ()),
                store.audited(&editor).await.map(|_| ()),
            ];
            for result in results {
                assert!(matches!(result, Err(StoreError::Forbidden { act: Act::ManagePeople | Act::ReadAudit, .. })), "{result:?}");
            }
        }
    }

    async fn an_address_is_let_in_once(engine) {
        let test = TestStore::empty(engine).await;
        let_in(&test.store, "ana", DeskRole::Editor).await;
        let again = test.store.invite(None, &new("ana", DeskRole::Editor), now()).await;
        assert_refused(again, "email", &Problem::Twice("ana@example.org".into()));
    }

    async fn sessions_are_kept_hashed_and_end(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = let_in(store, "ana", DeskRole::Editor).await;
        let cookie = store.begin_session(&ana, false, None, now()).await.unwrap();
        let kept = test.texts("select id_hash from session").await;
        assert!(kept.len() == 1 && kept[0].len() == 64 && kept[0] != cookie.reveal());
        assert!(store.session(&kept[0], now()).await.unwrap().is_none(), "what is kept opens the door");
        let at = async |minutes: i64| store.session(cookie.reveal(), after(minutes)).await.unwrap();
        assert_eq!(at(11 * 60).await.unwrap().editor, ana);
        assert!(at(22 * 60).await.is_some(), "it does not last longer by being used");
        assert!(at(22 * 60 + 12 * 60).await.is_none(), "it never ends by idling");
        for hour in (24..7 * 24).step_by(10) {
            store.begin_session(&ana, false, None, after(hour * 60)).await.unwrap();
        }
        let cookie = store.begin_session(&ana, false, None, now()).await.unwrap();
        for hour in (0..7 * 24).step_by(11) {
            assert!(store.session(cookie.reveal(), after(hour * 60)).await.unwrap().is_some(), "{hour}");
        }
        assert!(store.session(cookie.reveal(), after(7 * 24 * 60)).await.unwrap().is_none(), "it never ends");
    }

    async fn a_session_ends_with_what_it_rested_on(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = let_in(store, "ana", DeskRole::Administrator).await;
        let eva = let_in(store, "eva", DeskRole::Editor).await;
        let begin = async || store.begin_session(&eva, false, None, now()).await.unwrap();
        let alive = async |cookie: &store::Secret| store.session(cookie.reveal(), now()).await.unwrap().is_some();

        let (one, other) = (begin().await, begin().await);
        let session = store.session(one.reveal(), now()).await.unwrap().unwrap();
        store.change_password(&eva, "new".into(), &session.id, now()).await.unwrap();
        assert!(alive(&one).await && !alive(&other).await, "a change of password leaves only where it was made");

        let third = store.begin_session(&eva, false, Some(&session.id), now()).await.unwrap();
        assert!(!alive(&one).await && alive(&third).await, "the cookie is not renewed by signing in");

        let session = store.session(third.reveal(), now()).await.unwrap().unwrap();
        let fourth = begin().await;
        store.sign_out(&session, false, now()).await.unwrap();
        assert!(!alive(&third).await && alive(&fourth).await);
        let session = store.session(fourth.reveal(), now()).await.unwrap().unwrap();
        let fifth = begin().await;
        store.sign_out(&session, true, now()).await.unwrap();
        assert!(!alive(&fourth).await && !alive(&fifth).await, "signed out everywhere but there");

        let sixth = begin().await;
        store.disable_person(&ana, eva.id, now()).await.unwrap();
        assert!(!alive(&sixth).await);
        assert!(store.account("eva@example.org").await.unwrap().is_none());
        store.enable_person(&ana, eva.id, now()).await.unwrap();
        assert!(!alive(&sixth).await, "it came back with its person");

        let seventh = begin().await;
        let link = store.reset_link(Some(&ana), eva.id, false, now()).await.unwrap();
        assert!(alive(&seventh).await);
        store.follow_link(link.reveal(), "newest".into(), now()).await.unwrap().unwrap();
        assert!(!alive(&seventh).await, "the old password's session lives on");
    }

    async fn attempts_are_counted_by_account_and_by_address(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let allowed = async |account: &str, address: &str, minutes: i64| {
            matches!(store.attempt(account, address, after(minutes)).await.unwrap(), Attempts::Allowed(_))
        };
        for _ in 0..10 {
            assert!(allowed("ana", "192.0.2.1", 0).await);
        }
        match store.attempt("ana", "192.0.2.2", after(5)).await.unwrap() {
            Attempts::TooMany(again_at) => assert_eq!(again_at, after(15)),
            Attempts::Allowed(_) => panic!("an eleventh attempt on one account"),
        }
        assert!(allowed("eva", "192.0.2.1", 5).await);
        assert!(allowed("ana", "192.0.2.1", 15).await, "they may never again");
        // Of the attempts before, two still count at the first address.
        for number in 0..28 {
            assert!(allowed(&format!("somebody {number}"), "192.0.2.1", 16).await, "{number}");
        }
        assert!(!allowed("nobody", "192.0.2.1", 16).await);
        assert!(allowed("nobody", "192.0.2.9", 16).await);
        let keys = test.texts("select key_hash from sign_in_failure").await;
        assert!(keys.iter().all(|key| key.len() == 64), "{keys:?}");
    }

    async fn many_attempts_at_once_are_counted_too(engine) {
        let test = TestStore::empty(engine).await;
        let attempt = |number: usize| {
            let store = test.store.clone();
            tokio::spawn(async move {
                matches!(store.attempt("ana", &number.to_string(), now()).await.unwrap(), Attempts::Allowed(_))
            })
        };
        let all: Vec<_> = (0..40).map(attempt).collect();
        let mut allowed = 0;
        for one in all {
            allowed += usize::from(one.await.unwrap());
        }
        assert!(allowed <= 10, "{allowed}");
    }

    async fn who_gets_in_begins_anew(engine) {
        let test = TestStore::empty(engine).await;
        for _ in 0..9 {
            assert!(matches!(test.store.attempt("ana", "a", now()).await.unwrap(), Attempts::Allowed(_)));
        }
        let Attempts::Allowed(attempt) = test.store.attempt("ana", "a", now()).await.unwrap() else { panic!("refused") };
        test.store.attempt_succeeded(attempt, now()).await.unwrap();
        for _ in 0..10 {
            assert!(matches!(test.store.attempt("ana", "b", now()).await.unwrap(), Attempts::Allowed(_)));
        }
    }

    async fn a_code_counts_once_and_so_does_a_recovery_code(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = let_in(store, "ana", DeskRole::Editor).await;
        let cookie = store.begin_session(&ana, false, None, now()).await.unwrap();
        let session = store.session(cookie.reveal(), now()).await.unwrap().unwrap();
        assert!(matches!(store.enrol_second_factor(&ana, 5, &session.id, now()).await, Err(StoreError::Conflict)));
        store.offer_second_factor(&ana, "SECRET".into()).await.unwrap();
        assert!(!store.account(&ana.email).await.unwrap().unwrap().has_second_factor, "asked for before it was proven");
        let codes = store.enrol_second_factor(&ana, 5, &session.id, now()).await.unwrap();
        assert!(store.account(&ana.email).await.unwrap().unwrap().has_second_factor);
        assert!(matches!(store.offer_second_factor(&ana, "OTHER".into()).await, Err(StoreError::Conflict)));
        for (step, counts) in [(5, false), (4, false), (6, true), (6, false), (8, true), (7, false)] {
            assert_eq!(store.use_code(&ana, step).await.unwrap(), counts, "{step}");
        }
        assert_eq!(codes.len(), 10);
        let kept = test.texts("select code_hash from recovery_code").await;
        assert!(codes.iter().all(|code| code.len() == 19 && !kept.contains(code)));
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert!(store.use_recovery_code(&ana, &typed, now()).await.unwrap());
        assert!(!store.use_recovery_code(&ana, &codes[0], now()).await.unwrap());
        assert!(!store.use_recovery_code(&ana, "", now()).await.unwrap());
        assert_eq!(store.second_factor(&ana).await.unwrap().unwrap().recovery_codes, 9);
        let renewed = store.renew_recovery_codes(&ana, now()).await.unwrap();
        assert!(!store.use_recovery_code(&ana, &codes[1], now()).await.unwrap());
        assert!(store.use_recovery_code(&ana, &renewed[1], now()).await.unwrap());
        let link = store.reset_link(None, ana.id, true, now()).await.unwrap();
        store.follow_link(link.reveal(), "new".into(), now()).await.unwrap().unwrap();
        assert!(store.second_factor(&ana).await.unwrap().is_none());
    }

    async fn the_log_is_read_page_by_page_and_narrowed(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = let_in(store, "ana", DeskRole::Administrator).await;
        for minute in 0..7 {
            let link = store.invite(Some(&ana), &new(&format!("p_{minute}"), DeskRole::Editor), after(minute)).await;
            link.unwrap();
        }
        let eva = store.person_of("p_0@example.org").await.unwrap().unwrap().editor;
        store.change_role(&ana, eva.id, DeskRole::Reviewer, after(2 * 24 * 60)).await.unwrap();
        let read = async |query: AuditQuery, before, limit| store.audit(&ana, &query, before, limit).await.unwrap();
        let all = read(AuditQuery::default(), None, 100).await;
        assert_eq!(all[0].act, "person.role");
        assert_eq!(all[0].person, Some(("ana".into(), "ana@example.org".into())));
        assert_eq!(all[0].subject, ("person".into(), "p_0@example.org".into()));
        assert_eq!(all[0].detail.as_deref(), Some("editor → reviewer"));
        assert_eq!(all.last().unwrap().person, None, "the command line is somebody");
        assert!(all.is_sorted_by(|newer, older| newer.at >= older.at));
        let mut walked = Vec::new();
        while let piece = read(AuditQuery::default(), walked.last().map(|last: &store::AuditEntry| last.id), 3).await
            && !piece.is_empty()
        {
            walked.extend(piece);
        }
        assert_eq!(walked, all);
        let count = async |query: AuditQuery| read(query, None, 100).await.len();
        assert_eq!(count(AuditQuery { act: Some("person.invite".into()), ..Default::default() }).await, 8);
        assert_eq!(count(AuditQuery { person: Some(ana.id), ..Default::default() }).await, 9);
        assert_eq!(count(AuditQuery { subject: Some("P_3@".into()), ..Default::default() }).await, 1);
        assert_eq!(count(AuditQuery { subject: Some("p%".into()), ..Default::default() }).await, 0);
        let day = now().date_naive();
        assert_eq!(count(AuditQuery { from: day.succ_opt(), ..Default::default() }).await, 1);
        assert_eq!(count(AuditQuery { until: Some(day), ..Default::default() }).await, all.len() - 1);
        let audited = store.audited(&ana).await.unwrap();
        assert_eq!(audited.acts, ["password.set", "person.invite", "person.role"]);
        assert_eq!(audited.people.len(), 8);
        for statement in ["update audit_entry set act = 'x'", "delete from audit_entry"] {
            assert!(test.sql(statement).await.unwrap_err().to_string().contains("what was done cannot be"), "{statement}");
        }
    }
}
