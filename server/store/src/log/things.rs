//! The sources, parties, meetings and topics that an entry names: which they are, and what is said of them.

use std::collections::BTreeSet;

use domain::{
    Citation, Slug,
    log::{Heading, Named, Part, PledgeState},
    pledge::StatusChange,
};
use sea_orm::ConnectionTrait;

use crate::{StoreError, export};

/// A kind of thing that pledges name; each has a table of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Thing {
    Source,
    Party,
    Meeting,
    Topic,
}

impl Thing {
    pub const ALL: [Self; 4] = [Self::Source, Self::Party, Self::Meeting, Self::Topic];

    /// The name of its table.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Party => "party",
            Self::Meeting => "meeting",
            Self::Topic => "topic",
        }
    }
}

/// The names of things, each once.
#[derive(Debug, Default)]
pub(crate) struct Names {
    sources: BTreeSet<Slug>,
    parties: BTreeSet<Slug>,
    meetings: BTreeSet<Slug>,
    topics: BTreeSet<Slug>,
}

impl Names {
    /// Adds what a part of a pledge names.
    pub fn add_part(&mut self, part: &Part) {
        part.heading.iter().for_each(|heading| self.add_heading(heading));
        self.add_cited(part.citations.iter().chain(part.variants.iter().map(|variant| &variant.citation)));
        part.history.iter().for_each(|change| self.add_change(change));
    }

    /// Adds what a whole pledge names.
    pub fn add_state(&mut self, state: &PledgeState) {
        self.add_heading(&state.heading);
        self.add_cited(state.citations.iter().map(|at| &at.what).chain(state.variants.iter().map(|variant| &variant.citation)));
        state.history.iter().for_each(|change| self.add_change(change));
    }

    fn add_heading(&mut self, heading: &Heading) {
        self.parties.extend(heading.parties.iter().map(|of| of.party.clone()));
        self.meetings.extend(heading.meeting.clone());
        self.topics.extend(heading.topics.iter().cloned());
    }

    fn add_change(&mut self, change: &StatusChange) {
        self.parties.extend(change.party.clone());
        self.add_cited(change.citations.iter());
    }

    fn add_cited<'a>(&mut self, citations: impl Iterator<Item = &'a Citation>) {
        self.sources.extend(citations.map(|citation| citation.source.clone()));
    }

    /// The things of these names, as the database has them, and the originals of translations, which exports tell too.
    pub async fn things(self, db: &impl ConnectionTrait) -> Result<Named, StoreError> {
        let list = |names: BTreeSet<Slug>| names.into_iter().collect::<Vec<_>>();
        let (mut sources, mut asked, mut known) = (Vec::new(), self.sources.clone(), self.sources);
        while !asked.is_empty() {
            let found = export::sources_named(db, &list(asked)).await?;
            asked = found
                .iter()
                .filter_map(|source| source.translation_of.clone())
                .filter(|original| known.insert(original.clone()))
                .collect();
            sources.extend(found);
        }
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Named {
            sources,
            parties: export::parties_named(db, &list(self.parties)).await?,
            meetings: export::meetings_named(db, &list(self.meetings)).await?,
            topics: export::topics_named(db, &list(self.topics)).await?,
        })
    }

    /// Some names of one kind.
    pub fn of(thing: Thing, names: impl Iterator<Item = Slug>) -> Self {
        let (names, mut all) = (names.collect(), Self::default());
        match thing {
            Thing::Source => all.sources = names,
            Thing::Party => all.parties = names,
            Thing::Meeting => all.meetings = names,
            Thing::Topic => all.topics = names,
        }
        all
    }
}
