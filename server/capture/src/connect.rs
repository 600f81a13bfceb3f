//! One connection to one address that was checked: nothing between the check and the connection can change it.

use std::{io, net::SocketAddr, sync::Arc};

use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// Anything that bytes go to and come from.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection as hyper takes it.
pub(crate) type Connection = TokioIo<Box<dyn Stream>>;

/// Why there is no connection.
pub(crate) enum NotConnected {
    /// Nobody answers there.
    Unreachable(io::Error),
    /// Whoever answers can't show that they are the host.
    NotSecure(io::Error),
}

/// What encrypts: rustls with ring, and the certificate authorities that Mozilla trusts.
#[derive(Clone)]
pub(crate) struct Tls(TlsConnector);

impl Tls {
    pub(crate) fn new() -> io::Result<Self> {
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().map_err(io::Error::other)?;
        Ok(Self(TlsConnector::from(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))))
    }

    /// Connects to this very address, and makes sure that whoever answers there is the host where it is to be encrypted.
    pub(crate) async fn connect(&self, address: SocketAddr, host: &str, encrypted: bool) -> Result<Connection, NotConnected> {
        let plain = TcpStream::connect(address).await.map_err(NotConnected::Unreachable)?;
        if !encrypted {
            return Ok(TokioIo::new(Box::new(plain)));
        }
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| NotConnected::NotSecure(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
        let encrypted = self.0.connect(name, plain).await.map_err(NotConnected::NotSecure)?;
        Ok(TokioIo::new(Box::new(encrypted)))
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}
