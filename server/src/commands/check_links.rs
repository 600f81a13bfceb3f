//! `pledgebook check-links`: looks at the links of published sources now, and says how each fares.

use std::{collections::BTreeMap, time::Duration};

use capture::Fetcher;
use domain::LinkState;

use super::{CommandError, open_copies, open_migrated, tell::tell};
use crate::{
    clock::Clock,
    config::{CheckLinksSettings, Settings},
    link_health::LinkWatch,
};

/// How often it is looked whether a host may be asked again.
const LOOKING: Duration = Duration::from_millis(500);

pub(super) async fn check_links(settings: &Settings, asked: &CheckLinksSettings, clock: Clock) -> Result<(), CommandError> {
    let (store, _) = open_migrated(settings).await?;
    let copies = open_copies(settings)?;
    let fetcher = Fetcher::new(&asked.public_url).map_err(|error| CommandError::Setting(error.to_string()))?;
    store.watch_links(clock.now()).await?;
    if asked.all {
        store.look_at_all_links(clock.now()).await?;
    }
    let watch = LinkWatch { store: store.clone(), copies, fetcher, clock: clock.clone() };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    loop {
        match watch.next().await? {
            Some((url, state)) => {
                let told = state.map_or("unknown", LinkState::code);
                tell!("{told:<8} {url}");
                *counts.entry(told).or_default() += 1;
            }
            // Hosts are asked one after the other, with pauses.
            None if store.links_waiting(clock.now()).await? > 0 => tokio::time::sleep(LOOKING).await,
            None => break,
        }
    }
    let told: Vec<String> = counts.iter().map(|(state, count)| format!("{count} {state}")).collect();
    tell!("{}", if told.is_empty() { "No link is to be looked at yet.".to_owned() } else { told.join(", ") });
    store.close().await?;
    Ok(())
}
