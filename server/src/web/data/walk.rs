//! A walk through the pledges asked for, piece by piece, and the names met on the way.

use std::collections::BTreeSet;

use domain::{Moment, Party, PledgeQuery, Slug, Source, meeting::Meeting, topic::Topic};
use store::{Cursor, Dossier, Store, StoreError};

use crate::middleware::settled;

/// How many pledges are read at once: enough to be fast, few enough to be held in memory for many exports at a time.
const AT_ONCE: u32 = 200;

/// What an export is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The record.
    pub(super) store: Store,
    /// Which pledges.
    pub(super) query: PledgeQuery,
    /// At which moment. Its `known_at` is a time that has come: what is published while the export is sent doesn't tear it.
    pub(super) moment: Moment,
    /// Where the site can be reached.
    pub(super) site: String,
}

/// A walk through the pledges asked for.
pub(super) struct Walk<'a> {
    asked: &'a Asked,
    after: Option<Cursor>,
    ended: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn through(asked: &'a Asked) -> Self {
        Self { asked, after: None, ended: false }
    }

    /// The next pledges; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Dossier>>, StoreError> {
        if self.ended {
            return Ok(None);
        }
        let Asked { store, query, moment, .. } = self.asked;
        // Each piece is chosen among what was known when the first was, whether or not that was asked for.
        let after = self.after;
        let moment = Moment { asked_known_at: true, ..*moment };
        let piece = settled::settled(store, || store.dossiers(query, moment, after, AT_ONCE)).await?;
        self.after = piece.next;
        self.ended = piece.next.is_none();
        Ok(Some(piece.items))
    }
}

/// The names that stand in some pledges.
#[derive(Default)]
pub(super) struct Names {
    pub(super) sources: BTreeSet<Slug>,
    parties: BTreeSet<Slug>,
    meetings: BTreeSet<Slug>,
    topics: BTreeSet<Slug>,
}

impl Names {
    /// Takes the names of some pledges in, and gives back those that are new.
    pub(super) fn take(&mut self, dossiers: &[Dossier]) -> Self {
        let mut new = Self::default();
        for dossier in dossiers {
            let of_variants = dossier.variants.iter().map(|variant| &variant.cited);
            let of_steps = dossier.steps.iter().flat_map(|step| &step.citations);
            let sources = dossier.citations.iter().chain(of_variants).chain(of_steps).map(|cited| &cited.source.id);
            keep(sources, &mut self.sources, &mut new.sources);
            keep(dossier.parties.iter().map(|(named, _)| &named.slug), &mut self.parties, &mut new.parties);
            keep(dossier.meeting.iter().map(|meeting| &meeting.named.slug), &mut self.meetings, &mut new.meetings);
            keep(dossier.topics.iter().map(|topic| &topic.slug), &mut self.topics, &mut new.topics);
        }
        new
    }

    /// The sources of some names, and those that they are translations of, however far back; all are taken in.
    pub(super) async fn sources(&mut self, store: &Store, names: Vec<Slug>) -> Result<Vec<Source>, StoreError> {
        let mut sources = Vec::with_capacity(names.len());
        let mut names = names;
        while !names.is_empty() {
            let found = store.sources_named(&names).await?;
            let originals = found.iter().filter_map(|source| source.translation_of.as_ref());
            names = originals.filter(|original| self.sources.insert((*original).clone())).cloned().collect();
            sources.extend(found);
        }
        Ok(sources)
    }

    pub(super) async fn parties(&self, store: &Store) -> Result<Vec<Party>, StoreError> {
        store.parties_named(&listed(&self.parties)).await
    }

    pub(super) async fn meetings(&self, store: &Store) -> Result<Vec<Meeting>, StoreError> {
        store.meetings_named(&listed(&self.meetings)).await
    }

    pub(super) async fn topics(&self, store: &Store) -> Result<Vec<Topic>, StoreError> {
        store.topics_named(&listed(&self.topics)).await
    }
}

fn keep<'a>(names: impl Iterator<Item = &'a Slug>, known: &mut BTreeSet<Slug>, new: &mut BTreeSet<Slug>) {
    for name in names {
        if !known.contains(name) {
            known.insert(name.clone());
            new.insert(name.clone());
        }
    }
}

/// The names one by one.
pub(super) fn listed(names: &BTreeSet<Slug>) -> Vec<Slug> {
    names.iter().cloned().collect()
}
