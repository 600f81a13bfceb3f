//! What the record answers: lists, pledges, sources, changes, at moments of both clocks.

use std::collections::BTreeSet;

use domain::{Moment, PledgeQuery, PledgeSort, PledgeStatus, Search, Timeliness, Timely, page::PageNumber};
use store::{Store, on_both_engines};

use crate::util::{now, on, slug, today, uuid, with_example};

fn first_page() -> PageNumber {
    PageNumber::asked(None)
}

async fn slugs(store: &Store, query: PledgeQuery, moment: Moment) -> Vec<String> {
    let page = store.pledges(&query, moment, first_page(), 100).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64);
    page.items.iter().map(|row| row.slug.to_string()).collect()
}

on_both_engines! {
    async fn the_summit_was_fulfilled_seven_days_late(engine) {
        let test = with_example(engine).await;
        let summit = test.store.pledge(&slug("april-summit"), today()).await.unwrap().unwrap();
        assert_eq!(summit.state.unwrap().status, PledgeStatus::Fulfilled);
        assert_eq!(summit.timeliness, Some(Timeliness::Late { at_least: 7, at_most: 7 }));
        assert_eq!(summit.steps.iter().map(|step| step.status.code()).collect::<Vec<_>>(), ["fulfilled", "announced"]);
        assert_eq!(summit.steps[0].citations.len(), 2);
        assert_eq!(summit.variants.len(), 2);
        assert!(summit.variants.iter().any(|variant| variant.taken && variant.cited.quote.is_none()));
        assert_eq!(summit.parties.len(), 4);
        assert_eq!(summit.meeting.unwrap().named.slug.as_str(), "trilateral-2024");
        assert!(summit.citations.iter().any(|cited| cited.quote.is_some()));
        assert!(summit.citations.iter().any(|cited| cited.quote.is_none()));
    }

    async fn on_15_april_the_summit_was_announced_and_due_soon(engine) {
        let test = with_example(engine).await;
        let summit = test.store.pledge(&slug("april-summit"), on("2024-04-15")).await.unwrap().unwrap();
        assert_eq!(summit.state.unwrap().status, PledgeStatus::Announced);
        assert_eq!(summit.timeliness, Some(Timeliness::DueSoon));
        assert_eq!(summit.steps.len(), 1, "what happened later is not told");
        let row = &test.store.pledges(&PledgeQuery { search: Search::parse("reunion ministerial abril"), ..Default::default() }, on("2024-05-01"), first_page(), 9).await.unwrap().items[0];
        assert_eq!(row.slug.as_str(), "april-summit");
        assert!(matches!(row.timeliness, Some(Timeliness::Overdue { days: 1, .. })));
    }

    async fn a_row_says_what_the_page_of_its_pledge_says_at_every_moment(engine) {
        let test = with_example(engine).await;
        let now = test.store.pledges(&PledgeQuery::default(), today(), first_page(), 100).await.unwrap().items;
        let mut fewer = 0;
        for moment in ["2023-01-01", "2024-03-01", "2024-05-06", "2026-11-23"].map(on) {
            let rows = test.store.pledges(&PledgeQuery::default(), moment, first_page(), 100).await.unwrap().items;
            assert!(!rows.is_empty());
            for row in rows {
                let page = test.store.pledge(&row.slug, moment).await.unwrap().unwrap();
                let of_variants = page.variants.iter().map(|variant| &variant.cited);
                let of_steps = page.steps.iter().flat_map(|step| &step.citations);
                let sources: BTreeSet<&str> =
                    page.citations.iter().chain(of_variants).chain(of_steps).map(|cited| cited.source.id.as_str()).collect();
                assert_eq!(row.sources, sources.len() as u64, "{} {}", row.slug, moment.as_of);
                let owing: Vec<_> = page.parties.iter().filter(|(_, role)| role.owes()).map(|(named, _)| named.clone()).collect();
                assert_eq!((row.parties, Some(row.state), row.spans), (owing, page.state, page.spans), "{} {}", row.slug, moment.as_of);
                fewer += usize::from(now.iter().any(|later| later.slug == row.slug && later.sources > row.sources));
            }
        }
        assert!(fewer > 0, "no pledge had fewer sources before");
    }

    async fn before_it_was_made_a_pledge_is_in_no_list_and_its_page_says_so(engine) {
        let test = with_example(engine).await;
        let before = on("2024-02-27");
        assert!(!slugs(&test.store, PledgeQuery::default(), before).await.contains(&"april-summit".to_owned()));
        assert_eq!(test.store.pledge(&slug("april-summit"), before).await.unwrap().unwrap().state, None);
    }

    async fn before_it_was_recorded_the_record_knew_nothing(engine) {
        let test = with_example(engine).await;
        let unknown = Moment::asked(None, Some("2026-11-22"), now()).unwrap();
        assert_eq!(slugs(&test.store, PledgeQuery::default(), unknown).await, Vec::<String>::new());
        assert!(test.store.pledge(&slug("april-summit"), unknown).await.unwrap().is_none());
        assert_eq!(test.store.changes(&PledgeQuery::default(), unknown, first_page(), 10).await.unwrap().total, 0);
    }

    async fn filters_narrow_and_combine(engine) {
        let test = with_example(engine).await;
        let at_trilateral = slugs(&test.store, PledgeQuery { meeting: Some(slug("trilateral-2024")), ..Default::default() }, today()).await;
        assert!(at_trilateral.contains(&"operational-cell".to_owned()) && at_trilateral.len() < 20);
        let fulfilled = PledgeQuery { status: Some(PledgeStatus::Fulfilled), party: Some(slug("guatemala")), ..Default::default() };
        let found = slugs(&test.store, fulfilled, today()).await;
        assert!(found.contains(&"april-summit".to_owned()) && !found.contains(&"operational-cell".to_owned()));
        let topic = slugs(&test.store, PledgeQuery { topic: Some(slug("smuggling")), ..Default::default() }, today()).await;
        assert!(topic.contains(&"operational-cell".to_owned()));
        assert_eq!(slugs(&test.store, PledgeQuery { party: Some(slug("nobody")), ..Default::default() }, today()).await, Vec::<String>::new());
        let overdue = slugs(&test.store, PledgeQuery { timeliness: Some(Timely::Overdue), ..Default::default() }, today()).await;
        assert!(overdue.contains(&"colombia-chair-2025".to_owned()) && !overdue.contains(&"april-summit".to_owned()));
        assert_eq!(test.store.figures(&PledgeQuery::default(), today()).await.unwrap().overdue, overdue.len() as u64);
    }

    async fn words_are_found_in_both_languages_blind_to_accents_and_safe(engine) {
        let test = with_example(engine).await;
        for words in ["operational cell", "CÉLULA operativa", "celula guatemala", "  cell   trilateral "] {
            let found = slugs(&test.store, PledgeQuery { search: Search::parse(words), ..Default::default() }, today()).await;
            assert!(found.contains(&"operational-cell".to_owned()), "{words}: {found:?}");
        }
        for words in ["'; drop table pledge; --", "100%_of", "!nothing!"] {
            assert_eq!(slugs(&test.store, PledgeQuery { search: Search::parse(words), ..Default::default() }, today()).await, Vec::<String>::new(), "{words}");
        }
    }

    async fn orders_are_what_they_say(engine) {
        let test = with_example(engine).await;
        for sort in PledgeSort::ALL {
            let page = test.store.pledges(&PledgeQuery { sort: Some(*sort), ..Default::default() }, today(), first_page(), 100).await.unwrap();
            let rows = page.items;
            let in_order = match sort {
                PledgeSort::Newest | PledgeSort::Relevance => rows.is_sorted_by(|a, b| a.made_on.to_string() >= b.made_on.to_string()),
                PledgeSort::Oldest => rows.is_sorted_by(|a, b| a.made_on.to_string() <= b.made_on.to_string()),
                PledgeSort::Due => matches!(rows[0].due, Some(domain::Due::On(_))) && rows[68].due.is_none(),
                PledgeSort::Changed => rows.is_sorted_by(|a, b| a.state.from >= b.state.from),
            };
            assert!(in_order, "{sort:?}");
        }
    }

    async fn pages_follow_one_another(engine) {
        let test = with_example(engine).await;
        let mut seen = Vec::new();
        for number in 1..=4 {
            let page = test.store.pledges(&PledgeQuery::default(), today(), PageNumber::asked(Some(&number.to_string())), 20).await.unwrap();
            assert_eq!((page.total, page.count()), (69, 4));
            seen.extend(page.items.iter().map(|row| row.slug.to_string()));
        }
        let all = slugs(&test.store, PledgeQuery::default(), today()).await;
        assert_eq!(seen, all);
        assert!(test.store.pledges(&PledgeQuery::default(), today(), PageNumber::asked(Some("10000")), 20).await.unwrap().items.is_empty());
    }

    async fn a_source_knows_what_rests_on_it(engine) {
        let test = with_example(engine).await;
        let source = test.store.source(&slug("latamreports-2024-trilateral"), today()).await.unwrap().unwrap();
        assert_eq!(source.translation_of.unwrap().id.as_str(), "prensalibre-2024-trilateral");
        assert!(source.cited_for.iter().any(|cited| cited.pledge.as_str() == "operational-cell" && cited.variant.is_some()));
        let original = test.store.source(&slug("prensalibre-2024-trilateral"), today()).await.unwrap().unwrap();
        assert_eq!(original.translations.len(), 1);
        assert!(test.store.source(&slug("nowhere"), today()).await.unwrap().is_none());
    }

    async fn names_are_counted_at_the_moment(engine) {
        let test = with_example(engine).await;
        let parties = test.store.parties(today()).await.unwrap();
        assert_eq!(parties.len(), 27);
        let guatemala = parties.iter().find(|party| party.thing.named.slug.as_str() == "guatemala").unwrap();
        let listed = slugs(&test.store, PledgeQuery { party: Some(slug("guatemala")), ..Default::default() }, today()).await;
        assert_eq!(guatemala.pledges, listed.len() as u64);
        assert_eq!(test.store.meetings(today()).await.unwrap()[0].thing.named.slug.as_str(), "new-york-2024");
        assert_eq!(test.store.topics(today()).await.unwrap().len(), 15);
        let then = test.store.found(&PledgeQuery::default(), on("2022-06-30"), first_page(), 1).await.unwrap().facets;
        assert_eq!(then.meetings.len(), 1, "only one meeting had pledges by then");
    }

    async fn statuses_through_time_end_with_the_figures_of_the_moment(engine) {
        let test = with_example(engine).await;
        let query = PledgeQuery { party: Some(slug("guatemala")), ..Default::default() };
        for moment in [today(), on("2024-04-15")] {
            let figures = test.store.figures(&query, moment).await.unwrap();
            let over_time = test.store.over_time(&query, moment).await.unwrap();
            assert_eq!(over_time.days.last(), Some(&moment.as_of));
            for (status, counts) in &over_time.counts {
                assert_eq!(counts.len(), over_time.days.len());
                assert_eq!(counts.last(), Some(&figures.of(*status)), "{status}");
            }
            // And every day in between is what the figures of that day say.
            let day = over_time.days[over_time.days.len() / 2];
            let then = test.store.figures(&query, on(&day.to_string())).await.unwrap();
            let of = |status| over_time.counts.iter().find(|(other, _)| *other == status).map_or(0, |(_, counts)| counts[over_time.days.len() / 2]);
            assert!(PledgeStatus::ALL.iter().all(|status| of(*status) == then.of(*status)), "{day}");
        }
    }

    async fn the_scorecard_counts_what_each_party_owes(engine) {
        let test = with_example(engine).await;
        let scored = test.store.scorecard(&PledgeQuery::default(), today()).await.unwrap();
        assert!(scored.is_sorted_by(|a, b| a.figures.total() >= b.figures.total()));
        let guatemala = scored.iter().find(|scored| scored.party.named.slug.as_str() == "guatemala").unwrap();
        let query = PledgeQuery { party: Some(slug("guatemala")), ..Default::default() };
        let page = test.store.pledges(&query, today(), first_page(), 100).await.unwrap();
        let owed = page.items.iter().filter(|row| row.parties.iter().any(|party| party.slug.as_str() == "guatemala")).count();
        assert_eq!(guatemala.figures.total(), owed as u64);
        let overdue = page.items.iter().filter(|row| matches!(row.timeliness, Some(Timeliness::Overdue { .. })) && row.parties.iter().any(|party| party.slug.as_str() == "guatemala"));
        assert_eq!(guatemala.figures.overdue, overdue.count() as u64);
    }

    async fn changes_are_told_newest_first(engine) {
        let test = with_example(engine).await;
        let page = test.store.changes(&PledgeQuery::default(), today(), first_page(), 200).await.unwrap();
        assert_eq!((page.total, page.items.len()), (118, 118));
        assert_eq!(page.items[0].effective_on.to_string(), "2026-01-14");
        let then = test.store.changes(&PledgeQuery::default(), on("2022-06-30"), first_page(), 200).await.unwrap();
        assert!(then.items.iter().all(|change| change.effective_on.last_day().to_string().as_str() <= "2022-06-30"));
    }

    async fn a_draft_leaves_no_trace(engine) {
        let test = with_example(engine).await;
        // A pledge, with a party, a topic and a source that nothing public names.
        test.store.load(&draft_record(), now()).await.unwrap();
        for statement in [
            "update pledge set recorded_at = null where slug = 'secret'",
            "delete from status_span where pledge_id = (select id from pledge where slug = 'secret')",
            "delete from pledge_glance where id = (select id from pledge where slug = 'secret')",
        ] {
            test.sql(statement).await.unwrap();
        }
        assert!(test.store.pledge(&slug("secret"), today()).await.unwrap().is_none());
        assert!(test.store.party(&slug("secret-party"), today()).await.unwrap().is_none());
        assert!(test.store.topic(&slug("secret-topic"), today()).await.unwrap().is_none());
        assert!(test.store.meeting(&slug("secret-meeting"), today()).await.unwrap().is_none());
        assert!(test.store.parties(today()).await.unwrap().iter().all(|party| party.thing.named.slug.as_str() != "secret-party"));
        assert_eq!(slugs(&test.store, PledgeQuery { search: Search::parse("secretpledge"), ..Default::default() }, today()).await, Vec::<String>::new());
    }

    async fn a_correction_changes_what_is_known_and_keeps_what_was(engine) {
        let test = with_example(engine).await;
        let id = uuid(engine, 9);
        test.sql(&format!(
            "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en, searched_en, replaces_id, reason_en, recorded_at)
             select {id}, p.id, 2, 'partly_fulfilled', '2024-05-07', '2024-05-07', 'Some did not come.', 'Lists.', s.id, 'Attendance was misread.', '2026-11-24 12:00:00+00:00'
             from status_change s join pledge p on p.id = s.pledge_id where p.slug = 'april-summit' and s.position = 1"
        )).await.unwrap();
        let later = "2026-11-25T12:00:00Z".parse().unwrap();
        test.refold("2026-11-24T12:00:00Z".parse().unwrap()).await;
        let now_known = test.store.pledge(&slug("april-summit"), Moment::now(later)).await.unwrap().unwrap();
        assert_eq!(now_known.state.unwrap().status, PledgeStatus::PartlyFulfilled);
        assert_eq!(now_known.steps.len(), 3, "what was corrected stays visible");
        let corrected = now_known.steps.iter().find(|step| step.position == 1).unwrap();
        assert_eq!(corrected.corrected_by, Some(2));
        assert_eq!(now_known.steps.iter().find(|step| step.position == 2).unwrap().corrects.as_ref().unwrap().0, 1);
        let then_known = test.store.pledge(&slug("april-summit"), Moment::asked(None, Some("2026-11-23"), later).unwrap()).await.unwrap().unwrap();
        assert_eq!(then_known.state.unwrap().status, PledgeStatus::Fulfilled, "what the record said then");
    }
}

fn draft_record() -> domain::Record {
    let json = r#"{
        "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "en": "Drafts" },
        "sources": [], "meetings": [{ "id": "secret-meeting", "name": { "en": "Secret" }, "held_on": "2024", "place": { "en": "Nowhere" } }],
        "parties": [{ "id": "secret-party", "name": { "en": "Secret" }, "kind": "person" }],
        "topics": [{ "id": "secret-topic", "name": { "en": "Secret" } }],
        "pledges": [{ "id": "secret", "title": { "en": "Secretpledge" }, "summary": { "en": "Secret." }, "made_on": "2024", "meeting": "secret-meeting",
            "parties": [{ "party": "secret-party", "role": "lead" }], "topics": ["secret-topic"],
            "history": [{ "status": "announced", "effective_on": "2024", "rationale": { "en": "Secret." }, "searched": { "en": "Nowhere." } }] }]
    }"#;
    domain::Record::from_json(json, now().date_naive()).unwrap()
}
