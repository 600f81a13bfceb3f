//! What came of many pledges: their statuses through time, and party by party.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use domain::{Moment, PledgeQuery, PledgeStatus, Timely};
use roaring::RoaringBitmap;

use crate::{Figures, PartyDossier, Store, StoreError, index::Index};

/// How many pledges had which status, day by day at the ends of equal periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverTime {
    /// The days, in order; the last is that of the moment.
    pub days: Vec<NaiveDate>,
    /// For each status that occurs, how many had it on each of the days.
    pub counts: Vec<(PledgeStatus, Vec<u64>)>,
}

/// A party and what came of the pledges that it owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The party.
    pub party: PartyDossier,
    /// What came of them.
    pub figures: Figures,
}

/// The most points that a line through time has; more would not be seen.
const POINTS: i32 = 48;

impl Store {
    /// The statuses of the pledges asked for through time, as known at the moment and up to its day.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn over_time(&self, query: &PledgeQuery, moment: Moment) -> Result<OverTime, StoreError> {
        let chosen = self.choose(query, moment).await?;
        let index = chosen.held.read();
        Ok(over_time(&index, &chosen.selection.numbers, moment.as_of))
    }

    /// What came of the pledges that each party owes, of those asked for; the party with the most pledges first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn scorecard(&self, query: &PledgeQuery, moment: Moment) -> Result<Vec<Scored>, StoreError> {
        let chosen = self.choose(query, moment).await?;
        let index = chosen.held.read();
        let mut figures: HashMap<u32, Figures> = HashMap::new();
        for entry in index.some(&chosen.selection.numbers) {
            let Some(state) = index.state(entry, moment.as_of) else { continue };
            let overdue = entry.timeliness(state, moment.as_of).map(Timely::from) == Some(Timely::Overdue);
            let mut seen: Vec<u32> = Vec::new();
            for (party, role) in index.parties_of(entry.number) {
                // Once, in whichever roles it owes.
                if role.owes() && !seen.contains(party) {
                    seen.push(*party);
                    let figures = figures.entry(*party).or_default();
                    *figures.by_status.entry(state.status).or_default() += 1;
                    figures.overdue += u64::from(overdue);
                }
            }
        }
        let parties = index.parties.all();
        let mut scored: Vec<Scored> = figures
            .into_iter()
            .filter_map(|(party, figures)| Some(Scored { party: parties.get(party as usize)?.clone(), figures }))
            .collect();
        scored
            .sort_by(|a, b| b.figures.total().cmp(&a.figures.total()).then_with(|| a.party.named.slug.cmp(&b.party.named.slug)));
        Ok(scored)
    }
}

fn over_time(index: &Index, numbers: &RoaringBitmap, until: NaiveDate) -> OverTime {
    let histories = || index.some(numbers).map(|entry| index.spans_of(entry));
    let Some(from) = histories().filter_map(|spans| Some(spans.first()?.from)).min() else { return OverTime::default() };
    let days = ends_of_periods(from, until);
    // For each status, by how many more or fewer pledges have it on a day than on the one before.
    let mut steps = vec![vec![0_i64; days.len() + 1]; PledgeStatus::ALL.len()];
    for span in histories().flatten() {
        let begins = days.partition_point(|day| *day < span.from);
        let ends = span.until.map_or(days.len(), |until| days.partition_point(|day| *day < until));
        if begins < ends {
            steps[span.status as usize][begins] += 1;
            steps[span.status as usize][ends] -= 1;
        }
    }
    let summed = |steps: &[i64]| {
        let mut sum = 0;
        let counts = steps[..days.len()].iter().map(|step| {
            sum += step;
            u64::try_from(sum).unwrap_or_default()
        });
        counts.collect::<Vec<u64>>()
    };
    let counts = PledgeStatus::ALL.iter().zip(&steps).map(|(status, steps)| (*status, summed(steps)));
    let counts = counts.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect();
    OverTime { days, counts }
}

/// The last days of the months, quarters, years or spans of years from one day to another, and that day itself; as fine as
/// [`POINTS`] allows.
fn ends_of_periods(from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let month_of = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    let months = (month_of(until) - month_of(from)).max(0);
    let period = [1, 3, 12, 60].into_iter().find(|period| months / period <= POINTS).unwrap_or(600);
    let first = month_of(from) / period * period + period;
    let first_days = (0..).map(|step| first + step * period);
    let last_days = first_days.map_while(|month| {
        let day = NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).cast_unsigned() + 1, 1)?.pred_opt()?;
        (day < until).then_some(day)
    });
    last_days.chain([until]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_end_with_their_last_day_and_the_last_with_the_moment() {
        let days = ends_of_periods(day("2024-02-28"), day("2024-05-07"));
        assert_eq!(days, [day("2024-02-29"), day("2024-03-31"), day("2024-04-30"), day("2024-05-07")]);
        assert_eq!(ends_of_periods(day("2024-05-31"), day("2024-05-31")), [day("2024-05-31")]);
        let long = ends_of_periods(day("1950-01-01"), day("2026-11-23"));
        assert!(long.len() <= POINTS as usize + 2 && long.is_sorted(), "{long:?}");
        assert_eq!(long.last(), Some(&day("2026-11-23")));
    }
}
