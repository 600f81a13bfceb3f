//! How all pledges stand at the end of a day.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use chrono::NaiveDate;
use domain::{PledgeStatus, Timely, search::Term};
use roaring::RoaringBitmap;

use super::{
    Entry, Index,
    counted::{Many, Tally},
    numbered,
    order::{Order, changed_key},
    stands::Stands,
};

/// What is counted of those that meet one choice is kept where they are at least one pledge in so many: these are long to count, and
/// there can't be many such choices.
const KEPT_FROM: u64 = 64;

/// So many counts are kept of what was searched and chosen, at most: a million pledges have some ten kilobytes of them each.
const MOST_KEPT: usize = 1024;

/// How all pledges of a state of the record stand at the end of a day.
#[derive(Debug)]
pub(super) struct Day {
    pub end: NaiveDate,
    /// Those that have a status by then.
    pub standing: RoaringBitmap,
    /// By status, in the order of [`PledgeStatus::ALL`].
    pub statuses: Vec<RoaringBitmap>,
    /// By timeliness, in the order of [`Timely::ALL`].
    pub timely: Vec<RoaringBitmap>,
    /// How each of them stands.
    stands: Stands,
    /// Of all of them.
    tally: Arc<Tally>,
    /// Of those that meet one choice and need meet no other, as far as it was asked for.
    alone: Mutex<HashMap<Alone, Arc<Tally>>>,
    /// The last changed first.
    pub changed: Order,
    /// Set when what its first reader would wait for was made.
    ready: OnceLock<()>,
}

impl Day {
    pub fn of(index: &Index, day: NaiveDate) -> Self {
        let mut made = Self {
            end: day,
            standing: RoaringBitmap::new(),
            statuses: vec![RoaringBitmap::new(); PledgeStatus::ALL.len()],
            timely: vec![RoaringBitmap::new(); Timely::ALL.len()],
            stands: Stands::default(),
            tally: Arc::default(),
            alone: Mutex::default(),
            changed: Order::default(),
            ready: OnceLock::new(),
        };
        index.entries().for_each(|entry| made.put(index, entry));
        made
    }

    /// Takes in a pledge; the orders are not its matter.
    pub fn put(&mut self, index: &Index, entry: &Entry) {
        let Some(state) = index.state(entry, self.end) else { return };
        self.standing.insert(entry.number);
        self.statuses[state.status as usize].insert(entry.number);
        let timeliness = entry.timeliness(state, self.end);
        if let Some(timely) = timeliness {
            self.timely[Timely::from(timely) as usize].insert(entry.number);
        }
        self.stands.put(entry.number, Some((state.status, timeliness)));
        self.count(index, entry, 1);
    }

    /// Forgets a pledge as it is in the index until then.
    pub fn take_out(&mut self, index: &Index, entry: &Entry) {
        if self.standing.contains(entry.number) {
            self.count(index, entry, -1);
            self.stands.put(entry.number, None);
            self.standing.remove(entry.number);
            self.statuses.iter_mut().chain(&mut self.timely).for_each(|set| _ = set.remove(entry.number));
        }
    }

    /// Counts a pledge in whatever is counted, so many times.
    fn count(&mut self, index: &Index, entry: &Entry, times: i32) {
        Arc::make_mut(&mut self.tally).count(&index.counted, &self.stands, entry.number, times);
        let mut alone = std::mem::take(self.alone.get_mut().unwrap_or_else(PoisonError::into_inner));
        // Which words it had and has now is not known here.
        alone.retain(|choice, _| !matches!(choice, Alone::Found(_)));
        for (choice, tally) in &mut alone {
            if self.meets(index, entry, choice) {
                Arc::make_mut(tally).count(&index.counted, &self.stands, entry.number, times);
            }
        }
        self.alone = Mutex::new(alone);
    }

