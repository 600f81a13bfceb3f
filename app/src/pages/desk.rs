//! The pages of the desk: for people who have signed in, never kept by anybody.

mod article;
mod copies;
mod draft_form;
mod import;
mod inputs;
mod labels;
mod links;
mod pledge_form;
mod preview;
mod queue;
mod review;
mod sources;
mod status_form;
mod tips;
mod translations;
mod values;

use store::{Editor, Store};

pub use article::{ArticleRead, KeptText, PassageFor, article, article_refused};
pub use draft_form::{DraftForm, conflict, draft_form};
pub use import::{ImportNews, ImportPlan, import_form, import_pasted_name, import_plan, import_reason, import_waiting};
pub(crate) use labels::whole_label;
pub use links::{ARCHIVE, links_to_mend};
pub use preview::preview;
pub use queue::{published_pledge, published_pledges, queue};
pub use review::{Review, review};
pub use sources::{CAPTURES_PER_PAGE, SourceForm, captured_copy, captured_source, captured_sources};
pub use tips::{TIPS_PER_PAGE, tips};
pub(crate) use values::{Names, value_words};

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
        AtDesk::from(&self.editor)
    }
}

/// What the address of a page says was done just before, as a key of the catalogue.
#[must_use]
pub fn done(query: &str) -> Option<&'static str> {
    let params = domain::Params::parse(query);
    Some(match params.get("done")? {
        "article" => "article-drafted",
        "saved" => "draft-saved",
        "merged" => "draft-merged",
        "submitted" => "draft-submitted",
        "returned" => "draft-returned",
        "discarded" => "draft-discarded",
        "published" => "draft-published",
        "scheduled" => "draft-scheduled",
        "stale" => "draft-stale",
        "checked" => "desk-checked",
        "archive-said" => "links-archive-said",
        "capture-asked" => "copies-asked",
        "capture-kept" => "copies-kept-now",
        "capture-missing" => "copies-missing-asked",
        "copy-taken" => "copies-taken",
        "passage-taken" => "passage-taken",
        "passage-not-taken" => "passage-not-taken",
        "tip-declined" => "tips-is-declined",
        "tip-spam" => "tips-is-spam",
        _ => return None,
    })
}
