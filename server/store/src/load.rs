//! Loading a whole record, in one transaction: what is there already is left as it is.

pub(crate) mod rows;

use std::{collections::HashMap, ops::AddAssign};

use chrono::{DateTime, SubsecRound, Utc};
use domain::{Pledge, Record, Slug};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, prelude::Uuid,
};

use self::rows::Rows;
use crate::{
    Store, StoreError,
    entity::{meeting, party, pledge, source, topic},
    publish::{self, insert_all},
    revision::{self, Publication},
};

/// What loading a record has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// How many pledges were added.
    pub pledges: usize,
    /// How many status changes came with them.
    pub status_changes: usize,
    /// How many sources were added.
    pub sources: usize,
    /// How many pledges were there already and were left as they are.
    pub left: usize,
}

impl AddAssign for Loaded {
    fn add_assign(&mut self, other: Self) {
        self.pledges += other.pledges;
        self.status_changes += other.status_changes;
        self.sources += other.sources;
        self.left += other.left;
    }
}

/// Where those names of a table that a record has are stored already.
macro_rules! ids_of {
    ($table:ident, $db:expr, $named:expr) => {{
        let mut ids = HashMap::new();
        for named in $named.chunks(BATCH) {
            let rows: Vec<(Uuid, String)> = $table::Entity::find()
                .select_only()
                .columns([$table::Column::Id, $table::Column::Slug])
                .filter($table::Column::Slug.is_in(named.iter().map(|named| named.id.as_str())))
                .into_tuple()
                .all($db)
                .await?;
            for (id, slug) in rows {
                ids.insert(crate::row::slug(&slug)?, id);
            }
        }
        ids
    }};
}

/// The ids under which the names of a record are stored.
#[derive(Default)]
pub(crate) struct Names {
    sources: HashMap<Slug, Uuid>,
    parties: HashMap<Slug, Uuid>,
    meetings: HashMap<Slug, Uuid>,
    topics: HashMap<Slug, Uuid>,
}

impl Names {
    /// The ids of everything that a record names; what is not there yet is added. Tells how many sources were.
    pub(crate) async fn of(db: &DatabaseTransaction, record: &Record) -> Result<(Self, usize), StoreError> {
        let mut names = Self {
            sources: ids_of!(source, db, record.sources),
            parties: ids_of!(party, db, record.parties),
            meetings: ids_of!(meeting, db, record.meetings),
            topics: ids_of!(topic, db, record.topics),
        };
        let sources = add_sources(db, record, &mut names).await?;
        add_names(db, record, &mut names).await?;
        Ok((names, sources))
    }

    pub(crate) fn source(&self, slug: &Slug) -> Result<Uuid, StoreError> {
        find(&self.sources, "source", slug)
    }

    pub(crate) fn party(&self, slug: &Slug) -> Result<Uuid, StoreError> {
        find(&self.parties, "party", slug)
    }
}

fn find(ids: &HashMap<Slug, Uuid>, what: &'static str, slug: &Slug) -> Result<Uuid, StoreError> {
    ids.get(slug).copied().ok_or_else(|| StoreError::NoSuch { what, name: slug.to_string() })
}

/// How many pledges are written, or names looked up, at a time.
const BATCH: usize = 500;

impl Store {
    /// Adds what the record has and the database lacks, all of it published at `now`; all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing was added.
    pub async fn load(&self, record: &Record, now: DateTime<Utc>) -> Result<Loaded, StoreError> {
        let db = self.begin_writing().await?;
        let loaded = load(&db, record, now).await?;
        db.commit().await?;
        Ok(loaded)
    }

    /// The same for several records, one publication after the other, in one transaction: to write a page of the database once for
    /// all of them takes less than to write it for each.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing was added.
    pub async fn load_all(&self, records: &[(Record, DateTime<Utc>)]) -> Result<Loaded, StoreError> {
        let db = self.begin_writing().await?;
        let mut all = Loaded::default();
        for (record, now) in records {
            all += load(&db, record, *now).await?;
        }
        db.commit().await?;
        Ok(all)
    }

    /// Whether the record has no pledge at all, published or not.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(pledge::Entity::find().select_only().column(pledge::Column::Id).into_tuple::<Uuid>().one(&self.db).await?.is_none())
    }
}

