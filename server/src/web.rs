//! What is at which address.

pub(crate) mod api_v1;
pub(crate) mod cards;
pub(crate) mod copies;
pub(crate) mod data;
pub(crate) mod desk;
pub(crate) mod embeds;
pub(crate) mod evidence;
pub(crate) mod files;
pub(crate) mod follow;
pub(crate) mod health;
pub(crate) mod import;
pub(crate) mod pages;
pub(crate) mod people;
pub(crate) mod record;
pub(crate) mod robots;
pub(crate) mod sent;
pub(crate) mod sitemap;
pub(crate) mod timemap;
pub(crate) mod tips;
