//! Which links are looked at.

use store::{Engine, on_both_engines, testing::TestStore};

use crate::util::{example, now};

on_both_engines! {
    async fn the_links_of_all_published_sources_are_watched_however_many_others_there_are(engine) {
        let test = TestStore::empty(engine).await;
        // More than are gone through at once, on both sides of those that are published.
        for (first, name) in [('0', "before"), ('f', "behind")] {
            let rows: Vec<String> = (0..700)
                .map(|number| {
                    let id = format!("{first}0000000-0000-4000-8000-{number:012}");
                    let id = match engine {
                        Engine::Sqlite => format!("x'{}'", id.replace('-', "")),
                        Engine::Postgres => format!("'{id}'"),
                    };
                    format!("({id}, '{name}-{number}', 'https://example.org/{name}/{number}', 'T', 'P', 'en', 'news')")
                })
                .collect();
            let columns = "id, slug, url, title, publisher, language, kind";
            test.sql(&format!("insert into source ({columns}) values {}", rows.join(", "))).await.unwrap();
        }
        test.store.load(&example(), now()).await.unwrap();
        let cited = test.texts("select distinct url from source join citation on source_id = source.id order by url").await;
        assert_eq!(test.store.watch_links(now()).await.unwrap(), cited.len() as u64);
        assert_eq!(test.texts("select url from source_link order by url").await, cited);
        assert_eq!(test.store.watch_links(now()).await.unwrap(), 0, "none is new");
    }
}
