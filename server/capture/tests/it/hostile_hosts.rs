//! Hosts that mean harm: each ends within its limits, and what it did has a name.

use std::{
    io::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use capture::Reader;
use domain::{CaptureFailure, Sha256Hex, TextState};
use tokio::io::AsyncWriteExt;

use crate::host::{Host, answer};

/// Sends what comes before, then the same bytes again and again, with pauses.
async fn endless(before: &'static str, again: Vec<u8>, pause: Duration) -> Host {
    Host::answering(Arc::new(move |_, mut stream| {
        let again = again.clone();
        Box::pin(async move {
            let mut sent = stream.write_all(before.as_bytes()).await;
            let mut bytes = 0_u64;
            while sent.is_ok() && bytes < 1 << 30 {
                sent = stream.write_all(&again).await;
                bytes += again.len() as u64;
                tokio::time::sleep(pause).await;
            }
        })
    }))
    .await
}

/// Fetches `/` of a host, and makes sure that it ends soon.
async fn failed(host: &Host) -> CaptureFailure {
    let begun = Instant::now();
    let failed = host.fetcher().fetch(&host.url("/")).await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(4), "{failed} after {:?}", begun.elapsed());
    failed.failure
}

#[tokio::test]
async fn a_stream_without_end_is_cut_off() {
    let host = endless("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n", vec![b'a'; 64 * 1024], Duration::ZERO).await;
    assert_eq!(failed(&host).await, CaptureFailure::TooLarge);
    let host = endless(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        [&b"ffff\r\n"[..], &vec![b'a'; 0xffff], b"\r\n"].concat(),
        Duration::ZERO,
    )
    .await;
    assert_eq!(failed(&host).await, CaptureFailure::TooLarge);
    // One that says how large it is is not even begun.
    let host = endless("HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n", b"a".to_vec(), Duration::from_millis(100)).await;
    let begun = Instant::now();
    assert_eq!(failed(&host).await, CaptureFailure::TooLarge);
    assert!(begun.elapsed() < Duration::from_millis(700));
}

#[tokio::test]
async fn a_host_that_drips_or_falls_silent_is_given_up() {
    // Never silent for long, and never done.
    let host = endless("HTTP/1.1 200 OK\r\n\r\n", b"a".to_vec(), Duration::from_millis(100)).await;
    assert_eq!(failed(&host).await, CaptureFailure::TooSlow);
    let host = endless("HTTP/1.1 200 OK\r\n", b"x: y\r\n".to_vec(), Duration::from_millis(300)).await;
    assert_eq!(failed(&host).await, CaptureFailure::TooSlow);
    let host = endless("", Vec::new(), Duration::from_mins(1)).await;
    assert_eq!(failed(&host).await, CaptureFailure::TooSlow);
    let host = endless("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", Vec::new(), Duration::from_mins(1)).await;
    assert_eq!(failed(&host).await, CaptureFailure::TooSlow);
}

#[tokio::test]
async fn bombs_do_not_go_off() {
    let zeros = vec![0; 50_000_000];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&zeros).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, 1 << 16, 4, 22).write_all(&zeros).unwrap();
    let mut twice = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    twice.write_all(&gzip).unwrap();
    for (encoding, bomb) in [("gzip", gzip.clone()), ("br", brotli), ("gzip, gzip", twice.finish().unwrap())] {
        assert!(bomb.len() < 100_000);
        let headers = format!("content-type: text/html\r\ncontent-encoding: {encoding}\r\n");
        let host = Host::sending(move |_| answer("200 OK", &headers, &bomb)).await;
        assert_eq!(failed(&host).await, CaptureFailure::TooLarge, "{encoding}");
    }
    let host = Host::sending(|_| answer("200 OK", "content-encoding: gzip\r\n", b"no gzip")).await;
    assert_eq!(failed(&host).await, CaptureFailure::Broken);
}

