//! The tables that count: the publications one by one, and the state of the record.

use domain::log::Chain;
use sea_orm::{ConnectionTrait, EntityTrait, prelude::DateTimeUtc};

use super::{NotVerified, Told, Wrong};
use crate::{entity::record_state, revision::publications};

/// Compares them with what the log says.
pub(super) async fn compare(db: &impl ConnectionTrait, chain: &Chain, told: &Told) -> Result<(), NotVerified> {
    let rows = publications(db).await?;
    for ((revision, recorded_at), place) in told.publications.iter().zip(0..) {
        let row: Option<&(i64, DateTimeUtc)> = rows.get(place);
        match row {
            Some((number, at)) if number == revision && at == recorded_at => {}
            Some((number, at)) if number == revision => {
                return Err(Wrong::new("publication", revision, "recorded_at", recorded_at.to_rfc3339(), at.to_rfc3339()).into());
            }
            _ => return Err(Wrong::missing("publication", revision).into()),
        }
    }
    if let Some((revision, _)) = rows.get(told.publications.len()) {
        return Err(Wrong::new("publication", revision, "row", "none: no entry of the log is of it", "one").into());
    }
    let state = record_state::Entity::find_by_id(1).one(db).await?.ok_or_else(|| Wrong::missing("record_state", 1))?;
    if state.revision != chain.revision() {
        return Err(Wrong::new("record_state", 1, "revision", chain.revision(), state.revision).into());
    }
    let last = told.pledges.keys().next_back().copied().unwrap_or_default();
    if state.pledges != last {
        return Err(Wrong::new("record_state", 1, "pledges", last, state.pledges).into());
    }
    Ok(())
}
