//! The rules of the record, pure and without I/O: what a pledge is, what a date may be, what a history amounts to.

mod codes;

pub mod bibtex;
pub mod citation;
pub mod date;
pub mod errors;
pub mod freshness;
pub mod history;
pub mod joint;
pub mod locale;
pub mod meeting;
pub mod moment;
pub mod open_data;
pub mod page;
pub mod party;
pub mod pledge;
pub mod query;
pub mod record;
pub mod search;
pub mod source;
pub mod spreadsheet;
pub mod status;
pub mod status_mapping;
pub mod strip;
pub mod tag;
pub mod text;
pub mod timeliness;
pub mod topic;
pub mod word_diff;

pub use citation::{Authority, Citation, Stance};
pub use date::FuzzyDate;
pub use errors::{FieldErrors, Problem};
pub use locale::{Locale, Localized};
pub use moment::Moment;
pub use party::{Party, PartyKind, Role};
pub use pledge::{Due, Pledge};
pub use query::{DueRange, Params, PledgeQuery, PledgeSort, Timely};
pub use record::Record;
pub use search::Search;
pub use source::{Source, SourceKind};
pub use status::{Confidence, PledgeStatus};
pub use text::Slug;
pub use timeliness::Timeliness;
