//! Reading the record at a glance from the database: all of it, or what was published since a revision.

use std::{collections::HashMap, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{FuzzyDate, Role, Slug, history::Span};
use futures_util::{StreamExt, TryStreamExt, stream};
use roaring::RoaringBitmap;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Statement, prelude::Uuid,
};

use super::{
    Entry, FEW, Index, Mark, Stretch,
    memo::{Choices, Kept},
    words::{Said, Words, correct},
};
use crate::{
    MeetingDossier, Named, PartyDossier, Revision, StoreError,
    entity::{meeting, party, pledge, pledge_removal, topic},
    row,
    texts::{indexed_at, texts_of},
};

/// How many numbers of pledges are read at a time where the whole record is read: so many rows are a little while in memory twice.
const PIECE: i64 = 500;

/// How many pieces are read at the same time, each on a connection of its own.
const AT_ONCE: usize = 2;

/// Which spans are meant: those that hold now, or those that the record had at `$2`.
#[derive(Clone, Copy)]
pub(super) struct Spans(&'static str);

pub(super) const NEWEST: Spans = Spans("s.known_to is null");
pub(super) const AS_KNOWN: Spans = Spans("s.known_from <= $2 and (s.known_to is null or s.known_to > $2)");

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

/// A pledge as the database tells it, with names instead of numbers.
#[derive(Clone, Debug)]
pub(super) struct Glance {
    pub entry: Entry,
    pub spans: Vec<Span>,
    pub parties: Vec<(Slug, Role)>,
    pub topics: Vec<Slug>,
    pub meeting: Option<Slug>,
    pub languages: Vec<String>,
}

/// What was published after revision `since`, up to `newest`.
pub(super) async fn since(db: &impl ConnectionTrait, since: i64, newest: Revision) -> Result<News, StoreError> {
    let (pledges, marks) = glances(db, newest, NEWEST, Which::PublishedAfter(since)).await?;
    let removed = removed(db, since).await?;
    // What pledges refer to is published with them and stays as it is.
    let names = if pledges.len() > FEW { Names::all(db).await? } else { Names::of(db, &pledges).await? };
    Ok(News { revision: newest.number, pledges, removed, marks, names })
}

/// The whole record as a revision had it.
pub(super) async fn whole(db: &impl ConnectionTrait, revision: Revision, spans: Spans) -> Result<Index, StoreError> {
    let mut index = Index::default();
    index.take_names(Names::all(db).await?);
    let last: Option<i64> = pledge::Entity::find()
        .select_only()
        .column_as(pledge::Column::Number.max(), "last")
        .into_tuple()
        .one(db)
        .await?
        .flatten();
    let last = last.unwrap_or_default();
    let pieces = (0..=last / PIECE).map(|piece| glances(db, revision, spans, Which::From(piece * PIECE)));
    let mut pieces = stream::iter(pieces).buffered(AT_ONCE);
    let mut marks = Vec::new();
    while let Some((pledges, new)) = pieces.try_next().await? {
        for glance in pledges {
            index.take_glance(glance, false);
        }
        marks.extend(new);
    }
    let removed = removed(db, 0).await?;
    removed.iter().for_each(|number| index.take_out(number, false));
    marks.retain(|mark| !removed.contains(mark.number));
    index.marks.take(marks);
    index.revision = revision.number;
    index.fit();
    Ok(index)
}

/// Which pledges are read.
#[derive(Clone, Copy)]
enum Which {
    /// Those that a later revision than this one says something of.
    PublishedAfter(i64),
    /// Those of [`PIECE`] numbers from this one on.
    From(i64),
}

/// One row for each pledge, its lists packed into one text each: a hundred thousand short rows would cost more than they hold.
async fn glances(
    db: &impl ConnectionTrait,
    until: Revision,
    Spans(known): Spans,
    which: Which,
) -> Result<(Vec<Glance>, Vec<Mark>), StoreError> {
    let recorded = until.recorded_at.unwrap_or_default();
    // A moment as RFC 3339 has it.
    let moment = match db.get_database_backend() {
        DbBackend::Sqlite => "replace(h.recorded_at, ' ', 'T')",
        _ => "to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
    };
    // The whole record is kept in order; for what is new, an order would make SQLite go through all of it.
    let (from, which, order) = match which {
        Which::PublishedAfter(revision) => (revision, "p.revision > $1".to_owned(), ""),
        Which::From(number) => (number, format!("p.number >= $1 and p.number < $1 + {PIECE}"), "order by p.number"),
    };
    let sql = format!(
        "select p.number, p.id, p.made_on, p.due_on, m.slug,
           (select string_agg(s.status || ' ' || s.effective_on || ' ' || cast(s.earliest as text) || ' ' || cast(s.valid_from as text)
              || ' ' || coalesce(cast(s.valid_to as text), '-'), ',') from status_span s where s.pledge_id = p.id and {known}),
           (select string_agg(l.role || ' ' || a.slug, ',') from pledge_party l join party a on a.id = l.party_id
              where l.pledge_id = p.id),
           (select string_agg(t.slug, ',') from pledge_topic l join topic t on t.id = l.topic_id where l.pledge_id = p.id),
           (select string_agg(language, ',') from (
              select o.language from citation c join source o on o.id = c.source_id
                where c.pledge_id = p.id and c.recorded_at <= $2
              union select o.language from pledge_variant v join citation c on c.variant_id = v.id join source o on o.id = c.source_id
                where v.pledge_id = p.id and c.recorded_at <= $2
              union select o.language from status_change h join citation c on c.status_change_id = h.id join source o on o.id = c.source_id
                where h.pledge_id = p.id and h.recorded_at <= $2 and c.recorded_at <= $2) as cited),
           p.recorded_at,
           (select string_agg(h.position || ' ' || h.status || ' ' || cast(h.effective_last as text) || ' ' || {moment}, ',')
              from status_change h where h.pledge_id = p.id and h.recorded_at <= $2)
         from pledge p left join meeting m on m.id = p.meeting_id
         where {which} and p.recorded_at <= $2 {order}"
    );
    let values = [from.into(), recorded.into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let mut pledges = Vec::with_capacity(rows.len());
    let mut marks = Vec::new();
    for row in rows {
        let mut glance = glance(&row)?;
        let packed: Option<String> = row.try_get_by_index(10)?;
        for packed in list(&packed.unwrap_or_default()) {
            let mark = mark(packed, glance.entry.number)?;
            glance.entry.changed_at = glance.entry.changed_at.max(mark.recorded_at);
            marks.push(mark);
        }
        pledges.push(glance);
    }
    Ok((pledges, marks))
}

/// The numbers of pledges that were taken out after a revision.
async fn removed(db: &impl ConnectionTrait, since: i64) -> Result<RoaringBitmap, StoreError> {
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
    async fn all(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        Self::read(db, Condition::all(), Condition::all(), Condition::all()).await
    }

    /// What some pledges refer to.
    async fn of(db: &impl ConnectionTrait, pledges: &[Glance]) -> Result<Self, StoreError> {
        let parties = pledges.iter().flat_map(|glance| &glance.parties).map(|(slug, _)| slug.as_str());
        let meetings = pledges.iter().filter_map(|glance| glance.meeting.as_ref()).map(Slug::as_str);
        let topics = pledges.iter().flat_map(|glance| &glance.topics).map(Slug::as_str);
        Self::read(
            db,
            Condition::all().add(party::Column::Slug.is_in(parties)),
            Condition::all().add(meeting::Column::Slug.is_in(meetings)),
            Condition::all().add(topic::Column::Slug.is_in(topics)),
        )
        .await
    }

    async fn read(
        db: &impl ConnectionTrait,
        parties: Condition,
        meetings: Condition,
        topics: Condition,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            parties: all(party::Entity::find().filter(parties).order_by_asc(party::Column::Slug).all(db).await?)?,
            meetings: all(meeting::Entity::find().filter(meetings).order_by_asc(meeting::Column::Slug).all(db).await?)?,
            topics: all(topic::Entity::find().filter(topics).order_by_asc(topic::Column::Slug).all(db).await?)?,
        })
    }
}

