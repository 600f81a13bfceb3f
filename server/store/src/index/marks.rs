//! The published status changes of the whole record, and how many of them there are.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::PledgeStatus;
use roaring::RoaringBitmap;

/// A published status change at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub recorded_at: DateTime<Utc>,
    pub effective_last: NaiveDate,
    pub number: u32,
    pub position: i32,
    pub status: PledgeStatus,
}

/// The published status changes, in the order in which they were recorded.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    all: Vec<Mark>,
    /// How many had taken effect by each day, by status in the order of [`PledgeStatus::ALL`].
    effective: Vec<BTreeMap<NaiveDate, u64>>,
}

impl Marks {
    pub fn all(&self) -> &[Mark] {
        &self.all
    }

    /// How many had taken effect by the end of a day, of one status or of all.
    pub fn count(&self, status: Option<PledgeStatus>, day: NaiveDate) -> u64 {
        let counted = |(place, days): (usize, &BTreeMap<NaiveDate, u64>)| -> u64 {
            let meant = status.is_none_or(|status| status as usize == place);
            if meant { days.range(..=day).map(|(_, count)| count).sum() } else { 0 }
        };
        self.effective.iter().enumerate().map(counted).sum()
    }

    /// Those recorded until some time.
    pub(super) fn until(&self, time: DateTime<Utc>) -> &[Mark] {
        &self.all[..self.all.partition_point(|mark| mark.recorded_at <= time)]
    }

    /// Takes in what is new, in order; what is known already is left out.
    pub(super) fn take(&mut self, mut new: Vec<Mark>) {
        new.sort_unstable();
        // Publications come one after the other, so what is new comes last.
        let known = self.all.last().map(|mark| mark.recorded_at);
        new.retain(|mark| known.is_none_or(|known| mark.recorded_at > known));
        self.effective.resize_with(PledgeStatus::ALL.len(), BTreeMap::new);
        for mark in &new {
            *self.effective[mark.status as usize].entry(mark.effective_last).or_default() += 1;
        }
        self.all.append(&mut new);
    }

    /// Forgets the changes of pledges that were taken out.
    pub(super) fn forget(&mut self, removed: &RoaringBitmap) {
        for mark in self.all.iter().filter(|mark| removed.contains(mark.number)) {
            if let Some(count) = self.effective[mark.status as usize].get_mut(&mark.effective_last) {
                *count -= 1;
            }
        }
        self.all.retain(|mark| !removed.contains(mark.number));
    }

    /// Gives back the room that the list took while it grew.
    pub(super) fn fit(&mut self) {
        self.all.shrink_to_fit();
    }
}
