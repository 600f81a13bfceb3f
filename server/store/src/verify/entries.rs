//! The log by itself: its entries in order, their leaves, the tree over them, and the checkpoints that were made of it.

use domain::log::{Chain, Checkpoint, Entry, Said, canonical, tree};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use std::collections::HashMap;

use super::{NotVerified, Told, Wrong};
use crate::{
    StoreError,
    entity::{log_entry, log_node},
    log::{Thing, node_of},
};

/// How many entries are read at once; a large one holds hundreds of pledges.
const AT_ONCE: u64 = 16;

/// Goes through all entries.
pub(super) async fn go_through(db: &impl ConnectionTrait, earlier: &[Checkpoint]) -> Result<(Chain, Told), NotVerified> {
    let (mut chain, mut told) = (Chain::default(), Told::default());
    check_checkpoints(&chain, earlier)?;
    loop {
        let from = chain.size();
        let rows = log_entry::Entity::find()
            .filter(log_entry::Column::Id.gte(from.cast_signed()))
            .order_by_asc(log_entry::Column::Id)
            .limit(AT_ONCE)
            .all(db)
            .await?;
        if rows.is_empty() {
            break;
        }
        let stored = nodes_between(db, from, from + rows.len() as u64).await?;
        for row in rows {
            let name = chain.size();
            if row.id.cast_unsigned() != name {
                return Err(Wrong::missing("log_entry", name).into());
            }
            // The hash first: it tells an entry that was changed from one that never was right.
            let leaf = tree::Node { level: 0, position: name };
            compare_node(&stored, leaf, tree::leaf(row.content.as_bytes()))?;
            let linked = chain.link(&row.content)?;
            compare_columns(&row, &linked.entry)?;
            for (node, hash) in linked.grown {
                compare_node(&stored, node, hash)?;
            }
            take(&linked.entry, &mut told)?;
            check_checkpoints(&chain, earlier)?;
        }
    }
    let (wanted, kept) = (tree::complete(chain.size()), log_node::Entity::find().count(db).await?);
    if kept != wanted {
        return Err(Wrong::new("log_node", "all", "rows", wanted, kept).into());
    }
    if let Some(longer) = earlier.iter().find(|earlier| earlier.size > chain.size()) {
        let expected = format!("at least {}, as in an earlier checkpoint", longer.size);
        return Err(Wrong::new("log_entry", "all", "rows", expected, chain.size()).into());
    }
    Ok((chain, told))
}

fn check_checkpoints(chain: &Chain, earlier: &[Checkpoint]) -> Result<(), NotVerified> {
    let other = earlier.iter().find(|earlier| earlier.size == chain.size() && earlier.root != chain.root());
    if let Some(checkpoint) = other {
        let name = format!("0 to {}", checkpoint.size);
        return Err(Wrong::new("log_entry", name, "root", hex::encode(checkpoint.root), hex::encode(chain.root())).into());
    }
    Ok(())
}

/// The kept hashes of the complete subtrees that end with one of the entries from `from` until before `to`.
async fn nodes_between(db: &impl ConnectionTrait, from: u64, to: u64) -> Result<HashMap<tree::Node, tree::Hash>, StoreError> {
    let mut any = Condition::any();
    for level in (0..63).take_while(|level| to >> level > 0).filter(|level| from >> level < to >> level) {
        let positions = (from >> level).cast_signed()..(to >> level).cast_signed();
        any = any.add(
            Condition::all()
                .add(log_node::Column::Level.eq(level))
                .add(log_node::Column::Position.gte(positions.start))
                .add(log_node::Column::Position.lt(positions.end)),
        );
    }
    log_node::Entity::find().filter(any).all(db).await?.into_iter().map(node_of).collect()
}

fn compare_node(stored: &HashMap<tree::Node, tree::Hash>, node: tree::Node, hash: tree::Hash) -> Result<(), NotVerified> {
    let name = format!("{} of level {}", node.position, node.level);
    match stored.get(&node) {
        None => Err(Wrong::missing("log_node", name).into()),
        Some(kept) if *kept == hash => Ok(()),
        // A leaf is of an entry, which is what was changed.
        Some(kept) if node.level == 0 => {
            Err(Wrong::new("log_entry", node.position, "hash", hex::encode(kept), hex::encode(hash)).into())
        }
        Some(kept) => Err(Wrong::new("log_node", name, "hash", hex::encode(hash), hex::encode(kept)).into()),
    }
}

fn compare_columns(row: &log_entry::Model, entry: &Entry) -> Result<(), NotVerified> {
    let wrong = |field, expected: String, found: String| Err(Wrong::new("log_entry", row.id, field, expected, found).into());
    if row.kind != entry.said.kind() {
        return wrong("kind", entry.said.kind().to_owned(), row.kind.clone());
    }
    if row.recorded_at != entry.recorded_at {
        return wrong("recorded_at", entry.recorded_at.to_rfc3339(), row.recorded_at.to_rfc3339());
    }
    if row.revision != entry.said.revision() {
        return wrong("revision", format!("{:?}", entry.said.revision()), format!("{:?}", row.revision));
    }
    Ok(())
}

/// Keeps what the entry says.
fn take(entry: &Entry, told: &mut Told) -> Result<(), NotVerified> {
    let index = entry.index;
    if let Some(named) = entry.said.named() {
        for source in &named.sources {
            told.things.insert((Thing::Source, source.id.clone()), (hash_of(source)?, index));
        }
        for party in &named.parties {
            told.things.insert((Thing::Party, party.id.clone()), (hash_of(party)?, index));
        }
        for meeting in &named.meetings {
            told.things.insert((Thing::Meeting, meeting.id.clone()), (hash_of(meeting)?, index));
        }
        for topic in &named.topics {
            told.things.insert((Thing::Topic, topic.id.clone()), (hash_of(topic)?, index));
        }
    }
    let numbers: Vec<i64> = match &entry.said {
        Said::Genesis(genesis) => {
            told.publications.extend(genesis.publications.iter().map(|earlier| (earlier.revision, earlier.recorded_at)));
            genesis.pledges.iter().map(|state| state.number).collect()
        }
        Said::Publication(published) => {
            told.publications.push((published.revision, entry.recorded_at));
            published.pledges.iter().map(|part| part.number).collect()
        }
        Said::Snapshot(snapshot) => {
            told.copies.push((index, snapshot.clone()));
            Vec::new()
        }
    };
    for number in numbers {
        told.pledges.entry(number).or_default().push(index);
    }
    Ok(())
}

/// The hash of a thing, by which it is known whether it still is the same.
pub(super) fn hash_of(thing: &impl Serialize) -> Result<tree::Hash, StoreError> {
    let text = canonical(thing).map_err(|error| StoreError::NotUnderstood { column: "content", value: error.to_string() })?;
    Ok(tree::leaf(text.as_bytes()))
}

/// The entry of an index, which has been gone through.
pub(super) async fn entry(db: &impl ConnectionTrait, index: u64) -> Result<Entry, NotVerified> {
    let row = log_entry::Entity::find_by_id(index.cast_signed()).one(db).await?;
    let row = row.ok_or_else(|| Wrong::missing("log_entry", index))?;
    let wrong = |error: serde_json::Error| Wrong::new("log_entry", index, "content", "an entry", error);
    Ok(serde_json::from_str(&row.content).map_err(wrong)?)
}
