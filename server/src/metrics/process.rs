//! What the process takes of the machine, as Linux tells it.

use chrono::{DateTime, Utc};
use nix::sys::resource::{UsageWho, getrusage};

/// What the process takes of the machine. What the system does not tell is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Process {
    /// Seconds since 1970 at which it started.
    pub started: f64,
    /// The bytes it holds in memory.
    pub resident: Option<u64>,
    /// The seconds for which it kept a core busy, in user and in system time.
    pub cpu: Option<f64>,
    /// How many files and connections it has open.
    pub files: Option<u64>,
}

impl Process {
    /// What it takes now.
    pub(crate) fn now(started: DateTime<Utc>) -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        // The folder that is read is one of them.
        let files = std::fs::read_dir("/proc/self/fd").map(|files| files.count().saturating_sub(1));
        let cpu = getrusage(UsageWho::RUSAGE_SELF).map(|usage| seconds(usage.user_time()) + seconds(usage.system_time()));
        #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are exact in an f64")]
        let started = started.timestamp_millis() as f64 / 1000.0;
        Self { started, resident: resident(&status), cpu: cpu.ok(), files: files.ok().and_then(|files| files.try_into().ok()) }
    }
}

/// The bytes in memory, of the lines of `/proc/PID/status`.
fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

fn seconds(time: nix::sys::time::TimeVal) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a process does not live for 2^52 microseconds")]
    let seconds = time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_what_it_takes() {
        let process = Process::now(DateTime::UNIX_EPOCH);
        assert!(process.resident.is_some_and(|bytes| bytes > 1 << 20), "{process:?}");
        assert!(process.files.is_some_and(|files| files >= 3) && process.cpu.is_some_and(|cpu| cpu >= 0.0), "{process:?}");
        assert_eq!(resident("VmPeak:\t  9 kB\nVmRSS:\t   20480 kB\n"), Some(20_971_520));
        assert_eq!(resident("nothing of the kind"), None);
    }
}
