//! `pledgebook synth`: fills an empty record with a synthetic one, for measuring.

use std::{thread, time::Instant};

use store::{Loaded, OpenedFor};
use tokio::sync::mpsc;

use super::{CommandError, migrated, open, tell::tell};
use crate::{
    config::{Settings, SynthSettings},
    synth,
};

/// How many chunks are written together.
const CHUNKS: usize = 8;

/// How many pledges pass between two lines on how it goes.
const TELL_EVERY: usize = 10_000;

pub(super) async fn synth(settings: &Settings, asked: &SynthSettings) -> Result<(), CommandError> {
    let (store, location) = migrated(open(settings, OpenedFor::Filling).await?).await?;
    if !store.is_empty().await? {
        return Err(CommandError::NotEmpty { location });
    }
    let begun = Instant::now();
    let mut all = Loaded::default();
    store.set_lookups_aside().await?;
    let mut made = ahead(asked.pledges);
    while let Some(chunks) = made.recv().await {
        let (first, told) = (all.pledges == 0, all.pledges / TELL_EVERY);
        all += store.load_all(&chunks).await?;
        if first {
            store.survey().await?;
        }
        if all.pledges / TELL_EVERY > told && all.pledges < asked.pledges {
            tell!("{} of {} pledges, {}", all.pledges, asked.pledges, rate(all.pledges, begun));
        }
    }
    store.put_lookups_back().await?;
    tell!(
        "Loaded a synthetic record into {location}: {} pledges with {} status changes, {} sources; {}.",
        all.pledges,
        all.status_changes,
        all.sources,
        rate(all.pledges, begun)
    );
    Ok(store.close().await?)
}

/// The record, made on a thread of its own while what was made before is written. The first chunk comes alone, for the database to learn
/// from it how those that follow are best written.
fn ahead(pledges: usize) -> mpsc::Receiver<Vec<synth::Chunk>> {
    let (send, made) = mpsc::channel(1);
    thread::spawn(move || {
        let mut chunks = synth::record(pledges);
        let mut together = 1;
        loop {
            let some: Vec<_> = chunks.by_ref().take(together).collect();
            if some.is_empty() || send.blocking_send(some).is_err() {
                break;
            }
            together = CHUNKS;
        }
    });
    made
}

fn rate(pledges: usize, begun: Instant) -> String {
    let millis = usize::try_from(begun.elapsed().as_millis()).unwrap_or(usize::MAX).max(1);
    format!("{} a minute", pledges.saturating_mul(60_000) / millis)
}
