//! Pledges in the orders in which lists have them.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use domain::{FuzzyDate, PledgeSort};
use roaring::RoaringBitmap;

use super::{Entry, Index, Wanted};

/// Where a pledge stands in an order: what comes first has the smaller key, and pledges of the same key come by number.
pub(crate) type Place = (i64, u32);

/// The orders that are the same on every day.
pub(super) const LASTING: [PledgeSort; 3] = [PledgeSort::Newest, PledgeSort::Oldest, PledgeSort::Due];

/// An order is gone through until a page is full, but no further than so many places for each pledge that was chosen: by then
/// these have been put in order by themselves.
const PLACES: u64 = 2;

/// The numbers of all pledges in an order, made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Order(OnceLock<Vec<u32>>);

impl Order {
    /// The numbers in this order.
    pub fn of(&self, index: &Index, key: impl Fn(&Entry) -> i64) -> &[u32] {
        self.0.get_or_init(|| {
            let mut places: Vec<Place> = index.entries().map(|entry| (key(entry), entry.number)).collect();
            places.sort_unstable();
            places.into_iter().map(|(_, number)| number).collect()
        })
    }

    /// Puts a pledge where it belongs, or takes it out from where it is, while the index has it.
    pub fn change(&mut self, index: &Index, entry: &Entry, there: bool, key: impl Fn(&Entry) -> i64) {
        let Some(numbers) = self.0.get_mut() else { return };
        let place = (key(entry), entry.number);
        let before = |number: &u32| index.entry(*number).is_some_and(|other| (key(other), *number) < place);
        let at = numbers.partition_point(before);
        if there {
            numbers.insert(at, entry.number);
        } else if numbers.get(at) == Some(&entry.number) {
            numbers.remove(at);
        } else {
            // An order in which it is not found is wrong: it is made anew.
            self.0 = OnceLock::new();
        }
    }
}

/// What an order that does not change with the day goes by.
pub(super) fn lasting_key(entry: &Entry, order: PledgeSort) -> i64 {
    let days = |date: NaiveDate| i64::from(date.num_days_from_ce());
    let made = || {
        let precision = match entry.made_on {
            FuzzyDate::Year(_) => 0,
            FuzzyDate::Month(..) => 1,
            FuzzyDate::Day(_) => 2,
        };
        days(entry.made_on.first_day()) * 4 + precision
    };
    match order {
        PledgeSort::Oldest => made(),
        PledgeSort::Due => entry.due_last().map_or(i64::MAX, days),
        PledgeSort::Newest | PledgeSort::Changed | PledgeSort::Relevance => -made(),
    }
}

/// By when the status began that a pledge has on a day.
pub(super) fn changed_key(index: &Index, entry: &Entry, day: NaiveDate) -> i64 {
    index.state(entry, day).map_or(i64::MAX, |state| -i64::from(state.from.num_days_from_ce()))
}

/// A stretch of an order.
struct Stretch {
    after: Option<Place>,
    skip: usize,
    take: usize,
}

impl Index {
    /// Makes all orders and counts of a day, for the first who asks.
    pub(super) fn make_ready(&self, day: NaiveDate) {
        for (order, sort) in self.orders.iter().zip(LASTING) {
            order.of(self, |entry| lasting_key(entry, sort));
        }
        self.day(day).make_ready(self);
    }

    /// A stretch of the pledges chosen, in order: behind `after`, `skip` of them left out, at most `take`.
    pub fn stretch(
        &self,
        chosen: &RoaringBitmap,
        wanted: &Wanted<'_>,
        after: Option<Place>,
        skip: usize,
        take: usize,
    ) -> Vec<Place> {
        let mut stretch = Stretch { after, skip, take };
        let day = self.day(wanted.day);
        match (wanted.query.order(), wanted.hits) {
            (PledgeSort::Changed, _) => {
                let key = |entry: &Entry| changed_key(self, entry, wanted.day);
                stretch.of(self, chosen, &day.changed, key)
            }
            (PledgeSort::Relevance, Some(hits)) => {
                // Among those that fit equally well, the newest first.
                let mut places = Vec::new();
                for (fit, fitting) in hits.exactly() {
                    let base = (fit as i64) << 40;
                    let key = |entry: &Entry| base + lasting_key(entry, PledgeSort::Newest);
                    let some = chosen & &fitting;
                    places.extend(stretch.of(self, &some, &self.orders[0], key));
                    if stretch.take == 0 {
                        break;
                    }
                }
                places
            }
            (order, _) => {
                let place = LASTING.iter().position(|lasting| *lasting == order).unwrap_or_default();
                stretch.of(self, chosen, &self.orders[place], |entry| lasting_key(entry, order))
            }
        }
    }
}

impl Stretch {
    /// Takes what is there of some pledges; what is left to be skipped and taken is then less.
    fn of(&mut self, index: &Index, some: &RoaringBitmap, order: &Order, key: impl Fn(&Entry) -> i64) -> Vec<Place> {
        let place = |number: u32| index.entry(number).map(|entry| (key(entry), number));
        let numbers = order.of(index, &key);
        let from = self.after.map_or(0, |after| numbers.partition_point(|number| place(*number) <= Some(after)));
        let walk = usize::try_from(some.len().saturating_mul(PLACES)).unwrap_or(usize::MAX);
        let gone_through = numbers[from..].iter().copied().take(walk).filter(|number| some.contains(*number));
        let read: Vec<u32> = gone_through.take(self.skip.saturating_add(self.take)).collect();
        let taken = if read.len() == self.skip.saturating_add(self.take) || numbers.len() - from <= walk {
            let taken = read.iter().skip(self.skip).copied().filter_map(place).collect();
            self.skip = self.skip.saturating_sub(read.len());
            taken
        } else {
            let behind = |place: &Place| self.after.is_none_or(|after| *place > after);
            self.sorted(some.iter().filter_map(place).filter(behind).collect())
        };
        self.take -= taken.len();
        taken
    }

    /// Only what is shown is sorted.
    fn sorted(&mut self, mut places: Vec<Place>) -> Vec<Place> {
        if self.skip >= places.len() {
            self.skip -= places.len();
            return Vec::new();
        }
        let end = self.skip.saturating_add(self.take).min(places.len());
        if end < places.len() {
            places.select_nth_unstable(end);
            places.truncate(end);
        }
        places.sort_unstable();
        let taken = places.split_off(self.skip);
        self.skip = 0;
        taken
    }
}
