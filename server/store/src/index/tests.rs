//! The index against the plainest way to say the same: every pledge asked in turn.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    DueRange, FuzzyDate, Localized, PartyKind, PledgeQuery, PledgeSort, PledgeStatus, Role, Slug, Timeliness, Timely,
    history::Span,
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::{select, subsequence},
};
use sea_orm::prelude::Uuid;

use super::{
    Entry, Index, Stretch, Wanted,
    glance::Glance,
    order::{Place, changed_key, lasting_key},
    read::{Names, News},
};
use crate::{
    MeetingDossier, Named, PartyDossier,
    search::{Fit, Hits},
};

const PARTIES: [&str; 3] = ["costa-rica", "guatemala", "mexico"];
const TOPICS: [&str; 2] = ["climate", "migration"];
const MEETINGS: [&str; 2] = ["summit-2024", "trilateral-2024"];
const LANGUAGES: [&str; 3] = ["en", "es", "fr"];

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn named(text: &str) -> Named {
    Named { slug: slug(text), name: Localized::both(text, text) }
}

fn names() -> Names {
    let party = |text: &&str| PartyDossier { named: named(text), kind: PartyKind::Country, iso: None };
    let held_on = FuzzyDate::Year(2024);
    let meeting = |text: &&str| MeetingDossier { named: named(text), held_on, place: Localized::default() };
    Names {
        parties: PARTIES.iter().map(party).collect(),
        meetings: MEETINGS.iter().map(meeting).collect(),
        topics: TOPICS.iter().map(|text| named(text)).collect(),
    }
}

/// A date of any precision around the days that are asked for.
fn date() -> impl Strategy<Value = FuzzyDate> {
    (2022_i32..2028, 1_u32..=12, 1_u32..=28, 0..3).prop_map(|(year, month, day, precision)| match precision {
        0 => FuzzyDate::Year(year),
        1 => FuzzyDate::Month(year, month),
        _ => FuzzyDate::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()),
    })
}

/// Statuses one after the other, the last of which lasts.
fn spans() -> impl Strategy<Value = Vec<Span>> {
    btree_map(date().prop_map(FuzzyDate::last_day), select(PledgeStatus::ALL), 1..4).prop_map(|begun| {
        let begun: Vec<_> = begun.into_iter().collect();
        let until = |place: usize| begun.get(place + 1).map(|(from, _)| *from);
        let span = |(place, (from, status)): (usize, &(NaiveDate, PledgeStatus))| Span {
            status: *status,
            effective_on: (*from).into(),
            earliest: *from,
            from: *from,
            until: until(place),
        };
        begun.iter().enumerate().map(span).collect()
    })
}

fn glance(number: u32) -> impl Strategy<Value = Glance> {
    let parties = vec((select(&PARTIES), select(Role::ALL)), 0..4);
    let topics = subsequence(&TOPICS, 0..=2);
    let languages = subsequence(&LANGUAGES, 0..=3);
    let meeting = option::of(select(&MEETINGS));
    (date(), option::of(date()), spans(), parties, topics, meeting, languages, 0_i64..900).prop_map(
        move |(made_on, due, spans, parties, topics, meeting, languages, days)| Glance {
            entry: Entry {
                id: Uuid::from_u128(u128::from(number)),
                number,
                made_on,
                due,
                spans: Stretch::default(),
                languages: 0,
                sources: 0,
                settled_on: NaiveDate::MIN,
                changed_at: DateTime::<Utc>::UNIX_EPOCH + chrono::TimeDelta::days(19_000 + days),
            },
            spans,
            // In the database a party has each role once.
            parties: parties.into_iter().map(|(party, role)| (slug(party), role)).fold(Vec::new(), |mut all, link| {
                if !all.contains(&link) {
                    all.push(link);
                }
                all
            }),
            topics: topics.into_iter().map(slug).collect(),
            meeting: meeting.map(slug),
            languages: languages.into_iter().map(str::to_owned).collect(),
        },
    )
}

