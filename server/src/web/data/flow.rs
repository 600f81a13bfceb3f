//! A body that is written while it is sent: no more of it waits in memory than a reader is behind.

use std::{future::Future, io};

use axum::body::Body;
use futures_util::stream;
use store::StoreError;
use tokio::sync::mpsc;
use tracing::error;

/// How many bytes a thread of its own gathers before it sends them.
const PIECE: usize = 32 * 1024;

/// How many pieces may wait for a slow reader.
const WAITING: usize = 2;

/// Why a body ended before its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stopped {
    /// The reader went away.
    #[error("the reader went away")]
    Gone,
    /// The record could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error("it could not be written: {0}")]
    Write(#[from] io::Error),
    /// It could not be put into a workbook.
    #[error("the workbook could not be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// It could not be put into JSON.
    #[error("it could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Where a body is written to.
pub(super) struct Sink {
    to: mpsc::Sender<io::Result<Vec<u8>>>,
    gathered: Vec<u8>,
}

impl Sink {
    /// What is gathered; write to it, then call [`Sink::flow`].
    pub(super) fn gathered(&mut self) -> &mut Vec<u8> {
        &mut self.gathered
    }

    /// Sends what is gathered; waits while the reader is behind.
    pub(super) async fn flow(&mut self) -> Result<(), Stopped> {
        if self.gathered.is_empty() { Ok(()) } else { self.send().await }
    }

    async fn send(&mut self) -> Result<(), Stopped> {
        let piece = std::mem::replace(&mut self.gathered, Vec::with_capacity(PIECE));
        self.to.send(Ok(piece)).await.map_err(|_| Stopped::Gone)
    }

    /// Whether nobody reads any more.
    pub(super) fn is_gone(&self) -> bool {
        self.to.is_closed()
    }
}

/// For writers that wait on a thread of their own.
impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= PIECE {
            let piece = std::mem::replace(&mut self.gathered, Vec::with_capacity(PIECE));
            self.to.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body that `write` writes. If it fails, the body breaks off so that nobody takes it for whole.
pub(super) fn body<F, Fut>(write: F) -> Body
where
    F: FnOnce(Sink) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Sink, Stopped>> + Send,
{
    let (to, mut from) = mpsc::channel(WAITING);
    let sink = Sink { to: to.clone(), gathered: Vec::new() };
    tokio::spawn(async move {
        let ended = match write(sink).await {
            Ok(mut sink) => sink.flow().await,
            Err(stopped) => Err(stopped),
        };
        match ended {
            Ok(()) | Err(Stopped::Gone) => {}
            Err(stopped) => {
                error!(error = %stopped, "an export broke off");
                _ = to.send(Err(io::Error::other("the export broke off"))).await;
            }
        }
    });
    // Asked again after its end, a channel says again that it has ended; encoders do ask.
    Body::from_stream(stream::poll_fn(move |context| from.poll_recv(context)))
}