async fn load(db: &DatabaseTransaction, record: &Record, now: DateTime<Utc>) -> Result<Loaded, StoreError> {
    // PostgreSQL keeps microseconds; a finer time would compare differently after a round trip.
    let now = now.trunc_subsecs(6);
    let state = revision::lock(db).await?;
    let (names, sources) = Names::of(db, record).await?;
    let mut loaded = Loaded { sources, ..Loaded::default() };
    let present: HashMap<Slug, Uuid> = ids_of!(pledge, db, record.pledges);
    let new: Vec<&Pledge> = record.pledges.iter().filter(|pledge| !present.contains_key(&pledge.id)).collect();
    loaded.left = record.pledges.len() - new.len();
    if new.is_empty() {
        return Ok(loaded);
    }
    let mut publication = Publication::begin(db, &state, now).await?;
    for batch in new.chunks(BATCH) {
        let mut rows = Rows::new(&names, &mut publication);
        for pledge in batch {
            rows.add(pledge)?;
            loaded.status_changes += pledge.history.len();
        }
        let pledges = rows.write(db).await?;
        publish::follow(db, &pledges, &publication).await?;
    }
    publication.end(db).await?;
    loaded.pledges = new.len();
    Ok(loaded)
}

async fn add_sources(db: &DatabaseTransaction, record: &Record, names: &mut Names) -> Result<usize, StoreError> {
    let mut rows = Vec::new();
    for source in &record.sources {
        if names.sources.contains_key(&source.id) {
            continue;
        }
        let id = Uuid::now_v7();
        names.sources.insert(source.id.clone(), id);
        rows.push((id, source));
    }
    // Originals before their translations, which refer to them.
    rows.sort_by_key(|(_, source)| source.translation_of.is_some());
    let count = rows.len();
    let mut new = Vec::with_capacity(count);
    for (id, source) in rows {
        let translation_of = source.translation_of.as_ref().map(|original| names.source(original)).transpose()?;
        new.push(source::ActiveModel {
            id: Set(id),
            slug: Set(source.id.to_string()),
            url: Set(source.url.to_string()),
            title: Set(source.title.clone()),
            publisher: Set(source.publisher.clone()),
            language: Set(source.language.clone()),
            published_on: Set(source.published_on.map(|date| date.to_string())),
            kind: Set(source.kind.code().to_owned()),
            translation_of: Set(translation_of),
            archive_url: Set(source.archive_url.as_ref().map(ToString::to_string)),
        });
    }
    insert_all(db, new).await?;
    Ok(count)
}

async fn add_names(db: &DatabaseTransaction, record: &Record, names: &mut Names) -> Result<(), StoreError> {
    for party in record.parties.iter().filter(|party| !names.parties.contains_key(&party.id)).collect::<Vec<_>>() {
        let row = party::ActiveModel {
            id: Set(Uuid::now_v7()),
            slug: Set(party.id.to_string()),
            name_en: Set(party.name.en.clone()),
            name_es: Set(party.name.es.clone()),
            kind: Set(party.kind.code().to_owned()),
            iso: Set(party.iso.clone()),
        };
        names.parties.insert(party.id.clone(), row.insert(db).await?.id);
    }
    for meeting in record.meetings.iter().filter(|meeting| !names.meetings.contains_key(&meeting.id)).collect::<Vec<_>>() {
        let row = meeting::ActiveModel {
            id: Set(Uuid::now_v7()),
            slug: Set(meeting.id.to_string()),
            name_en: Set(meeting.name.en.clone()),
            name_es: Set(meeting.name.es.clone()),
            held_on: Set(meeting.held_on.to_string()),
            place_en: Set(meeting.place.en.clone()),
            place_es: Set(meeting.place.es.clone()),
        };
        names.meetings.insert(meeting.id.clone(), row.insert(db).await?.id);
    }
    for topic in record.topics.iter().filter(|topic| !names.topics.contains_key(&topic.id)).collect::<Vec<_>>() {
        let row = topic::ActiveModel {
            id: Set(Uuid::now_v7()),
            slug: Set(topic.id.to_string()),
            name_en: Set(topic.name.en.clone()),
            name_es: Set(topic.name.es.clone()),
        };
        names.topics.insert(topic.id.clone(), row.insert(db).await?.id);
    }
    Ok(())
}
