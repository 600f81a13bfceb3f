//! What is kept of a pledge at a glance: one short row, written with each publication, so that a whole record is read in the time
//! that its rows take. What was known at another time is put together from the record itself.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Debug,
    str::FromStr,
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{FuzzyDate, Role, Slug, history::Span};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, QueryOrder, QueryResult, Statement, Value,
    prelude::{DateTimeUtc, Uuid},
};

use super::{Entry, Mark, Stretch};
use crate::{Revision, StoreError, entity::publication, row};

/// How many numbers of pledges are read at a time where the whole record is read: so many rows are a little while in memory twice.
pub(super) const PIECE: i64 = 500;

/// The columns of `pledge_glance`.
const COLUMNS: &str = "number, id, made_on, due_on, meeting, spans, parties, topics, sources, recorded_at, changes";

/// Which spans are meant: those that hold now, or those that the record had at `$1`.
const NEWEST: &str = "s.known_to is null";
const AS_KNOWN: &str = "s.known_from <= $1 and (s.known_to is null or s.known_to > $1)";

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

/// Some pledges, and their changes.
#[derive(Default)]
pub(super) struct Glances {
    pub pledges: Vec<Glance>,
    pub marks: Vec<Mark>,
}

/// What says of each pledge all that is kept of it, its lists packed into one text each: a hundred thousand short rows would cost
/// more than they hold. `$1` is until when it was recorded.
fn select(backend: DbBackend, spans: &str, which: &str) -> String {
    // A moment as RFC 3339 has it; and languages, each once.
    let (moment, languages) = match backend {
        DbBackend::Sqlite => ("replace(h.recorded_at, ' ', 'T')", "group_concat(distinct language)"),
        _ => (
            "to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
            "string_agg(distinct language, ',')",
        ),
    };
    format!(
        "select p.number, p.id, p.made_on, p.due_on, m.slug,
           (select string_agg(s.status || ' ' || s.effective_on || ' ' || cast(s.earliest as text) || ' ' || cast(s.valid_from as text)
              || ' ' || coalesce(cast(s.valid_to as text), '-'), ',') from status_span s where s.pledge_id = p.id and {spans}),
           (select string_agg(l.role || ' ' || a.slug, ',' order by l.position) from pledge_party l join party a on a.id = l.party_id
              where l.pledge_id = p.id),
           (select string_agg(t.slug, ',') from pledge_topic l join topic t on t.id = l.topic_id where l.pledge_id = p.id),
           (select count(distinct id) || ' ' || {languages} from (
              select o.id, o.language from citation c join source o on o.id = c.source_id
                where c.pledge_id = p.id and c.recorded_at <= $1
              union all
              select o.id, o.language from pledge_variant v join citation c on c.variant_id = v.id join source o on o.id = c.source_id
                where v.pledge_id = p.id and c.recorded_at <= $1
              union all
              select o.id, o.language from status_change h join citation c on c.status_change_id = h.id
                join source o on o.id = c.source_id
                where h.pledge_id = p.id and h.recorded_at <= $1 and c.recorded_at <= $1) as cited),
           p.recorded_at,
           (select string_agg(h.position || ' ' || h.status || ' ' || cast(h.effective_last as text) || ' ' || {moment}, ',')
              from status_change h where h.pledge_id = p.id and h.recorded_at <= $1)
         from pledge p left join meeting m on m.id = p.meeting_id
         where {which} and p.recorded_at <= $1"
    )
}

/// The pledges of which something was published after a revision.
pub(super) async fn published_after(db: &impl ConnectionTrait, since: i64, newest: Revision) -> Result<Glances, StoreError> {
    kept(db, "number in (select number from pledge where revision > $2 and number is not null)", since, newest).await
}

/// The pledges of [`PIECE`] numbers from one on, in order.
pub(super) async fn piece(db: &impl ConnectionTrait, from: i64, newest: Revision) -> Result<Glances, StoreError> {
    kept(db, &format!("number >= $2 and number < $2 + {PIECE}"), from, newest).await
}

/// Some pledges as a former revision had them.
pub(super) async fn former(db: &impl ConnectionTrait, numbers: &[u32], revision: Revision) -> Result<Glances, StoreError> {
    let sql = select(db.get_database_backend(), AS_KNOWN, &format!("p.number in ({})", joined(numbers)));
    let recorded = revision.recorded_at.unwrap_or_default();
    read(db, sql, [recorded.into()], recorded).await
}

async fn kept(db: &impl ConnectionTrait, which: &str, from: i64, newest: Revision) -> Result<Glances, StoreError> {
    let sql = format!("select {COLUMNS} from pledge_glance where recorded_at <= $1 and {which} order by number");
    let recorded = newest.recorded_at.unwrap_or_default();
    read(db, sql, [recorded.into(), from.into()], recorded).await
}

/// Reads some rows, with the changes that were recorded until then: a publication may have come between them.
async fn read(
    db: &impl ConnectionTrait,
    sql: String,
    values: impl IntoIterator<Item = Value>,
    until: DateTimeUtc,
) -> Result<Glances, StoreError> {
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let mut read = Glances { pledges: Vec::with_capacity(rows.len()), marks: Vec::new() };
    for row in rows {
        let mut glance = glance(&row)?;
        let packed: Option<String> = row.try_get_by_index(10)?;
        for packed in list(&packed.unwrap_or_default()) {
            let mark = mark(packed, glance.entry.number)?;
            if mark.recorded_at <= until {
                glance.entry.changed_at = glance.entry.changed_at.max(mark.recorded_at);
                glance.entry.settled_on = glance.entry.settled_on.max(mark.effective_last);
                read.marks.push(mark);
            }
        }
        read.pledges.push(glance);
    }
    Ok(read)
}

