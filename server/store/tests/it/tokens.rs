//! Tokens: good for what their scopes and their owner's role allow, as long as both last.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Act, DeskRole, DraftKind, Fields, NewToken, Scope};
use store::{Approval, AuditQuery, DraftList, Editor, Once, Store, StoreError, TokenState, on_both_engines, testing::TestStore};

use crate::util::{now, slug, somebody, with_example};

fn new(scopes: &str) -> NewToken {
    NewToken { name: format!("for {scopes}"), scopes: scopes.parse().unwrap(), lifetime: domain::Lifetime::Week }
}

/// Somebody by a new token of theirs.
async fn by_token(store: &Store, owner: &Editor, scopes: &str) -> Editor {
    let secret = store.make_token(owner, &new(scopes), now()).await.unwrap();
    store.bearer(secret.reveal(), now()).await.unwrap().unwrap()
}

fn after(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

#[track_caller]
fn assert_out_of_scope<T: std::fmt::Debug>(result: &Result<T, StoreError>, wanted: Act) {
    assert!(matches!(result, Err(StoreError::OutOfScope { act }) if *act == wanted), "{result:?}");
}

on_both_engines! {
    async fn a_token_is_shown_once_kept_hashed_and_good_until_it_ends(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let ana = somebody(store, "ana", DeskRole::Editor).await;
        let secret = store.make_token(&ana, &new("draft"), now()).await.unwrap();
        assert!(secret.reveal().starts_with("pb_") && secret.reveal().len() == 46, "{}", secret.reveal());
        assert!(!test.texts("select hash from token").await.contains(&secret.reveal().to_owned()));
        let by = store.bearer(secret.reveal(), after(1)).await.unwrap().unwrap();
        assert_eq!((by.id, by.role, by.token.unwrap().scopes.to_string()), (ana.id, DeskRole::Editor, "draft".to_owned()));
        let token = store.own_tokens(&ana).await.unwrap().remove(0);
        assert_eq!(token.last_used_at, Some(after(1)));
        assert_eq!(token.expires_at, now() + TimeDelta::days(7));
        let mut shorter = secret.reveal().to_owned();
        shorter.pop();
        for wrong in ["", "pb_", "x", &shorter] {
            assert!(store.bearer(wrong, now()).await.unwrap().is_none(), "{wrong}");
        }
        let end = token.expires_at;
        assert!(store.bearer(secret.reveal(), end - TimeDelta::seconds(1)).await.unwrap().is_some());
        assert!(store.bearer(secret.reveal(), end).await.unwrap().is_none(), "it never expires");
        assert_eq!((token.state(now()), token.state(end)), (TokenState::Good, TokenState::Expired));
    }

    async fn only_its_owner_and_administrators_revoke_a_token(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let (ana, eva) = (somebody(store, "ana", DeskRole::Editor).await, somebody(store, "eva", DeskRole::Reviewer).await);
        let admin = somebody(store, "admin", DeskRole::Administrator).await;
        let secrets = [store.make_token(&ana, &new("draft"), now()).await.unwrap(), store.make_token(&ana, &new("check"), now()).await.unwrap()];
        let tokens = store.own_tokens(&ana).await.unwrap();
        assert!(matches!(store.revoke_token(&eva, tokens[0].id, now()).await, Err(StoreError::NoSuch { .. })));
        assert!(store.own_tokens(&eva).await.unwrap().is_empty());
        assert!(matches!(store.tokens_of_others(&eva).await, Err(StoreError::Forbidden { .. })));
        assert_eq!(store.tokens_of_others(&admin).await.unwrap().len(), 2);
        store.revoke_token(&ana, tokens[0].id, after(1)).await.unwrap();
        store.revoke_token(&admin, tokens[1].id, after(2)).await.unwrap();
        store.revoke_token(&admin, tokens[0].id, after(3)).await.unwrap();
        for secret in secrets {
            assert!(store.bearer(secret.reveal(), after(4)).await.unwrap().is_none());
        }
        let ended: Vec<_> = store.own_tokens(&ana).await.unwrap().into_iter().map(|token| token.revoked_at.unwrap()).collect();
        assert!(ended.contains(&after(1)) && ended.contains(&after(2)), "{ended:?}");
        let log = store.audit(&admin, &AuditQuery { act: Some("token.revoke".into()), ..AuditQuery::default() }, None, 9).await.unwrap();
        assert_eq!(log.len(), 2, "what had ended was ended again");
    }

    async fn no_token_outlives_the_rights_of_its_owner(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        let (admin, ana) = (somebody(store, "admin", DeskRole::Administrator).await, somebody(store, "ana", DeskRole::Reviewer).await);
        let secret = store.make_token(&ana, &new("draft review"), now()).await.unwrap();
        store.change_role(&admin, ana.id, DeskRole::Contributor, now()).await.unwrap();
        let by = store.bearer(secret.reveal(), now()).await.unwrap().unwrap();
        assert!(by.must(Act::Draft).is_ok());
        assert!(matches!(by.must(Act::Review), Err(StoreError::Forbidden { .. })));
        store.disable_person(&admin, ana.id, now()).await.unwrap();
        assert!(store.bearer(secret.reveal(), now()).await.unwrap().is_none());
        // Let in again, they make a new one.
        store.enable_person(&admin, ana.id, now()).await.unwrap();
        assert!(store.bearer(secret.reveal(), now()).await.unwrap().is_none());
        // So after a new password by a link: who had the old one may have made the token.
        let secret = store.make_token(&ana, &new("draft"), now()).await.unwrap();
        let link = store.reset_link(None, ana.id, false, now()).await.unwrap();
        assert!(store.bearer(secret.reveal(), now()).await.unwrap().is_some());
        store.follow_link(link.reveal(), "new hash".into(), now()).await.unwrap();
        assert!(store.bearer(secret.reveal(), now()).await.unwrap().is_none());
    }

    async fn a_token_does_what_its_scopes_say_and_nothing_else(engine) {
        let test = with_example(engine).await;
        let store = &test.store;
        let admin = somebody(store, "admin", DeskRole::Administrator).await;
        let editor = somebody(store, "editor", DeskRole::Editor).await;
        let begin = async |by: &Editor| store.begin_draft(by, DraftKind::Pledge, None, Fields::default(), now()).await;
        let draft = begin(&by_token(store, &editor, "draft").await).await.unwrap();
        for scope in Scope::ALL {
            let by = by_token(store, &admin, scope.code()).await;
            assert_out_of_scope(&store.people(&by).await, Act::ManagePeople);
            assert_out_of_scope(&store.audit(&by, &AuditQuery::default(), None, 1).await, Act::ReadAudit);
            assert_out_of_scope(&store.make_token(&by, &new("draft"), now()).await, Act::MakeTokens);
            assert_out_of_scope(&store.own_tokens(&by).await, Act::MakeTokens);
            assert_out_of_scope(&store.tips(&by, domain::TipState::New, domain::page::PageNumber::asked(None), 1).await, Act::SortTips);
            assert_out_of_scope(&store.plan_import(&by, Vec::new(), now()).await, Act::Import);
            if *scope != Scope::Draft {
                assert_out_of_scope(&begin(&by).await, Act::Draft);
                let saved = store.save_draft(&by, draft.id, 1, Fields::default(), now()).await;
                assert!(matches!(saved, Err(StoreError::OutOfScope { .. })), "{saved:?}");
                let given_up = store.discard_draft(&by, draft.id, now()).await;
                assert!(matches!(given_up, Err(StoreError::OutOfScope { .. })), "{given_up:?}");
            }
            if *scope != Scope::Check {
                assert_out_of_scope(&store.check_pledge(&by, &slug("april-summit"), "", domain::Locale::En, now()).await, Act::Check);
            }
            if *scope != Scope::Review {
                assert_out_of_scope(&store.approve_drafts(&by, &[(draft.id, 1)], &Approval::default(), now()).await, Act::Review);
                assert_out_of_scope(&store.return_draft(&by, draft.id, 1, "x", &[], now()).await, Act::Review);
            }
            if *scope == Scope::Check {
                assert_out_of_scope(&store.draft(&by, draft.id).await, Act::ReadDrafts);
                assert_out_of_scope(&store.drafts(&by, DraftList::Others).await, Act::ReadDrafts);
            } else {
                assert!(store.draft(&by, draft.id).await.unwrap().is_some());
            }
        }
    }

    async fn the_log_names_the_token_beside_the_person(engine) {
        let test = with_example(engine).await;
        let store = &test.store;
        let admin = somebody(store, "admin", DeskRole::Administrator).await;
        let by = by_token(store, &admin, "check").await;
        for by in [&by, &admin] {
            store.check_pledge(by, &slug("april-summit"), "", domain::Locale::En, now()).await.unwrap();
        }
        let act = AuditQuery { act: Some("pledge.check".into()), ..AuditQuery::default() };
        let mut told: Vec<_> = store.audit(&admin, &act, None, 9).await.unwrap().into_iter().map(|entry| entry.token).collect();
        told.sort();
        assert_eq!(told, [None, Some("for check".to_owned())]);
        let of_token = AuditQuery { token: by.token.map(|token| token.id), ..AuditQuery::default() };
        let log = store.audit(&admin, &of_token, None, 9).await.unwrap();
        assert_eq!(log.len(), 1);
        assert_eq!(log[0].person.as_ref().unwrap().0, "admin");
        assert_eq!(store.audited(&admin).await.unwrap().tokens.len(), 1);
    }

    async fn a_key_begins_one_draft_however_often_it_is_sent(engine) {
        let test = TestStore::empty(engine).await;
        let (ana, eva) = (somebody(&test.store, "ana", DeskRole::Editor).await, somebody(&test.store, "eva", DeskRole::Editor).await);
        let begin = |editor: &Editor, content: &'static str| {
            let (store, editor) = (test.store.clone(), editor.clone());
            let once = Once { key: "monday", content };
            tokio::spawn(async move {
                store.begin_draft_once(&editor, DraftKind::Pledge, None, Fields::default(), once, now()).await.map(|draft| draft.id)
            })
        };
        let all: Vec<_> = (0..8).map(|_| begin(&ana, "a")).collect();
        let mut begun = std::collections::BTreeSet::new();
        for one in all {
            begun.insert(one.await.unwrap().unwrap());
        }
        assert_eq!(begun.len(), 1, "{begun:?}");
        assert_eq!(test.store.drafts(&ana, DraftList::Mine).await.unwrap().len(), 1);
        assert!(matches!(begin(&ana, "b").await.unwrap(), Err(StoreError::KeyUsed)));
        assert!(!begun.contains(&begin(&eva, "b").await.unwrap().unwrap()), "the key of somebody else");
    }

    async fn the_database_revives_no_token(engine) {
        let test = TestStore::empty(engine).await;
        let ana = somebody(&test.store, "ana", DeskRole::Editor).await;
        test.store.make_token(&ana, &new("draft"), now()).await.unwrap();
        let id = test.store.own_tokens(&ana).await.unwrap()[0].id;
        for statement in [
            "update token set scopes = 'draft review'",
            "update token set hash = 'x'",
            "update token set expires_at = '2099-01-01 00:00:00+00:00'",
            "delete from token",
        ] {
            assert!(test.sql(statement).await.is_err(), "{statement}");
        }
        test.sql("update token set name = 'Another name'").await.unwrap();
        test.store.revoke_token(&ana, id, now()).await.unwrap();
        assert!(test.sql("update token set revoked_at = null").await.is_err());
    }

    async fn wrong_tokens_are_counted_by_address_and_apart_from_passwords(engine) {
        let test = TestStore::empty(engine).await;
        let store = &test.store;
        for minute in 0..30 {
            assert!(store.tokens_again_at("a", after(0)).await.unwrap().is_none(), "{minute}");
            store.token_failed("a", now()).await.unwrap();
        }
        assert_eq!(store.tokens_again_at("a", after(1)).await.unwrap(), Some(after(15)));
        assert!(store.tokens_again_at("b", after(1)).await.unwrap().is_none());
        assert!(matches!(store.attempt("ana", "a", after(1)).await.unwrap(), store::Attempts::Allowed(_)));
        assert!(store.tokens_again_at("a", after(15)).await.unwrap().is_none());
        assert!(test.texts("select key_hash from sign_in_failure").await.iter().all(|key| key.len() == 64));
    }
}
