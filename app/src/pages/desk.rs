//! The pages of the desk: for people who have signed in, never kept by anybody.

mod draft_form;
mod inputs;
mod labels;
mod pledge_form;
mod preview;
mod queue;
mod review;
mod status_form;
mod tips;

use store::{Editor, Store};

pub use draft_form::{DraftForm, conflict, draft_form};
pub use queue::{published_pledge, published_pledges, queue};
pub use review::{Review, review};
pub use tips::{TIPS_PER_PAGE, tips};

use crate::{page::AtDesk, visit::Visit};

/// What a page of the desk is made from.
#[derive(Clone, Debug)]
pub struct DeskRequest {
    /// Who asks for what, in which language.
    pub visit: Visit,
    /// Who they are.
    pub editor: Editor,
    /// The record.
    pub store: Store,
    /// When they ask.
    pub now: chrono::DateTime<chrono::Utc>,
}

impl DeskRequest {
    /// Who sits at the desk, for the frame around its pages.
    #[must_use]
    pub fn at_desk(&self) -> AtDesk {
        AtDesk { name: self.editor.name.clone(), role: self.editor.role }
    }
}
