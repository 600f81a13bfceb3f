//! Choosing pledges: the index, the search and the moment brought together, and what the choice amounts to.

use std::{cmp::Reverse, sync::Arc};

use domain::{Moment, PledgeQuery, PledgeSort, PledgeStatus, Role, Slug, Timely};
use sea_orm::prelude::Uuid;

use crate::{
    Counted, Figures, Named, PledgeRow, Store, StoreError,
    index::{Held, Selection, Wanted},
    listing::Cursor,
    search::Hits,
};

/// How many parties, topics or meetings are offered as choices at most.
pub const MOST_OFFERED: usize = 50;

/// How many pledges another choice in place of the one made would leave; choices that would leave none are left out. Of
/// parties, topics and meetings no more than [`MOST_OFFERED`] are told: those with the most pledges, and the one that is chosen.
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
        Ok(self.choose(query, moment).await?.facets(query))
    }

    /// Chooses the pledges asked for, as they stood at the moment.
    pub(crate) async fn choose(&self, query: &PledgeQuery, moment: Moment) -> Result<Chosen<'_>, StoreError> {
        let held = self.index(moment).await?;
        let mut hits = None;
        if let Some(search) = &query.search {
            let today = self.hits(search, query.order() == PledgeSort::Relevance).await?;
            // What is public only grows: whatever could be found then is among what is found today, or was corrected since.
            hits = Some(if moment.is_past() { self.hits_at(search, today, &held, moment).await? } else { today });
        }
        let selection = {
            let index = held.read();
            index.selected(&Wanted::new(&index, query, hits.as_ref(), moment.as_of))
        };
        Ok(Chosen { held, hits, selection })
    }

    /// A stretch of those chosen, in the order asked for, each with the cursor that goes on behind it.
    pub(crate) async fn stretch(
        &self,
        chosen: &mut Chosen<'_>,
        query: &PledgeQuery,
        moment: Moment,
        after: Option<Cursor>,
        skip: usize,
        take: usize,
    ) -> Result<Vec<(Uuid, Cursor)>, StoreError> {
        // Behind a cursor there may be none of the best.
        let best = if after.is_some() { usize::MAX } else { skip.saturating_add(take) };
        if let (Some(hits), Some(search), PledgeSort::Relevance) = (&mut chosen.hits, &query.search, query.order())
            && !hits.are_told_apart(&chosen.selection.numbers, best)
        {
            self.tell_apart(search, hits).await?;
        }
        Ok(chosen.stretch(query, moment, after, skip, take))
    }
}

impl Chosen<'_> {
    /// How many were chosen.
    pub fn total(&self) -> u64 {
        self.selection.numbers.len()
    }

    fn stretch(
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
        let keys = index.stretch(&self.selection.numbers, &wanted, after, skip, take);
        keys.into_iter().filter_map(|(key, number)| Some((index.entry(number)?.id, Cursor { key, number }))).collect()
    }

    /// What came of those chosen.
    pub fn figures(&self) -> Figures {
        let counts = PledgeStatus::ALL.iter().zip(&self.selection.by_status).filter(|(_, count)| **count > 0);
        Figures { by_status: counts.map(|(status, count)| (*status, *count)).collect(), overdue: self.selection.overdue }
    }

    /// What other choices would leave.
    pub fn facets(&self, query: &PledgeQuery) -> Facets {
        let index = self.held.read();
        let selection = &self.selection;
        let parties = offered(index.parties.all(), &selection.parties, |party| &party.named, query.party.as_ref());
        let topics = offered(index.topics.all(), &selection.topics, |topic| topic, query.topic.as_ref());
        let mut meetings = offered(index.meetings.all(), &selection.meetings, |meeting| &meeting.named, query.meeting.as_ref());
        meetings.sort_by_cached_key(|(meeting, _)| Reverse(meeting.held_on.to_string()));
        let mut due: Vec<_> = selection.due.iter().copied().filter(|(_, count)| *count > 0).collect();
        due.sort_by_key(|(year, _)| year.is_none());
        Facets {
            statuses: coded(PledgeStatus::ALL, &selection.statuses),
            timeliness: coded(Timely::ALL, &selection.timeliness),
            parties: counted(parties, |party| &party.named),
            roles: coded(Role::ALL, &selection.roles),
            topics: counted(topics, |topic| topic),
            meetings: counted(meetings, |meeting| &meeting.named),
            due,
            source_languages: coded(&index.languages, &selection.languages),
        }
    }
}

fn coded<T: Clone>(all: &[T], counts: &[u64]) -> Vec<(T, u64)> {
    all.iter().zip(counts).filter(|(_, count)| **count > 0).map(|(code, count)| (code.clone(), *count)).collect()
}

/// Those of some things that are offered, in order, with their counts.
fn offered<'a, T>(all: &'a [T], counts: &[u64], named: fn(&T) -> &Named, chosen: Option<&Slug>) -> Vec<(&'a T, u64)> {
    let some = all.iter().zip(counts).enumerate().filter(|(_, (_, count))| **count > 0);
    let mut some: Vec<(usize, &T, u64)> = some.map(|(place, (thing, count))| (place, thing, *count)).collect();
    if some.len() > MOST_OFFERED {
        some.sort_by_key(|(_, thing, count)| (Some(&named(thing).slug) != chosen, Reverse(*count)));
        some.truncate(MOST_OFFERED);
        some.sort_by_key(|(place, ..)| *place);
    }
    some.into_iter().map(|(_, thing, count)| (thing, count)).collect()
}

fn counted<'a, T: 'a>(some: Vec<(&'a T, u64)>, named: fn(&T) -> &Named) -> Vec<Counted<Named>> {
    some.into_iter().map(|(thing, pledges)| Counted { thing: named(thing).clone(), pledges }).collect()
}

#[cfg(test)]
mod tests {
    use domain::Localized;

    use super::*;

    #[test]
    fn of_very_many_those_with_the_most_pledges_are_offered_and_the_one_chosen() {
        let number = |number: usize| Named { slug: format!("topic-{number}").parse().unwrap(), name: Localized::default() };
        let all: Vec<Named> = (0..MOST_OFFERED + 50).map(number).collect();
        let counts: Vec<u64> = (0..).take(all.len()).collect();
        let slugs = |chosen: Option<&Slug>| -> Vec<String> {
            offered(&all, &counts, |named| named, chosen).into_iter().map(|(named, _)| named.slug.to_string()).collect()
        };
        let most: Vec<String> = all[50..].iter().map(|named| named.slug.to_string()).collect();
        assert_eq!(slugs(None), most);
        let chosen = slugs(Some(&all[7].slug));
        assert_eq!((chosen.len(), chosen[0].as_str()), (MOST_OFFERED, "topic-7"));
        assert_eq!(chosen[1..], most[1..]);
    }
}
