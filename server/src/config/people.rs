//! What is set for letting people in.

use clap::{Args, Subcommand};

use super::accept::public_url;

/// What can be done about people from the command line.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Let somebody in; prints a link that works once, for seven days.
    Add(AddUserSettings),
    /// Let somebody in again who lost their password; prints a link that works once, for a day.
    Reset(ResetUserSettings),
}

/// Whom to let in.
#[derive(Args, Debug)]
pub struct AddUserSettings {
    /// Their e-mail address, with which they sign in.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// What they are called at the desk; it never appears in public.
    #[arg(long)]
    pub name: String,
    /// What they may do: contributor, editor, reviewer or administrator.
    #[arg(long)]
    pub role: String,
    /// Where the site is reached, for the link.
    #[arg(long, env = "PLEDGEBOOK_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
}

/// Whom to let in again.
#[derive(Args, Debug)]
pub struct ResetUserSettings {
    /// Their e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Turn their second factor off too.
    #[arg(long)]
    pub second_factor: bool,
    /// Where the site is reached, for the link.
    #[arg(long, env = "PLEDGEBOOK_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
}