fn all<M, T: TryFrom<M, Error = StoreError>>(rows: Vec<M>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(TryInto::try_into).collect()
}

fn glance(row: &sea_orm::QueryResult) -> Result<Glance, StoreError> {
    let number: i64 = row.try_get_by_index(0)?;
    let id: Uuid = row.try_get_by_index(1)?;
    let made_on: String = row.try_get_by_index(2)?;
    let due_on: Option<String> = row.try_get_by_index(3)?;
    let meeting: Option<String> = row.try_get_by_index(4)?;
    let packed = |index: usize| row.try_get_by_index::<Option<String>>(index).map(Option::unwrap_or_default);
    let (spans, parties, topics, languages) = (packed(5)?, packed(6)?, packed(7)?, packed(8)?);
    let recorded_at: DateTime<Utc> = row.try_get_by_index(9)?;
    let mut spans = list(&spans).map(span).collect::<Result<Vec<_>, _>>()?;
    spans.sort_by_key(|span| span.from);
    let due: Option<FuzzyDate> = row::parsed_if("due_on", due_on.as_deref())?;
    let entry = Entry {
        id,
        number: u32::try_from(number).unwrap_or(u32::MAX),
        made_on: row::parsed("made_on", &made_on)?,
        due,
        spans: Stretch::default(),
        languages: 0,
        changed_at: recorded_at,
    };
    let party = |text: &str| {
        let (role, slug) = text.split_once(' ').unwrap_or_default();
        Ok::<_, StoreError>((row::slug(slug)?, row::parsed("role", role)?))
    };
    Ok(Glance {
        entry,
        spans,
        parties: list(&parties).map(party).collect::<Result<_, _>>()?,
        topics: list(&topics).map(row::slug).collect::<Result<_, _>>()?,
        meeting: meeting.as_deref().map(row::slug).transpose()?,
        languages: list(&languages).map(str::to_owned).collect(),
    })
}

