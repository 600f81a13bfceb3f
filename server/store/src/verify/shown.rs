//! What readers see of each pledge against what the entries say of it, added up in their order.

use std::collections::{BTreeSet, HashMap};

use domain::log::{Difference, PledgeState, Said, first_difference};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use super::{
    NotVerified, Told, Wrong,
    entries::entry,
    rows::{self, Rows},
};
use crate::{
    StoreError,
    entity::{log_mention, pledge},
    log::states::{self, Folds},
};

/// Compares every pledge. Tells how many rows of each table belong to what was recorded.
pub(super) async fn compare(db: &impl ConnectionTrait, told: &Told) -> Result<Rows, NotVerified> {
    let mut counted = Rows::default();
    let numbers: Vec<i64> = told.pledges.keys().copied().collect();
    for numbers in numbers.chunks(states::AT_ONCE) {
        let mut expected = added_up(db, told, numbers).await?;
        let ids: Vec<Uuid> = pledge::Entity::find()
            .select_only()
            .column(pledge::Column::Id)
            .filter(pledge::Column::Number.is_in(numbers.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        let mut mentions = mentions_of(db, &ids).await?;
        for found in states::states_of(db, &ids, Folds::Told).await? {
            let mut state = found.state;
            let Some(expected) = expected.remove(&state.number) else { continue };
            let name = expected.id.clone();
            if found.is_public == expected.removed.is_some() {
                let shown = |shown| if shown { "shown to readers" } else { "not shown to readers" };
                return Err(Wrong::new("pledge", name, "recorded_at", shown(!found.is_public), shown(found.is_public)).into());
            }
            // A pledge that was taken out has lost the time at which the record first had it.
            if !found.is_public {
                state.recorded_at = expected.recorded_at;
            }
            if state != expected {
                return Err(wrong(&expected, &state)?.into());
            }
            let entries = told.pledges.get(&state.number).cloned().unwrap_or_default();
            let mentioned = mentions.remove(&found.id).unwrap_or_default();
            if mentioned != entries {
                return Err(Wrong::new("log_mention", name, "entry_id", format!("{entries:?}"), format!("{mentioned:?}")).into());
            }
            counted.add(&state);
        }
        if let Some(missing) = expected.values().min_by_key(|state| state.number) {
            return Err(Wrong::missing("pledge", &missing.id).into());
        }
        rows::check_derived(db, &ids).await?;
    }
    Ok(counted)
}

/// What the entries say of some pledges, by their numbers.
async fn added_up(db: &impl ConnectionTrait, told: &Told, numbers: &[i64]) -> Result<HashMap<i64, PledgeState>, NotVerified> {
    let mut states: HashMap<i64, PledgeState> = HashMap::with_capacity(numbers.len());
    let indexes: BTreeSet<u64> =
        numbers.iter().flat_map(|number| told.pledges.get(number).into_iter().flatten()).copied().collect();
    for index in indexes {
        let entry = entry(db, index).await?;
        match entry.said {
            Said::Genesis(genesis) => {
                let asked = genesis.pledges.into_iter().filter(|state| numbers.binary_search(&state.number).is_ok());
                states.extend(asked.map(|state| (state.number, state)));
            }
            Said::Publication(published) => {
                for part in published.pledges.iter().filter(|part| numbers.binary_search(&part.number).is_ok()) {
                    if let Some(state) = states.get_mut(&part.number) {
                        state.take(part, published.revision, entry.recorded_at);
                    } else {
                        let state = PledgeState::begun(part, published.revision, entry.recorded_at);
                        let state = state.ok_or_else(|| {
                            Wrong::new("log_entry", index, "pledges", format!("what pledge {} is", part.number), "nothing of it")
                        })?;
                        states.insert(part.number, state);
                    }
                }
            }
            Said::Snapshot(_) => {}
        }
    }
    Ok(states)
}

async fn mentions_of(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<u64>>, StoreError> {
    let rows = log_mention::Entity::find()
        .filter(log_mention::Column::PledgeId.is_in(ids.iter().copied()))
        .order_by_asc(log_mention::Column::EntryId)
        .all(db)
        .await?;
    let mut mentions: HashMap<Uuid, Vec<u64>> = HashMap::with_capacity(ids.len());
    for row in rows {
        mentions.entry(row.pledge_id).or_default().push(row.entry_id.cast_unsigned());
    }
    Ok(mentions)
}

/// The first difference between what was recorded of a pledge and what its rows say, with the table that it is in.
fn wrong(expected: &PledgeState, found: &PledgeState) -> Result<Wrong, StoreError> {
    let value = |state: &PledgeState| {
        serde_json::to_value(state).map_err(|error| StoreError::NotUnderstood { column: "content", value: error.to_string() })
    };
    let difference = first_difference(&value(expected)?, &value(found)?);
    let difference = difference.unwrap_or_else(|| Difference {
        path: "pledge".to_owned(),
        expected: format!("{expected:?}"),
        found: format!("{found:?}"),
    });
    Ok(Wrong::differing(table_of(&difference.path), &expected.id, difference))
}

/// The table whose row a path leads into.
fn table_of(path: &str) -> &'static str {
    let part = path.split(['.', '[']).next().unwrap_or_default();
    match part {
        "parties" => "pledge_party",
        "topics" => "pledge_topic",
        "variants" => "pledge_variant",
        "history" if path.contains(".citations") => "citation",
        "history" => "status_change",
        "citations" => "citation",
        "corrections" => "pledge_correction",
        "former" => "former_slug",
        "checks" => "pledge_check",
        "unreviewed" => "unreviewed",
        "removed" => "pledge_removal",
        "folds" => "status_span",
        _ => "pledge",
    }
}
