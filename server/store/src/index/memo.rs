//! What was chosen from a state of the record, kept for who asks for the same or for another page of it: going through a million
//! pledges once is enough.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use domain::{PledgeQuery, PledgeSort};

use super::{Index, Selection, Wanted};

/// How many choices are kept.
const CHOICES: usize = 32;

/// How many choices are kept whole in an order.
const ORDERS: usize = 8;

/// Choices that were made, the last first.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    choices: Kept<Choice, Selection>,
    orders: Kept<Ordering, Vec<(i64, u32)>>,
}

impl Clone for Memo {
    /// Of another state nothing is known yet.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Which pledges were asked for, in no order, on which day.
#[derive(Debug, PartialEq)]
struct Choice(PledgeQuery, NaiveDate);

/// In which order a choice stands. It is the choice itself and not what was asked for: another state answers the same question with
/// other pledges.
#[derive(Debug)]
struct Ordering(Arc<Selection>, PledgeSort);

impl PartialEq for Ordering {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) && self.1 == other.1
    }
}

#[derive(Debug)]
struct Kept<K, V>(Mutex<VecDeque<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What is kept under a key, else what `make` makes; of so many at most.
    fn get(&self, most: usize, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let at = kept.iter().position(|(known, _)| *known == key);
            if let Some(found) = at.and_then(|at| kept.remove(at)) {
                let value = found.1.clone();
                kept.push_front(found);
                return value;
            }
        }
        // Not under the lock: who asks for something else need not wait.
        let value = Arc::new(make());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key, value.clone()));
        kept.truncate(most);
        value
    }
}

impl Index {
    /// What is wanted, from memory if it was chosen before. What was searched for is chosen anew.
    pub fn selected(&self, wanted: &Wanted<'_>) -> Arc<Selection> {
        if wanted.hits.is_some() {
            return Arc::new(self.select(wanted));
        }
        let choice = Choice(PledgeQuery { sort: None, ..wanted.query.clone() }, wanted.day);
        self.memo.choices.get(CHOICES, choice, || self.select(wanted))
    }

    /// A stretch of the pledges chosen, in order, and the key of each: `skip` of them left out, at most `take`, and all of them
    /// behind `after`.
    pub fn stretch(
        &self,
        selection: &Arc<Selection>,
        wanted: &Wanted<'_>,
        after: Option<(i64, u32)>,
        skip: usize,
        take: usize,
    ) -> Vec<(i64, u32)> {
        if wanted.hits.is_some() {
            return self.ordered(&selection.numbers, wanted, after, skip, take);
        }
        let ordering = Ordering(selection.clone(), wanted.query.order());
        let whole = || self.ordered(&selection.numbers, wanted, None, 0, usize::MAX);
        let order = self.memo.orders.get(ORDERS, ordering, whole);
        let behind = after.map_or(0, |after| order.partition_point(|key| *key <= after));
        order[behind..].iter().skip(skip).take(take).copied().collect()
    }

    /// Forgets what was chosen from the state before.
    pub(super) fn forget(&mut self) {
        self.memo = Memo::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_again_is_not_made_again_and_the_oldest_goes() {
        let kept: Kept<u32, u32> = Kept::default();
        let made = std::cell::Cell::new(0);
        let get = |key: u32| {
            *kept.get(2, key, || {
                made.set(made.get() + 1);
                key * 10
            })
        };
        assert_eq!([get(1), get(2), get(1), get(3), get(1)], [10, 20, 10, 30, 10]);
        assert_eq!(made.get(), 3);
        assert_eq!((get(2), made.get()), (20, 4), "it had gone");
    }
}
