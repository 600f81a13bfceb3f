//! One module per table, as SeaORM sees it. Nothing outside this crate sees these types.

pub(crate) mod citation;
pub(crate) mod meeting;
pub(crate) mod party;
pub(crate) mod pledge;
pub(crate) mod pledge_party;
pub(crate) mod pledge_topic;
pub(crate) mod pledge_variant;
pub(crate) mod publication;
pub(crate) mod record_state;
pub(crate) mod source;
pub(crate) mod status_change;
pub(crate) mod status_span;
pub(crate) mod topic;
