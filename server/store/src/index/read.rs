//! Reading the record at a glance from the database: all of it, or what was published since a revision.

use std::collections::{BTreeSet, HashMap};

use domain::{Role, Slug};
use futures_util::{StreamExt, TryStreamExt, stream};
use roaring::RoaringBitmap;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, prelude::Uuid,
};

use super::{
    FEW, Index, Mark, Numbered,
    glance::{self, Glance, Glances, PIECE},
    memo::{Choices, Kept},
    words::{Said, Words, correct},
};
use crate::{
    MeetingDossier, Named, PartyDossier, Revision, StoreError,
    entity::{meeting, party, pledge, pledge_removal, topic},
    tasks::by_itself,
    texts::{indexed_at, texts_of},
};

/// How many pieces are read at the same time, each on a connection and in a task of its own.
pub(super) const AT_ONCE: usize = 3;

/// What a revision has that another lacks.
#[derive(Default)]
pub(super) struct News {
    pub revision: i64,
    pub pledges: Vec<Glance>,
    /// The numbers of pledges that were taken out.
    pub removed: RoaringBitmap,
    pub marks: Vec<Mark>,
    pub names: Names,
}

/// What pledges refer to.
#[derive(Default)]
pub(super) struct Names {
    pub parties: Vec<PartyDossier>,
    pub meetings: Vec<MeetingDossier>,
    pub topics: Vec<Named>,
}

/// What pledges refer to and an index does not have yet.
#[derive(Debug, Default)]
pub(super) struct Missing {
    parties: BTreeSet<Slug>,
    meetings: BTreeSet<Slug>,
    topics: BTreeSet<Slug>,
}

/// What was published after revision `since`, up to `newest`; `missing` tells what of that an index lacks.
pub(super) async fn since(
    db: &impl ConnectionTrait,
    since: i64,
    newest: Revision,
    missing: impl FnOnce(&[Glance]) -> Missing,
) -> Result<News, StoreError> {
    let Glances { pledges, marks } = glance::published_after(db, since, newest).await?;
    let removed = removed(db, since).await?;
    let missing = (pledges.len() <= FEW).then(|| missing(&pledges));
    let names = Names::of(db, missing.as_ref()).await?;
    Ok(News { revision: newest.number, pledges, removed, marks, names })
}

/// Asks what is asked after a publication, to no end but that the connection has met it.
pub(crate) async fn rehearse(db: &impl ConnectionTrait, newest: Revision) -> Result<(), StoreError> {
    since(db, newest.number, newest, |_| Missing::default()).await.map(drop)
}

/// The whole record as its newest revision has it, piece by piece.
pub(super) async fn whole(db: &DatabaseConnection, newest: Revision) -> Result<Index, StoreError> {
    let mut index = Index::default();
    index.take_names(Names::of(db, None).await?);
    let last: Option<i64> = pledge::Entity::find()
        .select_only()
        .column_as(pledge::Column::Number.max(), "last")
        .into_tuple()
        .one(db)
        .await?
        .flatten();
    let last = last.unwrap_or_default();
    let piece = |from: i64| {
        let db = db.clone();
        by_itself(async move { glance::piece(&db, from, newest).await })
    };
    let pieces = (0..=last / PIECE).map(|number| piece(number * PIECE));
    let mut pieces = stream::iter(pieces).buffered(AT_ONCE);
    let mut marks = Vec::new();
    while let Some(piece) = pieces.try_next().await? {
        for glance in piece.pledges {
            index.take_glance(glance, false);
        }
        marks.extend(piece.marks);
    }
    let removed = removed(db, 0).await?;
    removed.iter().for_each(|number| index.take_out(number, false));
    marks.retain(|mark| !removed.contains(mark.number));
    index.marks.take(marks);
    index.revision = newest.number;
    index.fit();
    Ok(index)
}

