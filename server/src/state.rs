//! What every request shares.

use std::{ops::Deref, sync::Arc};

use app::shell::Assets;
use chrono::{DateTime, Utc};
use domain::log::{RecordKey, Signer};
use store::Store;

use crate::{Rates, assets, clock::Clock, copies::Copies, front::Figures, metrics::Answers, web::import::Imports};

/// How many bytes of answers are kept at most where nothing else is said.
pub const ROOM: usize = 64 << 20;

/// How many bytes of kept copies a file of evidence has, unless it is told otherwise: what is read and packed well within the time
/// that a request has.
const EVIDENCE_ROOM: u64 = 100 << 20;

/// What every request shares. Cheap to clone, which the router does many times a request.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What there is in it.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The record.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Where the site can be reached, without a slash at its end.
    pub site: String,
    /// The files that pages link to.
    pub assets: Assets,
    /// How many bytes of answers are kept at most.
    pub room: usize,
    /// How often an answer was kept already, for the admin listener.
    pub kept: Arc<Figures>,
    /// What was answered, for the admin listener.
    pub answers: Arc<Answers>,
    /// How far the imports are that are being applied.
    pub imports: Imports,
    /// Where copies of sources are kept; without it none can be handed in or given away.
    pub copies: Option<Copies>,
    /// Whom to tell of a weakness: a `mailto:` or `https:` address.
    pub security_contact: Option<String>,
    /// How many bytes of kept copies a file of evidence has at most.
    pub evidence_room: u64,
    /// The key that signs the checkpoints of the log, under the site's own name; without one there are none.
    pub record_key: Option<Signer>,
    /// Whether a proxy stands before this server and says who asks.
    pub behind_proxy: bool,
    /// How often one address may ask; without it, as often as it likes.
    pub rates: Option<Rates>,
}

impl AppState {
    /// The state of a server for a record, reached at `site`.
    #[must_use]
    pub fn new(store: Store, clock: Clock, site: &str) -> Self {
        Self(Arc::new(Shared {
            store,
            clock,
            site: site.trim_end_matches('/').to_owned(),
            assets: assets::linked(),
            room: ROOM,
            kept: Arc::default(),
            answers: Arc::default(),
            imports: Imports::default(),
            copies: None,
            security_contact: None,
            evidence_room: EVIDENCE_ROOM,
            record_key: None,
            behind_proxy: false,
            rates: None,
        }))
    }

    /// The same, but for a change.
    fn with(self, change: impl FnOnce(&mut Shared)) -> Self {
        let mut shared = Arc::unwrap_or_clone(self.0);
        change(&mut shared);
        Self(Arc::new(shared))
    }

    /// The time from which readers see the record: this clock's, or that of what another server published whose clock is ahead.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.clock.now();
        self.store.seen_edition_at().map_or(now, |seen| seen.max(now))
    }

    /// The same, keeping so many bytes of answers at most.
    #[must_use]
    pub fn with_room(self, room: usize) -> Self {
        self.with(|shared| shared.room = room)
    }

    /// The same, with copies of sources.
    #[must_use]
    pub fn with_copies(self, copies: Copies) -> Self {
        self.with(|shared| shared.copies = Some(copies))
    }

    /// The same, with another bound to the copies in a file of evidence.
    #[must_use]
    pub fn with_evidence_room(self, bytes: u64) -> Self {
        self.with(|shared| shared.evidence_room = bytes)
    }

    /// The same, saying in `security.txt` whom to tell of a weakness.
    #[must_use]
    pub fn with_security_contact(self, contact: Option<String>) -> Self {
        self.with(|shared| shared.security_contact = contact)
    }

    /// The same, signing the checkpoints of the log. Their origin is the site's address without its scheme, and `/record`.
    #[must_use]
    pub fn with_record_key(self, key: &RecordKey) -> Self {
        let host = self.site.split_once("://").map_or(self.site.as_str(), |(_, host)| host);
        let signer = key.named(&format!("{host}/record"));
        self.with(|shared| shared.record_key = Some(signer))
    }

    /// The same, where each address may ask so often.
    #[must_use]
    pub fn with_rates(self, rates: Option<Rates>) -> Self {
        self.with(|shared| shared.rates = rates)
    }

    /// The same, behind a proxy that adds to `X-Forwarded-For` who asks.
    #[must_use]
    pub fn behind_proxy(self, behind_proxy: bool) -> Self {
        self.with(|shared| shared.behind_proxy = behind_proxy)
    }
}
