//! From the name of a host to its addresses.

use std::{future::Future, io, net::IpAddr, pin::Pin};

/// Finds the addresses of a host. Another than the system's is for tests.
pub trait Resolve: Send + Sync + std::fmt::Debug {
    /// The addresses of a host, in the order in which they are to be tried.
    fn resolve<'a>(&'a self, host: &'a str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;
}

/// Asks the system.
#[derive(Debug)]
pub(crate) struct System;

impl Resolve for System {
    fn resolve<'a>(&'a self, host: &'a str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        // The dot at its end keeps the system from trying the name within its own domain.
        Box::pin(async move {
            let rooted = format!("{}.", host.trim_end_matches('.'));
            Ok(tokio::net::lookup_host((rooted.as_str(), 0)).await?.map(|address| address.ip()).collect())
        })
    }
}
