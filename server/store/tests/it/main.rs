//! The store, on SQLite and PostgreSQL alike.

mod archives;
mod captures;
mod imports;
mod links;
mod loading;
mod log;
mod lookups;
mod migrations;
mod passages;
mod people;
mod reads;
mod sealed;
mod search;
mod states;
mod tips;
mod tokens;
mod transfer;
mod translations;
mod util;
mod verify;
