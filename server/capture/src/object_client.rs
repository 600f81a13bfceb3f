//! How an S3-compatible archive is reached: by the same HTTP and encryption as sources, but wherever whoever runs the server
//! says that it is, also on a network of their own.

use std::{io, time::Duration};

use async_trait::async_trait;
use http_body_util::BodyExt;
use hyper::{
    client::conn::http1,
    header::{self, HeaderValue},
    http::uri::{Authority, PathAndQuery},
};
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use tokio::time::timeout;

use crate::connect::{Connection, NotConnected, Tls};

/// How long reaching the archive, or waiting for its answer, may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Speaks HTTP/1.1 to the archive, with a connection for each request.
#[derive(Clone, Debug)]
pub(crate) struct ObjectClient(Tls);

impl ObjectClient {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self(Tls::new()?))
    }

    async fn connect(&self, authority: &Authority, encrypted: bool) -> io::Result<Connection> {
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        let port = authority.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        let mut failed = io::Error::other("the host has no address");
        for address in tokio::net::lookup_host((host, port)).await? {
            match self.0.connect(address, host, encrypted).await {
                Ok(connection) => return Ok(connection),
                Err(NotConnected::Unreachable(error) | NotConnected::NotSecure(error)) => failed = error,
            }
        }
        Err(failed)
    }
}

impl HttpConnector for ObjectClient {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for ObjectClient {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let late = |_| HttpError::new(HttpErrorKind::Timeout, io::Error::from(io::ErrorKind::TimedOut));
        let (mut parts, body) = request.into_parts();
        let authority = parts.uri.authority().cloned();
        let authority = authority.ok_or_else(|| HttpError::new(HttpErrorKind::Unknown, io::Error::other("no host")))?;
        let encrypted = parts.uri.scheme_str() == Some("https");
        let connection = timeout(PATIENCE, Self::connect(self, &authority, encrypted)).await.map_err(late)?;
        let connection = connection.map_err(|error| HttpError::new(HttpErrorKind::Connect, error))?;
        let (mut sender, connection) =
            http1::handshake(connection).await.map_err(|error| HttpError::new(HttpErrorKind::Connect, error))?;
        tokio::spawn(connection);
        // To the server itself only the path is said (RFC 9112, section 3.2.1).
        let path = parts.uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
        parts.uri = path.into();
        if let (false, Ok(host)) = (parts.headers.contains_key(header::HOST), HeaderValue::from_str(authority.as_str())) {
            parts.headers.insert(header::HOST, host);
        }
        let answer = timeout(PATIENCE, sender.send_request(hyper::Request::from_parts(parts, body))).await.map_err(late)?;
        let answer = answer.map_err(|error| HttpError::new(HttpErrorKind::Request, error))?;
        let body = |body: hyper::body::Incoming| {
            HttpResponseBody::new(body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error)))
        };
        Ok(answer.map(body))
    }
}
