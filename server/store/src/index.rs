//! The record at a glance, in memory: of each pledge what lists are narrowed by, sorted by and counted by, with its whole
//! history. Whatever is asked of it is answered without the database, the same on both engines; texts and rows are read
//! from the database for those pledges alone that a page shows.
//!
//! It follows the record by its revisions: before each answer the newest revision is asked for (one row), and what was
//! published since is read again.

mod counted;
mod day;
mod follow;
mod former;
pub(crate) mod glance;
mod marks;
mod memo;
mod order;
mod read;
mod select;
mod sets;
mod stands;
#[cfg(test)]
mod tests;
mod words;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{FuzzyDate, Role, Slug, Timeliness, history::Span};
use roaring::RoaringBitmap;
use sea_orm::prelude::Uuid;

use self::{
    counted::{Counted, Many, things_of},
    day::Day,
    memo::{Choices, Kept},
    order::{LASTING, Order, changed_key, lasting_key},
    sets::Sets,
    words::Words,
};
pub(crate) use self::{
    follow::{Held, Indexes},
    former::Told,
    marks::{Mark, Marks},
    read::rehearse,
    select::{Selection, Wanted},
    words::Said,
};
use crate::{MeetingDossier, Named, PartyDossier, Section};

/// For how many days it is kept how all pledges stand on them: today, and another that somebody goes back to.
const DAYS: usize = 2;

/// A record of so many pledges is large: it is worth the while to find at the start who has its common words.
const LARGE: usize = 50_000;

/// Of so many pledges at most each is put where it belongs; of more, what was put in order is put in order anew.
const FEW: usize = 64;

/// A pledge at a glance.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub id: Uuid,
    /// The number under which it was published; it never changes.
    pub number: u32,
    pub made_on: FuzzyDate,
    pub due: Option<FuzzyDate>,
    /// Where its spans stand in the list of the [`Index`].
    spans: Stretch,
    /// The languages of its sources, a bit for each in [`Index::languages`].
    languages: u64,
    /// How many sources it has, for itself, its variants and its changes.
    sources: u32,
    /// The last day on which one of its changes took effect.
    settled_on: NaiveDate,
    /// When the record last said something new of it.
    pub changed_at: DateTime<Utc>,
}

impl Entry {
    pub fn timeliness(&self, state: &Span, day: NaiveDate) -> Option<Timeliness> {
        Timeliness::of(self.due?, state, day)
    }

    /// How many sources it has on a day; `None` before its last change took effect, when it had fewer.
    pub fn sources(&self, day: NaiveDate) -> Option<u64> {
        (day >= self.settled_on).then_some(self.sources.into())
    }

    /// The last day of the due date.
    pub fn due_last(&self) -> Option<NaiveDate> {
        self.due.map(FuzzyDate::last_day)
    }
}

/// A stretch of a list that all pledges share.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    start: u32,
    length: u32,
}

/// What all pledges have of something, one pledge after the other, so that going through them goes through memory in order.
#[derive(Debug)]
struct Shared<T> {
    items: Vec<T>,
    /// How long it was when it was last tidied, or made.
    tidied: usize,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self { items: Vec::new(), tidied: 0 }
    }
}

impl<T: Copy> Shared<T> {
    /// Puts items at the end.
    fn put(&mut self, items: impl IntoIterator<Item = T>) -> Stretch {
        let start = self.items.len();
        self.items.extend(items);
        let counted = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Stretch { start: counted(start), length: counted(self.items.len() - start) }
    }

    fn of(&self, stretch: Stretch) -> &[T] {
        self.items.get(stretch.start as usize..(stretch.start + stretch.length) as usize).unwrap_or_default()
    }

    /// Drops what none of all the stretches has, once that may be half of the list.
    fn tidy<'a>(&mut self, stretches: impl Iterator<Item = &'a mut Stretch>) {
        if self.items.len() <= self.tidied * 2 {
            return;
        }
        let mut tidied = Self::default();
        for stretch in stretches {
            *stretch = tidied.put(self.of(*stretch).iter().copied());
        }
        tidied.fit();
        *self = tidied;
    }

    /// Gives back the room that was taken in advance.
    fn fit(&mut self) {
        self.items.shrink_to_fit();
        self.tidied = self.items.len();
    }
}

/// Things with a slug, each under a small number that stays its own.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<T> {
    numbers: HashMap<Slug, u32>,
    all: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), all: Vec::new() }
    }
}

impl<T> Numbered<T> {
    fn put(&mut self, slug: Slug, thing: T) {
        if let Some(number) = self.numbers.get(&slug) {
            self.all[*number as usize] = thing;
        } else {
            self.numbers.insert(slug, u32::try_from(self.all.len()).unwrap_or(u32::MAX));
            self.all.push(thing);
        }
    }

    pub fn number(&self, slug: &Slug) -> Option<u32> {
        self.numbers.get(slug).copied()
    }

    pub fn all(&self) -> &[T] {
        &self.all
    }
}

/// The record at a glance, as one revision has it.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub revision: i64,
    /// By number, with gaps where a pledge has none of its own.
    entries: Vec<Option<Entry>>,
    /// The spans of all pledges, one pledge after the other; and their parties.
    spans_of_all: Shared<Span>,
    parties_of_all: Shared<(u32, Role)>,
    /// By number, where its parties stand there.
    party_places: Vec<Stretch>,
    counted: Counted,
    sets: Sets,
    /// In the order of [`LASTING`].
    orders: [Order; LASTING.len()],
    pub marks: Marks,
    pub parties: Numbered<PartyDossier>,
    pub meetings: Numbered<MeetingDossier>,
    pub topics: Numbered<Named>,
    pub languages: Vec<String>,
    /// How all stand on some days, the last asked for first.
    days: Kept<NaiveDate, Day>,
    choices: Choices,
    words: Words,
    /// In a former state, the pledges of which something was published since, and what was said then of those that were corrected.
    published_again: RoaringBitmap,
    told_otherwise: HashMap<u32, Arc<Told>>,
    /// And the newest revision up to which these are right.
    set_right_at: i64,
}

