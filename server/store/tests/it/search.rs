//! Searching: the same on both engines, blind to accents and case, at any moment.

use domain::{Moment, PledgeQuery, PledgeStatus, Search, page::PageNumber};
use store::{Found, Store, on_both_engines, testing::TestStore};

use crate::util::{example, now, on, slug, today, with_example};

async fn found(store: &Store, words: &str, moment: Moment) -> Found {
    let query = PledgeQuery { search: Search::parse(words), ..PledgeQuery::default() };
    store.found(&query, moment, PageNumber::asked(None), 100).await.unwrap()
}

async fn slugs(store: &Store, words: &str, moment: Moment) -> Vec<String> {
    found(store, words, moment).await.pledges.items.into_iter().map(|row| row.slug.to_string()).collect()
}

/// What people search: words in both languages, prefixes, phrases, words across texts, letters of all kinds, nonsense.
const SEARCHES: [&str; 24] = [
    "operational cell",
    "CÉLULA operativa",
    "celula guatemala",
    "  cell   trilateral ",
    "migra",
    "\"operational cell\"",
    "\"cell operational\"",
    "summit april",
    "cumbre abril guatemala",
    "\"será anfitriona\"",
    "méxico",
    "Mexico 2024",
    "a",
    "regulari",
    "co-operation",
    "314",
    "314 million",
    "\"Los Angeles\"",
    "declaración de los ángeles",
    "darién",
    "zzz",
    "niños",
    "“near future”",
    "embassy OR visa",
];

