//! One module per table, as SeaORM sees it. Nothing outside this crate sees these types.

pub(crate) mod audit_entry;
pub(crate) mod citation;
pub(crate) mod draft;
pub(crate) mod draft_comment;
pub(crate) mod draft_presence;
pub(crate) mod draft_version;
pub(crate) mod former_slug;
pub(crate) mod meeting;
pub(crate) mod one_time_link;
pub(crate) mod party;
pub(crate) mod person;
pub(crate) mod pledge;
pub(crate) mod pledge_check;
pub(crate) mod pledge_party;
pub(crate) mod pledge_revision;
pub(crate) mod pledge_topic;
pub(crate) mod pledge_variant;
pub(crate) mod publication;
pub(crate) mod record_state;
pub(crate) mod recovery_code;
pub(crate) mod session;
pub(crate) mod sign_in_failure;
pub(crate) mod source;
pub(crate) mod status_change;
pub(crate) mod status_span;
pub(crate) mod topic;
