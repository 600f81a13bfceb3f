//! What the store tells of itself to whoever watches the server: figures that are cheap to have, and none of which is a text.

use chrono::{DateTime, Utc};
use domain::LinkState;
use sea_orm::{ColumnTrait, EntityTrait, QuerySelect};

use crate::{Engine, Store, StoreError, entity::source_link, row};

/// The connections to the database that this server holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Those that are open.
    pub open: u32,
    /// Those of them that nobody uses at the moment.
    pub idle: u32,
    /// How many there may be.
    pub most: u32,
}

/// How far the record has come, and what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vitals {
    /// The number of its newest revision; 0 is the empty record.
    pub revision: i64,
    /// How many entries its log has.
    pub log_entries: u64,
    /// How many sources could be fetched by now or are being fetched.
    pub captures_waiting: u64,
    /// How many links are to be looked at by now.
    pub links_waiting: u64,
}

impl Store {
    /// The connections of this server at this moment. Asks nothing of the database.
    #[must_use]
    pub fn pool(&self) -> Pool {
        let (open, idle, most) = match self.engine {
            Engine::Sqlite => {
                let pool = self.db.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle(), pool.options().get_max_connections())
            }
            Engine::Postgres => {
                let pool = self.db.get_postgres_connection_pool();
                (pool.size(), pool.num_idle(), pool.options().get_max_connections())
            }
        };
        Pool { open, idle: u32::try_from(idle).unwrap_or(u32::MAX), most }
    }

    /// How far the record has come, and what waits.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn vitals(&self, now: DateTime<Utc>) -> Result<Vitals, StoreError> {
        let newest = self.newest().await?;
        Ok(Vitals {
            revision: newest.revision.number,
            log_entries: newest.entry.map_or(0, |index| index + 1),
            captures_waiting: self.captures_waiting(now).await?,
            links_waiting: self.links_waiting(now).await?,
        })
    }

    /// How many links of published sources are in each state; `None` stands for those of which nobody can tell yet. It counts
    /// them all.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn link_states(&self) -> Result<Vec<(Option<LinkState>, u64)>, StoreError> {
        let counts: Vec<(Option<String>, i64)> = source_link::Entity::find()
            .select_only()
            .column(source_link::Column::State)
            .column_as(source_link::Column::Url.count(), "links")
            .group_by(source_link::Column::State)
            .into_tuple()
            .all(&self.db)
            .await?;
        let told = |(state, links): (Option<String>, i64)| {
            Ok((row::parsed_if("state", state.as_deref())?, u64::try_from(links).unwrap_or(0)))
        };
        counts.into_iter().map(told).collect()
    }
}