impl Index {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    /// Whether there are so many pledges that what is quick in most records takes a while.
    pub fn is_large(&self) -> bool {
        self.entries.len() >= LARGE
    }

    /// The statuses of a pledge through time, in order.
    pub fn spans_of(&self, entry: &Entry) -> &[Span] {
        self.spans_of_all.of(entry.spans)
    }

    /// The parties of a pledge with their roles, in order.
    pub fn parties_of(&self, number: u32) -> &[(u32, Role)] {
        self.parties_of_all.of(self.party_places.get(number as usize).copied().unwrap_or_default())
    }

    /// The meeting at which a pledge was made.
    pub fn meeting_of(&self, number: u32) -> Option<&MeetingDossier> {
        self.meetings.all().get(*self.counted.of(number, Many::Meetings).first()? as usize)
    }

    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)?.as_ref()
    }

    /// Some pledges, by number.
    pub fn some<'a>(&'a self, numbers: &'a RoaringBitmap) -> impl Iterator<Item = &'a Entry> + Clone {
        numbers.iter().filter_map(|number| self.entry(number))
    }

    /// When the record last said something new of a pledge of each party, meeting or topic. Pages of other kinds are not kept here.
    pub fn last_changed(&self, section: Section) -> HashMap<&Slug, DateTime<Utc>> {
        let (many, numbers) = match section {
            Section::Parties => (Many::Parties, &self.parties.numbers),
            Section::Meetings => (Many::Meetings, &self.meetings.numbers),
            Section::Topics => (Many::Topics, &self.topics.numbers),
            Section::Sources | Section::Pledges => return HashMap::new(),
        };
        let mut changed: HashMap<u32, DateTime<Utc>> = HashMap::new();
        for entry in self.entries() {
            for number in self.counted.of(entry.number, many) {
                let at = changed.entry(number).or_insert(entry.changed_at);
                *at = entry.changed_at.max(*at);
            }
        }
        numbers.iter().filter_map(|(slug, number)| Some((slug, *changed.get(number)?))).collect()
    }

    /// The state of a pledge that holds at the end of a day.
    pub fn state(&self, entry: &Entry, day: NaiveDate) -> Option<&Span> {
        self.spans_of(entry).iter().rev().find(|span| span.holds_on(day))
    }

    /// How all stand at the end of a day.
    fn day(&self, day: NaiveDate) -> Arc<Day> {
        self.days.get(DAYS, day, || Day::of(self, day))
    }

    /// Puts what is known of a pledge in the place of what was known of it; `in_order` also where the orders have it.
    fn put(&mut self, entry: Entry, parties: Vec<(u32, Role)>, topics: &[u32], meeting: Option<u32>, in_order: bool) {
        let number = entry.number;
        self.take_out(number, in_order);
        self.sets.each(&entry, &parties, topics, meeting, |set| _ = set.insert(number));
        self.counted.put(number, &things_of(&entry, &parties, topics, meeting));
        *at(&mut self.party_places, number) = self.parties_of_all.put(parties);
        *at(&mut self.entries, number) = Some(entry);
        if in_order {
            self.put_in_order(number, true);
        }
    }

    /// Forgets a pledge.
    fn take_out(&mut self, number: u32, in_order: bool) {
        if self.entry(number).is_none() {
            return;
        }
        if in_order {
            self.put_in_order(number, false);
        }
        let mut sets = std::mem::take(&mut self.sets);
        if let Some(entry) = self.entry(number) {
            let topics = self.counted.of(number, Many::Topics);
            let meeting = self.counted.of(number, Many::Meetings).first().copied();
            sets.each(entry, self.parties_of(number), &topics, meeting, |set| _ = set.remove(number));
            sets.drop_empty();
        }
        self.sets = sets;
        self.entries[number as usize] = None;
        *at(&mut self.party_places, number) = Stretch::default();
    }

    /// Drops what pledges had before something was published on them anew, where that has become much.
    fn tidy(&mut self) {
        self.spans_of_all.tidy(self.entries.iter_mut().flatten().map(|entry| &mut entry.spans));
        self.parties_of_all.tidy(self.party_places.iter_mut());
    }

    /// Puts a pledge that is there into the days and orders, or takes it out of them.
    fn put_in_order(&mut self, number: u32, there: bool) {
        let (mut days, mut orders) = (std::mem::take(&mut self.days), std::mem::take(&mut self.orders));
        if let Some(entry) = self.entry(number) {
            days.change(|_, day| {
                if there {
                    day.put(self, entry);
                } else {
                    day.take_out(self, entry);
                }
                let end = day.end;
                day.changed.change(self, entry, there, |entry| changed_key(self, entry, end));
                true
            });
            for (order, sort) in orders.iter_mut().zip(LASTING) {
                order.change(self, entry, there, |entry| lasting_key(entry, sort));
            }
        }
        (self.days, self.orders) = (days, orders);
    }
}

/// The numbers of all things of a list.
fn numbered<T>(all: &[T]) -> std::ops::Range<u32> {
    0..u32::try_from(all.len()).unwrap_or(u32::MAX)
}

/// A place in a list, which becomes as long as it must.
fn at<T: Default>(list: &mut Vec<T>, place: u32) -> &mut T {
    let place = place as usize;
    if list.len() <= place {
        list.resize_with(place + 1, T::default);
    }
    &mut list[place]
}
