//! How the log begins where there is a record already: with the record as it stands, every part with its own time.
//!
//! No entry is made up for a publication of the time before: nobody signed it then, and it would claim what can't be known.

use chrono::{DateTime, Utc};
use domain::log::{Earlier, Genesis, Said};
use sea_orm::{ConnectionTrait, prelude::Uuid};

use super::{Names, append, newest, states};
use crate::{StoreError, entity::record_state, publish, revision::publications};

/// Begins the log where something was published before there was one; quick where there is nothing to do. The transaction holds
/// the lock and has not published anything yet.
pub(crate) async fn begin(db: &impl ConnectionTrait, state: &record_state::Model, now: DateTime<Utc>) -> Result<(), StoreError> {
    if state.revision == 0 || newest(db).await?.is_some() {
        return Ok(());
    }
    let before = publications(db).await?;
    let now = before.last().map_or(now, |(_, last)| now.max(*last));
    let mut publications: Vec<Earlier> =
        before.into_iter().map(|(revision, recorded_at)| Earlier { revision, recorded_at }).collect();
    let mut last = 0;
    loop {
        let batch = publish::numbered_after(db, last, states::AT_ONCE).await?;
        // A record whose pledges were all withdrawn by hand still has its publications.
        if batch.is_empty() && publications.is_empty() {
            return Ok(());
        }
        last = batch.last().map_or(last, |(_, number)| *number);
        let ids: Vec<Uuid> = batch.into_iter().map(|(id, _)| id).collect();
        let found = states::states_of(db, &ids, states::Folds::Told).await?;
        let mut names = Names::default();
        let pledges: Vec<_> = found.into_iter().map(|of_pledge| of_pledge.state).collect();
        for state in &pledges {
            names.add_state(state);
        }
        let things = names.things(db).await?;
        let genesis =
            Genesis { revision: state.revision, publications: std::mem::take(&mut publications), named: things, pledges };
        append(db, Said::Genesis(genesis), now, ids).await?;
    }
}
