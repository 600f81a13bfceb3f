//! `pledgebook`: the one binary.

use std::{
    env,
    os::unix::process::CommandExt,
    process::{self, ExitCode},
};

use clap::Parser;
use nix::sys::stat::{Mode, umask};
use server::{
    commands,
    config::{Cli, Command},
    telemetry,
};

/// By this glibc is told in how many arenas it manages memory.
const ARENAS: &str = "MALLOC_ARENA_MAX";

fn main() -> ExitCode {
    // What is written (the record, copies, backups) is for its owner alone, whatever the folder lets others see.
    umask(Mode::S_IRWXG | Mode::S_IRWXO);
    let cli = Cli::parse();
    if matches!(cli.command, Command::Serve(_)) {
        share_arenas();
    }
    telemetry::start(&cli.settings.log, cli.settings.log_format);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(workers()).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: no threads to work with: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One worker a core, at least two: one may be busy rendering while another answers.
fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2))
}

/// Starts the program anew, as the same process, with no more arenas than workers, unless somebody has said how many there shall
/// be. By itself glibc gives nearly every thread one, also those that only wait for SQLite, and what is free in one is of no use
/// to the others: a fifth of the memory of an idle server. It reads the variable before anything of ours runs.
fn share_arenas() {
    if cfg!(target_env = "gnu")
        && env::var_os(ARENAS).is_none()
        && let Ok(program) = env::current_exe()
    {
        // It comes back only if that can't be; then there is more memory in use, and nothing else.
        _ = process::Command::new(program).args(env::args_os().skip(1)).env(ARENAS, workers().to_string()).exec();
    }
}
