//! The site over its real router and as its own process, on a real database.

mod assets;
mod compare;
mod health;
mod language;
mod memento;
mod missing;
mod moments;
mod pages;
mod process;
mod security;
mod site;
mod sitemap;
mod weight;
