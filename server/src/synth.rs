//! A synthetic record of any size, the same every time, for measuring: nothing in it was ever promised.
//!
//! What it shows is shaped like a real record: few parties, meetings and topics come up often and most seldom; texts are as
//! long as those of the example, in both languages or in one; dates are as precise as sources are; most pledges are due some
//! day; some are joint; some changes are corrections. On average a pledge has eight changes of status and five citations.

mod dice;
mod history;
mod names;
mod pledge;
mod prose;
mod words;

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Localized, Pledge, Record, Slug, Source};

use self::{
    dice::{Dice, Skew},
    names::Cast,
    pledge::Maker,
    prose::Writer,
};

/// How many pledges a chunk has; the last may have fewer.
pub const CHUNK: usize = 500;

/// When the first chunk is recorded (Unix time of 2024-07-01T08:00:00Z).
const FIRST_RECORDED: i64 = 1_719_820_800;

/// Through how many seconds the others follow: two years.
const RECORDED_THROUGH: i64 = 2 * 365 * 86_400;

/// A part of the record, whole in itself: what its pledges refer to is in it too. And when it is recorded: later than the chunk
/// before it.
pub type Chunk = (Record, DateTime<Utc>);

/// The synthetic record of so many pledges, chunk by chunk.
pub fn record(pledges: usize) -> impl Iterator<Item = Chunk> {
    let first: NaiveDate = at(FIRST_RECORDED - 12 * 365 * 86_400).date_naive();
    let writer = Writer::new();
    let cast = Cast::new(pledges, &writer, first, at(FIRST_RECORDED + RECORDED_THROUGH).date_naive());
    let chunks = pledges.div_ceil(CHUNK);
    (0..chunks).map(move |number| {
        let seconds = RECORDED_THROUGH * i64::try_from(number).unwrap_or(0) / i64::try_from(chunks).unwrap_or(1);
        let recorded_at = at(FIRST_RECORDED + seconds);
        let numbers = number * CHUNK + 1..=pledges.min((number + 1) * CHUNK);
        (part(&cast, &writer, numbers, first, recorded_at.date_naive()), recorded_at)
    })
}

/// A moment by its Unix time.
fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn part(
    cast: &Cast,
    writer: &Writer,
    numbers: std::ops::RangeInclusive<usize>,
    first: NaiveDate,
    recorded_on: NaiveDate,
) -> Record {
    let mut dice = Dice::new(u64::try_from(*numbers.start()).unwrap_or(0) << 8);
    let sources = sources(cast, writer, &mut dice, &numbers, (first, recorded_on));
    let often_source = Skew::over(sources.len());
    let maker = Maker { cast, writer, sources: &sources, often_source: &often_source, first, recorded_on };
    let pledges: Vec<Pledge> = numbers.map(|number| maker.pledge(&mut dice, number)).collect();
    let named = Named::by(&pledges);
    Record {
        title: Localized::both("A synthetic record", "Un registro sintético"),
        licence: "CC0-1.0".to_owned(),
        parties: cast.parties.iter().filter(|party| named.parties.contains(&party.id)).cloned().collect(),
        meetings: cast.meetings.iter().filter(|meeting| named.meetings.contains(&meeting.id)).cloned().collect(),
        topics: cast.topics.iter().filter(|topic| named.topics.contains(&topic.id)).cloned().collect(),
        sources,
        pledges,
    }
}

/// The documents of a chunk: three for every five pledges, one in twelve a translation of the one before it.
fn sources(
    cast: &Cast,
    writer: &Writer,
    dice: &mut Dice,
    numbers: &std::ops::RangeInclusive<usize>,
    (first, last): (NaiveDate, NaiveDate),
) -> Vec<Source> {
    let count = ((numbers.end() + 1 - numbers.start()) * 3 / 5).max(6);
    let mut sources: Vec<Source> = Vec::with_capacity(count);
    for place in 0..count {
        // No chunk has more documents than pledges, but for the smallest: so no two documents have one number.
        let mut source = cast.source(dice, writer, numbers.start() + place, first, last);
        if let Some(before) = sources.last()
            && before.language != source.language
            && before.translation_of.is_none()
            && dice.chance(12)
        {
            source.translation_of = Some(before.id.clone());
        }
        sources.push(source);
    }
    sources
}