/// A publication: what it says of some pledges, and which it takes out.
#[derive(Clone, Debug)]
struct Published(BTreeMap<u32, Glance>, BTreeSet<u32>);

fn published(most: usize) -> impl Strategy<Value = Published> {
    let glances = vec((1_u32..40).prop_flat_map(glance), 0..most);
    let glances = glances.prop_map(|all| all.into_iter().map(|glance| (glance.entry.number, glance)).collect());
    (glances, btree_set(1_u32..40, 0..2)).prop_map(|(glances, removed)| Published(glances, removed))
}

/// What is asked for, on which day, and what a search has found.
type Asked = (PledgeQuery, NaiveDate, Option<Vec<(u32, Fit)>>);

fn asked() -> impl Strategy<Value = Asked> {
    let party = option::of(select(vec!["costa-rica", "guatemala", "nobody"]));
    let choices = (
        option::of(select(PledgeStatus::ALL)),
        option::of(select(Timely::ALL)),
        party,
        option::of(select(Role::ALL)),
        option::of(select(&TOPICS)),
        option::of(select(&MEETINGS)),
        option::of(select(vec!["none", "2024", "2023-06/..", "../2025"])),
    );
    let fits = select(vec![Fit::Title, Fit::Body, Fit::Evidence]);
    let more = (option::of(date()), option::of(select(vec!["en", "es", "qu"])), option::of(select(PledgeSort::ALL)));
    let days = select(vec!["2023-05-01", "2024-06-30", "2026-11-26"]);
    // Where nothing narrows a list, or one choice does, it is counted in another way.
    (choices, more, days, option::of(vec((1_u32..40, fits), 0..30)), 0..3).prop_map(|(choices, more, on, hits, shape)| {
        let (status, timeliness, party, role, topic, meeting, due) = choices;
        let (changed_since, language, sort) = more;
        let narrowed = PledgeQuery {
            status,
            timeliness,
            party: party.map(slug),
            role,
            topic: topic.map(slug),
            meeting: meeting.map(slug),
            due: due.map(|due| due.parse::<DueRange>().unwrap()),
            changed_since: changed_since.map(FuzzyDate::first_day),
            source_language: language.map(str::to_owned),
            sort,
            search: None,
        };
        let plain = PledgeQuery { sort, ..PledgeQuery::default() };
        let query = match shape {
            0 => plain,
            1 if narrowed.party.is_some() => PledgeQuery { party: narrowed.party, topic: narrowed.topic, ..plain },
            1 => PledgeQuery { status, source_language: narrowed.source_language, ..plain },
            _ => narrowed,
        };
        let hits = hits.filter(|_| shape != 1);
        // A search is what says that relevance is meant where no order is asked for. Who searches the same finds the same.
        let word = hits.as_ref().map(|hits| {
            let mut hasher = DefaultHasher::new();
            for (number, fit) in hits {
                (number, *fit as u8).hash(&mut hasher);
            }
            format!("found{:x}", hasher.finish())
        });
        let search = word.and_then(|word| domain::Search::parse(&word));
        (PledgeQuery { search, ..query }, day(on), hits)
    })
}

/// The state of a pledge on a day, and how it stands to its due date.
fn state(glance: &Glance, day: NaiveDate) -> Option<(PledgeStatus, Option<Timely>)> {
    let state = glance.spans.iter().find(|span| span.holds_on(day))?;
    let timely = glance.entry.due.and_then(|due| Timeliness::of(due, state, day)).map(Timely::from);
    Some((state.status, timely))
}