/// The numbers of pledges that were taken out after a revision.
pub(super) async fn removed(db: &impl ConnectionTrait, since: i64) -> Result<RoaringBitmap, StoreError> {
    let numbers: Vec<i64> = pledge_removal::Entity::find()
        .select_only()
        .column(pledge::Column::Number)
        .join(JoinType::InnerJoin, pledge_removal::Relation::Pledge.def())
        .filter(pledge_removal::Column::Revision.gt(since))
        .filter(pledge::Column::Number.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(numbers.into_iter().filter_map(|number| u32::try_from(number).ok()).collect())
}

impl News {
    /// The words of the pledges of which there is news, as they are indexed; `None` if there are too many.
    pub(super) async fn said(
        &self,
        db: &impl ConnectionTrait,
        newest: Revision,
    ) -> Result<Option<HashMap<u32, Said>>, StoreError> {
        if self.pledges.len() > FEW {
            return Ok(None);
        }
        let ids: Vec<Uuid> = self.pledges.iter().map(|glance| glance.entry.id).collect();
        let texts = texts_of(db, &ids, indexed_at(newest.recorded_at.unwrap_or_default())).await?;
        let of = |glance: &Glance| Some((glance.entry.number, Said::of(texts.get(&glance.entry.id)?)));
        let removed = self.removed.iter().map(|number| (number, Said::default()));
        Ok(Some(self.pledges.iter().filter_map(of).chain(removed).collect()))
    }
}

impl Names {
    /// What an index lacks, or all.
    pub(super) async fn of(db: &impl ConnectionTrait, missing: Option<&Missing>) -> Result<Self, StoreError> {
        Ok(Self {
            parties: called(db, party::Column::Slug, missing.map(|missing| &missing.parties)).await?,
            meetings: called(db, meeting::Column::Slug, missing.map(|missing| &missing.meetings)).await?,
            topics: called(db, topic::Column::Slug, missing.map(|missing| &missing.topics)).await?,
        })
    }
}

/// The rows of a table whose names are among some, or all.
async fn called<C, E, T>(db: &impl ConnectionTrait, slug: C, some: Option<&BTreeSet<Slug>>) -> Result<Vec<T>, StoreError>
where
    C: ColumnTrait<EntityName = E>,
    E: EntityTrait,
    T: TryFrom<E::Model, Error = StoreError>,
{
    let named = match some {
        Some(none) if none.is_empty() => return Ok(Vec::new()),
        Some(some) => Condition::all().add(slug.is_in(some.iter().map(Slug::as_str))),
        None => Condition::all(),
    };
    E::find().filter(named).order_by_asc(slug).all(db).await?.into_iter().map(TryInto::try_into).collect()
}

impl Index {
    /// Takes in what is new; and, if it is known, what the pledges of which there is news say now.
    pub(super) fn take(&mut self, news: News, said: Option<HashMap<u32, Said>>) {
        self.choices = Choices::default();
        match said {
            Some(said) => correct(&mut self.words, &said),
            None => self.words = Words::default(),
        }
        let in_order = news.pledges.len() as u64 + news.removed.len() <= FEW as u64;
        if !in_order {
            self.orders = Default::default();
            self.days = Kept::default();
        }
        self.take_names(news.names);
        news.pledges.into_iter().for_each(|glance| self.take_glance(glance, in_order));
        news.removed.iter().for_each(|number| self.take_out(number, in_order));
        self.marks.take(news.marks);
        if !news.removed.is_empty() {
            self.marks.forget(&news.removed);
        }
        self.tidy();
        self.revision = news.revision;
    }

    /// What some pledges refer to that is not here yet. What is stays as it is: the log has the hash of each name
    /// that was published, and nothing here changes one.
    pub(super) fn missing(&self, pledges: &[Glance]) -> Missing {
        fn missing<'a, T>(here: &Numbered<T>, all: impl Iterator<Item = &'a Slug>) -> BTreeSet<Slug> {
            all.filter(|slug| here.number(slug).is_none()).cloned().collect()
        }
        Missing {
            parties: missing(&self.parties, pledges.iter().flat_map(|glance| &glance.parties).map(|(slug, _)| slug)),
            meetings: missing(&self.meetings, pledges.iter().filter_map(|glance| glance.meeting.as_ref())),
            topics: missing(&self.topics, pledges.iter().flat_map(|glance| &glance.topics)),
        }
    }

    pub(super) fn take_names(&mut self, names: Names) {
        for party in names.parties {
            self.parties.put(party.named.slug.clone(), party);
        }
        for meeting in names.meetings {
            self.meetings.put(meeting.named.slug.clone(), meeting);
        }
        for topic in names.topics {
            self.topics.put(topic.slug.clone(), topic);
        }
    }

    pub(super) fn take_glance(&mut self, glance: Glance, in_order: bool) {
        let Glance { mut entry, spans, parties, topics, meeting, languages } = glance;
        entry.spans = self.spans_of_all.put(spans);
        entry.languages = languages.iter().fold(0, |bits, language| bits | self.language_bit(language));
        let parties: Vec<(u32, Role)> =
            parties.into_iter().filter_map(|(slug, role)| Some((self.parties.number(&slug)?, role))).collect();
        let topics: Vec<u32> = topics.iter().filter_map(|slug| self.topics.number(slug)).collect();
        let meeting = meeting.and_then(|slug| self.meetings.number(&slug));
        self.put(entry, parties, &topics, meeting, in_order);
    }

    /// Gives back the room that lists took while they grew.
    pub(super) fn fit(&mut self) {
        self.entries.shrink_to_fit();
        self.spans_of_all.fit();
        self.parties_of_all.fit();
        self.party_places.shrink_to_fit();
        self.counted.fit();
        self.marks.fit();
    }

    /// The bit of a language. Beyond the 64th all share the last; no record has so many.
    fn language_bit(&mut self, language: &str) -> u64 {
        let at = self.languages.iter().position(|known| known == language).unwrap_or_else(|| {
            self.languages.push(language.to_owned());
            self.languages.len() - 1
        });
        1 << at.min(63)
    }
}
