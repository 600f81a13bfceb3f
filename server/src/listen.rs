//! Listening: connections are taken as they come, up to a bound, and none is held by somebody who sends or takes nothing.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tokio_io_timeout::TimeoutStream;
use tower::Service;
use tracing::{debug, warn};

use crate::{Front, auth::shared};

/// The longest head of a request, with its address; longer ones are answered with 431.
const LONGEST_HEAD: usize = 32 << 10;

/// How long to wait where the machine has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(100);

/// How many connections there may be where nothing else is said.
const MOST: NonZeroUsize = NonZeroUsize::new(8192).unwrap();

/// How many connections there may be, and how long each waits for its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// At once. Those that come when there are so many wait until one ends.
    pub most: NonZeroUsize,
    /// At once from one address; `None` where all come from a proxy. More are closed. This machine itself is not counted.
    pub from_one_address: Option<usize>,
    /// How long a client may take to send the head of a request, also the next one on a connection that stays open.
    pub sending: Duration,
    /// How long a client may take nothing of its answer.
    pub taking: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        let (sending, taking) = (Duration::from_secs(20), Duration::from_secs(30));
        Self { most: MOST, from_one_address: Some(256), sending, taking }
    }
}

/// Answers what comes in, until it is told to stop; then takes no more connections, and returns when those that there are have
/// had their answers.
pub async fn listen(listener: TcpListener, front: Front, connections: Connections, mut stopping: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(connections.most.get()));
    let counted = Counted::default();
    let graceful = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(connections.sending).max_header_size(LONGEST_HEAD);
    loop {
        let taken = tokio::select! {
            taken = take(&listener, &room) => taken,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        let Some((stream, peer, place)) = taken else { continue };
        let most = connections.from_one_address.filter(|_| !peer.ip().to_canonical().is_loopback());
        let Some(counted) = counted.one_more(peer.ip(), most) else {
            debug!("closed a connection: there are too many from its address");
            continue;
        };
        // What is written is written whole; waiting to fill a packet only delays it.
        _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(connections.taking));
        let front = front.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            front.clone().call(request)
        });
        let connection = graceful.watch(server.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                debug!(%error, "a connection ended early");
            }
            drop((place, counted));
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The next connection, when there is room for it.
async fn take(listener: &TcpListener, room: &Arc<Semaphore>) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = room.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            // A client that went away again is none; the machine's own bounds pass.
            if !matches!(error.kind(), std::io::ErrorKind::ConnectionAborted | std::io::ErrorKind::ConnectionReset) {
                warn!(%error, "no connection can be taken just now");
                tokio::time::sleep(NO_ROOM).await;
            }
            None
        }
    }
}

/// How many connections there are from each address.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<Mutex<HashMap<String, usize>>>);

/// One of them, until it ends.
#[derive(Debug)]
struct One {
    of: Counted,
    address: Option<String>,
}

impl Counted {
    /// Counts one more; `None` if that is too many.
    fn one_more(&self, address: IpAddr, most: Option<usize>) -> Option<One> {
        let Some(most) = most else { return Some(One { of: self.clone(), address: None }) };
        let address = shared(address);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counted.entry(address.clone()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(One { of: self.clone(), address: Some(address) })
    }
}

impl Drop for One {
    fn drop(&mut self) {
        let Some(address) = self.address.take() else { return };
        let mut counted = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counted.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counted.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_connections_and_no_more() {
        let counted = Counted::default();
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let first = counted.one_more(one, Some(2)).unwrap();
        let _second = counted.one_more(one, Some(2)).unwrap();
        assert!(counted.one_more(one, Some(2)).is_none());
        assert!(counted.one_more(other, Some(2)).is_some());
        assert!(counted.one_more(one, None).is_some(), "a proxy has as many as it likes");
        drop(first);
        assert!(counted.one_more(one, Some(2)).is_some());
        assert_eq!(counted.0.lock().unwrap().len(), 1, "who has gone is forgotten");
    }
}
