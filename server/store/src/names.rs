//! Parties, meetings and topics: by name, with how many pledges each has at a moment, and one by one.

use std::collections::HashMap;

use domain::{FuzzyDate, Localized, Moment, Party, PartyKind, PledgeQuery, Slug, meeting::Meeting, topic::Topic};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select, prelude::Uuid};

use crate::{
    Store, StoreError,
    entity::{meeting, party, pledge, pledge_party, pledge_topic, status_span, topic},
    row,
};

/// A thing with a page of its own, as it is named in a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name in URLs.
    pub slug: Slug,
    /// What it is called.
    pub name: Localized,
}

/// A named thing and how many pledges it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<T> {
    /// The thing.
    pub thing: T,
    /// Its pledges at the moment asked for.
    pub pledges: u64,
}

/// A party with what its page says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyDossier {
    /// Its name.
    pub named: Named,
    /// What it is.
    pub kind: PartyKind,
    /// Its country code.
    pub iso: Option<String>,
}

/// A meeting with what its page says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingDossier {
    /// Its name.
    pub named: Named,
    /// When it was held.
    pub held_on: FuzzyDate,
    /// Where it was held.
    pub place: Localized,
}

impl TryFrom<party::Model> for PartyDossier {
    type Error = StoreError;

    fn try_from(row: party::Model) -> Result<Self, StoreError> {
        let named = Named { slug: row::slug(&row.slug)?, name: row::localized(row.name_en, row.name_es) };
        Ok(Self { named, kind: row::parsed("kind", &row.kind)?, iso: row.iso })
    }
}

impl TryFrom<meeting::Model> for MeetingDossier {
    type Error = StoreError;

    fn try_from(row: meeting::Model) -> Result<Self, StoreError> {
        Ok(Self {
            named: Named { slug: row::slug(&row.slug)?, name: row::localized(row.name_en, row.name_es) },
            held_on: row::parsed("held_on", &row.held_on)?,
            place: row::localized(row.place_en, row.place_es),
        })
    }
}

impl TryFrom<topic::Model> for Named {
    type Error = StoreError;

    fn try_from(row: topic::Model) -> Result<Self, StoreError> {
        Ok(Self { slug: row::slug(&row.slug)?, name: row::localized(row.name_en, row.name_es) })
    }
}

/// As the record file has it.
impl From<PartyDossier> for Party {
    fn from(PartyDossier { named, kind, iso }: PartyDossier) -> Self {
        Self { id: named.slug, name: named.name, kind, iso }
    }
}

/// As the record file has it.
impl From<MeetingDossier> for Meeting {
    fn from(MeetingDossier { named, held_on, place }: MeetingDossier) -> Self {
        Self { id: named.slug, name: named.name, held_on, place }
    }
}

/// As the record file has it.
impl From<Named> for Topic {
    fn from(Named { slug, name }: Named) -> Self {
        Self { id: slug, name }
    }
}

