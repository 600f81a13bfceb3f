//! What can be set, and how: a flag, else an environment variable, else a default that works.

use std::{env, net::SocketAddr, num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use store::Location;

use crate::{listen::Connections, telemetry::LogFormat};

/// Pledgebook: a public record of what governments promised and what came of it.
#[derive(Debug, Parser)]
#[command(name = "pledgebook", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub settings: Settings,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the record over HTTP until told to stop (SIGTERM or Ctrl-C).
    Serve(ServeSettings),
    /// Bring the database up to what this version needs.
    Migrate,
    /// Load the example record; what is there already is left as it is.
    Example,
    /// Write the whole record into one file as it stands now, also while it is served: every table, and the kept copies of sources.
    Backup(BackupSettings),
    /// Bring a whole record back from such a file, into a place where there is none.
    Restore(RestoreSettings),
    /// Write the whole record into one file, for `import` elsewhere, on SQLite or PostgreSQL.
    Export(ExportSettings),
    /// Bring in many pledges at once from CSV or JSON files, as drafts; or a whole record from a file of `export`, where there is none.
    Import(ImportSettings),
    /// Keep copies of sources now: those at these addresses, or of all that have none.
    Capture(CaptureSettings),
    /// Look at the links of published sources now, and say how each fares.
    CheckLinks(CheckLinksSettings),
    /// Read the text of one document from the standard input, for the server itself.
    #[command(hide = true)]
    ReadText(ReadTextSettings),
    /// Fill an empty record with a synthetic one of so many pledges, for measuring.
    Synth(SynthSettings),
    /// Let people in: each gets a link with which they choose a password.
    #[command(subcommand)]
    User(UserCommand),
    /// Check that the record says what its log recorded, and name the first thing that does not.
    Verify(VerifySettings),
}

/// What can be done about people from the command line.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Let somebody in; prints a link that works once, for seven days.
    Add(AddUserSettings),
    /// Let somebody in again who lost their password; prints a link that works once, for a day.
    Reset(ResetUserSettings),
}

/// What holds for every command.
#[derive(Args, Debug)]
pub struct Settings {
    /// The database: `postgres://USER@HOST/NAME` or `sqlite:PATH`. `DATABASE_URL` is read too. [default: record.sqlite3 in the data folder]
    #[arg(long, env = "PLEDGEBOOK_DATABASE_URL", global = true, hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The folder for the database file and the kept copies of sources. [default: `$XDG_DATA_HOME/pledgebook` or `~/.local/share/pledgebook`]
    #[arg(long, env = "PLEDGEBOOK_DATA_DIR", global = true, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// Where copies of sources are kept: `s3://BUCKET/FOLDER`, reached by the usual `AWS_*` variables. [default: the folder snapshots in the data folder]
    #[arg(long, env = "PLEDGEBOOK_SNAPSHOTS_URL", global = true, value_name = "URL")]
    pub snapshots_url: Option<String>,
    /// The key that signs the checkpoints of the log, in PEM; made where there is none. Servers of one record share it.
    /// [default: record.key in the data folder]
    #[arg(long, env = "PLEDGEBOOK_RECORD_KEY", global = true, value_name = "FILE")]
    pub record_key: Option<PathBuf>,
    /// How much to log: error, warn, info, debug, trace, or a filter such as info,sqlx=warn.
    #[arg(long, env = "PLEDGEBOOK_LOG", global = true, default_value = "info", value_name = "FILTER")]
    pub log: String,
    /// How to write log lines.
    #[arg(long, env = "PLEDGEBOOK_LOG_FORMAT", global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub log_format: LogFormat,
}

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

/// What is backed up, and where it goes.
#[derive(Args, Debug)]
pub struct BackupSettings {
    /// The file, which must not be there yet.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Put the key that signs the log's checkpoints into it too. Whoever has the file can sign as this record then.
    #[arg(long)]
    pub with_key: bool,
}

