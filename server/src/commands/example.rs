//! `pledgebook example`: loads the record that comes with the product.

use chrono::NaiveDate;
use domain::{FieldErrors, Record};

use super::{CommandError, open_migrated, tell::tell};
use crate::{clock::Clock, config::Settings};

/// The example record: pledges around the Los Angeles Declaration, with real sources.
///
/// # Errors
/// What is wrong with it; a test makes sure that nothing is.
pub fn record(today: NaiveDate) -> Result<Record, FieldErrors> {
    Record::from_json(include_str!("../../example/la-declaration.json"), today)
}

pub(super) async fn example(settings: &Settings, clock: &Clock) -> Result<(), CommandError> {
    let now = clock.now();
    let record = record(now.date_naive())?;
    let (store, location) = open_migrated(settings).await?;
    let loaded = store.load(&record, now).await?;
    if loaded.pledges == 0 {
        tell!("The example record is in {location} already: {} pledges, left as they are.", loaded.left);
    } else {
        tell!(
            "Loaded the example record into {location}: {} pledges with {} status changes, {} sources; {} pledges were there already.",
            loaded.pledges,
            loaded.status_changes,
            loaded.sources,
            loaded.left
        );
    }
    Ok(store.close().await?)
}