/// The items of a packed list.
fn list(packed: &str) -> impl Iterator<Item = &str> {
    packed.split(',').filter(|item| !item.is_empty())
}

/// A span as it is packed: `announced 2024-02 2024-02-01 2024-02-29 -`.
fn span(packed: &str) -> Result<Span, StoreError> {
    let mut parts = packed.split(' ');
    let mut next = || parts.next().unwrap_or_default();
    Ok(Span {
        status: row::parsed("status", next())?,
        effective_on: row::parsed("effective_on", next())?,
        earliest: day(next())?,
        from: day(next())?,
        until: match next() {
            "-" => None,
            until => Some(day(until)?),
        },
    })
}

fn day(text: &str) -> Result<NaiveDate, StoreError> {
    NaiveDate::from_str(text).map_err(|_| StoreError::NotUnderstood { column: "status_span", value: text.to_owned() })
}

/// A change as it is packed: `3 stalled 2024-06-30 2026-11-23T12:00:00+00:00`.
fn mark(packed: &str, number: u32) -> Result<Mark, StoreError> {
    let mut parts = packed.split(' ');
    let mut next = || parts.next().unwrap_or_default();
    let wrong = || StoreError::NotUnderstood { column: "status_change", value: packed.to_owned() };
    Ok(Mark {
        number,
        position: next().parse().map_err(|_| wrong())?,
        status: row::parsed("status", next())?,
        effective_last: day(next())?,
        recorded_at: DateTime::parse_from_rfc3339(next()).map_err(|_| wrong())?.to_utc(),
    })
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
        self.revision = news.revision;
    }

    fn take_names(&mut self, names: Names) {
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

    fn take_glance(&mut self, glance: Glance, in_order: bool) {
        let Glance { mut entry, spans, parties, topics, meeting, languages } = glance;
        entry.spans = Stretch::put(&mut self.spans_of_all, spans);
        entry.languages = languages.iter().fold(0, |bits, language| bits | self.language_bit(language));
        let mut parties: Vec<(u32, Role)> =
            parties.into_iter().filter_map(|(slug, role)| Some((self.parties.number(&slug)?, role))).collect();
        parties.sort_unstable_by_key(|(party, _)| *party);
        let topics = topics.iter().filter_map(|slug| self.topics.number(slug)).collect();
        let meeting = meeting.and_then(|slug| self.meetings.number(&slug));
        self.put(entry, parties, topics, meeting, in_order);
    }

    /// Gives back the room that lists took while they grew.
    fn fit(&mut self) {
        self.entries.shrink_to_fit();
        self.spans_of_all.shrink_to_fit();
        self.parties_of_all.shrink_to_fit();
        self.topics_of_all.shrink_to_fit();
        self.party_places.shrink_to_fit();
        self.topic_places.shrink_to_fit();
        self.meeting_of_each.shrink_to_fit();
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
