//! The pages by which people come to the desk and look after who may.

mod account;
mod audit;
mod link;
mod list;
mod refused;
mod sign_in;
mod tokens;

pub use account::{Account, Done, Offer, QrCode, account, recovery_codes};
pub use audit::{audit, audit_asked};
pub use link::{choose_password, link_gone, set_up};
pub use list::{Refusal, one_time_link, people};
pub use refused::{cross_site, forbidden, not_at_desk, overtaken};
pub use sign_in::{Carried, Obstacle, enter_code, sign_in, signed_in};
pub use tokens::{token_made, tokens};
