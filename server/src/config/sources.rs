//! What is set for keeping copies of sources and looking at their links.

use clap::Args;

use super::accept::public_url;

/// What is to be captured.
#[derive(Args, Debug)]
pub struct CaptureSettings {
    /// The addresses of sources.
    #[arg(value_name = "URL", required_unless_present = "all")]
    pub urls: Vec<String>,
    /// Every published source that has no copy yet.
    #[arg(long)]
    pub all: bool,
    /// For which site it is asked; hosts are told.
    #[arg(long, env = "PLEDGEBOOK_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
}

/// Which links are looked at.
#[derive(Args, Debug)]
pub struct CheckLinksSettings {
    /// All of them, also those that were looked at lately.
    #[arg(long)]
    pub all: bool,
    /// For which site it is asked; hosts are told.
    #[arg(long, env = "PLEDGEBOOK_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
}

/// What is read.
#[derive(Args, Debug)]
pub struct ReadTextSettings {
    /// The media type of the document.
    pub content_type: String,
}
