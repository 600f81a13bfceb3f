//! Connections: taken up to a bound, and never held by who sends or takes nothing.

use std::{
    net::SocketAddr,
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use server::listen::{Connections, listen};
use store::Engine;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

use crate::site::Site;

struct Listening {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    _site: Site,
}

async fn listening(connections: Connections) -> Listening {
    let site = Site::with_example(Engine::Sqlite).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = watch::channel(false);
    let task = tokio::spawn(listen(listener, site.router.clone(), connections, stopping));
    Listening { address, stop, task, _site: site }
}

fn quick() -> Connections {
    Connections { sending: Duration::from_millis(400), taking: Duration::from_millis(400), ..Connections::default() }
}

/// Sends text on a new connection and reads until the server closes it.
async fn exchange(address: SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut answer = Vec::new();
    // A connection that is closed with something unread is reset.
    _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.expect("the server closes it");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sends_nothing_or_forever_is_cut_off() {
    let site = listening(quick()).await;
    let begun = Instant::now();
    for sent in ["", "GET /pledges HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let answer = exchange(site.address, sent.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    // One byte after the other counts as a head that does not end.
    let mut slow = TcpStream::connect(site.address).await.unwrap();
    let begun = Instant::now();
    for byte in "GET / HTTP/1.1\r\nX: ".bytes().chain(std::iter::repeat(b'a')) {
        if slow.write_all(&[byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(begun.elapsed() < Duration::from_secs(3), "it may go on forever");
    }
    // A connection that is kept open answers more than once, and is closed when nothing more comes.
    let answer = exchange(site.address, b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /method HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2, "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_nothing_is_cut_off() {
    let site = listening(Connections { most: NonZeroUsize::MIN, ..quick() }).await;
    let mut idle = TcpStream::connect(site.address).await.unwrap();
    // Far more is asked for than fits between the two, and none of it is read.
    let requests = "GET /method HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000);
    _ = timeout(Duration::from_secs(1), idle.write_all(requests.as_bytes())).await;
    // The only place is free again.
    let answer = exchange(site.address, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_malformed_or_too_long_is_refused() {
    let site = listening(quick()).await;
    let long = "a".repeat(40 << 10);
    let many: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect::<Vec<_>>().concat();
    for (sent, status) in [
        (format!("GET /pledges HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"), "431"),
        (format!("GET /pledges HTTP/1.1\r\nHost: a\r\n{many}\r\n"), "431"),
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), "4"),
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
                .to_owned(),
            "",
        ),
        ("POST /pledges HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n".to_owned(), "413"),
    ] {
        let answer = exchange(site.address, sent.as_bytes()).await;
        assert!(
            answer.is_empty() || answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{}: {answer}",
            &sent[..40.min(sent.len())]
        );
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    }
    let answer = exchange(site.address, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_ends_what_it_has_begun() {
    let site = listening(Connections::default()).await;
    let mut open = TcpStream::connect(site.address).await.unwrap();
    open.write_all(b"GET /pledges HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    open.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    site.stop.send(true).unwrap();
    let mut rest = Vec::new();
    timeout(Duration::from_secs(5), open.read_to_end(&mut rest)).await.expect("it is closed").unwrap();
    assert!(String::from_utf8_lossy(&rest).contains("</html>"));
    timeout(Duration::from_secs(5), site.task).await.expect("it ends").unwrap();
    assert!(TcpStream::connect(site.address).await.is_err());
}
