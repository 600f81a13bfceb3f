//! The log of the record: what is published is appended as an entry, in the transaction that publishes it, and the tree of
//! hashes over all entries grows with it. Entries are only ever read again, never changed.

pub(crate) mod copies;
mod genesis;
mod read;
pub(crate) mod states;
mod things;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    Slug,
    log::{
        Entry, Published, Said,
        tree::{self, Hash, Node},
    },
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{DateTimeUtc, Uuid},
};

pub(crate) use genesis::begin;
pub(crate) use read::entry_of_pledge;
pub use read::{LogHead, LoggedEntry, Mentioned};
pub(crate) use things::{Names, Thing};

use crate::{
    StoreError, edition,
    entity::{log_entry, log_mention, log_node, pledge},
    publish::insert_all,
    revision,
};

/// The newest entry: its index and its time.
pub(crate) async fn newest(db: &impl ConnectionTrait) -> Result<Option<(u64, DateTime<Utc>)>, StoreError> {
    let newest: Option<(i64, DateTimeUtc)> = log_entry::Entity::find()
        .select_only()
        .columns([log_entry::Column::Id, log_entry::Column::RecordedAt])
        .order_by_desc(log_entry::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(newest.map(|(id, recorded_at)| (id.cast_unsigned(), recorded_at)))
}

/// Appends what a publication has made public: whatever carries its number and its time, and what is said of some sources anew.
/// Gives the addresses of the sources that it names.
pub(crate) async fn append_publication(
    db: &impl ConnectionTrait,
    revision: i64,
    recorded_at: DateTime<Utc>,
    sources: Vec<Slug>,
) -> Result<Vec<String>, StoreError> {
    let ids: Vec<Uuid> = pledge::Entity::find()
        .select_only()
        .column(pledge::Column::Id)
        .filter(pledge::Column::Revision.eq(revision))
        .order_by_asc(pledge::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    let mut pledges = Vec::with_capacity(ids.len());
    let mut names = Names::of(Thing::Source, sources.into_iter());
    for ids in ids.chunks(states::AT_ONCE) {
        for of_pledge in states::states_of(db, ids, states::Folds::Left).await? {
            let part = of_pledge.state.part_of(recorded_at);
            names.add_part(&part);
            pledges.push(part);
        }
    }
    let things = names.things(db).await?;
    let urls = things.sources.iter().map(|source| source.url.to_string()).collect();
    append(db, Said::Publication(Published { revision, named: things, pledges }), recorded_at, ids).await?;
    Ok(urls)
}

/// Appends an entry that speaks of some pledges. Nobody else can append until the end of the transaction; on SQLite it must have
/// begun with the intent to write. Where a clock went back, the entry has the time of the one before it.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    said: Said,
    now: DateTime<Utc>,
    mentions: Vec<Uuid>,
) -> Result<u64, StoreError> {
    let state = revision::lock(db).await?;
    let newest = newest(db).await?;
    let index = newest.map_or(0, |(index, _)| index + 1);
    let recorded_at = newest.map_or(now, |(_, before)| before.max(now));
    edition::next(db, &state, recorded_at).await?;
    let (kind, revision) = (said.kind().to_owned(), said.revision());
    let entry = Entry { index, recorded_at, said };
    let content = entry.to_text().map_err(|error| StoreError::NotUnderstood { column: "content", value: error.to_string() })?;
    let leaf = tree::leaf(content.as_bytes());
    let lefts = nodes(db, &tree::needed(|nodes| _ = tree::grown(index, leaf, nodes))).await?;
    let grown = tree::grown(index, leaf, &mut |node| lefts[&node]);
    let row = log_entry::ActiveModel {
        id: Set(index.cast_signed()),
        kind: Set(kind),
        revision: Set(revision),
        recorded_at: Set(recorded_at),
        content: Set(content),
    };
    log_entry::Entity::insert(row).exec_without_returning(db).await?;
    let node = |(node, hash): (Node, Hash)| log_node::ActiveModel {
        level: Set(node.level.into()),
        position: Set(node.position.cast_signed()),
        hash: Set(hash.to_vec()),
    };
    insert_all(db, grown.into_iter().map(node).collect()).await?;
    let mention = |pledge_id| log_mention::ActiveModel { pledge_id: Set(pledge_id), entry_id: Set(index.cast_signed()) };
    insert_all(db, mentions.into_iter().map(mention).collect()).await?;
    Ok(index)
}

/// The hashes of some complete subtrees, every one of them.
///
/// # Errors
/// [`StoreError::NoSuch`] where the log lacks one: it has been tampered with.
pub(crate) async fn nodes(db: &impl ConnectionTrait, asked: &[Node]) -> Result<HashMap<Node, Hash>, StoreError> {
    let mut found = HashMap::with_capacity(asked.len());
    if asked.is_empty() {
        return Ok(found);
    }
    let mut by_level: HashMap<u8, Vec<i64>> = HashMap::new();
    for node in asked {
        by_level.entry(node.level).or_default().push(node.position.cast_signed());
    }
    let any = by_level.into_iter().fold(Condition::any(), |any, (level, positions)| {
        let of_level = log_node::Column::Level.eq(i32::from(level));
        any.add(Condition::all().add(of_level).add(log_node::Column::Position.is_in(positions)))
    });
    for row in log_node::Entity::find().filter(any).all(db).await? {
        let (node, hash) = node_of(row)?;
        found.insert(node, hash);
    }
    match asked.iter().find(|node| !found.contains_key(node)) {
        None => Ok(found),
        Some(node) => Err(StoreError::NoSuch { what: "hash in the log", name: format!("{}/{}", node.level, node.position) }),
    }
}

/// A complete subtree with its hash, from its row.
pub(crate) fn node_of(row: log_node::Model) -> Result<(Node, Hash), StoreError> {
    let wrong = |value: String| StoreError::NotUnderstood { column: "log_node", value };
    let level = u8::try_from(row.level).map_err(|_| wrong(row.level.to_string()))?;
    let hash = Hash::try_from(row.hash).map_err(|hash| wrong(format!("{} bytes", hash.len())))?;
    Ok((Node { level, position: row.position.cast_unsigned() }, hash))
}
