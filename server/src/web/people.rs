//! Signing in and out, the links by which people come to the desk, and the pages about them.

mod account;
mod audit;
mod links;
mod manage;
mod sign_in;
mod tokens;
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
        let at = |path: &str| localized_path(*locale, path);
        router
            .route(&at("/sign-in"), get(sign_in::ask).post(sign_in::by_password))
            .route(&at("/sign-in/code"), get(sign_in::ask_code).post(sign_in::by_code))
            .route(&at("/sign-out"), post(sign_in::out))
            .route(&at("/set-up"), get(links::ask_set_up).post(links::set_up))
            .route(&at("/link"), get(links::ask).post(links::follow))
            .route(&at("/desk/account"), get(account::show))
            .route(&at("/desk/account/password"), post(account::change_password))
            .route(&at("/desk/account/second-factor/offer"), post(account::offer_factor))
            .route(&at("/desk/account/second-factor/prove"), post(account::prove_factor))
            .route(&at("/desk/account/second-factor/codes"), post(account::renew_codes))
            .route(&at("/desk/account/second-factor/end"), post(account::end_factor))
            .route(&at("/desk/people"), get(manage::list).post(manage::invite))
            .route(&at("/desk/people/{id}/role"), post(manage::change_role))
            .route(&at("/desk/people/{id}/disable"), post(manage::disable))
            .route(&at("/desk/people/{id}/enable"), post(manage::enable))
            .route(&at("/desk/people/{id}/link"), post(manage::make_link))
            .route(&at("/desk/tokens"), get(tokens::list).post(tokens::make))
            .route(&at("/desk/tokens/{token}/revoke"), post(tokens::revoke))
            .route(&at("/desk/audit"), get(audit::page))
            .route(&at("/desk/audit.csv"), get(audit::table))
    })
}
