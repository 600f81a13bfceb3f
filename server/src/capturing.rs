//! Capturing behind the scenes: takes from the queue, fetches, keeps, and says what came of it.

use std::time::Duration;

use capture::{Failed, Fetcher};
use chrono::TimeDelta;
use domain::{Sha256Hex, source::SourceUrl};
use store::{Claimed, Keeper, Store, StoreError};
use tokio::sync::watch;
use tracing::{info, warn};

use crate::{
    clock::Clock,
    copies::{Copies, CopyError},
};

/// How often it is looked whether something waits, where nothing did.
const LOOKING: Duration = Duration::from_secs(2);

/// How long a fault of the server's own holds up what it had claimed.
const OWN_FAULT: TimeDelta = TimeDelta::minutes(2);

/// Captures what waits in the queue.
#[derive(Clone, Debug)]
pub struct Capturing {
    /// The record.
    pub store: Store,
    /// Where copies are kept.
    pub copies: Copies,
    /// Who fetches.
    pub fetcher: Fetcher,
    /// The time.
    pub clock: Clock,
}

/// What came of capturing an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Captured {
    /// A copy is kept, under this name.
    Kept(Sha256Hex),
    /// It could not be fetched.
    Failed(Failed),
    /// Another server has taken it over.
    Overtaken,
}

impl Capturing {
    /// Captures what waits until told to stop; then what is in flight is left for the next server.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            let claimed = match self.store.claim_capture(self.clock.now()).await {
                Ok(claimed) => claimed,
                Err(error) => {
                    warn!(%error, "what is to be fetched could not be looked up; tried again soon");
                    None
                }
            };
            let Some(claimed) = claimed else {
                tokio::select! { () = tokio::time::sleep(LOOKING) => continue, () = told_to_stop(&mut stopping) => return }
            };
            tokio::select! {
                _ = self.capture(&claimed) => {}
                () = told_to_stop(&mut stopping) => {
                    if let Err(error) = self.store.give_back_capture(&claimed, self.clock.now()).await {
                        warn!(%error, "what was being fetched could not be put back; another server takes it in a few minutes");
                    }
                    return;
                }
            }
        }
    }

    /// Captures one address that waits; `None` if none may be fetched by now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next(&self) -> Result<Option<(String, Captured)>, CopyError> {
        let Some(claimed) = self.store.claim_capture(self.clock.now()).await? else { return Ok(None) };
        let captured = self.capture(&claimed).await?;
        Ok(Some((claimed.url, captured)))
    }

    async fn capture(&self, claimed: &Claimed) -> Result<Captured, CopyError> {
        let captured = self.fetch_and_keep(claimed).await;
        match &captured {
            Ok(Captured::Kept(sha256)) => info!(url = claimed.url, %sha256, "a copy is kept"),
            Ok(Captured::Failed(failed)) => info!(url = claimed.url, why = %failed, "not captured"),
            Ok(Captured::Overtaken) => info!(url = claimed.url, "another server has captured it meanwhile"),
            Err(error) => {
                warn!(url = claimed.url, %error, "a copy could not be kept; tried again soon");
                self.store.give_back_capture(claimed, self.clock.now() + OWN_FAULT).await?;
            }
        }
        captured
    }

    async fn fetch_and_keep(&self, claimed: &Claimed) -> Result<Captured, CopyError> {
        let fetched = match self.fetcher.fetch(&claimed.url).await {
            Ok(fetched) => fetched,
            Err(failed) => {
                let wait = failed.wait.and_then(|wait| TimeDelta::from_std(wait).ok());
                self.store.capture_failed(claimed, failed.failure, failed.status, wait, self.clock.now()).await?;
                return Ok(Captured::Failed(failed));
            }
        };
        let sha256 = fetched.sha256.clone();
        let url = SourceUrl::parse(&claimed.url)
            .map_err(|problem| StoreError::NotUnderstood { column: "url", value: problem.to_string() })?;
        let copy = self.copies.fetched(url, fetched).await?;
        let kept = self.store.keep_copy(copy, Keeper::Server(claimed), self.clock.now()).await?;
        Ok(if kept.is_some() { Captured::Kept(sha256) } else { Captured::Overtaken })
    }
}

/// Waits until the server is to stop.
async fn told_to_stop(stopping: &mut watch::Receiver<bool>) {
    _ = stopping.wait_for(|stopped| *stopped).await;
}