    fn meets(&self, index: &Index, entry: &Entry, choice: &Alone) -> bool {
        match choice {
            Alone::Found(_) => false,
            Alone::Status(status) => self.statuses[*status as usize].contains(entry.number),
            Alone::Timeliness(timely) => self.timely[*timely as usize].contains(entry.number),
            Alone::Party(party) => index.counted.of(entry.number, Many::Parties).contains(party),
            Alone::Topic(topic) => index.counted.of(entry.number, Many::Topics).contains(topic),
            Alone::Meeting(meeting) => index.counted.of(entry.number, Many::Meetings).contains(meeting),
            Alone::Language(place) => entry.languages & (1 << place.min(&63)) != 0,
        }
    }

    /// What is counted of some of the pledges that stand on this day; `alone` where they are those that meet one choice.
    pub fn tally<'a>(&self, index: &Index, alone: Option<Alone>, some: impl FnOnce() -> Cow<'a, RoaringBitmap>) -> Arc<Tally> {
        let kept = || self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tally) = alone.as_ref().and_then(|alone| kept().get(alone).map(Arc::clone)) {
            return tally;
        }
        // Not under the lock: who asks for something else need not wait.
        let some = some();
        let tally = self.counted(index, &some);
        if let Some(alone) = alone.filter(|_| self.keeps(&some)) {
            let mut kept = kept();
            // There is no end of what can be searched.
            if !matches!(alone, Alone::Found(_)) || kept.len() < MOST_KEPT {
                kept.insert(alone, Arc::clone(&tally));
            }
        }
        tally
    }

    /// Counts the pledges that have a term, for the first who searches it.
    pub fn count_found(&self, index: &Index, term: &Term, found: &RoaringBitmap) {
        self.tally(index, Some(Alone::Found(vec![term.clone()])), || Cow::Owned(found & &self.standing));
    }

    /// Counts some of the pledges that stand: these or, if those are fewer, all but the others.
    fn counted(&self, index: &Index, some: &RoaringBitmap) -> Arc<Tally> {
        let count = |some: &RoaringBitmap| Tally::of_all(&index.counted, &self.stands, some);
        if some.len() * 2 <= self.standing.len() {
            return Arc::new(count(some));
        }
        let mut tally = Arc::clone(&self.tally);
        let others = &self.standing - some;
        if !others.is_empty() {
            Arc::make_mut(&mut tally).add(&count(&others), -1);
        }
        tally
    }

    /// Puts in order and counts what is kept, for the first who asks for it.
    pub fn make_ready(&self, index: &Index) {
        self.ready.get_or_init(|| {
            self.changed.of(index, |entry| changed_key(index, entry, self.end));
            self.count_choices(index);
        });
    }

    /// Counts whatever is kept of those that meet one choice.
    fn count_choices(&self, index: &Index) {
        let sets = &index.sets;
        let statuses =
            PledgeStatus::ALL.iter().map(|status| (Alone::Status(*status), Cow::Borrowed(&self.statuses[*status as usize])));
        let timely = Timely::ALL.iter().map(|timely| (Alone::Timeliness(*timely), Cow::Borrowed(&self.timely[*timely as usize])));
        let parties = numbered(index.parties.all()).map(|party| (Alone::Party(party), sets.of_party(party, None)));
        let topics = numbered(index.topics.all()).map(|topic| (Alone::Topic(topic), sets.of_topic(topic)));
        let meetings = numbered(index.meetings.all()).map(|meeting| (Alone::Meeting(meeting), sets.of_meeting(meeting)));
        let languages = (0..index.languages.len()).map(|place| (Alone::Language(place), sets.of_language(place)));
        for (choice, met) in statuses.chain(timely).chain(parties).chain(topics).chain(meetings).chain(languages) {
            let met = met.as_ref() & &self.standing;
            if self.keeps(&met) {
                self.tally(index, Some(choice), || Cow::Owned(met));
            }
        }
    }

    /// Whether so many meet a choice that what is counted of them is kept.
    fn keeps(&self, met: &RoaringBitmap) -> bool {
        met.len() * KEPT_FROM >= self.standing.len()
    }
}

/// A choice, or a search, that is the only one made. In roles and days pledges are told apart in too many ways to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Alone {
    Status(PledgeStatus),
    Timeliness(Timely),
    Party(u32),
    Topic(u32),
    Meeting(u32),
    /// By its place in [`Index::languages`].
    Language(usize),
    /// What was searched; it is kept until the next publication.
    Found(Vec<Term>),
}
