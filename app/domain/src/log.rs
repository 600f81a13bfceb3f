//! The log of the record: what an entry says, how entries become one tree, and how the head of the tree is signed. Nothing
//! here knows where the log is kept; `docs/record.md` describes every format for those who check it with other tools.

mod canonical;
mod chain;
mod checkpoint;
mod difference;
mod entry;
mod note;
mod state;
pub mod tree;

pub use canonical::{NotCanonical, canonical};
pub use chain::{Broken, Chain, Linked};
pub use checkpoint::Checkpoint;
pub use difference::{Difference, first_difference};
pub use entry::{
    Correction, Earlier, Entry, Former, Genesis, Heading, Named, Part, Published, Removed, Said, Snapshot, Unreviewed,
};
pub use note::{NoteError, RecordKey, Signer, VerifierKey};
pub use state::{At, Fold, PledgeState};
