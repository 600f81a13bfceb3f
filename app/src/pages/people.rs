//! The pages by which people come to the desk and look after who may.

mod link;
mod refused;
mod sign_in;

pub use link::{choose_password, link_gone, set_up};
pub use refused::{cross_site, forbidden, not_at_desk, overtaken};
pub use sign_in::{Carried, Obstacle, enter_code, sign_in, signed_in};