on_both_engines! {
    async fn what_is_found_is_what_the_texts_have(engine) {
        let test = with_example(engine).await;
        let later = now() + chrono::TimeDelta::hours(1);
        // Something new is said of every pledge: whoever asks what was known before has all texts read again.
        test.refold(later).await;
        for words in SEARCHES {
            let search = Search::parse(words).unwrap();
            let mut by_index = slugs(&test.store, words, Moment::now(later)).await;
            by_index.sort();
            let then = Moment::asked(None, Some(&now().to_rfc3339()), later).unwrap();
            let mut by_reading = slugs(&test.store, words, then).await;
            by_reading.sort();
            assert_eq!(by_index, by_reading, "{words}");
            // And no pledge is left out whose title has it all.
            let all = test.store.pledges(&PledgeQuery::default(), today(), PageNumber::asked(None), 100).await.unwrap();
            for row in all.items {
                let title = [row.title.en.as_deref().unwrap_or_default(), row.title.es.as_deref().unwrap_or_default()];
                assert!(!search.found_in(&title) || by_index.contains(&row.slug.to_string()), "{words}: {}", row.slug);
            }
        }
        assert!(!slugs(&test.store, "DARIEN", today()).await.is_empty());
        assert_eq!(slugs(&test.store, "zzz", today()).await, Vec::<String>::new());
    }

    async fn nothing_that_is_typed_is_an_instruction(engine) {
        let test = with_example(engine).await;
        for words in ["%", "_", "a* OR", "'; drop table pledge; --", "title:cell", "NEAR(a b)", "\"", "\\", "a\u{0}b", "cell' & !'x", "^cell", "{title}: cell", "\u{E000}"] {
            found(&test.store, words, today()).await;
        }
        assert_eq!(test.store.figures(&PledgeQuery::default(), today()).await.unwrap().total(), 69);
    }

    async fn titles_come_before_summaries_and_those_before_evidence(engine) {
        let test = with_example(engine).await;
        let rows = found(&test.store, "cell", today()).await.pledges.items;
        assert_eq!(rows[0].slug.as_str(), "operational-cell");
        let search = Search::parse("migration").unwrap();
        let rows = found(&test.store, "migration", today()).await.pledges.items;
        let in_title: Vec<bool> = rows.iter().map(|row| {
            search.found_in(&[row.title.en.as_deref().unwrap_or_default(), row.title.es.as_deref().unwrap_or_default()])
        }).collect();
        assert!(in_title.contains(&true) && in_title.contains(&false) && in_title.is_sorted_by(|a, b| a >= b), "{in_title:?}");
    }

    async fn passages_show_what_was_found(engine) {
        let test = with_example(engine).await;
        let rows = found(&test.store, "gobierno anfitrion", today()).await.pledges.items;
        assert!(!rows.is_empty());
        for row in rows {
            let passage = &row.passages[0];
            assert_eq!((passage.language.as_str(), passage.terms), ("es", 2));
            assert!(passage.excerpt.pieces.iter().any(|piece| piece.found && piece.text.to_lowercase().starts_with("anfitrión")));
        }
    }

    async fn what_was_not_there_then_is_not_found_then(engine) {
        let test = with_example(engine).await;
        // The meeting of May is in a rationale that tells of May.
        assert!(!slugs(&test.store, "\"6–7 May\"", today()).await.is_empty());
        assert_eq!(slugs(&test.store, "\"6–7 May\"", on("2024-03-01")).await, Vec::<String>::new());
        for words in SEARCHES {
            let then = slugs(&test.store, words, on("2024-03-01")).await;
            let now = slugs(&test.store, words, today()).await;
            assert!(then.iter().all(|slug| now.contains(slug)), "{words}");
        }
        let before = Moment::asked(None, Some("2026-11-01"), now()).unwrap();
        assert!(slugs(&test.store, "cell", before).await.is_empty());
    }

    async fn a_search_is_narrowed_like_any_list_and_facets_say_what_is_left(engine) {
        let test = with_example(engine).await;
        let all = found(&test.store, "guatemala", today()).await;
        let query = PledgeQuery {
            search: Search::parse("guatemala"), status: Some(PledgeStatus::Fulfilled), party: Some(slug("mexico")), ..PledgeQuery::default()
        };
        let narrowed = test.store.found(&query, today(), PageNumber::asked(None), 100).await.unwrap();
        assert!(narrowed.pledges.total < all.pledges.total && narrowed.pledges.total > 0);
        assert!(narrowed.pledges.items.iter().all(|row| row.state.status == PledgeStatus::Fulfilled));
        // Each facet keeps its promise: choosing it leaves as many as it says.
        for (status, count) in &narrowed.facets.statuses {
            let query = PledgeQuery { status: Some(*status), ..query.clone() };
            assert_eq!(test.store.figures(&query, today()).await.unwrap().total(), *count, "{status}");
        }
        for party in &narrowed.facets.parties {
            let query = PledgeQuery { party: Some(party.thing.slug.clone()), ..query.clone() };
            assert_eq!(test.store.figures(&query, today()).await.unwrap().total(), party.pledges, "{}", party.thing.slug);
        }
        for (role, count) in &narrowed.facets.roles {
            let query = PledgeQuery { role: Some(*role), ..query.clone() };
            assert_eq!(test.store.figures(&query, today()).await.unwrap().total(), *count, "{role}");
        }
        for (timely, count) in &all.facets.timeliness {
            let query = PledgeQuery { search: Search::parse("guatemala"), timeliness: Some(*timely), ..PledgeQuery::default() };
            assert_eq!(test.store.figures(&query, today()).await.unwrap().total(), *count, "{timely}");
        }
        for (year, count) in &all.facets.due {
            let due = year.map_or("none".to_owned(), |year| year.to_string());
            let query = PledgeQuery { search: Search::parse("guatemala"), due: due.parse().ok(), ..PledgeQuery::default() };
            assert_eq!(test.store.figures(&query, today()).await.unwrap().total(), *count, "{due}");
        }
        for (language, count) in &all.facets.source_languages {
            let query = PledgeQuery { search: Search::parse("guatemala"), source_language: Some(language.clone()), ..PledgeQuery::default() };
            assert_eq!(test.store.figures(&query, today()).await.unwrap().total(), *count, "{language}");
        }
    }

    async fn a_record_of_the_version_before_is_indexed_when_it_is_prepared(engine) {
        let test = with_example(engine).await;
        test.sql("delete from pledge_text where true").await.unwrap();
        assert_eq!(slugs(&test.store, "cell", today()).await, Vec::<String>::new());
        test.sql("update record_state set texts = 0").await.unwrap();
        test.store.prepare(now()).await.unwrap();
        assert!(!slugs(&test.store, "cell", today()).await.is_empty());
    }

    async fn what_is_published_elsewhere_shows_within_a_second(engine) {
        let test = TestStore::empty(engine).await;
        let mut record = example();
        let later = record.pledges.split_off(40);
        test.store.load(&record, now()).await.unwrap();
        assert_eq!(test.store.figures(&PledgeQuery::default(), today()).await.unwrap().total(), 40);
        let searches = ["cell", "guatemala", "migra", "\"operational cell\"", "guatemala visa", "nothing"];
        for words in searches {
            // They are kept by now.
            assert_eq!(slugs(&test.store, words, today()).await, slugs(&test.store, words, today()).await);
        }
        // Another server, with its own memory.
        let other = Store::open(&store::Location::parse(&test.url).unwrap()).await.unwrap();
        record.pledges = later;
        other.load(&record, now()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let after = Moment::now(now() + chrono::TimeDelta::seconds(1));
        assert_eq!(test.store.figures(&PledgeQuery::default(), after).await.unwrap().total(), 69);
        assert_eq!(test.store.revision().await.unwrap().number, 2);
        let mut more = 0;
        for words in searches {
            let fresh = Store::open(&store::Location::parse(&test.url).unwrap()).await.unwrap();
            let found = slugs(&fresh, words, after).await;
            assert_eq!(slugs(&test.store, words, after).await, found, "{words}");
            more += usize::from(found.len() > slugs(&fresh, words, Moment::asked(None, Some("2026-11-23T12:00:00Z"), after.known_at).unwrap()).await.len());
        }
        assert!(more > 1, "what was found before was found by chance");
        // And the state before it is still there for those who ask for it.
        let before = Moment::asked(None, Some("2026-11-23T12:00:00Z"), after.known_at).unwrap();
        assert_eq!(test.store.figures(&PledgeQuery::default(), before).await.unwrap().total(), 40);
    }

    async fn who_enters_a_pledge_sees_those_with_such_a_title(engine) {
        let test = with_example(engine).await;
        let alike = async |title: &str| -> Vec<String> {
            test.store.similar(title).await.unwrap().into_iter().map(|named| named.slug.to_string()).collect()
        };
        let all = test.store.pledges(&PledgeQuery::default(), today(), PageNumber::asked(None), 100).await.unwrap();
        for row in all.items {
            for title in [row.title.en, row.title.es].into_iter().flatten() {
                let found = alike(&title).await;
                assert!(found.contains(&row.slug.to_string()), "{title}: {found:?}");
                assert_eq!(found, alike(&title.to_uppercase()).await, "{title}");
            }
        }
        assert_eq!(alike("Ministerial of the Declaration, hosted in Guatemala in APRIL").await.first().unwrap(), "april-summit");
        for unlike in ["Guatemala", "of the in", "", "host a fair of books in the port of Valparaíso", "' | \"* zzzz"] {
            assert_eq!(alike(unlike).await, Vec::<String>::new(), "{unlike}");
        }
    }

    async fn lists_can_be_walked_by_cursor(engine) {
        let test = with_example(engine).await;
        for words in ["", "guatemala"] {
            let query = PledgeQuery { search: Search::parse(words), ..PledgeQuery::default() };
            let whole = test.store.pledges(&query, today(), PageNumber::asked(None), 100).await.unwrap();
            let (mut walked, mut after) = (Vec::new(), None);
            loop {
                let piece = test.store.pledges_from(&query, today(), after, 7).await.unwrap();
                assert_eq!(piece.total, whole.total);
                walked.extend(piece.items.iter().map(|row| row.slug.clone()));
                after = piece.next;
                if after.is_none() { break }
            }
            assert_eq!(walked, whole.items.iter().map(|row| row.slug.clone()).collect::<Vec<_>>());
        }
        let whole = test.store.changes(&PledgeQuery::default(), today(), PageNumber::asked(None), 200).await.unwrap();
        let (mut walked, mut after) = (Vec::new(), None);
        loop {
            let piece = test.store.changes_from(&PledgeQuery::default(), today(), after, 11).await.unwrap();
            walked.extend(piece.items.into_iter().map(|change| (change.pledge, change.position)));
            after = piece.next;
            if after.is_none() { break }
        }
        assert_eq!(walked.len() as u64, whole.total);
        assert_eq!(walked, whole.items.into_iter().map(|change| (change.pledge, change.position)).collect::<Vec<_>>());
    }

    async fn changes_are_narrowed_like_the_list(engine) {
        let test = with_example(engine).await;
        let of = async |query: &PledgeQuery| test.store.changes(query, today(), PageNumber::asked(None), 200).await.unwrap();
        let all = of(&PledgeQuery::default()).await;
        let stalled = of(&PledgeQuery { status: Some(PledgeStatus::Stalled), ..PledgeQuery::default() }).await;
        assert!(stalled.total > 0 && stalled.total < all.total);
        assert!(stalled.items.iter().all(|change| change.status == PledgeStatus::Stalled));
        let party = PledgeQuery { party: Some(slug("guatemala")), ..PledgeQuery::default() };
        let pledges = slugs_of(&test.store, &party).await;
        let of_party = of(&party).await;
        assert!(of_party.total > 0 && of_party.items.iter().all(|change| pledges.contains(&change.pledge.to_string())));
        let tomorrow = PledgeQuery { changed_since: "2026-11-24".parse().ok(), ..PledgeQuery::default() };
        assert_eq!(of(&tomorrow).await.total, 0);
        assert_eq!(test.store.figures(&tomorrow, today()).await.unwrap().total(), 0);
    }
}

async fn slugs_of(store: &Store, query: &PledgeQuery) -> Vec<String> {
    let page = store.pledges(query, today(), PageNumber::asked(None), 100).await.unwrap();
    page.items.into_iter().map(|row| row.slug.to_string()).collect()
}