/// Whether a pledge is asked for.
fn meets(glance: &Glance, query: &PledgeQuery, day: NaiveDate, hits: Option<&Hits>) -> bool {
    let Some((status, timely)) = state(glance, day) else { return false };
    hits.is_none_or(|hits| hits.all().contains(glance.entry.number))
        && query.status.is_none_or(|wanted| wanted == status)
        && query.timeliness.is_none_or(|wanted| timely == Some(wanted))
        && ((query.party.is_none() && query.role.is_none())
            || glance.parties.iter().any(|(party, role)| {
                query.party.as_ref().is_none_or(|wanted| wanted == party) && query.role.is_none_or(|wanted| wanted == *role)
            }))
        && query.topic.as_ref().is_none_or(|topic| glance.topics.contains(topic))
        && query.meeting.as_ref().is_none_or(|meeting| glance.meeting.as_ref() == Some(meeting))
        && query.due.is_none_or(|due| due.holds(glance.entry.due.map(FuzzyDate::last_day)))
        && query.changed_since.is_none_or(|day| glance.entry.changed_at.date_naive() >= day)
        && query.source_language.as_ref().is_none_or(|language| glance.languages.contains(language))
}

fn count(all: &BTreeMap<u32, Glance>, query: &PledgeQuery, day: NaiveDate, hits: Option<&Hits>) -> u64 {
    all.values().filter(|glance| meets(glance, query, day, hits)).count() as u64
}

/// What stands behind the end of a list has none.
fn trimmed(counts: &[u64]) -> &[u64] {
    &counts[..counts.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1)]
}

fn check(index: &Index, all: &BTreeMap<u32, Glance>, query: &PledgeQuery, day: NaiveDate, hits: Option<&Hits>) {
    let wanted = Wanted::new(index, query, hits, day);
    let selection = index.select(&wanted);
    let with = |change: &dyn Fn(&mut PledgeQuery)| {
        let mut query = query.clone();
        change(&mut query);
        count(all, &query, day, hits)
    };
    let chosen: Vec<u32> =
        all.values().filter(|glance| meets(glance, query, day, hits)).map(|glance| glance.entry.number).collect();
    assert_eq!(selection.numbers.iter().collect::<Vec<_>>(), chosen, "{query:?}");
    let statuses: Vec<u64> = PledgeStatus::ALL.iter().map(|status| with(&|query| query.status = Some(*status))).collect();
    assert_eq!(selection.statuses, statuses);
    let timely: Vec<u64> = Timely::ALL.iter().map(|timely| with(&|query| query.timeliness = Some(*timely))).collect();
    assert_eq!(selection.timeliness, timely);
    let roles: Vec<u64> = Role::ALL.iter().map(|role| with(&|query| query.role = Some(*role))).collect();
    assert_eq!(selection.roles, roles);
    let parties: Vec<u64> =
        index.parties.all().iter().map(|party| with(&|query| query.party = Some(party.named.slug.clone()))).collect();
    assert_eq!(trimmed(&selection.parties), trimmed(&parties));
    let topics: Vec<u64> = index.topics.all().iter().map(|topic| with(&|query| query.topic = Some(topic.slug.clone()))).collect();
    assert_eq!(trimmed(&selection.topics), trimmed(&topics));
    let meetings: Vec<u64> =
        index.meetings.all().iter().map(|meeting| with(&|query| query.meeting = Some(meeting.named.slug.clone()))).collect();
    assert_eq!(trimmed(&selection.meetings), trimmed(&meetings));
    let languages: Vec<u64> =
        index.languages.iter().map(|language| with(&|query| query.source_language = Some(language.clone()))).collect();
    assert_eq!(trimmed(&selection.languages), trimmed(&languages));
    for (year, counted) in &selection.due {
        let due = year.map_or(DueRange::Never, |year| year.to_string().parse().unwrap());
        assert_eq!(*counted, with(&|query| query.due = Some(due)), "{year:?}");
    }
    let years: BTreeSet<Option<i32>> =
        chosen.iter().map(|number| all[number].entry.due.map(|due| due.last_day().year())).collect();
    assert!(years.iter().all(|year| selection.due.iter().any(|(counted, _)| counted == year)));
    assert_eq!(selection.overdue, {
        let overdue = |number: &&u32| state(&all[*number], day).is_some_and(|(_, timely)| timely == Some(Timely::Overdue));
        chosen.iter().filter(overdue).count() as u64
    });

    let mut places: Vec<Place> = chosen.iter().map(|number| (key(index, query.order(), *number, day, hits), *number)).collect();
    places.sort_unstable();
    for (skip, take) in [(0, 3), (2, 2), (7, 50), (60, 5)] {
        let expected: Vec<Place> = places.iter().copied().skip(skip).take(take).collect();
        assert_eq!(index.stretch(&selection.numbers, &wanted, None, skip, take), expected, "{query:?} {skip} {take}");
    }
    for after in places.iter().step_by(4).copied() {
        let expected: Vec<Place> = places.iter().copied().filter(|place| *place > after).take(5).collect();
        assert_eq!(index.stretch(&selection.numbers, &wanted, Some(after), 0, 5), expected, "{query:?} after {after:?}");
    }
}

