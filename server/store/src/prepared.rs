//! Connections to PostgreSQL that have met the questions of a pledge's page, and those of a publication, before the first of either comes.
//!
//! Each connection prepares each question for itself, and PostgreSQL plans it anew the first times that it is asked there (its
//! documentation of `PREPARE`); for somebody who reads one page after the other that is longer than the answers take.

use domain::{Moment, Slug};
use futures_util::future::try_join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, TransactionTrait};

use crate::{Engine, Revision, Store, StoreError, entity::pledge, index::rehearse, pledge::dossier, row};

/// How many connections are made ready; the others are for those who come meanwhile.
const READY: usize = 12;

/// How often PostgreSQL plans a question before it may keep to a plan.
const PLANNED: usize = 5;

impl Store {
    /// Opens connections and asks on each what the page of a pledge asks, and what is asked after a publication. SQLite needs none of it.
    pub(crate) async fn make_connections_ready(&self, newest: Revision) -> Result<(), StoreError> {
        if self.engine == Engine::Sqlite {
            return Ok(());
        }
        let some =
            pledge::Entity::find().select_only().column(pledge::Column::Slug).filter(pledge::Column::RecordedAt.is_not_null());
        let Some(slug) = some.into_tuple::<String>().one(&self.db).await? else { return Ok(()) };
        let slug: Slug = row::slug(&slug)?;
        let moment = Moment::now(newest.recorded_at.unwrap_or_default());
        // Who has a transaction has a connection of their own.
        for connection in try_join_all((0..READY).map(|_| self.db.begin())).await? {
            for _ in 0..=PLANNED {
                dossier(&connection, &slug, moment).await?;
                rehearse(&connection, newest).await?;
            }
            connection.rollback().await?;
        }
        Ok(())
    }
}