/// Where a record goes.
#[derive(Args, Debug)]
pub struct ExportSettings {
    /// The file, which must not be there yet.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// What is brought back.
#[derive(Args, Debug)]
pub struct RestoreSettings {
    /// The file, as `backup` or `export` wrote it.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only make sure that the file is whole, and say what is in it.
    #[arg(long)]
    pub dry_run: bool,
}

/// What holds for an import.
#[derive(Args, Debug)]
pub struct ImportSettings {
    /// The files: a record file, pledges as JSON, or tables as /data gives them, known by their columns; or one file of `export`.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only show what would be done.
    #[arg(long)]
    pub dry_run: bool,
    /// What becomes of the rows: drafts to be handed in, or drafts that wait for review at once.
    #[arg(long = "as", value_enum, default_value_t, value_name = "WHAT")]
    pub target: ImportAs,
    /// In whose name, by their address at the desk. A whole record needs nobody's.
    #[arg(long, value_name = "EMAIL")]
    pub by: Option<String>,
    /// Leave out rows that are refused; else nothing is imported if one is.
    #[arg(long)]
    pub skip_refused: bool,
    /// Why published pledges are edited, in English, for everybody to read. [default: the names of the files]
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
}

/// What becomes of the rows of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ImportAs {
    /// Drafts to be handed in.
    #[default]
    Draft,
    /// Drafts that wait for review.
    Review,
}

/// What holds for a synthetic record.
#[derive(Args, Debug)]
pub struct SynthSettings {
    /// How many pledges it has.
    #[arg(value_name = "N", value_parser = how_many)]
    pub pledges: usize,
}

