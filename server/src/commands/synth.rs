//! `pledgebook synth`: fills an empty record with a synthetic one, for measuring.

use std::time::Instant;

use super::{CommandError, migrated, open_to_fill, tell::tell};
use crate::{
    config::{Settings, SynthSettings},
    synth,
};

/// How many pledges pass between two lines on how it goes.
const TELL_EVERY: usize = 10_000;

pub(super) async fn synth(settings: &Settings, asked: &SynthSettings) -> Result<(), CommandError> {
    let (store, location) = migrated(open_to_fill(settings).await?).await?;
    if !store.is_empty().await? {
        return Err(CommandError::NotEmpty { location });
    }
    let begun = Instant::now();
    let (mut pledges, mut changes, mut sources) = (0, 0, 0);
    for chunk in synth::record(asked.pledges) {
        let loaded = store.load(&chunk.record, chunk.recorded_at).await?;
        let told = pledges / TELL_EVERY;
        pledges += loaded.pledges;
        changes += loaded.status_changes;
        sources += loaded.sources;
        if pledges / TELL_EVERY > told && pledges < asked.pledges {
            tell!("{pledges} of {} pledges, {}", asked.pledges, rate(pledges, begun));
        }
    }
    tell!(
        "Loaded a synthetic record into {location}: {pledges} pledges with {changes} status changes, {sources} sources; {}.",
        rate(pledges, begun)
    );
    Ok(store.close().await?)
}

fn rate(pledges: usize, begun: Instant) -> String {
    let millis = usize::try_from(begun.elapsed().as_millis()).unwrap_or(usize::MAX).max(1);
    format!("{} a minute", pledges.saturating_mul(60_000) / millis)
}
