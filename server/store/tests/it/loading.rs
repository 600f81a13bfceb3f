//! Loading a record: once, twice, at once.

use domain::PledgeQuery;
use domain::PledgeStatus;
use store::{Loaded, on_both_engines, testing::TestStore};

use crate::util::{example, now, today, with_example};

on_both_engines! {
    async fn the_example_record_loads_whole(engine) {
        let test = TestStore::empty(engine).await;
        assert!(test.store.is_empty().await.unwrap());
        let loaded = test.store.load(&example(), now()).await.unwrap();
        assert_eq!(loaded, Loaded { pledges: 69, status_changes: 118, sources: 81, left: 0 });
        assert!(!test.store.is_empty().await.unwrap());
        let figures = test.store.figures(&PledgeQuery::default(), today()).await.unwrap();
        assert_eq!(figures.total(), 69);
        assert!(figures.of(PledgeStatus::Fulfilled) > 0);
    }

    async fn loading_twice_adds_nothing(engine) {
        let test = with_example(engine).await;
        let again = test.store.load(&example(), now() + chrono::TimeDelta::hours(1)).await.unwrap();
        assert_eq!(again, Loaded { pledges: 0, status_changes: 0, sources: 0, left: 69 });
        let counts = test.texts("select cast(count(*) as text) from status_change union all select cast(count(*) as text) from citation").await;
        let first = with_example(engine).await;
        assert_eq!(counts, first.texts("select cast(count(*) as text) from status_change union all select cast(count(*) as text) from citation").await);
    }

    async fn a_load_that_fails_adds_nothing(engine) {
        let test = TestStore::empty(engine).await;
        let mut record = example();
        // Refused by the database, after many rows were written.
        record.pledges.last_mut().unwrap().history.last_mut().unwrap().citations.clear();
        assert!(test.store.load(&record, now()).await.is_err());
        assert!(test.store.is_empty().await.unwrap());
        assert_eq!(test.texts("select slug from source").await, Vec::<String>::new());
    }
}
