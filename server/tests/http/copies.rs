//! Kept copies: fetched behind the scenes or handed in, told at the desk, and given to readers so that nothing in them acts.

use axum::{
    body::Body,
    http::{Request, header},
};
use bytes::Bytes;
use capture::Fetcher;
use chrono::TimeDelta;
use domain::{DeskRole, Sha256Hex, source::SourceUrl};
use server::{
    capturing::{Captured, Capturing},
    clock::Clock,
    commands::example_record,
};
use store::{Engine, on_both_engines};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    site::{Answer, Site, now},
    visitor::Visitor,
};

const ARTICLE: &str = "<!doctype html><html lang=es><head><title>Cumbre</title>\
    <meta property='og:title' content='Guatemala será sede'><meta property='og:site_name' content='El Diario'>\
    <meta property='article:published_time' content='2024-02-28T10:00:00-06:00'></head><body><article>\
    <p>El ministro anunció que el país hospedará la próxima reunión en abril &lt;b&gt;sin falta&lt;/b&gt;, según dijo a la prensa.\
    <p>Los tres países acordaron instalar una célula operativa, y agradecieron a los demás su apoyo.<script>alert(1)</script>\
    </article></body></html>";

/// A host on this machine with an article at `/article`, and with nothing elsewhere.
async fn host() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).await.unwrap_or(0);
            let found = request[..length].starts_with(b"GET /article ");
            let (status, body) = if found { ("200 OK", ARTICLE) } else { ("404 Not Found", "") };
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\r\n", body.len());
            _ = stream.write_all((head + body).as_bytes()).await;
        }
    });
    address
}

impl Site {
    /// Captures everything that waits, as a server does that may reach this host.
    async fn capture(&self, host: std::net::SocketAddr) -> Vec<Captured> {
        let fetcher = Fetcher::new("https://pledges.example.org").unwrap().allowing(vec![host]);
        let mut captured = Vec::new();
        // Each at a later time: one host is not asked twice at once.
        for step in 1..20 {
            let clock = Clock::stopped_at(now() + TimeDelta::seconds(6 * step));
            let (store, copies, fetcher) = (self.test.store.clone(), self.copies.clone(), fetcher.clone());
            let Some((_, came)) = (Capturing { store, copies, fetcher, clock }).next().await.unwrap() else { break };
            captured.push(came);
        }
        captured
    }
}

