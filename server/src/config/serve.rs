//! What is set for serving.

use std::{net::SocketAddr, num::NonZeroUsize};

use clap::Args;

use super::accept::{public_url, security_contact};
use crate::listen::Connections;

/// What holds for serving.
#[derive(Args, Debug)]
pub struct ServeSettings {
    /// The address and port to listen on.
    #[arg(long, env = "PLEDGEBOOK_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// An address and port of its own for /metrics, for whoever runs the server; keep it from the public. [default: none]
    #[arg(long, env = "PLEDGEBOOK_ADMIN_LISTEN", value_name = "ADDRESS:PORT")]
    pub admin_listen: Option<SocketAddr>,
    /// Where readers reach the site, for canonical addresses. [default: http:// and the address listened on]
    #[arg(long, env = "PLEDGEBOOK_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Whom to tell of a weakness: mailto:… or https://…; it stands in /.well-known/security.txt, which is missing without it.
    /// [default: none]
    #[arg(long, env = "PLEDGEBOOK_SECURITY_CONTACT", value_name = "URL", value_parser = security_contact)]
    pub security_contact: Option<String>,
    /// A reverse proxy stands before this server and adds to X-Forwarded-For who asks: attempts to sign in are counted by
    /// that. Its X-Request-Id is taken over too.
    #[arg(long, env = "PLEDGEBOOK_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// How many MiB of answers are kept in memory, so that they are made once; 0 keeps none.
    #[arg(long, env = "PLEDGEBOOK_CACHE_MIB", default_value_t = crate::state::ROOM >> 20, value_name = "MIB")]
    pub cache_mib: usize,
    /// How many requests a second one address may send for what has to be made, after a burst of ten times as many; 0 is no limit.
    #[arg(long, env = "PLEDGEBOOK_REQUESTS_PER_SECOND", default_value_t = 50, value_name = "N")]
    pub requests_per_second: u32,
    /// How many connections are open at once at most; more wait.
    #[arg(long, env = "PLEDGEBOOK_MAX_CONNECTIONS", default_value_t = Connections::default().most, value_name = "N")]
    pub max_connections: NonZeroUsize,
    /// Fetch no sources: for machines from which nothing leads out. Files can be handed in all the same.
    #[arg(long, env = "PLEDGEBOOK_NO_CAPTURE")]
    pub no_capture: bool,
}