#[tokio::test]
async fn redirects_lead_no_further_than_five_times() {
    let host = Host::sending(|path| match path[1..].parse::<u32>() {
        Ok(0) => answer("200 OK", "content-type: text/plain\r\n", b"there"),
        Ok(left) => answer("301 Moved Permanently", &format!("location: /{}\r\n", left - 1), b""),
        Err(_) => answer("307 Temporary Redirect", "location: /loop\r\n", b""),
    })
    .await;
    let fetched = host.fetcher().fetch(&host.url("/5")).await.unwrap();
    assert_eq!((fetched.hops.len(), fetched.final_url.as_str(), &fetched.bytes[..]), (5, host.url("/0").as_str(), &b"there"[..]));
    for path in ["/6", "/loop"] {
        let failed = host.fetcher().fetch(&host.url(path)).await.unwrap_err();
        assert_eq!(failed.failure, CaptureFailure::TooManyRedirects, "{path}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_told_as_broken() {
    let many: String = (0..1000).flat_map(|n| [String::from("x-"), n.to_string(), String::from(": y\r\n")]).collect();
    let long = format!("x: {}\r\n", "y".repeat(1_000_000));
    for (what, bytes) in [
        ("too many headers", answer("200 OK", &many, b"")),
        ("a header too long", answer("200 OK", &long, b"")),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()),
        ("nothing", Vec::new()),
        ("headers cut off", b"HTTP/1.1 200 OK\r\ncontent-ty".to_vec()),
        ("body cut off", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this".to_vec()),
        ("chunk cut off", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\nonly this".to_vec()),
        ("no chunk", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec()),
    ] {
        let host = Host::sending(move |_| bytes.clone()).await;
        let failed = failed(&host).await;
        assert_eq!(failed, CaptureFailure::Broken, "{what}");
    }
}

#[tokio::test]
async fn a_host_that_says_no_is_understood() {
    for (status, failure) in [
        ("404 Not Found", CaptureFailure::Gone),
        ("410 Gone", CaptureFailure::Gone),
        ("401 Unauthorized", CaptureFailure::Refused),
        ("403 Forbidden", CaptureFailure::Refused),
        ("451 Unavailable For Legal Reasons", CaptureFailure::Refused),
        ("500 Internal Server Error", CaptureFailure::ServerError),
        ("304 Not Modified", CaptureFailure::ServerError),
    ] {
        let host = Host::sending(move |_| answer(status, "content-type: text/html\r\n", b"<p>No.</p>")).await;
        let failed = host.fetcher().fetch(&host.url("/")).await.unwrap_err();
        assert_eq!((failed.failure, failed.status), (failure, status[..3].parse().ok()), "{status}");
    }
    let host = Host::sending(|_| answer("429 Too Many Requests", "retry-after: 120\r\n", b"")).await;
    let failed = host.fetcher().fetch(&host.url("/")).await.unwrap_err();
    assert_eq!(failed.wait, Some(Duration::from_mins(2)));
}

#[tokio::test]
async fn who_is_not_there_or_not_the_host_is_not_spoken_to() {
    let host = Host::sending(|_| answer("200 OK", "", b"in clear")).await;
    let in_clear = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = in_clear.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = in_clear.accept().await.unwrap();
        _ = stream.write_all(&answer("400 Bad Request", "", b"")).await;
    });
    let failed = host.fetcher().allowing(vec![address]).fetch(&format!("https://{address}/")).await.unwrap_err();
    assert_eq!(failed.failure, CaptureFailure::NotSecure, "{failed}");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fetcher = host.fetcher().allowing(vec![nobody]);
    assert_eq!(fetcher.fetch(&format!("http://{nobody}/")).await.unwrap_err().failure, CaptureFailure::Unreachable);
    let names = crate::host::Names::of("known.example.org", &[&["127.0.0.1"]]);
    let failed = host.fetcher().resolving(names).fetch("http://unknown.example.org/").await.unwrap_err();
    assert_eq!(failed.failure, CaptureFailure::NoSuchHost);
}

#[tokio::test]
async fn the_request_says_who_asks_and_nothing_else() {
    let host = Host::sending(|path| match path {
        "/" => answer("302 Found", "set-cookie: id=1\r\nlocation: /page?x=1#part\r\n", b""),
        _ => answer("200 OK", "content-type: text/plain\r\nx-served: Yes\r\n", b"words"),
    })
    .await;
    let fetched = host.fetcher().fetch(&host.url("/")).await.unwrap();
    let asked = host.asked.lock().unwrap().clone();
    assert!(asked[1].starts_with("GET /page?x=1 HTTP/1.1\r\n"), "{}", asked[1]);
    for request in asked {
        let request = request.to_lowercase();
        let mut names: Vec<&str> =
            request.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "connection", "host", "user-agent"], "{request}");
        assert!(request.contains("pledgebook/") && request.contains("+https://pledges.example.org"), "{request}");
    }
    assert_eq!((fetched.status, &fetched.bytes[..], fetched.header("X-Served")), (200, &b"words"[..], "Yes"));
    assert_eq!(fetched.sha256, Sha256Hex::of(b"words"));
    assert_eq!(fetched.hops[0].url, host.url("/"));
}

#[tokio::test]
async fn a_page_with_scripts_and_a_wrong_charset_is_kept_as_it_came_and_read_without_harm() {
    let page = "<html lang=es><head><title>Cumbre</title><script>document.write('injected')</script></head><body onload=alert(1)>\
        <article><p>El señor ministro se comprometió a hospedar la cumbre en abril, según anunció después de la reunión.\
        <p><img src=x onerror=alert(2)>Añadió que la próxima reunión será en mayo, y que habrá más países.</article>";
    let latin: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let sent = latin.clone();
    let host = Host::sending(move |_| answer("200 OK", "content-type: text/html; charset=utf-8\r\n", &sent)).await;
    let fetched = host.fetcher().fetch(&host.url("/")).await.unwrap();
    assert_eq!(fetched.bytes, latin);
    let reading = Reader::Here.read(fetched.header("content-type"), fetched.unpacked.clone().unwrap()).await;
    assert_eq!(reading.state, TextState::Read);
    let text = &reading.pages[0];
    assert!(text.contains("señor ministro se comprometió") && text.contains("Añadió"), "{text}");
    assert!(!text.contains("injected") && !text.contains("alert") && !text.contains('<'), "{text}");
}
