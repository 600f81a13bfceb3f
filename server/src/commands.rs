//! What the binary can be told to do.

mod backup;
mod capture;
mod check_links;
mod example;
mod import;
mod migrate;
mod read_text;
mod restore;
mod serve;
mod synth;
mod tell;
mod user;
mod verify;

use ::capture::{Archive, Reader};
use store::{OpenedFor, Store, StoreError};

use crate::{
    backup::BackupError,
    clock::Clock,
    config::{Cli, Command, Settings},
    copies::{Copies, CopyError},
};

pub use example::record as example_record;

/// Why a command failed, in a sentence for whoever gave it.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A setting is wrong.
    #[error("{0}")]
    Setting(String),
    /// The port can't be listened on.
    #[error("{address} can't be listened on: {cause}; choose another with --listen or PLEDGEBOOK_LISTEN")]
    Listen {
        /// The address and port.
        address: std::net::SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The port of the admin listener can't be listened on.
    #[error(
        "{address} can't be listened on for /metrics: {cause}; choose another with --admin-listen or PLEDGEBOOK_ADMIN_LISTEN"
    )]
    AdminListen {
        /// The address and port.
        address: std::net::SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database is older than this version.
    #[error("the database at {location} lacks {} migration(s), first {}; run: pledgebook migrate", .pending.len(), .pending.first().map_or("", String::as_str))]
    MigrationsMissing {
        /// Where it is.
        location: String,
        /// The names of what is missing.
        pending: Vec<String>,
    },
    /// A migration failed.
    #[error("the database could not be migrated: {0}")]
    Migrate(String),
    /// A record file is wrong; nothing of it was loaded.
    #[error("the record is refused, nothing was loaded:\n{0}")]
    Record(#[from] domain::FieldErrors),
    /// There is a record already where a synthetic one should go.
    #[error("the database at {location} holds a record; a synthetic one is never mixed with it: give an empty database")]
    NotEmpty {
        /// Where it is.
        location: String,
    },
    /// What was said of a person is wrong.
    #[error("nobody was let in:\n{0}")]
    Person(domain::FieldErrors),
    /// Nobody has this address.
    #[error("nobody at the desk has the address “{0}”; to let somebody in, run: pledgebook user add")]
    NoSuchPerson(String),
    /// A file can't be read.
    #[error("{} can't be read: {cause}", .file.display())]
    File {
        /// The file.
        file: std::path::PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A file to be imported is wrong as a whole.
    #[error("nothing was imported:\n{0}")]
    Import(domain::FieldErrors),
    /// Rows of an import are refused.
    #[error("{0} row(s) are refused, and nothing was imported; correct them, or leave them out with --skip-refused")]
    RowsRefused(usize),
    /// Some sources could not be captured.
    #[error("{0} source(s) could not be captured; what may pass by itself is tried again by: pledgebook serve")]
    NotCaptured(usize),
    /// A copy could not be kept.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// A document could not be read.
    #[error("the document can't be read: {0}")]
    NotRead(std::io::Error),
    /// The key of the record can't be used.
    #[error("the record's key {}: {cause}", .file.display())]
    RecordKey {
        /// Its file.
        file: std::path::PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// A checkpoint can't be taken for one.
    #[error("{}: {cause}. If the key was put there later and this is what a server kept before, move it away", .file.display())]
    Checkpoint {
        /// Its file.
        file: std::path::PathBuf,
        /// What is wrong with it.
        cause: domain::log::NoteError,
    },
    /// Nobody said whose signature a checkpoint must have.
    #[error("whose signature must the checkpoint have? Give --verifier-key KEY, as the site shows it at /record")]
    WhoseSignature,
    /// The record does not say what was recorded.
    #[error("the record is not as it was recorded. {0}")]
    NotAsRecorded(Box<store::Wrong>),
    /// A record could not be written into a file or brought back from one.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// There is nothing to back up.
    #[error("there is no record in {0} yet; to make one, run: pledgebook migrate")]
    NoRecord(String),
    /// Copies were gone before they could be backed up.
    #[error("{} is written, but {count} kept cop(ies) of sources are missing or changed and not in it, first {first}; run: pledgebook verify", .file.display())]
    CopiesMissing {
        /// The file.
        file: std::path::PathBuf,
        /// How many.
        count: usize,
        /// The name of the first.
        first: String,
    },
    /// A record can't go where there is one.
    #[error(
        "{location} holds a record already: {rows} row(s) in {table}. A whole record goes only where there is none, and nothing was changed: give another --database-url or --data-dir, or move what is there away"
    )]
    Occupied {
        /// Where it is.
        location: String,
        /// A table that has rows.
        table: String,
        /// How many.
        rows: u64,
    },
    /// Another key is where the restored one should go.
    #[error("the file holds the record's key, and another key is at {} already; move that one away, or name another place with --record-key", .0.display())]
    OtherKey(std::path::PathBuf),
    /// Somebody must be named in whose name pledges are imported.
    #[error("say in whose name the pledges are imported, by their address at the desk: --by EMAIL")]
    InWhoseName,
    /// A whole record is not imported as pledges are.
    #[error("{} holds a whole record, which is imported by itself and as it is, without --by, --as, --skip-refused and --reason", .0.display())]
    WholeRecord(std::path::PathBuf),
    /// Serving failed.
    #[error("serving failed: {0}")]
    Serve(std::io::Error),
}

impl CommandError {
    /// What the store refused to take in.
    fn import(error: StoreError) -> Self {
        match error {
            StoreError::Refused(errors) => Self::Import(errors),
            error => Self::Store(error),
        }
    }

    /// What the store refused to do with a person.
    fn person(error: StoreError) -> Self {
        match error {
            StoreError::Refused(errors) => Self::Person(errors),
            StoreError::NoSuch { name, .. } => Self::NoSuchPerson(name),
            error => Self::Store(error),
        }
    }
}

/// Does what the command line says.
///
/// # Errors
/// A sentence that says what went wrong and, where it can, what to do.
pub async fn run(cli: Cli) -> Result<(), CommandError> {
    let clock = Clock::system();
    match cli.command {
        Command::Serve(serving) => serve::serve(&cli.settings, &serving, clock).await,
        Command::Migrate => migrate::migrate(&cli.settings, &clock).await,
        Command::Example => example::example(&cli.settings, &clock).await,
        Command::Backup(asked) => backup::backup(&cli.settings, &asked.file, asked.with_key, &clock).await,
        Command::Restore(asked) => restore::restore(&cli.settings, &asked.file, asked.dry_run, &clock).await,
        Command::Export(asked) => backup::backup(&cli.settings, &asked.file, false, &clock).await,
        Command::Import(asked) => import::import(&cli.settings, &asked, &clock).await,
        Command::User(command) => user::user(&cli.settings, &command, &clock).await,
        Command::Verify(asked) => verify::verify(&cli.settings, &asked).await,
        Command::Synth(asked) => synth::synth(&cli.settings, &asked).await,
        Command::Capture(asked) => capture::capture(&cli.settings, &asked, clock).await,
        Command::CheckLinks(asked) => check_links::check_links(&cli.settings, &asked, clock).await,
        Command::ReadText(asked) => read_text::read_text(&asked),
    }
}

/// Opens the database that the settings name.
async fn open(settings: &Settings, opened_for: OpenedFor) -> Result<(Store, String), CommandError> {
    let location = settings.location().map_err(CommandError::Setting)?;
    Ok((Store::open_for(&location, opened_for).await?, location.shown()))
}

/// Makes what is derived from the record anew where that is needed, and says so: in a large record it takes minutes.
async fn prepare(store: &Store, clock: &Clock) -> Result<(), StoreError> {
    if store.is_prepared().await? {
        return Ok(());
    }
    if !store.is_empty().await? {
        tell::tell!("Making anew what is derived from the record; in a large one this takes minutes.");
    }
    store.prepare(clock.now()).await
}

/// Opens the archive of copies that the settings name. Documents are read by this program itself, in a process of their own.
fn open_copies(settings: &Settings) -> Result<Copies, CommandError> {
    let archive = match &settings.snapshots_url {
        Some(address) => Archive::at(address),
        None => Archive::in_folder(&settings.folder().map_err(CommandError::Setting)?.join("snapshots")),
    };
    let archive = archive.map_err(CopyError::from)?;
    let program = std::env::current_exe().map_err(|error| CommandError::Setting(error.to_string()))?;
    Ok(Copies { archive, reader: Reader::Apart(program) })
}

/// Opens the database and makes sure that it is as this version wants it.
async fn open_migrated(settings: &Settings) -> Result<(Store, String), CommandError> {
    migrated(open(settings, OpenedFor::Use).await?).await
}

/// Makes sure that an opened database is as this version wants it.
async fn migrated((store, location): (Store, String)) -> Result<(Store, String), CommandError> {
    let pending = migrations::pending(store.connection()).await.map_err(|error| CommandError::Migrate(error.to_string()))?;
    if pending.is_empty() { Ok((store, location)) } else { Err(CommandError::MigrationsMissing { location, pending }) }
}
