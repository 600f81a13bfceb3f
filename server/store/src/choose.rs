//! Choosing pledges: the index, the search and the moment brought together, and what the choice amounts to.

use std::sync::Arc;

use domain::{Moment, PledgeQuery, PledgeStatus, Role, Timely};
use sea_orm::prelude::Uuid;

use crate::{
    Counted, Figures, Named, PledgeRow, Store, StoreError,
    index::{Held, Selection, UNDATED, Wanted},
    listing::Cursor,
    search::Hits,
};

/// How many pledges another choice in place of the one made would leave; choices that would leave none are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// By status.
    pub statuses: Vec<(PledgeStatus, u64)>,
    /// By timeliness.
    pub timeliness: Vec<(Timely, u64)>,
    /// By party.
    pub parties: Vec<Counted<Named>>,
    /// By role.
    pub roles: Vec<(Role, u64)>,
    /// By topic.
    pub topics: Vec<Counted<Named>>,
    /// By meeting, the latest first.
    pub meetings: Vec<Counted<Named>>,
    /// By the year in which they are due, in order; `None` is without a date.
    pub due: Vec<(Option<i32>, u64)>,
    /// By the language of a source.
    pub source_languages: Vec<(String, u64)>,
}

/// A page of a list with its figures and facets.
#[derive(Clone, Debug)]
pub struct Found {
    /// The pledges.
    pub pledges: domain::page::Page<PledgeRow>,
    /// What came of all those asked for.
    pub figures: Figures,
    /// What other choices would leave.
    pub facets: Facets,
}

/// The pledges that were chosen from a state of the record.
pub(crate) struct Chosen<'a> {
    pub held: Held<'a>,
    pub hits: Option<Hits>,
    pub selection: Arc<Selection>,
}

impl Store {
    /// What other choices would leave of the pledges asked for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn facets(&self, query: &PledgeQuery, moment: Moment) -> Result<Facets, StoreError> {
        Ok(self.choose(query, moment).await?.facets())
    }

    /// Chooses the pledges asked for, as they stood at the moment.
    pub(crate) async fn choose(&self, query: &PledgeQuery, moment: Moment) -> Result<Chosen<'_>, StoreError> {
        let held = self.index(moment).await?;
        let mut hits = match &query.search {
            Some(search) => Some(self.hits(search).await?),
            None => None,
        };
        if let (Some(search), Some(of_today), true) = (&query.search, &hits, moment.is_past()) {
            // What is public only grows: whatever could be found then is among what is found today.
            let candidates: Vec<(Uuid, u32)> = {
                let index = held.read();
                of_today.numbers().filter_map(|number| Some((index.entry(number)?.id, number))).collect()
            };
            hits = Some(self.hits_at(search, &candidates, moment).await?);
        }
        let selection = {
            let index = held.read();
            index.selected(&Wanted::new(&index, query, hits.as_ref(), moment.as_of))
        };
        Ok(Chosen { held, hits, selection })
    }
}

impl Chosen<'_> {
    /// How many were chosen.
    pub fn total(&self) -> u64 {
        self.selection.numbers.len() as u64
    }

    /// A stretch of those chosen, in the order asked for, each with the cursor that goes on behind it.
    pub fn stretch(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        skip: usize,
        take: usize,
    ) -> Vec<(Uuid, Cursor)> {
        let index = self.held.read();
        let wanted = Wanted::new(&index, query, self.hits.as_ref(), moment.as_of);
        let after = after.map(|cursor| (cursor.key, cursor.number));
        let keys = index.stretch(&self.selection, &wanted, after, skip, take);
        keys.into_iter().filter_map(|(key, number)| Some((index.entry(number)?.id, Cursor { key, number }))).collect()
    }

    /// What came of those chosen.
    pub fn figures(&self) -> Figures {
        let counts = PledgeStatus::ALL.iter().zip(&self.selection.by_status).filter(|(_, count)| **count > 0);
        Figures { by_status: counts.map(|(status, count)| (*status, *count)).collect(), overdue: self.selection.overdue }
    }

    /// What other choices would leave.
    pub fn facets(&self) -> Facets {
        let index = self.held.read();
        let selection = &self.selection;
        let mut meetings: Vec<_> = index.meetings.all().iter().zip(&selection.meetings).collect();
        meetings.sort_by_key(|(meeting, _)| std::cmp::Reverse(meeting.held_on.to_string()));
        Facets {
            statuses: coded(PledgeStatus::ALL, &selection.statuses),
            timeliness: coded(Timely::ALL, &selection.timeliness),
            parties: counted(index.parties.all().iter().map(|party| &party.named).zip(&selection.parties)),
            roles: coded(Role::ALL, &selection.roles),
            topics: counted(index.topics.all().iter().zip(&selection.topics)),
            meetings: counted(meetings.into_iter().map(|(meeting, count)| (&meeting.named, count))),
            due: (0..)
                .zip(&selection.due)
                .filter(|(_, count)| **count > 0)
                .map(|(year, count)| ((year != UNDATED).then(|| i32::try_from(year).unwrap_or_default()), *count))
                .collect(),
            source_languages: coded(&index.languages, &selection.languages),
        }
    }
}

fn coded<T: Clone>(all: &[T], counts: &[u64]) -> Vec<(T, u64)> {
    all.iter().zip(counts).filter(|(_, count)| **count > 0).map(|(code, count)| (code.clone(), *count)).collect()
}

fn counted<'a>(all: impl Iterator<Item = (&'a Named, &'a u64)>) -> Vec<Counted<Named>> {
    let some = all.filter(|(_, count)| **count > 0);
    some.map(|(thing, count)| Counted { thing: thing.clone(), pledges: *count }).collect()
}
