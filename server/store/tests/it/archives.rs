//! Where an archive keeps a source: said later than the source itself, recorded like everything else that is public.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{DeskRole, DraftKind, Fields, Problem};
use store::{Editor, NotVerified, StoreError, on_both_engines, testing::TestStore};

use crate::util::{example, now, publish, slug, somebody, unseal, with_example};

const ARCHIVE: &str = "https://web.archive.org/web/20240301000000/https://example.org/";

fn after(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

async fn archive_of(test: &TestStore, source: &str) -> Option<String> {
    let moment = domain::Moment::now(after(100));
    test.store.source(&slug(source), moment).await.unwrap().unwrap().source.archive_url
}

async fn change(test: &TestStore, editor: &Editor, pledge: &str, fields: &[(&str, &str)], at: DateTime<Utc>) {
    let fields = Fields::sent(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    publish(&test.store, editor, DraftKind::StatusChange, pledge, fields, at).await;
}

on_both_engines! {
    async fn where_an_archive_keeps_a_source_is_said_later_and_recorded(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "administrator", DeskRole::Administrator).await;
        let source = "latamreports-2024-trilateral";
        let size = test.store.log_head().await.unwrap().size;
        test.store.say_archive(&ana, &slug(source), &format!(" {ARCHIVE} "), after(1)).await.unwrap();
        assert_eq!(archive_of(&test, source).await.as_deref(), Some(ARCHIVE));
        // Said twice it is one publication.
        test.store.say_archive(&ana, &slug(source), ARCHIVE, after(2)).await.unwrap();
        assert_eq!(test.store.log_head().await.unwrap().size, size + 1);
        test.store.verify(&[]).await.unwrap();

        // It may be typed with a citation too, but then it does not take the place of another.
        let url = example().sources.iter().find(|found| found.id.as_str() == source).unwrap().url.to_string();
        let other = example().sources.iter().find(|found| found.id.as_str() != source && found.archive_url.is_none()).unwrap().clone();
        let fields = [
            ("status", "fulfilled"), ("effective_on", "2024-05-08"), ("rationale.en", "It took place."),
            ("citations[0].source.url", url.as_str()), ("citations[0].quote", "took place"),
            ("citations[0].source.archive_url", "https://elsewhere.example.org/"),
            ("citations[1].source.url", other.url.as_str()), ("citations[1].quote", "place"),
            ("citations[1].source.archive_url", "https://archive.example.org/other"),
        ];
        change(&test, &ana, "april-summit", &fields, after(3)).await;
        assert_eq!(archive_of(&test, source).await.as_deref(), Some(ARCHIVE));
        assert_eq!(archive_of(&test, other.id.as_str()).await.as_deref(), Some("https://archive.example.org/other"));
        test.store.verify(&[]).await.unwrap();
        test.store.say_archive(&ana, &other.id, "", after(4)).await.unwrap();
        assert_eq!(archive_of(&test, other.id.as_str()).await, None);
        test.store.verify(&[]).await.unwrap();

        unseal(&test, engine).await;
        test.sql(&format!("update source set archive_url = 'https://evil.example/' where slug = '{source}'")).await.unwrap();
        let wrong = match test.store.verify(&[]).await {
            Err(NotVerified::Wrong(wrong)) => wrong,
            other => panic!("{other:?}"),
        };
        assert_eq!((wrong.table, wrong.name.as_str(), wrong.field.as_str()), ("source", source, "archive_url"));
    }

    async fn only_who_may_change_what_is_published_says_it_of_what_is_published(engine) {
        let test = with_example(engine).await;
        let ana = somebody(&test.store, "editor", DeskRole::Editor).await;
        let carla = somebody(&test.store, "contributor", DeskRole::Contributor).await;
        let source = slug("latamreports-2024-trilateral");
        let said = async |editor: &Editor, source: &str, url: &str| test.store.say_archive(editor, &slug(source), url, after(1)).await;
        assert!(matches!(said(&carla, source.as_str(), ARCHIVE).await, Err(StoreError::Forbidden { .. })));
        assert!(matches!(said(&ana, "no-such", ARCHIVE).await, Err(StoreError::NoSuch { .. })));
        for wrong in ["javascript:alert(1)", "https://user:pw@archive.example.org/", "archive.example.org"] {
            let Err(StoreError::Refused(errors)) = said(&ana, source.as_str(), wrong).await else { panic!("{wrong}") };
            assert!(errors.iter().all(|error| error.path == "archive_url" && matches!(error.problem, Problem::NotAUrl { .. })));
        }
    }
}
