//! The pages. Each asks the store, and answers with what it declares and shows; all run on the server only.

mod api;
mod changes;
mod compare;
mod copy;
mod data;
mod deadlines;
pub mod desk;
mod embed;
mod home;
mod meeting;
mod method;
mod not_found;
mod party;
pub mod people;
mod pledge;
mod pledge_list;
mod record;
mod refused;
mod source;
mod topic;

use domain::{Params, Slug};
use store::{Store, StoreError};

pub use api::{ApiField, ApiOperation, ApiParameter, ApiProblem, ApiReference, ApiSchema, api};
pub use changes::changes;
pub use compare::compare;
pub use copy::copy;
pub use data::data;
pub use deadlines::deadlines;
pub use embed::embed;
pub use home::home;
pub use meeting::{meeting, meetings};
pub use method::method;
pub use not_found::not_found;
pub use party::{parties, party};
pub use pledge::{EMBED_SIZE, TRAP, embed_html, pledge, tip, tip_thanks};
pub use pledge_list::pledge_list;
pub use record::{entry, record};
pub use refused::{not_writable, refused, too_often, unavailable};
pub use source::source;
pub use topic::{topic, topics};

use crate::page::Page;

/// What asking for a page comes to; an error is none of the reader's doing.
pub type PageResult = Result<Page, StoreError>;

/// What a page is made from.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks for what, in which language, at which moment.
    pub visit: crate::visit::Visit,
    /// The parameters of the query.
    pub params: Params,
    /// The record.
    pub store: Store,
}

/// The slug in a path; what can't be one can't be found.
fn slug(text: &str) -> Option<Slug> {
    text.parse().ok()
}
