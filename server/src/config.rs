//! What can be set, and how: a flag, else an environment variable, else a default that works.

mod accept;
mod people;
mod record;
mod serve;
mod sources;

use std::{env, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use store::Location;

pub use self::{
    people::{AddUserSettings, ResetUserSettings, UserCommand},
    record::{BackupSettings, ExportSettings, ImportAs, ImportSettings, RestoreSettings, SynthSettings, VerifySettings},
    serve::ServeSettings,
    sources::{CaptureSettings, CheckLinksSettings, ReadTextSettings},
};
use crate::telemetry::LogFormat;

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
}
