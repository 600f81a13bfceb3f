//! What people of the desk do by their programs: the same acts as in a browser, by a token in place of a cookie.

mod by_token;
mod drafts;
mod parameters;
mod pledges;
mod refusals;
mod reviews;
mod sent;
mod shapes;
mod wire;

use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) use self::{
    parameters::DESK_SHARED,
    shapes::{DraftContent, schemas},
    wire::Draft,
};
use crate::state::AppState;

/// Every operation that asks for a token.
pub(super) fn operations() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(drafts::list_drafts, drafts::begin_pledge))
        .routes(routes!(drafts::get_draft, drafts::save_draft))
        .routes(routes!(drafts::submit_draft))
        .routes(routes!(drafts::discard_draft))
        .routes(routes!(reviews::approve_draft))
        .routes(routes!(reviews::return_draft))
        .routes(routes!(pledges::begin_edit))
        .routes(routes!(pledges::begin_status_change))
        .routes(routes!(pledges::begin_withdrawal))
        .routes(routes!(pledges::check_pledge))
}
