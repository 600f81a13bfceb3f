//! What is at which address.

pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod pages;
pub(crate) mod robots;
pub(crate) mod sitemap;
pub(crate) mod timemap;
