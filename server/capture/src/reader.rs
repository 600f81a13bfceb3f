//! Reading a document that may be hostile: what makes the reading crash, run on or eat memory hurts nothing else.

use std::{panic::catch_unwind, path::PathBuf, process::Stdio, thread, time::Duration};

use bytes::Bytes;
use nix::sys::resource::{Resource, setrlimit};
use tokio::{io::AsyncWriteExt, process::Command, sync::oneshot, time::timeout};
use tracing::warn;

use crate::{Media, Reading, read};

/// How long reading a document may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much memory reading a document may take, in bytes.
const MEMORY: u64 = 1 << 30;

/// How much of it may be stack: deep documents are read by functions that call themselves.
const STACK: usize = 64 << 20;

/// Who reads documents.
#[derive(Clone, Debug)]
pub enum Reader {
    /// A process of its own, begun anew for each document by running this program with the argument `read-text`: it is given
    /// the media type as its argument and the document as its input, and answers with a [`Reading`] as JSON.
    Apart(PathBuf),
    /// A thread of this process: panics are caught, and it is not waited for longer than for a process, but it can't be ended.
    Here,
}

impl Reader {
    /// Reads a document. What can't be read within the bounds is unreadable.
    pub async fn read(&self, content_type: &str, bytes: Bytes) -> Reading {
        let media = Media::of(content_type, &bytes);
        if media.kind == crate::MediaKind::Other {
            return read(&media, &bytes);
        }
        let reading = match self {
            Self::Apart(program) => timeout(PATIENCE, apart(program, content_type, &bytes)).await,
            Self::Here => timeout(PATIENCE, here(media, bytes)).await,
        };
        match reading {
            Ok(Ok(reading)) => reading,
            Ok(Err(error)) => {
                warn!(%error, "a document could not be read");
                Reading::unreadable()
            }
            Err(_) => {
                warn!("reading a document took longer than {} seconds and was given up", PATIENCE.as_secs());
                Reading::unreadable()
            }
        }
    }
}

async fn apart(program: &PathBuf, content_type: &str, bytes: &[u8]) -> std::io::Result<Reading> {
    let mut child = Command::new(program)
        .args(["read-text", content_type])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // Whoever no longer waits ends it.
        .kill_on_drop(true)
        .spawn()?;
    let input = child.stdin.take();
    let write = async {
        if let Some(mut input) = input {
            // One that ends before it has read everything has its reasons, which its answer tells.
            _ = input.write_all(bytes).await;
        }
    };
    let (output, ()) = tokio::join!(child.wait_with_output(), write);
    let output = output?;
    if !output.status.success() {
        return Err(std::io::Error::other(format!("the reader ended with {}", output.status)));
    }
    // What the libraries print stands on lines before.
    let answer = output.stdout.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    serde_json::from_slice(answer).map_err(std::io::Error::other)
}

async fn here(media: Media, bytes: Bytes) -> std::io::Result<Reading> {
    let (done, reading) = oneshot::channel();
    // Not one of the runtime's own threads: those are waited for when it ends, however long they take.
    thread::Builder::new().stack_size(STACK).spawn(move || _ = done.send(caught(&media, &bytes)))?;
    reading.await.map_err(std::io::Error::other)?
}

/// Reads, and tells of a panic as an error.
fn caught(media: &Media, bytes: &[u8]) -> std::io::Result<Reading> {
    catch_unwind(|| read(media, bytes)).map_err(|_| std::io::Error::other("the reader panicked"))
}

/// Reads a document in this process, which is bounded for good before: for the process that does nothing else.
///
/// # Errors
/// If the bounds can't be set, or reading panics.
pub fn bounded(content_type: &str, bytes: &[u8]) -> std::io::Result<Reading> {
    setrlimit(Resource::RLIMIT_AS, MEMORY, MEMORY)?;
    // It opens nothing and waits for nothing: more than the patience of who began it is never needed.
    setrlimit(Resource::RLIMIT_CPU, PATIENCE.as_secs(), PATIENCE.as_secs())?;
    let media = Media::of(content_type, bytes);
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || caught(&media, bytes))?;
        reader.join().unwrap_or_else(|_| Err(std::io::Error::other("the reader panicked")))
    })
}
