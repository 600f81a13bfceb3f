//! What was chosen from a state of the record, kept for who asks for the same or for another page of it: counting a million
//! pledges once is enough.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use domain::PledgeQuery;

use super::{Index, Selection, Wanted};

/// How many choices are kept.
const CHOICES: usize = 32;

/// Choices that were made, the last first.
pub(super) type Choices = Kept<Choice, Selection>;

/// Which pledges were asked for, in no order, on which day.
#[derive(Debug, PartialEq)]
pub(super) struct Choice(PledgeQuery, NaiveDate);

/// What was made under some keys, the last asked for first.
#[derive(Debug)]
pub(super) struct Kept<K, V>(Mutex<VecDeque<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What is kept under a key.
    pub fn find(&self, key: &K) -> Option<Arc<V>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|(known, _)| known == key).and_then(|at| kept.remove(at))?;
        let value = found.1.clone();
        kept.push_front(found);
        Some(value)
    }

    /// Keeps something under a key; of so many at most.
    pub fn keep(&self, most: usize, key: K, value: Arc<V>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key, value));
        kept.truncate(most);
    }

    /// What is kept under a key, else what `make` makes; of so many at most.
    pub fn get(&self, most: usize, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        self.find(&key).unwrap_or_else(|| {
            // Not under the lock: who asks for something else need not wait.
            let value = Arc::new(make());
            self.keep(most, key, value.clone());
            value
        })
    }

    /// Changes whatever is kept, while nobody reads it; `change` says whether it may be kept any longer.
    pub fn change(&mut self, mut change: impl FnMut(&K, &mut V) -> bool) {
        let kept = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        kept.retain_mut(|(key, value)| Arc::get_mut(value).is_some_and(|value| change(key, value)));
    }

    pub fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

impl Index {
    /// What is wanted, from memory if it was chosen before. What was searched for is chosen anew.
    pub fn selected(&self, wanted: &Wanted<'_>) -> Arc<Selection> {
        if wanted.hits.is_some() {
            return Arc::new(self.select(wanted));
        }
        let choice = Choice(PledgeQuery { sort: None, ..wanted.query.clone() }, wanted.day);
        self.choices.get(CHOICES, choice, || self.select(wanted))
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