/// Keeps what is now to be said of some pledges: it is part of their publication.
pub(crate) async fn keep(db: &impl ConnectionTrait, numbers: &[i64], now: DateTimeUtc) -> Result<(), StoreError> {
    forget(db, numbers).await?;
    let backend = db.get_database_backend();
    let select = select(backend, NEWEST, &format!("p.number in ({})", joined(numbers)));
    let sql = format!("insert into pledge_glance ({COLUMNS}) {select}");
    db.execute_raw(Statement::from_sql_and_values(backend, sql, [now.into()])).await?;
    Ok(())
}

/// Forgets what is kept of some pledges.
pub(crate) async fn forget(db: &impl ConnectionTrait, numbers: &[i64]) -> Result<(), StoreError> {
    db.execute_unprepared(&format!("delete from pledge_glance where number in ({})", joined(numbers))).await?;
    Ok(())
}

fn joined(numbers: &[impl ToString]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// Whether anything is kept, as far as there is anything to keep. A migration that changes what is kept empties the table.
pub(crate) async fn is_kept(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from pledge_glance) or not exists (select 1 from pledge where recorded_at is not null)";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
}

/// How many pledges something is kept of.
pub(crate) async fn count(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let sql = "select count(*) from pledge_glance";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let count: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(count.unwrap_or_default().cast_unsigned())
}

/// Where something else is kept of a pledge than its rows say.
#[derive(Debug)]
pub(crate) struct Unlike {
    pub number: i64,
    pub column: &'static str,
    pub expected: String,
    pub found: String,
}

/// Compares what is kept of some pledges with what their rows say, up to the last publication.
pub(crate) async fn compare(db: &impl ConnectionTrait, numbers: &[i64]) -> Result<Option<Unlike>, StoreError> {
    let newest = publication::Entity::find().order_by_desc(publication::Column::Revision).one(db).await?;
    let (Some(newest), false) = (newest, numbers.is_empty()) else { return Ok(None) };
    let said = select(db.get_database_backend(), NEWEST, &format!("p.number in ({})", joined(numbers)));
    let kept = format!("select {COLUMNS} from pledge_glance where number in ({})", joined(numbers));
    let until = newest.recorded_at;
    let (said, kept) = (read(db, said, [until.into()], until).await?, read(db, kept, [], until).await?);
    let (said, kept) = (said.by_column(), kept.by_column());
    let none = BTreeMap::new();
    for number in numbers {
        let (said, kept) = (said.get(number).unwrap_or(&none), kept.get(number).unwrap_or(&none));
        for column in COLUMNS.split(", ") {
            let (expected, found) = (said.get(column), kept.get(column));
            if expected != found {
                let told = |value: Option<&String>| value.map_or_else(|| "none".to_owned(), String::clone);
                return Ok(Some(Unlike { number: *number, column, expected: told(expected), found: told(found) }));
            }
        }
    }
    Ok(None)
}

impl Glances {
    /// What is said of each pledge, by number and column, in no order that an engine gave it.
    fn by_column(self) -> BTreeMap<i64, BTreeMap<&'static str, String>> {
        fn listed<T: Debug>(items: &[T]) -> String {
            let items: BTreeSet<String> = items.iter().map(|item| format!("{item:?}")).collect();
            items.into_iter().collect::<Vec<_>>().join(", ")
        }
        let mut changes: HashMap<u32, Vec<Mark>> = HashMap::new();
        for mark in self.marks {
            changes.entry(mark.number).or_default().push(mark);
        }
        let of = |Glance { entry, spans, parties, topics, meeting, languages }: Glance| {
            let columns = BTreeMap::from([
                ("id", entry.id.to_string()),
                ("made_on", entry.made_on.to_string()),
                ("due_on", format!("{:?}", entry.due)),
                ("meeting", format!("{meeting:?}")),
                ("spans", listed(&spans)),
                ("parties", listed(&parties)),
                ("topics", listed(&topics)),
                ("sources", format!("{} {}", entry.sources, listed(&languages))),
                ("recorded_at", entry.changed_at.to_string()),
                ("changes", listed(changes.get(&entry.number).map(Vec::as_slice).unwrap_or_default())),
            ]);
            (i64::from(entry.number), columns)
        };
        self.pledges.into_iter().map(of).collect()
    }
}

fn glance(row: &QueryResult) -> Result<Glance, StoreError> {
    let number: i64 = row.try_get_by_index(0)?;
    let id: Uuid = row.try_get_by_index(1)?;
    let made_on: String = row.try_get_by_index(2)?;
    let due_on: Option<String> = row.try_get_by_index(3)?;
    let meeting: Option<String> = row.try_get_by_index(4)?;
    let packed = |index: usize| row.try_get_by_index::<Option<String>>(index).map(Option::unwrap_or_default);
    let (spans, parties, topics, sources) = (packed(5)?, packed(6)?, packed(7)?, packed(8)?);
    let (sources, languages) = sources.split_once(' ').unwrap_or_default();
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
        sources: sources.parse().unwrap_or_default(),
        changed_at: recorded_at,
        settled_on: NaiveDate::MIN,
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
        languages: list(languages).map(str::to_owned).collect(),
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
