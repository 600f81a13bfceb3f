//! `pledgebook capture`: keeps copies of sources now, and says of each what came of it.

use std::{collections::BTreeSet, time::Duration};

use capture::Fetcher;
use domain::source::SourceUrl;

use super::{CommandError, open_copies, open_migrated, tell::tell};
use crate::{
    capturing::{Captured, Capturing},
    clock::Clock,
    config::{CaptureSettings, Settings},
};

/// How often it is looked whether a host may be asked again.
const LOOKING: Duration = Duration::from_millis(500);

pub(super) async fn capture(settings: &Settings, asked: &CaptureSettings, clock: Clock) -> Result<(), CommandError> {
    let urls = asked.urls.iter().map(|url| SourceUrl::parse(url)).collect::<Result<Vec<_>, _>>();
    let urls = urls.map_err(|problem| CommandError::Setting(problem.to_string()))?;
    let (store, _) = open_migrated(settings).await?;
    let copies = open_copies(settings)?;
    let fetcher = Fetcher::new(&asked.public_url).map_err(|error| CommandError::Setting(error.to_string()))?;
    for url in &urls {
        store.ask_for_capture(None, url, clock.now()).await?;
    }
    if asked.all {
        let queued = store.capture_missing(None, clock.now()).await?;
        tell!("{queued} published source(s) had no copy.");
    }
    let capturing = Capturing { store: store.clone(), copies, fetcher, clock: clock.clone() };
    let mut failed = BTreeSet::new();
    loop {
        match capturing.next().await? {
            Some((url, Captured::Kept(sha256))) => {
                failed.remove(&url);
                tell!("kept    {sha256}  {url}");
            }
            Some((url, Captured::Failed(why))) => {
                tell!("failed  {url}: {why}");
                failed.insert(url);
            }
            Some((_, Captured::Overtaken)) => {}
            // Hosts are asked one after the other, with pauses.
            None if store.captures_waiting(clock.now()).await? > 0 => tokio::time::sleep(LOOKING).await,
            None => break,
        }
    }
    store.close().await?;
    if failed.is_empty() { Ok(()) } else { Err(CommandError::NotCaptured(failed.len())) }
}
