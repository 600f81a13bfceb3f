//! The record in its database, SQLite or PostgreSQL: reads that answer at a moment of the two clocks, and writes that are
//! one transaction each. The only crate that speaks SeaORM; nothing outside it sees a row or a query.

mod addresses;
mod archives;
mod audit;
mod captures;
mod changes;
mod checks;
mod choose;
mod citation;
mod connect;
mod drafts;
mod edition;
mod entity;
mod error;
mod evidence;
mod export;
mod imports;
mod index;
mod link_health;
mod listing;
mod load;
mod log;
mod lookups;
mod names;
mod overview;
mod people;
mod pledge;
mod pledge_list;
mod prepared;
mod publications;
mod publish;
mod revision;
mod row;
mod search;
mod sessions;
mod source;
mod tasks;
#[cfg(feature = "testing")]
pub mod testing;
mod texts;
mod tips;
mod tokens;
mod transfer;
mod verify;
mod vitals;
mod writing;

pub use addresses::{Address, Section};
pub use audit::{AuditEntry, AuditQuery, Audited};
pub use captures::{Anchor, Answer, CaptureJob, CaptureList, Claimed, Copy, CopyText, Keeper, NewCopy, QuoteLook, SourceCopies};
pub use changes::RecordedChange;
pub use choose::{Facets, Found, MOST_OFFERED};
pub use citation::Cited;
pub use connect::{Engine, Location, OpenedFor};
pub use drafts::{Approval, Comment, Draft, DraftList, Drafts, Once, Saved};
pub use edition::Edition;
pub use error::StoreError;
pub use evidence::{CitedFor, SourceDossier};
pub use imports::{Applied, ApplyAs, Batch, BatchState, Stage, Undone};
pub use link_health::{ClaimedLink, LinkHealth, Look, Misleading};
pub use listing::{Cursor, Listing};
pub use load::Loaded;
pub use log::{LogHead, LoggedEntry, Mentioned};
pub use names::{Counted, MeetingDossier, Named, PartyDossier};
pub use overview::{OverTime, Scored};
pub use people::{Account, Attempt, Attempts, ByToken, Editor, Link, Person, Purpose, SecondFactor, Secret};
pub use pledge::{Dossier, Former, FormerNames, Lagging, PledgeCorrection, Removal, Step, Unreviewed, VariantRow};
pub use pledge_list::{Figures, Passage, PledgeRow};
pub use revision::Revision;
pub use sessions::{Session, SessionId};
pub use source::SourceRow;
pub use tips::Tip;
pub use tokens::{Token, TokenState};
pub use transfer::{Column, Filling, Kind, LEFT_OUT, Shape, Snapshot, TransferError};
pub use verify::{NotVerified, Verified, Wrong};
pub use vitals::{Pool, Vitals};

/// The record. Cheap to clone: all clones share one pool of connections.
#[derive(Clone, Debug)]
pub struct Store {
    db: sea_orm::DatabaseConnection,
    engine: Engine,
    turns: writing::Turns,
    editions: std::sync::Arc<edition::Editions>,
    indexes: std::sync::Arc<index::Indexes>,
    anchored: captures::Remembered,
}