impl Visitor {
    /// Hands in a file as browsers do.
    async fn hand_in(&mut self, path: &str, content_type: &str, bytes: &[u8]) -> Answer {
        let mut body = b"--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"page.html\"\r\n".to_vec();
        body.extend(format!("Content-Type: {content_type}\r\n\r\n").into_bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n--line--\r\n");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Begins a draft that names this source, and gives its address.
    async fn draft_with(&mut self, url: &str) -> String {
        let fields = [
            ("title.en", "Host the summit"),
            ("citations[0].source.url", url),
            ("citations[0].source.title", "Mine"),
            ("do", "save"),
        ];
        let answer = self.post_form("/desk/new", &fields).await.assert_status(303);
        answer.header("location").split('?').next().unwrap().to_owned()
    }
}

on_both_engines! {
    async fn a_published_source_shows_its_copy_and_nothing_in_it_acts(engine) {
        let host = host().await;
        let site = Site::empty(engine).await;
        let mut record = example_record(now().date_naive()).unwrap();
        let cited = record.pledges[0].history[0].citations[0].source.clone();
        let url = format!("http://{host}/article");
        record.sources.iter_mut().find(|source| source.id == cited).unwrap().url = SourceUrl::parse(&url).unwrap();
        site.test.store.load(&record, now()).await.unwrap();
        site.get(&format!("/sources/{cited}")).await.assert_ok().assert_lacks("Kept copies");
        site.test.store.ask_for_capture(None, &SourceUrl::parse(&url).unwrap(), now()).await.unwrap();
        let sha256 = Sha256Hex::of(ARTICLE.as_bytes());
        assert_eq!(site.capture(host).await, [Captured::Kept(sha256.clone())]);

        let later = (now() + TimeDelta::hours(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let site = site.later(&later, |state| state);
        let page = format!("/sources/{cited}");
        site.get(&page).await.assert_ok().assert_has("Kept copies").assert_has(sha256.as_str()).assert_has("fetched from its address");
        site.get(&format!("/es{page}")).await.assert_ok().assert_has("Copias conservadas").assert_has(&format!("/es{page}/copies/{sha256}"));
        // What was kept later was not there before.
        site.get(&format!("{page}?known_at=2026-11-23T12:00:01Z")).await.assert_ok().assert_lacks("Kept copies");

        let text = site.get(&format!("{page}/copies/{sha256}")).await.assert_ok();
        text.clone().assert_has("&lt;b&gt;sin falta&lt;/b&gt;").assert_has("id=\"p1-2\"").assert_lacks("alert(1)").assert_runs_nothing();
        text.assert_has("noindex");
        let original = site.get(&format!("{page}/copies/{sha256}/original")).await.assert_ok();
        assert_eq!(original.bytes, ARTICLE.as_bytes());
        let original = original.assert_header("content-type", "application/octet-stream").assert_header("x-content-type-options", "nosniff");
        let original = original.assert_header("content-security-policy", "sandbox; default-src 'none'").assert_header("x-robots-tag", "noindex");
        assert!(original.header("content-disposition").starts_with(&format!("attachment; filename=\"{cited}-")));

        // Of another source, or under another name, it is not there.
        let other = record.sources.iter().find(|source| source.id != cited).unwrap().id.clone();
        for wrong in [format!("/sources/{other}/copies/{sha256}"), format!("{page}/copies/{}", Sha256Hex::of(b"")), format!("{page}/copies/x")] {
            site.get(&wrong).await.assert_status(404);
            site.get(&format!("{wrong}/original")).await.assert_status(404);
        }
    }

    async fn a_draft_tells_of_the_copy_and_takes_what_it_says_for_empty_fields(engine) {
        let host = host().await;
        let site = Site::with_example(engine).await;
        let mut editor = site.signed_in(DeskRole::Contributor).await;
        let draft = editor.draft_with(&format!("http://{host}/article")).await;
        editor.get(&draft).await.assert_ok().assert_has("A copy waits to be fetched.");
        site.capture(host).await;
        let form = editor.get(&draft).await.assert_ok().assert_has("A copy of 23 November 2026").assert_has("El Diario").assert_lacks("Guatemala será sede");
        let mut fields = form.filled_in();
        fields.push(("do".to_owned(), "take:citations[0]".to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        editor.post_form(&draft, &fields).await.assert_status(303);
        let filled = editor.get(&draft).await.assert_ok().filled_in();
        let value = |name: &str| filled.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        assert_eq!(value("citations[0].source.title"), Some("Mine"));
        assert_eq!(value("citations[0].source.publisher"), Some("El Diario"));
        assert_eq!(value("citations[0].source.published_on"), Some("2024-02-28"));
        assert_eq!(value("citations[0].source.language"), Some("es"));
    }

    async fn what_could_not_be_fetched_is_told_and_handed_in(engine) {
        let host = host().await;
        let site = Site::with_example(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let draft = editor.draft_with(&format!("http://{host}/nothing")).await;
        site.capture(host).await;
        let form = editor.get(&draft).await.assert_ok().assert_has("nothing is there any more").assert_has("status 404");
        let mut fields = form.filled_in();
        fields.push(("do".to_owned(), "copy:citations[0]".to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let led = editor.post_form(&draft, &fields).await.assert_status(303).header("location").to_owned();
        let source = led.split('?').next().unwrap().to_owned();
        editor.get(&led).await.assert_ok().assert_has("Back to the draft");
        editor.get("/desk/sources?state=failed").await.assert_ok().assert_has(&source);

        editor.hand_in(&format!("{source}/file"), "text/html", b"").await.assert_status(422).assert_has("f-file");
        editor.hand_in(&format!("{source}/file"), "text/html", ARTICLE.as_bytes()).await.assert_status(303);
        editor.get(&source).await.assert_ok().assert_has("handed in as a file").assert_has(Sha256Hex::of(ARTICLE.as_bytes()).as_str());
        editor.post_form(&format!("{source}/text"), &[("text", " ")]).await.assert_status(422);
        let words = "<script>alert(2)</script>\r\nSe comprometió a hospedar la cumbre.";
        editor.post_form(&format!("{source}/text"), &[("text", words)]).await.assert_status(303);
        let pasted = Sha256Hex::of(words.replace("\r\n", "\n").as_bytes());
        let text = editor.get(&format!("{source}/copies/{pasted}")).await.assert_ok();
        text.assert_has("&lt;script&gt;alert(2)&lt;/script&gt;").assert_has("Se comprometió a hospedar la cumbre.").assert_runs_nothing();
        editor.get(&format!("{source}/copies/{pasted}/original")).await.assert_ok().assert_header("content-type", "application/octet-stream");
        editor.get("/desk/sources?state=kept").await.assert_ok().assert_has(&source);

        // Contributors see nothing of the drafts of others.
        let mut contributor = site.signed_in(DeskRole::Contributor).await;
        contributor.get(&source).await.assert_status(404);
        contributor.get(&format!("{source}/copies/{pasted}/original")).await.assert_status(404);
        contributor.hand_in(&format!("{source}/file"), "text/plain", b"mine").await.assert_status(404);
    }
}

#[tokio::test]
async fn a_copy_whose_bytes_were_changed_is_not_given_away() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let person = site.test.store.account("editor@example.org").await.unwrap().unwrap().editor;
    let url = SourceUrl::parse("https://example.org/x").unwrap();
    let job = site.test.store.ask_for_capture(Some(&person), &url, now()).await.unwrap();
    // The record knows a copy that the archive has not.
    let handed = server::copies::HandedIn {
        origin: domain::CaptureOrigin::Uploaded,
        bytes: Bytes::from_static(b"elsewhere"),
        content_type: "text/plain".to_owned(),
    };
    let elsewhere = server::copies::Copies { archive: capture::Archive::in_memory(), ..site.copies.clone() };
    elsewhere.hand_in(&site.test.store, &person, url, handed, now()).await.unwrap();
    let path = format!("/desk/sources/{}/copies/{}/original", job.id, Sha256Hex::of(b"elsewhere"));
    editor.get(&path).await.assert_status(503);
}

#[tokio::test]
async fn where_no_copy_can_be_written_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::with_example(Engine::Sqlite).await;
    let archive = capture::Archive::in_folder(folder.path()).unwrap();
    let copies = server::copies::Copies { archive, ..site.copies.clone() };
    let site = site.later("2026-11-23T13:00:00Z", |state| state.with_copies(copies.clone()));
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let url = SourceUrl::parse("https://example.org/x").unwrap();
    let person = site.test.store.account("editor@example.org").await.unwrap().unwrap().editor;
    let job = site.test.store.ask_for_capture(Some(&person), &url, now()).await.unwrap();
    // A file is where a folder must be.
    let name = Sha256Hex::of(b"a copy");
    std::fs::write(folder.path().join(&name.as_str()[..2]), "in the way").unwrap();
    let path = format!("/desk/sources/{}/file", job.id);
    let refused = editor.hand_in(&path, "text/plain", b"a copy").await.assert_status(503);
    refused.assert_has("Nothing can be written just now").assert_lacks("can\u{2019}t be read");
    editor.hand_in(&path, "text/plain", b"another copy").await.assert_status(303);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_beside_its_field() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    editor.post_form("/desk/sources", &[("url", "javascript:alert(1)")]).await.assert_status(422).assert_has("f-url-error");
    let asked = editor.post_form("/desk/sources", &[("url", "http://127.0.0.1/")]).await.assert_status(303);
    let source = asked.header("location").split('?').next().unwrap().to_owned();
    site.capture("127.0.0.1:1".parse().unwrap()).await;
    editor.get(&source).await.assert_ok().assert_has("an address that is none of the public web");
    editor.get(&format!("/es{source}")).await.assert_ok().assert_has("no pertenece a la web pública");
    editor.post_form("/desk/sources/missing", &[]).await.assert_status(303);
    editor.get("/desk/sources?state=queued").await.assert_ok().assert_has("rel=\"next\"");
}
