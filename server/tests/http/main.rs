//! The site over its real router and as its own process, on a real database.

mod api_v1;
mod assets;
mod calendar;
mod compare;
mod data;
mod desk;
mod feeds;
mod health;
mod import;
mod language;
mod memento;
mod missing;
mod moments;
mod pages;
mod people;
mod process;
mod record;
mod reuse;
mod roles;
mod security;
mod site;
mod sitemap;
mod tips;
mod visitor;
mod weight;