/// The names that pledges use.
struct Named<'a> {
    parties: HashSet<&'a Slug>,
    meetings: HashSet<&'a Slug>,
    topics: HashSet<&'a Slug>,
}

impl<'a> Named<'a> {
    fn by(pledges: &'a [Pledge]) -> Self {
        Self {
            parties: pledges.iter().flat_map(|pledge| &pledge.parties).map(|of| &of.party).collect(),
            meetings: pledges.iter().filter_map(|pledge| pledge.meeting.as_ref()).collect(),
            topics: pledges.iter().flat_map(|pledge| &pledge.topics).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Due, FuzzyDate};

    use super::*;

    #[test]
    fn every_chunk_is_a_record_by_the_rules_of_the_domain() {
        for (chunk, recorded_at) in record(1_203).chain(record(2)) {
            let file = serde_json::to_string(&chunk).unwrap();
            let read = Record::from_json(&file, recorded_at.date_naive()).unwrap_or_else(|errors| panic!("{errors}"));
            assert_eq!(read, chunk);
        }
    }

    #[test]
    fn it_is_the_same_every_time_and_chunks_follow_each_other() {
        let (first, second): (Vec<_>, Vec<_>) = (record(1_001).collect(), record(1_001).collect());
        assert_eq!(first.iter().map(|(chunk, _)| chunk.pledges.len()).collect::<Vec<_>>(), [500, 500, 1]);
        assert!(first.windows(2).all(|pair| pair[0].1 < pair[1].1));
        assert_eq!(first, second);
        let mut names: Vec<_> = first.iter().flat_map(|(chunk, _)| &chunk.pledges).map(|pledge| &pledge.id).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 1_001);
    }

    #[test]
    fn it_has_the_shape_of_a_real_record() {
        let pledges: Vec<_> = record(4_000).flat_map(|(chunk, _)| chunk.pledges).collect();
        let mean = |count: &dyn Fn(&Pledge) -> usize| {
            f64::from(u32::try_from(pledges.iter().map(count).sum::<usize>()).unwrap()) / 4_000.0
        };
        let citations = |pledge: &Pledge| {
            pledge.citations.len()
                + pledge.variants.len()
                + pledge.history.iter().map(|change| change.citations.len()).sum::<usize>()
        };
        let changes = mean(&|pledge| pledge.history.len());
        assert!((7.7..8.3).contains(&changes), "{changes} changes");
        let cited = mean(&citations);
        assert!((4.7..5.3).contains(&cited), "{cited} citations");
        let due = mean(&|pledge| usize::from(matches!(pledge.due_on, Some(Due::On(_)))));
        assert!((0.55..0.65).contains(&due), "{due} are due");
        let joint = mean(&|pledge| usize::from(pledge.history.iter().any(|change| change.party.is_some())));
        let corrected = mean(&|pledge| usize::from(pledge.history.iter().any(|change| change.replaces.is_some())));
        assert!(joint > 0.02 && corrected > 0.1, "{joint} joint, {corrected} corrected");
        for precision in [4, 7, 10] {
            assert!(pledges.iter().any(|pledge| pledge.made_on.to_string().len() == precision));
            let of_change = |date: FuzzyDate| date.to_string().len() == precision;
            assert!(pledges.iter().flat_map(|pledge| &pledge.history).any(|change| of_change(change.effective_on)));
        }
        let lengths = |text: &Localized, low: usize, high: usize| {
            [&text.en, &text.es].into_iter().flatten().all(|text| (low..=high).contains(&text.chars().count()))
        };
        for pledge in &pledges {
            assert!(lengths(&pledge.title, 30, 125), "{:?}", pledge.title);
            assert!(lengths(&pledge.summary, 100, 600), "{:?}", pledge.summary);
            for change in &pledge.history {
                assert!(lengths(&change.rationale, 80, 500), "{:?}", change.rationale);
            }
        }
    }
}
