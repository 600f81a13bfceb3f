//! The example record in a fresh database.

use chrono::{DateTime, Utc};
use domain::{
    CaptureOrigin, DeskRole, DraftKind, Fields, Moment, NewPerson, Record, Sha256Hex, Slug, SourceMetadata, TextState,
    source::SourceUrl,
};
use store::{Approval, Editor, Engine, Keeper, NewCopy, Store, testing::TestStore};

pub fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

pub fn example() -> Record {
    Record::from_json(include_str!("../../../example/la-declaration.json"), now().date_naive())
        .unwrap_or_else(|errors| panic!("the example record is wrong:\n{errors}"))
}

pub async fn with_example(engine: Engine) -> TestStore {
    let test = TestStore::empty(engine).await;
    test.store.load(&example(), now()).await.expect("the example loads");
    test
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// The truth of a day as known at the time of the tests.
pub fn on(day: &str) -> Moment {
    Moment::asked(Some(day), None, now()).unwrap()
}

pub fn today() -> Moment {
    Moment::now(now())
}

/// A UUID literal as each engine keeps it: bytes in SQLite, its own type in PostgreSQL.
pub fn uuid(engine: Engine, id: u32) -> String {
    match engine {
        Engine::Sqlite => format!("x'{id:032x}'"),
        Engine::Postgres => format!("'{id:032x}'"),
    }
}

/// Breaks every seal, as somebody can who owns the database.
pub async fn unseal(test: &TestStore, engine: Engine) {
    let triggers = match engine {
        Engine::Sqlite => "select 'drop trigger ' || name from sqlite_master where type = 'trigger'",
        Engine::Postgres => {
            "select format('drop trigger %I on %I', tgname, relname) from pg_trigger join pg_class on pg_class.oid = tgrelid
             where not tgisinternal and relnamespace = current_schema()::regnamespace"
        }
    };
    for statement in test.texts(triggers).await {
        test.sql(&statement).await.unwrap();
    }
}

/// An editor of the desk.
pub async fn editor(store: &Store) -> Editor {
    somebody(store, &format!("editor-{}", uuid::Uuid::now_v7()), DeskRole::Editor).await
}

/// Somebody at the desk, under a name that nobody else there has.
pub async fn somebody(store: &Store, name: &str, role: DeskRole) -> Editor {
    let new = NewPerson { email: format!("{name}@example.org"), name: name.to_owned(), role };
    let link = store.invite(None, &new, now()).await.unwrap();
    store.follow_link(link.reveal(), "hash".to_owned(), now()).await.unwrap().unwrap()
}

/// Publishes a draft of a pledge without a second pair of eyes, as an administrator may.
pub async fn publish(store: &Store, editor: &Editor, kind: DraftKind, pledge: &str, fields: Fields, at: DateTime<Utc>) {
    let draft = store.begin_draft(editor, kind, Some(&slug(pledge)), fields, at).await.unwrap();
    store.submit_draft(editor, draft.id, draft.version, at).await.unwrap();
    let approval = Approval { at: None, override_reason: "Nobody else was there.".into() };
    store.approve_drafts(editor, &[(draft.id, draft.version)], &approval, at).await.unwrap();
}

/// Keeps a copy of an address, as somebody at the desk hands it in.
pub async fn hand_in(store: &Store, editor: &Editor, url: &str, text: &str, at: DateTime<Utc>) {
    let copy = NewCopy {
        url: SourceUrl::parse(url).unwrap(),
        sha256: Sha256Hex::of(text.as_bytes()),
        bytes: text.len() as u64,
        media_type: "text/plain".to_owned(),
        packed_as: None,
        text_state: TextState::Read,
        pages: vec![text.to_owned()],
        metadata: SourceMetadata::default(),
        answer: None,
    };
    store.keep_copy(copy, Keeper::Person(editor, CaptureOrigin::Uploaded), at).await.unwrap().unwrap();
}

/// The address of a source that the example's first pledge rests on.
pub fn cited() -> String {
    let record = example();
    let cited = &record.pledges[0].history[0].citations[0].source;
    record.sources.iter().find(|source| source.id == *cited).unwrap().url.to_string()
}
