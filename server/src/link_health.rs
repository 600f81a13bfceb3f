//! Looking at links: a published source is asked for now and then, politely, and what came is compared with what was kept.

use std::time::Duration;

use capture::{Answered, Fetched, Fetcher, Hop, Seen};
use chrono::TimeDelta;
use domain::{
    LinkState,
    link_health::{Found, Verdict, is_elsewhere, judge},
    source::SourceUrl,
};
use store::{ClaimedLink, CopyText, Look, Store, StoreError};
use tokio::sync::watch;
use tracing::{info, warn};

use crate::{capturing::Capturing, clock::Clock, copies::Copies};

/// How often it is looked whether a link is to be looked at, where none was.
const LOOKING: Duration = Duration::from_secs(10);

/// How often it is looked which sources are published: that is to go through all of them.
const WATCHING: TimeDelta = TimeDelta::minutes(5);

/// Looks at links.
#[derive(Clone, Debug)]
pub struct LinkWatch {
    /// The record.
    pub store: Store,
    /// Who reads texts.
    pub copies: Copies,
    /// Who fetches.
    pub fetcher: Fetcher,
    /// The time.
    pub clock: Clock,
}

impl From<Capturing> for LinkWatch {
    fn from(capturing: Capturing) -> Self {
        let Capturing { store, copies, fetcher, clock } = capturing;
        Self { store, copies, fetcher, clock }
    }
}

impl LinkWatch {
    /// Looks at links until told to stop.
    pub async fn run(self, mut stopping: watch::Receiver<bool>) {
        let mut watched_at = None;
        loop {
            let now = self.clock.now();
            let look = async {
                if watched_at.is_none_or(|before| now - before >= WATCHING) {
                    self.store.watch_links(now).await?;
                    watched_at = Some(now);
                }
                self.next().await
            };
            let looked = tokio::select! {
                looked = look => looked,
                _ = stopping.wait_for(|stopped| *stopped) => return,
            };
            match looked {
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(error) => warn!(%error, "a link could not be looked at; tried again soon"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOKING) => {}
                _ = stopping.wait_for(|stopped| *stopped) => return,
            }
        }
    }

    /// Looks at one link; `None` if none is to be looked at by now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next(&self) -> Result<Option<(String, Option<LinkState>)>, StoreError> {
        let Some(claimed) = self.store.claim_link(self.clock.now()).await? else { return Ok(None) };
        let kept = self.store.last_fetched(&claimed.url).await?;
        let (look, verdict) = self.look(&claimed, kept.as_ref()).await;
        let now = self.clock.now();
        self.store.looked_at_link(&claimed, &look, &verdict, now).await?;
        let wants_copy = kept.is_none() || verdict.state == Some(LinkState::Changed) && claimed.before != verdict.state;
        if wants_copy
            && look.failure.is_none()
            && let Ok(url) = SourceUrl::parse(&claimed.url)
        {
            // What is there now is kept as well: it may be a correction.
            self.store.ask_for_capture(None, &url, now).await?;
        }
        if verdict.state != claimed.before {
            info!(url = claimed.url, state = verdict.state.map(LinkState::code), "a link fares otherwise than before");
        }
        Ok(Some((claimed.url, verdict.state)))
    }

    async fn look(&self, claimed: &ClaimedLink, kept: Option<&CopyText>) -> (Look, Verdict) {
        let seen = kept.map(|kept| Seen::in_headers(&kept.copy.headers)).unwrap_or_default();
        let failed = |failure, status| {
            let verdict = judge(Found::Nothing(failure, status), false, claimed.before, claimed.failures + 1);
            (Look { final_url: None, status, failure: Some(failure) }, verdict)
        };
        let answer = match self.fetcher.fetch_unless(&claimed.url, &seen).await {
            Ok(answer) => answer,
            Err(why) => return failed(why.failure, why.status),
        };
        let (final_url, status, for_good) = match &answer {
            Answered::AsBefore { final_url, hops } => (final_url.clone(), 304, hops.iter().all(Hop::is_for_good)),
            Answered::With(fetched) => (fetched.final_url.clone(), fetched.status, fetched.hops.iter().all(Hop::is_for_good)),
        };
        let moved = for_good && is_elsewhere(&claimed.url, &final_url);
        let verdict = match (answer, kept) {
            (Answered::AsBefore { .. }, _) | (_, None) => judge(Found::Same, moved, claimed.before, 0),
            (Answered::With(fetched), Some(kept)) if fetched.sha256 == kept.copy.sha256 => {
                judge(Found::Same, moved, claimed.before, 0)
            }
            (Answered::With(fetched), Some(kept)) => {
                let now = self.text(&fetched).await;
                let kept = kept.pages.join("\n");
                let found = if now.is_empty() || kept.is_empty() { Found::Other } else { Found::Text { now: &now, kept: &kept } };
                judge(found, moved, claimed.before, 0)
            }
        };
        (Look { final_url: Some(final_url), status: Some(status), failure: None }, verdict)
    }

    async fn text(&self, fetched: &Fetched) -> String {
        let content_type = fetched.header("content-type").to_owned();
        match &fetched.unpacked {
            Some(unpacked) => self.copies.reader.read(&content_type, unpacked.clone()).await.pages.join("\n"),
            None => String::new(),
        }
    }
}
