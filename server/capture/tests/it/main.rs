//! Fetching from hosts that mean harm, and keeping what came.

mod archive;
mod host;
mod hostile_hosts;
mod hostile_urls;
