//! Which pledges have what: a set of their numbers for each thing that lists are narrowed by.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveDate;
use domain::{DueRange, Role};
use roaring::{MultiOps, RoaringBitmap};

use super::{Entry, at};

/// The sets of a state of the record that are the same on every day.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets {
    /// By party, then by role.
    parties: Vec<Vec<RoaringBitmap>>,
    /// By role, whichever party has it.
    pub roles: Vec<RoaringBitmap>,
    topics: Vec<RoaringBitmap>,
    meetings: Vec<RoaringBitmap>,
    /// By the place of a language in [`super::Index::languages`]. Beyond the 64th all share the last; no record has so many.
    pub languages: Vec<RoaringBitmap>,
    /// By the last day of the due date; `None` is what is due on no date.
    due: BTreeMap<Option<NaiveDate>, RoaringBitmap>,
    /// By the day on which the record last said something new.
    changed: BTreeMap<NaiveDate, RoaringBitmap>,
}

impl Sets {
    /// Every set that a pledge is in.
    pub fn each(
        &mut self,
        entry: &Entry,
        parties: &[(u32, Role)],
        topics: &[u32],
        meeting: Option<u32>,
        mut to: impl FnMut(&mut RoaringBitmap),
    ) {
        for (party, role) in parties {
            to(at(at(&mut self.parties, *party), *role as u32));
            to(at(&mut self.roles, *role as u32));
        }
        for topic in topics {
            to(at(&mut self.topics, *topic));
        }
        if let Some(meeting) = meeting {
            to(at(&mut self.meetings, meeting));
        }
        (0..64).filter(|place| entry.languages & (1 << place) != 0).for_each(|place| to(at(&mut self.languages, place)));
        to(self.due.entry(entry.due_last()).or_default());
        to(self.changed.entry(entry.changed_at.date_naive()).or_default());
    }

    /// Forgets by day what no pledge has any more: there is no end of days.
    pub fn drop_empty(&mut self) {
        self.due.retain(|_, set| !set.is_empty());
        self.changed.retain(|_, set| !set.is_empty());
    }

    /// Those of a party, in a role if one is asked for.
    pub fn of_party(&self, party: u32, role: Option<Role>) -> Cow<'_, RoaringBitmap> {
        let roles = self.parties.get(party as usize).map(Vec::as_slice).unwrap_or_default();
        match role {
            Some(role) => known(roles, role as usize),
            None => Cow::Owned(roles.iter().union()),
        }
    }

    /// Those in which anybody has a role.
    pub fn of_role(&self, role: Role) -> Cow<'_, RoaringBitmap> {
        known(&self.roles, role as usize)
    }

    pub fn of_topic(&self, topic: u32) -> Cow<'_, RoaringBitmap> {
        known(&self.topics, topic as usize)
    }

    pub fn of_meeting(&self, meeting: u32) -> Cow<'_, RoaringBitmap> {
        known(&self.meetings, meeting as usize)
    }

    /// Those with a source in a language.
    pub fn of_language(&self, place: usize) -> Cow<'_, RoaringBitmap> {
        known(&self.languages, place.min(63))
    }

    pub fn due(&self, range: DueRange) -> RoaringBitmap {
        self.due.iter().filter(|(due, _)| range.holds(**due)).map(|(_, set)| set).union()
    }

    /// Those of which the record said something new on a day or later.
    pub fn changed_since(&self, day: NaiveDate) -> RoaringBitmap {
        self.changed.range(day..).map(|(_, set)| set).union()
    }
}

fn known(sets: &[RoaringBitmap], place: usize) -> Cow<'_, RoaringBitmap> {
    sets.get(place).map_or_else(|| Cow::Owned(RoaringBitmap::new()), Cow::Borrowed)
}
