//! Loading a whole record, in one transaction: what is there already is left as it is.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    Due, Localized, Pledge, Record, Slug,
    pledge::{PledgeParty, Variant},
    text::fold,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, QuerySelect, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, prelude::Uuid,
};

use crate::{
    Store, StoreError,
    entity::{meeting, party, pledge, pledge_party, pledge_topic, pledge_variant, source, topic},
    publish::{Claim, cite, publish_change, refold},
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

/// The ids under which the names of a record are stored.
#[derive(Default)]
pub(crate) struct Names {
    sources: HashMap<Slug, Uuid>,
    parties: HashMap<Slug, Uuid>,
    meetings: HashMap<Slug, Uuid>,
    topics: HashMap<Slug, Uuid>,
}

impl Names {
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

/// Where each name of a table is stored.
macro_rules! ids_of {
    ($table:ident, $db:expr) => {{
        let rows: Vec<(Uuid, String)> = $table::Entity::find()
            .select_only()
            .columns([$table::Column::Id, $table::Column::Slug])
            .into_tuple()
            .all($db)
            .await?;
        rows.into_iter().map(|(id, slug)| Ok((crate::row::slug(&slug)?, id))).collect::<Result<HashMap<_, _>, StoreError>>()?
    }};
}

impl Store {
    /// Adds what the record has and the database lacks, all of it published at `now`; all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing was added.
    pub async fn load(&self, record: &Record, now: DateTime<Utc>) -> Result<Loaded, StoreError> {
        // PostgreSQL keeps microseconds; a finer time would compare differently after a round trip.
        let now = now.trunc_subsecs(6);
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let db = self.db.begin_with_options(options).await?;
        let mut loaded = Loaded::default();
        let mut names = Names {
            sources: ids_of!(source, &db),
            parties: ids_of!(party, &db),
            meetings: ids_of!(meeting, &db),
            topics: ids_of!(topic, &db),
        };
        loaded.sources = add_sources(&db, record, &mut names).await?;
        add_names(&db, record, &mut names).await?;
        let present = ids_of!(pledge, &db);
        for pledge in &record.pledges {
            if present.contains_key(&pledge.id) {
                loaded.left += 1;
                continue;
            }
            add_pledge(&db, pledge, record, &names, now).await?;
            loaded.pledges += 1;
            loaded.status_changes += pledge.history.len();
        }
        db.commit().await?;
        Ok(loaded)
    }

    /// Whether the record has no pledge at all, published or not.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(pledge::Entity::find().select_only().column(pledge::Column::Id).into_tuple::<Uuid>().one(&self.db).await?.is_none())
    }
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
    for (id, source) in rows {
        let translation_of = source.translation_of.as_ref().map(|original| names.source(original)).transpose()?;
        let row = source::ActiveModel {
            id: Set(id),
            slug: Set(source.id.to_string()),
            url: Set(source.url.to_string()),
            title: Set(source.title.clone()),
            publisher: Set(source.publisher.clone()),
            language: Set(source.language.clone()),
            published_on: Set(source.published_on.map(|date| date.to_string())),
            kind: Set(source.kind.code().to_owned()),
            translation_of: Set(translation_of),
        };
        source::Entity::insert(row).exec_without_returning(db).await?;
    }
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

async fn add_pledge(
    db: &DatabaseTransaction,
    pledge: &Pledge,
    record: &Record,
    names: &Names,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = Uuid::now_v7();
    let meeting_id = pledge.meeting.as_ref().map(|slug| find(&names.meetings, "meeting", slug)).transpose()?;
    let (due_on, due_words) = match &pledge.due_on {
        Some(Due::On(date)) => (Some(*date), Localized::default()),
        Some(Due::Words(words)) => (None, words.clone()),
        None => (None, Localized::default()),
    };
    let wording = pledge.wording.clone().unwrap_or_default();
    let unit = pledge.quantity.as_ref().map(|quantity| quantity.unit.clone()).unwrap_or_default();
    let row = pledge::ActiveModel {
        id: Set(id),
        slug: Set(pledge.id.to_string()),
        title_en: Set(pledge.title.en.clone()),
        title_es: Set(pledge.title.es.clone()),
        summary_en: Set(pledge.summary.en.clone()),
        summary_es: Set(pledge.summary.es.clone()),
        wording_en: Set(wording.en),
        wording_es: Set(wording.es),
        made_on: Set(pledge.made_on.to_string()),
        meeting_id: Set(meeting_id),
        due_on: Set(due_on.map(|date| date.to_string())),
        due_last: Set(due_on.map(domain::FuzzyDate::last_day)),
        due_words_en: Set(due_words.en),
        due_words_es: Set(due_words.es),
        quantity_value: Set(pledge.quantity.as_ref().map(|quantity| quantity.value)),
        quantity_unit_en: Set(unit.en),
        quantity_unit_es: Set(unit.es),
        search: Set(searched(pledge, record)),
        recorded_at: Set(Some(now)),
    };
    pledge::Entity::insert(row).exec_without_returning(db).await?;
    add_parties_and_topics(db, id, pledge, names).await?;
    cite(db, Claim::Pledge(id), &pledge.citations, names, now).await?;
    for (position, variant) in (0..).zip(&pledge.variants) {
        add_variant(db, id, position, variant, names, now).await?;
    }
    let mut earlier = Vec::with_capacity(pledge.history.len());
    for change in &pledge.history {
        earlier.push(publish_change(db, id, change, &earlier, names, now).await?);
    }
    refold(db, id, now).await
}

/// The text in which a pledge is searched: titles, summaries, wording and the names of its parties, in both languages.
fn searched(pledge: &Pledge, record: &Record) -> String {
    let of_pledge = [Some(&pledge.title), Some(&pledge.summary), pledge.wording.as_ref()];
    let is_party = |slug: &Slug| pledge.parties.iter().any(|PledgeParty { party, .. }| party == slug);
    let of_parties = record.parties.iter().filter(|party| is_party(&party.id)).map(|party| &party.name);
    let texts = of_pledge.into_iter().flatten().chain(of_parties);
    let texts: Vec<&str> = texts.flat_map(|text| [text.en.as_deref(), text.es.as_deref()]).flatten().collect();
    fold(&texts.join(" "))
}

async fn add_parties_and_topics(db: &impl ConnectionTrait, id: Uuid, pledge: &Pledge, names: &Names) -> Result<(), StoreError> {
    for (position, PledgeParty { party, role }) in (0..).zip(&pledge.parties) {
        let row = pledge_party::ActiveModel {
            pledge_id: Set(id),
            party_id: Set(names.party(party)?),
            role: Set(role.code().to_owned()),
            position: Set(position),
        };
        pledge_party::Entity::insert(row).exec_without_returning(db).await?;
    }
    for (position, topic) in (0..).zip(&pledge.topics) {
        let row = pledge_topic::ActiveModel {
            pledge_id: Set(id),
            topic_id: Set(find(&names.topics, "topic", topic)?),
            position: Set(position),
        };
        pledge_topic::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

async fn add_variant(
    db: &impl ConnectionTrait,
    pledge_id: Uuid,
    position: i32,
    variant: &Variant,
    names: &Names,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = Uuid::now_v7();
    let (value_on, words) = match &variant.value {
        Due::On(date) => (Some(date.to_string()), Localized::default()),
        Due::Words(words) => (None, words.clone()),
    };
    let row = pledge_variant::ActiveModel {
        id: Set(id),
        pledge_id: Set(pledge_id),
        position: Set(position),
        field: Set(variant.field.code().to_owned()),
        value_on: Set(value_on),
        value_en: Set(words.en),
        value_es: Set(words.es),
        taken: Set(variant.taken),
    };
    pledge_variant::Entity::insert(row).exec_without_returning(db).await?;
    cite(db, Claim::Variant(id), std::slice::from_ref(&variant.citation), names, now).await
}
