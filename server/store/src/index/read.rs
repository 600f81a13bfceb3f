//! Reading the record at a glance from the database: all of it, or what was published since a revision.

use std::{collections::HashMap, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{FuzzyDate, Role, Slug, history::Span};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Statement, prelude::Uuid,
};

use super::{Entry, Index, Mark, Stretch};
use crate::{
    MeetingDossier, Named, PartyDossier, Revision, StoreError,
    entity::{meeting, party, pledge, pledge_removal, topic},
    row,
};

/// What a revision has that another lacks.
pub(super) struct News {
    revision: i64,
    pledges: Vec<Glance>,
    /// The numbers of pledges that were taken out.
    removed: Vec<i64>,
    marks: Vec<Mark>,
    parties: Vec<PartyDossier>,
    meetings: Vec<MeetingDossier>,
    topics: Vec<Named>,
}

/// A pledge as the database tells it, with names instead of numbers.
struct Glance {
    entry: Entry,
    parties: Vec<(Slug, Role)>,
    topics: Vec<Slug>,
    meeting: Option<Slug>,
    languages: Vec<String>,
}

/// What was published after revision `since`, up to `newest`.
pub(super) async fn since(db: &impl ConnectionTrait, since: i64, newest: Revision) -> Result<News, StoreError> {
    read(db, since, newest, "s.known_to is null").await
}

/// Everything that a former revision had, as it had it.
pub(super) async fn as_of_revision(db: &impl ConnectionTrait, wanted: Revision) -> Result<News, StoreError> {
    read(db, 0, wanted, "s.known_from <= $2 and (s.known_to is null or s.known_to > $2)").await
}

/// One row for each pledge, its lists packed into one text each: a hundred thousand short rows would cost more than they hold.
async fn read(db: &impl ConnectionTrait, since: i64, until: Revision, known: &str) -> Result<News, StoreError> {
    let recorded = until.recorded_at.unwrap_or_default();
    // A moment as RFC 3339 has it.
    let moment = match db.get_database_backend() {
        DbBackend::Sqlite => "replace(h.recorded_at, ' ', 'T')",
        _ => "to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
    };
    // The whole record is kept in order; for what is new, an order would make SQLite go through all of it.
    let order = if since == 0 { "order by p.number" } else { "" };
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
         where p.revision > $1 and p.recorded_at <= $2 {order}"
    );
    let values = [since.into(), recorded.into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let mut pledges = Vec::with_capacity(rows.len());
    let mut marks = Vec::new();
    for row in rows {
        let glance = glance(&row)?;
        let packed: Option<String> = row.try_get_by_index(10)?;
        for packed in list(&packed.unwrap_or_default()) {
            marks.push(mark(packed, glance.entry.number)?);
        }
        pledges.push(glance);
    }
    marks.sort_unstable();
    let removed = pledge_removal::Entity::find()
        .select_only()
        .column(pledge::Column::Number)
        .join(JoinType::InnerJoin, pledge_removal::Relation::Pledge.def())
        .filter(pledge_removal::Column::Revision.gt(since))
        .filter(pledge::Column::Number.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(News {
        revision: until.number,
        pledges,
        removed,
        marks,
        parties: all(party::Entity::find().order_by_asc(party::Column::Slug).all(db).await?)?,
        meetings: all(meeting::Entity::find().order_by_asc(meeting::Column::Slug).all(db).await?)?,
        topics: all(topic::Entity::find().order_by_asc(topic::Column::Slug).all(db).await?)?,
    })
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
        due_last: due.map(FuzzyDate::last_day),
        lasting: spans.last().copied(),
        spans: spans.into(),
        parties: Stretch::default(),
        topics: Stretch::default(),
        meeting: None,
        languages: 0,
        changed_at: recorded_at,
    };
    let party = |text: &str| {
        let (role, slug) = text.split_once(' ').unwrap_or_default();
        Ok::<_, StoreError>((row::slug(slug)?, row::parsed("role", role)?))
    };
    Ok(Glance {
        entry,
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
    /// Takes in what is new.
    pub(super) fn take(&mut self, news: News) {
        self.forget();
        for party in news.parties {
            self.parties.put(party.named.slug.clone(), party);
        }
        for meeting in news.meetings {
            self.meetings.put(meeting.named.slug.clone(), meeting);
        }
        for topic in news.topics {
            self.topics.put(topic.slug.clone(), topic);
        }
        let mut changed: HashMap<u32, DateTime<Utc>> = HashMap::new();
        for mark in &news.marks {
            changed.entry(mark.number).and_modify(|at| *at = mark.recorded_at.max(*at)).or_insert(mark.recorded_at);
        }
        for Glance { mut entry, parties, topics, meeting, languages } in news.pledges {
            let parties = parties.into_iter().filter_map(|(slug, role)| Some((self.parties.number(&slug)?, role)));
            entry.parties = Stretch::put(&mut self.parties_of_all, parties);
            let topics = topics.iter().filter_map(|slug| self.topics.number(slug));
            entry.topics = Stretch::put(&mut self.topics_of_all, topics);
            entry.meeting = meeting.and_then(|slug| self.meetings.number(&slug));
            entry.languages = languages.iter().fold(0, |bits, language| bits | self.language_bit(language));
            entry.changed_at = changed.get(&entry.number).copied().unwrap_or(entry.changed_at).max(entry.changed_at);
            let at = entry.number as usize;
            if self.entries.len() <= at {
                self.entries.resize_with(at + 1, || None);
            }
            self.entries[at] = Some(entry);
        }
        for number in &news.removed {
            let number = u32::try_from(*number).unwrap_or(u32::MAX);
            if let Some(entry) = self.entries.get_mut(number as usize) {
                *entry = None;
            }
            self.marks.retain(|mark| mark.number != number);
        }
        // Publications come one after the other, so what is new comes last.
        let known = self.marks.last().map(|mark| mark.recorded_at);
        self.marks.extend(news.marks.into_iter().filter(|mark| known.is_none_or(|known| mark.recorded_at > known)));
        self.revision = news.revision;
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
