//! Signing in and out, the links by which people come to the desk, and the pages about them.

mod links;
mod sign_in;
mod visitor;

use app::visit::localized_path;
use axum::{
    Router,
    routing::{get, post},
};
use domain::Locale;

use crate::state::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Locale::ALL.iter().fold(Router::new(), |router, locale| {
        router
            .route(&localized_path(*locale, "/sign-in"), get(sign_in::ask).post(sign_in::by_password))
            .route(&localized_path(*locale, "/sign-in/code"), get(sign_in::ask_code).post(sign_in::by_code))
            .route(&localized_path(*locale, "/sign-out"), post(sign_in::out))
            .route(&localized_path(*locale, "/set-up"), get(links::ask_set_up).post(links::set_up))
            .route(&localized_path(*locale, "/link"), get(links::ask).post(links::follow))
    })
}
