//! Small pieces that many pages are built of. Each is a function from the visit and plain data to a view.

mod as_of;
mod changed_words;
mod copies;
mod crumbs;
mod dates;
mod evidence;
mod field;
mod figures;
mod file;
mod filters;
mod follow;
mod names;
mod over_time;
mod pager;
mod passage_found;
mod pledge_rows;
mod problem;
mod quote_check;
mod quoted;
mod scorecard;
mod status;
mod strip;
mod translation;
mod words;

pub use as_of::{as_of_form, past_notice};
pub use changed_words::changed_words;
pub use copies::{copy_list, copy_state, copy_told};
pub use crumbs::crumbs;
pub use dates::{dated, due_dated, due_or_none, moment_dated};
pub use evidence::{evidence_list, in_archive, link_told, passage, read_it, source_line};
pub use field::{Field, Form, check_box, error_summary, field_id, hidden, select_field, text_area, text_field};
pub use figures::figures;
pub use file::named_file;
pub use filters::{Choice, changed_since_field, chosen, order_select, select};
pub use follow::follow;
pub use names::{NAMES_PER_PAGE, names_list};
pub use over_time::over_time;
pub use pager::pager;
pub use passage_found::{marked, passage_found};
pub use pledge_rows::{PER_PAGE, PledgesSection, owing, pledge_rows};
pub use problem::problem;
pub use quote_check::{quote_check, quote_look};
pub use quoted::{Quoted, copy_text, quoted_in, quoted_list};
pub use scorecard::scorecard;
pub(crate) use status::shape;
pub use status::{lateness, status_badge, status_class};
pub use strip::{strip, strip_large};
pub use translation::translation_mark;
pub use words::{named_link, named_links, words};

/// Marks class names that a view chooses at run time, so that the build of the stylesheet finds and checks them.
pub(crate) const fn classes(names: &'static str) -> &'static str {
    names
}
