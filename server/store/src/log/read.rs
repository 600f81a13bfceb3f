//! Reading the log: its head, its entries and its proofs, and which entry a page rests on.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    Localized, Moment, Slug,
    log::tree::{self, Hash, Node, Nodes},
};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait,
    prelude::{DateTimeUtc, Expr},
    sea_query::{ExprTrait as _, Func, SelectStatement},
};

use super::{newest, nodes};
use crate::{
    Store, StoreError,
    entity::{capture, log_capture, log_entry, log_mention, log_node, pledge},
    row,
};

/// The head of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// How many entries it has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// When the newest was recorded; `None` while there is none.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedEntry {
    /// Its index.
    pub index: u64,
    /// What kind it is of.
    pub kind: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The entry, as canonical JSON; `None` where it is longer than was asked for.
    pub content: Option<String>,
}

/// A pledge that an entry speaks of, as it is called now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// Its name in URLs.
    pub slug: Slug,
    /// What it is called.
    pub title: Localized,
}

impl Store {
    /// The head of the log.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_head(&self) -> Result<LogHead, StoreError> {
        let newest = newest(&self.db).await?;
        let size = newest.map_or(0, |(index, _)| index + 1);
        Ok(LogHead { size, root: self.log_root(size).await?, recorded_at: newest.map(|(_, recorded_at)| recorded_at) })
    }

    /// The root over the first `size` entries, of which there are so many.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_root(&self, size: u64) -> Result<Hash, StoreError> {
        let found = found(&self.db, |nodes| _ = tree::root(size, nodes)).await?;
        Ok(tree::root(size, &mut |node| found[&node]))
    }

    /// The hashes that lead from an entry to the root over the first `size` entries (RFC 9162, section 2.1.3).
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        let found = found(&self.db, |nodes| _ = tree::inclusion(index, size, nodes)).await?;
        Ok(tree::inclusion(index, size, &mut |node| found[&node]))
    }

    /// The hashes that show that the first `to` entries begin with the first `from` (RFC 9162, section 2.1.4).
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_consistency(&self, from: u64, to: u64) -> Result<Vec<Hash>, StoreError> {
        let found = found(&self.db, |nodes| _ = tree::consistency(from, to, nodes)).await?;
        Ok(tree::consistency(from, to, &mut |node| found[&node]))
    }

    /// The hash of an entry; `None` if there is none of this index.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_leaf(&self, index: u64) -> Result<Option<Hash>, StoreError> {
        let row = log_node::Entity::find_by_id((0, index.cast_signed())).one(&self.db).await?;
        row.map(|row| super::node_of(row).map(|(_, hash)| hash)).transpose()
    }

    /// The index of the entry of this hash; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_index(&self, leaf: &Hash) -> Result<Option<u64>, StoreError> {
        let row = log_node::Entity::find()
            .filter(log_node::Column::Level.eq(0))
            .filter(log_node::Column::Hash.eq(leaf.to_vec()))
            .order_by_asc(log_node::Column::Position)
            .one(&self.db)
            .await?;
        Ok(row.map(|row| row.position.cast_unsigned()))
    }

    /// At most `limit` entries from `start` on, in order. The content of one is left out where it is longer than `longest` characters.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_entries(&self, start: u64, limit: u64, longest: u64) -> Result<Vec<LoggedEntry>, StoreError> {
        let length = Expr::from(Func::char_length(Expr::col(log_entry::Column::Content)));
        let content = Expr::case(length.lte(longest.cast_signed()), Expr::col(log_entry::Column::Content));
        let rows: Vec<(i64, String, DateTimeUtc, Option<String>)> = log_entry::Entity::find()
            .select_only()
            .columns([log_entry::Column::Id, log_entry::Column::Kind, log_entry::Column::RecordedAt])
            .expr_as(Expr::Case(Box::new(content)), "shown")
            .filter(log_entry::Column::Id.gte(start.cast_signed()))
            .order_by_asc(log_entry::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(&self.db)
            .await?;
        let entry = |(id, kind, recorded_at, content): (i64, String, DateTimeUtc, Option<String>)| LoggedEntry {
            index: id.cast_unsigned(),
            kind,
            recorded_at,
            content,
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// Some of the pledges that an entry speaks of and that are public, in the order of their numbers; and how many it speaks of.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn log_mentioned(&self, index: u64, limit: u64) -> Result<(Vec<Mentioned>, u64), StoreError> {
        let of_entry = log_mention::Entity::find().filter(log_mention::Column::EntryId.eq(index.cast_signed()));
        let count = of_entry.clone().count(&self.db).await?;
        let rows: Vec<(String, Option<String>, Option<String>)> = of_entry
            .select_only()
            .join(JoinType::InnerJoin, log_mention::Relation::Pledge.def())
            .columns([pledge::Column::Slug, pledge::Column::TitleEn, pledge::Column::TitleEs])
            .filter(pledge::Column::RecordedAt.is_not_null())
            .order_by_asc(pledge::Column::Number)
            .limit(limit)
            .into_tuple()
            .all(&self.db)
            .await?;
        let mentioned =
            rows.into_iter().map(|(slug, en, es)| Ok(Mentioned { slug: row::slug(&slug)?, title: row::localized(en, es) }));
        Ok((mentioned.collect::<Result<_, StoreError>>()?, count))
    }

    /// The newest entry that the record had at a moment: what every page rests on. `None` before the first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn entry_at(&self, moment: Moment) -> Result<Option<u64>, StoreError> {
        if !moment.asked_known_at {
            return Ok(self.newest().await?.entry);
        }
        let id: Option<i64> = log_entry::Entity::find()
            .select_only()
            .column(log_entry::Column::Id)
            .filter(log_entry::Column::RecordedAt.lte(moment.known_at))
            .order_by_desc(log_entry::Column::RecordedAt)
            .order_by_desc(log_entry::Column::Id)
            .into_tuple()
            .one(&self.db)
            .await?;
        Ok(id.map(i64::cast_unsigned))
    }

    /// The indexes of all entries that speak of a pledge, or of a kept copy of one of some addresses, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn entries_about(&self, slug: &Slug, urls: &[String]) -> Result<Vec<u64>, StoreError> {
        let of_pledge: Vec<i64> = log_mention::Entity::find()
            .select_only()
            .column(log_mention::Column::EntryId)
            .join(JoinType::InnerJoin, log_mention::Relation::Pledge.def())
            .filter(pledge::Column::Slug.eq(slug.as_str()))
            .into_tuple()
            .all(&self.db)
            .await?;
        let captures = capture::Entity::find().select_only().column(capture::Column::Id).filter(capture::Column::Url.is_in(urls));
        let of_copies: Vec<i64> = log_capture::Entity::find()
            .select_only()
            .column(log_capture::Column::EntryId)
            .filter(log_capture::Column::CaptureId.in_subquery(captures.into_query()))
            .into_tuple()
            .all(&self.db)
            .await?;
        let all: BTreeSet<i64> = of_pledge.into_iter().chain(of_copies).collect();
        Ok(all.into_iter().map(i64::cast_unsigned).collect())
    }
}

/// The newest entry by a time that speaks of the pledge that the question around this is about: what its page rests on.
pub(crate) fn entry_of_pledge(known_at: DateTimeUtc) -> SelectStatement {
    log_mention::Entity::find()
        .select_only()
        .column(log_mention::Column::EntryId)
        .join(JoinType::InnerJoin, log_mention::Relation::Entry.def())
        .filter(log_mention::Column::PledgeId.into_expr().eq(Expr::col((pledge::Entity, pledge::Column::Id))))
        .filter(log_entry::Column::RecordedAt.lte(known_at))
        .order_by_desc(log_mention::Column::EntryId)
        .limit(1)
        .into_query()
}

/// The hashes that a computation asks for.
async fn found(
    db: &DatabaseConnection,
    run: impl FnOnce(Nodes<'_>),
) -> Result<std::collections::HashMap<Node, Hash>, StoreError> {
    nodes(db, &tree::needed(run)).await
}
