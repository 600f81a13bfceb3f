//! `pledgebook synth`: fills an empty record with a synthetic one, for measuring.

use std::{thread, time::Instant};

use store::OpenedFor;
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
    let (mut pledges, mut changes, mut sources) = (0, 0, 0);
    store.set_lookups_aside().await?;
    let mut made = ahead(asked.pledges);
    while let Some(chunks) = made.recv().await {
        let loaded = store.load_all(&chunks).await?;
        let told = pledges / TELL_EVERY;
        pledges += loaded.pledges;
        changes += loaded.status_changes;
        sources += loaded.sources;
        if pledges / TELL_EVERY > told && pledges < asked.pledges {
            tell!("{pledges} of {} pledges, {}", asked.pledges, rate(pledges, begun));
        }
    }
    store.put_lookups_back().await?;
    tell!(
        "Loaded a synthetic record into {location}: {pledges} pledges with {changes} status changes, {sources} sources; {}.",
        rate(pledges, begun)
    );
    Ok(store.close().await?)
}

/// The record, made on a thread of its own while what was made before is written.
fn ahead(pledges: usize) -> mpsc::Receiver<Vec<synth::Chunk>> {
    let (send, made) = mpsc::channel(1);
    thread::spawn(move || {
        let mut chunks = synth::record(pledges);
        loop {
            let some: Vec<_> = chunks.by_ref().take(CHUNKS).collect();
            if some.is_empty() || send.blocking_send(some).is_err() {
                break;
            }
        }
    });
    made
}

fn rate(pledges: usize, begun: Instant) -> String {
    let millis = usize::try_from(begun.elapsed().as_millis()).unwrap_or(usize::MAX).max(1);
    format!("{} a minute", pledges.saturating_mul(60_000) / millis)
}