fn key(index: &Index, order: PledgeSort, number: u32, day: NaiveDate, hits: Option<&Hits>) -> i64 {
    let entry = index.entry(number).unwrap();
    match (order, hits) {
        (PledgeSort::Changed, _) => changed_key(index, entry, day),
        (PledgeSort::Relevance, Some(hits)) => {
            let fits = hits.exactly();
            let fit = fits.iter().find(|(_, numbers)| numbers.contains(number)).unwrap().0;
            ((fit as i64) << 40) + lasting_key(entry, PledgeSort::Newest)
        }
        (order, _) => lasting_key(entry, order),
    }
}

fn check_all(index: &Index, all: &BTreeMap<u32, Glance>, questions: &[Asked]) {
    for (query, day, found) in questions {
        let hits = found.as_ref().map(|found| {
            let mut hits = Hits::default();
            for (number, fit) in found {
                hits.insert(*number, *fit);
            }
            hits
        });
        check(index, all, query, *day, hits.as_ref());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// However many publications it has followed, asked in between or not, made ready or not, it says what every pledge asked in
    /// turn would say.
    #[test]
    fn it_says_what_every_pledge_would_say(
        first in published(40), later in vec(published(5), 0..4), questions in vec(asked(), 4), ready in any::<bool>(),
    ) {
        let mut index = Index::default();
        let mut all: BTreeMap<u32, Glance> = BTreeMap::new();
        for Published(glances, removed) in std::iter::once(first).chain(later) {
            index.take(News {
                pledges: glances.values().cloned().collect(),
                removed: removed.iter().copied().collect(),
                names: names(),
                ..News::default()
            }, None);
            all.extend(glances);
            all.retain(|number, _| !removed.contains(number));
            if ready {
                for (_, day, _) in &questions {
                    index.make_ready(*day);
                }
            }
            check_all(&index, &all, &questions);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// What pledges had before they were published anew takes no more and more room.
    #[test]
    fn what_no_pledge_has_any_more_is_dropped(first in published(40), again in vec(published(5), 8)) {
        let mut index = Index::default();
        let take = |index: &mut Index, Published(glances, _): &Published| {
            index.take(News { pledges: glances.values().cloned().collect(), names: names(), ..News::default() }, None);
        };
        take(&mut index, &first);
        for published in again.iter().cycle().take(400) {
            take(&mut index, published);
        }
        let spans: usize = index.entries().map(|entry| index.spans_of(entry).len()).sum();
        let parties: usize = index.entries().map(|entry| index.parties_of(entry.number).len()).sum();
        // Those of one publication may come on top before it is looked at.
        prop_assert!(index.spans_of_all.items.len() <= spans * 3 + 40, "{} of {spans}", index.spans_of_all.items.len());
        prop_assert!(index.parties_of_all.items.len() <= parties * 3 + 40, "{} of {parties}", index.parties_of_all.items.len());
    }
}
