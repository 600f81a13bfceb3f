//! Quotes and the kept copies of their sources: which copy has the passage, and what the desk is told where none has.

use chrono::TimeDelta;
use domain::{Fields, Moment, passage::QuoteCheck, source::SourceUrl};
use store::{Anchor, on_both_engines, testing::TestStore};

use crate::util::{editor, example, hand_in, now, slug, with_example};

/// The source of the example that is quoted, and one of its quotes.
const SOURCE: &str = "latamreports-2024-trilateral";
const QUOTE: &str = "the creation of an operational cell among the three countries";

fn url() -> String {
    example().sources.iter().find(|source| source.id.as_str() == SOURCE).unwrap().url.to_string()
}

async fn anchor_at(test: &TestStore, moment: Moment) -> Option<Anchor> {
    let mut pledge = test.store.pledge(&slug("operational-cell"), moment).await.unwrap().unwrap();
    test.store.anchor(pledge.cited_mut(), moment).await.unwrap();
    let cited = pledge.citations.into_iter().find(|cited| cited.quote.as_deref() == Some(QUOTE)).unwrap();
    cited.anchor
}

on_both_engines! {
    async fn a_citation_is_anchored_in_the_newest_copy_that_has_its_quote(engine) {
        let test = with_example(engine).await;
        let ana = editor(&test.store).await;
        let known = |minutes: i64| {
            let at = now() + TimeDelta::minutes(minutes);
            Moment::asked(None, Some(&at.to_rfc3339()), at).unwrap()
        };
        assert_eq!(anchor_at(&test, known(0)).await, None);
        let first = format!("They spoke of {QUOTE}.");
        let second = format!("They spoke again of {QUOTE}.");
        for (minutes, text) in [(1, first.as_str()), (2, &second), (3, "Nothing of it is left.")] {
            hand_in(&test.store, &ana, &url(), text, now() + TimeDelta::minutes(minutes)).await;
        }
        let sha256 = |text: &str| domain::Sha256Hex::of(text.as_bytes());
        // Asked twice it is the same: the second time it is remembered.
        for _ in 0..2 {
            assert_eq!(anchor_at(&test, known(9)).await, Some(Anchor { sha256: sha256(&second), page: None }));
            assert_eq!(anchor_at(&test, known(1)).await, Some(Anchor { sha256: sha256(&first), page: None }));
            assert_eq!(anchor_at(&test, known(0)).await, None);
        }
    }

    async fn the_desk_is_told_which_copy_has_a_quote_and_what_is_nearest(engine) {
        let test = with_example(engine).await;
        let ana = editor(&test.store).await;
        let (url, other) = (url(), "https://example.org/never-kept");
        let typed = [
            ("citations[0].source.url", url.as_str()), ("citations[0].quote", QUOTE),
            ("citations[1].source.url", url.as_str()), ("citations[1].quote", "Nothing of this is left"),
            ("citations[2].source.url", url.as_str()), ("citations[2].quote", "zanahorias"),
            ("history[0].citations[0].source.url", other), ("history[0].citations[0].quote", "x y"),
            ("citations[3].source.url", url.as_str()), ("citations[4].quote", "without a source"),
        ];
        let fields = Fields::sent(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
        for (minutes, text) in [(1, format!("They spoke of {QUOTE}.")), (2, "Nothing of it is left.".to_owned())] {
            hand_in(&test.store, &ana, &url, &text, now() + TimeDelta::minutes(minutes)).await;
        }
        let copies = test.store.captures_of(&[SourceUrl::parse(&url).unwrap()]).await.unwrap();
        let looks = test.store.look_for_quotes(&fields, &copies).await.unwrap();
        assert_eq!(looks.len(), 4, "{:?}", looks.keys());
        let (older, newest) = (&copies[0].copies[1], &copies[0].copies[0]);
        let look = &looks["citations[0]"];
        assert!(matches!(look.check, QuoteCheck::Found(_)) && look.copy.as_ref() == Some(older));
        let look = &looks["citations[1]"];
        assert!(matches!(look.check, QuoteCheck::Differs(_)) && look.copy.as_ref() == Some(newest));
        assert_eq!(looks["citations[2]"].check, QuoteCheck::Nowhere);
        let look = &looks["history[0].citations[0]"];
        assert!(look.check == QuoteCheck::NoCopy && look.copy.is_none());
    }

    async fn entries_about_a_pledge_are_those_that_speak_of_it_or_of_its_copies(engine) {
        let test = with_example(engine).await;
        let ana = editor(&test.store).await;
        let about = async || test.store.entries_about(&slug("operational-cell"), &[url()]).await.unwrap();
        assert_eq!(about().await, [0]);
        hand_in(&test.store, &ana, &url(), "A copy.", now() + TimeDelta::minutes(1)).await;
        let elsewhere = crate::util::cited();
        hand_in(&test.store, &ana, &elsewhere, "Another.", now() + TimeDelta::minutes(2)).await;
        test.store.check_pledge(&ana, &slug("april-summit"), "", domain::Locale::En, now() + TimeDelta::minutes(3)).await.unwrap();
        test.store.check_pledge(&ana, &slug("operational-cell"), "", domain::Locale::En, now() + TimeDelta::minutes(4)).await.unwrap();
        assert_eq!(about().await, [0, 1, 4]);
    }
}