/// What holds for verifying.
#[derive(Args, Debug)]
pub struct VerifySettings {
    /// An earlier checkpoint, with whose entries the log must begin; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// Verify the log in this file, as /data/record.jsonl gives it, without any database.
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Whose signature the checkpoints must have, as /record shows it. [default: that of the record's own key]
    #[arg(long, value_name = "KEY")]
    pub verifier_key: Option<String>,
}

/// Accepts how many pledges a synthetic record is to have.
fn how_many(text: &str) -> Result<usize, String> {
    let number = text.replace('_', "").parse().ok().filter(|number| (1..=10_000_000).contains(number));
    number.ok_or_else(|| "accepted: a whole number from 1 to 10_000_000".to_owned())
}

/// Accepts an address of the site: http or https, a host, and no path.
fn public_url(text: &str) -> Result<String, String> {
    let accepted = "accepted: an address such as https://pledges.example.org";
    let url = url::Url::parse(text).map_err(|error| format!("{error}; {accepted}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.path() != "/" || url.query().is_some() || url.host().is_none() {
        return Err(accepted.to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Accepts an address to write to, as `Contact` of RFC 9116 (section 2.5.3) has it.
fn security_contact(text: &str) -> Result<String, String> {
    let accepted = "accepted: an address such as mailto:security@example.org or https://example.org/security";
    let url = url::Url::parse(text).map_err(|error| format!("{error}; {accepted}"))?;
    let whole = match url.scheme() {
        "mailto" => url.path().contains('@'),
        "https" => url.has_host(),
        _ => false,
    };
    if whole { Ok(url.into()) } else { Err(accepted.to_owned()) }
}

impl Settings {
    /// Where the database is. The folder of a file is made if it is not there.
    ///
    /// # Errors
    /// One sentence on what is wrong with a setting.
    pub fn location(&self) -> Result<Location, String> {
        let url = self.database_url.clone().or_else(|| env::var("DATABASE_URL").ok()).filter(|url| !url.is_empty());
        if let Some(url) = url {
            return Location::parse(&url);
        }
        Ok(Location::File(self.folder()?.join("record.sqlite3")))
    }

    /// The data folder, which is made if it is not there.
    ///
    /// # Errors
    /// One sentence on what is wrong with a setting.
    pub fn folder(&self) -> Result<PathBuf, String> {
        let folder = match &self.data_dir {
            Some(folder) => folder.clone(),
            None => default_folder()
                .ok_or("there is no home folder; say where the data goes with --data-dir or PLEDGEBOOK_DATA_DIR")?,
        };
        std::fs::create_dir_all(&folder)
            .map_err(|error| format!("the data folder {} can't be made: {error}", folder.display()))?;
        Ok(folder)
    }

    /// The file of the key that signs the log's checkpoints, outside the database.
    ///
    /// # Errors
    /// As [`Self::folder`].
    pub fn record_key(&self) -> Result<PathBuf, String> {
        self.record_key.clone().map_or_else(|| Ok(self.folder()?.join("record.key")), Ok)
    }
}

/// Where data of a user goes by the XDG Base Directory Specification.
fn default_folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share"))).map(|base| base.join("pledgebook"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    /// What can be set by the environment for a command itself: flag, variable, default.
    fn settings(command: &clap::Command) -> BTreeSet<[String; 3]> {
        let settings = command.get_arguments().filter_map(|arg| {
            let (flag, variable) = (arg.get_long()?, arg.get_env()?.to_str()?);
            let help = arg.get_long_help().or(arg.get_help())?.to_string();
            let told = help.split_once("[default: ").and_then(|(_, rest)| Some(rest.split_once(']')?.0.to_owned()));
            let set = arg.get_default_values().first().map(|value| format!("`{}`", value.to_string_lossy()));
            let switch = (!arg.get_action().takes_values()).then(|| "off".to_owned());
            let default = switch.or(told).or(set).unwrap_or_default();
            Some([format!("`--{flag}`"), format!("`{variable}`"), default])
        });
        settings.collect()
    }

    /// A command and all below it.
    fn with_all_below(command: &clap::Command) -> Vec<&clap::Command> {
        std::iter::once(command).chain(command.get_subcommands().flat_map(with_all_below)).collect()
    }

    #[test]
    fn the_table_of_settings_is_the_program_s_own() {
        let table = include_str!("../../docs/operate.md").split_once("## Every setting").expect("the table").1;
        let rows = table.lines().filter(|line| line.starts_with("| `--"));
        let written: BTreeSet<[String; 3]> = rows
            .map(|row| {
                let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
                let [flag, variables, default, meaning] = cells[..] else { panic!("four columns: {row}") };
                assert!(meaning.len() > 20, "no meaning: {row}");
                let variable = variables.split(',').next().unwrap_or_default();
                [flag, variable, default].map(str::to_owned)
            })
            .collect();
        let program = Cli::command();
        let serve = program.find_subcommand("serve").unwrap();
        assert_eq!(written, &settings(&program) | &settings(serve));
        // Other commands take some of them, under other circumstances, and none of their own.
        for command in with_all_below(&program) {
            for [flag, variable, _] in settings(command) {
                assert!(
                    written.iter().any(|row| row[..2] == [flag.clone(), variable.clone()]),
                    "{flag} of {}",
                    command.get_name()
                );
            }
        }
    }

    #[test]
    fn public_urls() {
        assert_eq!(public_url("https://pledges.example.org/"), Ok("https://pledges.example.org".into()));
        assert!(public_url("pledges.example.org").is_err() && public_url("ftp://example.org").is_err());
        assert!(public_url("https://example.org/path").is_err());
    }
    #[test]
    fn security_contacts() {
        assert_eq!(security_contact("mailto:security@example.org"), Ok("mailto:security@example.org".into()));
        assert!(security_contact("https://example.org/security").is_ok());
        for wrong in ["security@example.org", "mailto:", "http://example.org", "tel:1", ""] {
            assert!(security_contact(wrong).is_err(), "{wrong}");
        }
        // A line break would begin another field.
        assert!(!security_contact("https://a.example/\nExpires: never").is_ok_and(|accepted| accepted.contains('\n')));
    }
}