impl Store {
    /// One party; `None` if no public pledge names it, today or in the record of the moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn party(&self, slug: &Slug, moment: Moment) -> Result<Option<PartyDossier>, StoreError> {
        let found = party::Entity::find().filter(party::Column::Slug.eq(slug.as_str())).one(&self.db).await?;
        let Some(row) = found else { return Ok(None) };
        let named = pledge_party::Entity::find()
            .filter(pledge_party::Column::PartyId.eq(row.id))
            .join(JoinType::InnerJoin, pledge_party::Relation::Pledge.def())
            .filter(pledge::Column::RecordedAt.is_not_null());
        let query = PledgeQuery { party: Some(slug.clone()), ..PledgeQuery::default() };
        self.if_public(row, named, &query, moment).await
    }

    /// One meeting; `None` if no public pledge was made at it, by the record of today or of the moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn meeting(&self, slug: &Slug, moment: Moment) -> Result<Option<MeetingDossier>, StoreError> {
        let found = meeting::Entity::find().filter(meeting::Column::Slug.eq(slug.as_str())).one(&self.db).await?;
        let Some(row) = found else { return Ok(None) };
        let made =
            pledge::Entity::find().filter(pledge::Column::MeetingId.eq(row.id)).filter(pledge::Column::RecordedAt.is_not_null());
        let query = PledgeQuery { meeting: Some(slug.clone()), ..PledgeQuery::default() };
        self.if_public(row, made, &query, moment).await
    }

    /// One topic; `None` if no public pledge is about it, by the record of today or of the moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn topic(&self, slug: &Slug, moment: Moment) -> Result<Option<Named>, StoreError> {
        let found = topic::Entity::find().filter(topic::Column::Slug.eq(slug.as_str())).one(&self.db).await?;
        let Some(row) = found else { return Ok(None) };
        let about = pledge_topic::Entity::find()
            .filter(pledge_topic::Column::TopicId.eq(row.id))
            .join(JoinType::InnerJoin, pledge_topic::Relation::Pledge.def())
            .filter(pledge::Column::RecordedAt.is_not_null());
        let query = PledgeQuery { topic: Some(slug.clone()), ..PledgeQuery::default() };
        self.if_public(row, about, &query, moment).await
    }

    /// A thing that published pledges lead to, today or by the record that a moment asks for: a correction may have led one elsewhere.
    async fn if_public<R, T, E>(
        &self,
        row: R,
        pledges: Select<E>,
        query: &PledgeQuery,
        moment: Moment,
    ) -> Result<Option<T>, StoreError>
    where
        R: TryInto<T, Error = StoreError>,
        E: EntityTrait,
    {
        let there =
            pledges.one(&self.db).await?.is_some() || (moment.asked_known_at && self.choose(query, moment).await?.total() > 0);
        if there { row.try_into().map(Some) } else { Ok(None) }
    }

    /// All parties that have a pledge at the moment, with their counts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn parties(&self, moment: Moment) -> Result<Vec<Counted<PartyDossier>>, StoreError> {
        let chosen = self.choose(&PledgeQuery::default(), moment).await?;
        let index = chosen.held.read();
        let mut parties = counted(index.parties.all(), &chosen.selection.parties);
        parties.sort_by(|a, b| a.thing.named.slug.cmp(&b.thing.named.slug));
        Ok(parties)
    }

    /// All meetings that have a pledge at the moment, the latest first, with their counts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn meetings(&self, moment: Moment) -> Result<Vec<Counted<MeetingDossier>>, StoreError> {
        let chosen = self.choose(&PledgeQuery::default(), moment).await?;
        let index = chosen.held.read();
        let mut meetings = counted(index.meetings.all(), &chosen.selection.meetings);
        meetings.sort_by_cached_key(|meeting| {
            (std::cmp::Reverse(meeting.thing.held_on.to_string()), meeting.thing.named.slug.clone())
        });
        Ok(meetings)
    }

    /// All topics that have a pledge at the moment, with their counts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn topics(&self, moment: Moment) -> Result<Vec<Counted<Named>>, StoreError> {
        let chosen = self.choose(&PledgeQuery::default(), moment).await?;
        let index = chosen.held.read();
        let mut topics = counted(index.topics.all(), &chosen.selection.topics);
        topics.sort_by(|a, b| a.thing.slug.cmp(&b.thing.slug));
        Ok(topics)
    }
}

/// Pairs each thing with its count and leaves out what has none: nothing public says that it is there.
fn counted<T: Clone>(things: &[T], counts: &[u64]) -> Vec<Counted<T>> {
    let some = things.iter().zip(counts).filter(|(_, count)| **count > 0);
    some.map(|(thing, count)| Counted { thing: thing.clone(), pledges: *count }).collect()
}

/// The spans of some pledges as the record knew them at a time, in order.
pub(crate) async fn spans_of(
    db: &impl sea_orm::ConnectionTrait,
    pledges: impl IntoIterator<Item = Uuid>,
    moment: Moment,
) -> Result<HashMap<Uuid, Vec<domain::history::Span>>, StoreError> {
    let rows = status_span::Entity::find()
        .filter(status_span::Column::PledgeId.is_in(pledges))
        .filter(row::known_at(moment.known_at))
        .order_by_asc(status_span::Column::ValidFrom)
        .all(db)
        .await?;
    let mut by_pledge: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        by_pledge.entry(row.pledge_id).or_default().push(row.try_into()?);
    }
    Ok(by_pledge)
}
