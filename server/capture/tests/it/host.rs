//! A host on this machine that answers, byte by byte, as a test wants it to.

use std::{
    collections::HashMap,
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use capture::{Fetcher, Limits, Resolve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What a host does with a connection after it has read a request.
pub type Answer = Arc<dyn Fn(String, TcpStream) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// A host; it goes with the test.
pub struct Host {
    pub address: SocketAddr,
    /// The requests that it was sent, whole.
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    /// One that gives each request and its connection to `answer`.
    pub async fn answering(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answer, heard) = (answer.clone(), heard.clone());
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    let mut buffer = [0; 4096];
                    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                        match stream.read(&mut buffer).await {
                            Ok(0) | Err(_) => return,
                            Ok(n) => request.extend_from_slice(&buffer[..n]),
                        }
                    }
                    let request = String::from_utf8_lossy(&request).into_owned();
                    heard.lock().unwrap().push(request.clone());
                    answer(request, stream).await;
                });
            }
        });
        Self { address, asked }
    }

    /// One that sends the bytes that `answer` makes of the path, and hangs up.
    pub async fn sending(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::answering(Arc::new(move |request, mut stream| {
            let answer = answer.clone();
            Box::pin(async move {
                let path = request.split(' ').nth(1).unwrap_or_default();
                _ = stream.write_all(&answer(path)).await;
                _ = stream.shutdown().await;
            })
        }))
        .await
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A fetcher that may reach this host, and has little patience.
    pub fn fetcher(&self) -> Fetcher {
        Fetcher::new("https://pledges.example.org").unwrap().allowing(vec![self.address]).within(Limits {
            connect: Duration::from_millis(800),
            silence: Duration::from_millis(800),
            whole: Duration::from_millis(2500),
            bytes: 1_000_000,
            ..Limits::default()
        })
    }
}

/// An answer with this status line, these headers and this body.
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// A way of finding hosts that answers from a list, each time the next; the last one for good.
#[derive(Debug, Default)]
pub struct Names(Mutex<HashMap<String, Vec<Vec<IpAddr>>>>, pub Mutex<u32>);

impl Names {
    pub fn of(name: &str, answers: &[&[&str]]) -> Arc<Self> {
        let answers = answers.iter().map(|answer| answer.iter().map(|ip| ip.parse().unwrap()).collect()).collect();
        let names = Self::default();
        names.0.lock().unwrap().insert(name.to_owned(), answers);
        Arc::new(names)
    }
}

impl Resolve for Names {
    fn resolve<'a>(&'a self, host: &'a str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async move {
            *self.1.lock().unwrap() += 1;
            let mut names = self.0.lock().unwrap();
            let answers = names.get_mut(host).ok_or_else(|| io::Error::other("no such host"))?;
            Ok(if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() })
        })
    }
}
