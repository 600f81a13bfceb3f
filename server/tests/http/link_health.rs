//! The health of links: a source whose host changes its mind is noticed, readers are told, and led to the copy.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use capture::Fetcher;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::{DeskRole, LinkState, Sha256Hex, Slug, source::SourceUrl};
use server::{capturing::Capturing, clock::Clock, commands::example_record, link_health::LinkWatch};
use store::{Engine, on_both_engines};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::site::{Site, now};

const ARTICLE: &str = "<!doctype html><html lang=es><head><title>Cumbre</title></head><body><article>\
    <p>El ministro anunció que el país hospedará la próxima reunión en abril sin falta, según dijo a la prensa en la capital.\
    <p>Los tres países acordaron instalar una célula operativa, y agradecieron a los demás su apoyo durante los últimos años.\
    </article></body></html>";

const OTHER: &str = "<!doctype html><html lang=es><head><title>Inicio</title></head><body><article>\
    <p>La página que busca ya no existe o cambió de lugar. Le invitamos a visitar nuestra portada y leer las noticias de hoy.\
    <p>Suscríbase a nuestro boletín para recibir cada mañana lo más importante del día en su correo, sin costo alguno.\
    </article></body></html>";

/// A host on this machine that answers as it is told to.
struct Host {
    address: SocketAddr,
    answer: Arc<Mutex<(&'static str, &'static str, &'static str)>>,
    /// Every request that came, as far as it says what it has seen.
    seen: Arc<Mutex<Vec<bool>>>,
}

impl Host {
    async fn begin() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let host = Self { address, answer: Arc::new(Mutex::new(("200 OK", "", ARTICLE))), seen: Arc::default() };
        let (answer, seen) = (host.answer.clone(), host.seen.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).to_lowercase();
                let (status, header, body) = *answer.lock().unwrap();
                let known = request.contains("if-none-match: \"one\"");
                seen.lock().unwrap().push(known);
                let moved = request.starts_with("get /moved ");
                let (status, header, body) = match (status, known, moved) {
                    (_, _, true) => ("200 OK", "", ARTICLE),
                    ("200 OK", true, _) if body == ARTICLE => ("304 Not Modified", "", ""),
                    _ => (status, header, body),
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\netag: \"one\"\r\n{header}content-length: {}\r\n\r\n",
                    body.len()
                );
                _ = stream.write_all((head + body).as_bytes()).await;
            }
        });
        host
    }

    fn answers(&self, status: &'static str, header: &'static str, body: &'static str) {
        *self.answer.lock().unwrap() = (status, header, body);
    }

    fn fetcher(&self) -> Fetcher {
        Fetcher::new("https://pledges.example.org").unwrap().allowing(vec![self.address])
    }
}

/// A site with one published source at that host; its name and address.
async fn site(engine: Engine, host: &Host) -> (Site, Slug, String) {
    let site = Site::empty(engine).await;
    let mut record = example_record(now().date_naive()).unwrap();
    let cited = record.pledges[0].history[0].citations[0].source.clone();
    let url = format!("http://{}/article", host.address);
    record.sources.iter_mut().find(|source| source.id == cited).unwrap().url = SourceUrl::parse(&url).unwrap();
    site.test.store.load(&record, now()).await.unwrap();
    site.test.store.watch_links(now()).await.unwrap();
    // The others are hosts of the world, which tests never ask.
    site.test.sql(&format!("update source_link set next_look_at = '2999-01-01T00:00:00Z' where url <> '{url}'")).await.unwrap();
    (site, cited, url)
}

/// Looks at that link at a time, and captures what is then to be captured.
async fn look(site: &Site, host: &Host, url: &str, at: DateTime<Utc>) -> Option<LinkState> {
    // As SQLite keeps times, which PostgreSQL understands as well.
    let due = at.format("%Y-%m-%d %H:%M:%S+00:00");
    site.test.sql(&format!("update source_link set next_look_at = '{due}' where url = '{url}'")).await.unwrap();
    let (store, copies) = (site.test.store.clone(), site.copies.clone());
    let watch = LinkWatch { store: store.clone(), copies: copies.clone(), fetcher: host.fetcher(), clock: Clock::stopped_at(at) };
    let (looked, state) = watch.next().await.unwrap().unwrap();
    assert_eq!(looked, url);
    let clock = Clock::stopped_at(at + TimeDelta::seconds(30));
    _ = Capturing { store, copies, fetcher: host.fetcher(), clock }.next().await.unwrap();
    state
}

on_both_engines! {
    async fn a_dead_link_is_told_of_and_leads_to_the_copy(engine) {
        let host = Host::begin().await;
        let (site, source, url) = site(engine, &host).await;
        let day = |n| now() + TimeDelta::days(n);
        // The first look has nothing to compare with, and sees to a copy.
        assert_eq!(look(&site, &host, &url, day(1)).await, Some(LinkState::Ok));
        // The second asks only whether anything has changed.
        assert_eq!(look(&site, &host, &url, day(8)).await, Some(LinkState::Ok));
        assert_eq!(*host.seen.lock().unwrap(), [false, false, true]);
        host.answers("404 Not Found", "", "");
        assert_eq!(look(&site, &host, &url, day(15)).await, Some(LinkState::Gone));

        let mut editor = site.signed_in(DeskRole::Editor).await;
        editor.get("/desk").await.assert_ok().assert_has("Links to mend");
        editor.get("/desk/links").await.assert_ok().assert_has(&format!("/sources/{source}"));

        let later = site.later(&day(16).to_rfc3339_opts(SecondsFormat::Secs, true), |state| state);
        let pledge = example_record(now().date_naive()).unwrap().pledges[0].id.clone();
        let copy = format!("/sources/{source}/copies/{}", Sha256Hex::of(ARTICLE.as_bytes()));
        later.get(&format!("/pledges/{pledge}")).await.assert_ok().assert_has("Nothing is at this address any more").assert_has(&copy);
        later.get(&format!("/es/pledges/{pledge}")).await.assert_ok().assert_has("ya no hay nada").assert_has(&format!("/es{copy}"));
        later.get(&format!("/sources/{source}")).await.assert_ok().assert_has("Nothing is at this address any more");
        let looks = later.test.texts("select coalesce(state, '-') || ' ' || coalesce(status, 0) from source_link_look order by looked_at").await;
        assert_eq!(looks, ["ok 200", "ok 304", "gone 404"]);

        // What comes back is told of as well.
        host.answers("200 OK", "", ARTICLE);
        assert_eq!(look(&later, &host, &url, day(50)).await, Some(LinkState::Ok));
        later.get(&format!("/pledges/{pledge}")).await.assert_ok().assert_lacks("Nothing is at this address any more");
    }

    async fn what_moved_what_changed_and_what_is_only_slow_are_told_apart(engine) {
        let host = Host::begin().await;
        let (site, source, url) = site(engine, &host).await;
        let day = |n| now() + TimeDelta::days(n);
        assert_eq!(look(&site, &host, &url, day(1)).await, Some(LinkState::Ok));
        host.answers("503 Service Unavailable", "", "");
        for n in 2..5 {
            assert_eq!(look(&site, &host, &url, day(n)).await, Some(LinkState::Ok), "it may pass");
        }
        assert_eq!(look(&site, &host, &url, day(5)).await, Some(LinkState::Gone), "it did not pass");
        host.answers("301 Moved Permanently", "location: /moved\r\n", "");
        assert_eq!(look(&site, &host, &url, day(6)).await, Some(LinkState::Moved));
        host.answers("403 Forbidden", "", "");
        assert_eq!(look(&site, &host, &url, day(7)).await, Some(LinkState::Refused));
        host.answers("200 OK", "", OTHER);
        assert_eq!(look(&site, &host, &url, day(8)).await, Some(LinkState::Changed));
        // What is there now is kept as well, and readers are led to what was there before.
        let kept = site.test.texts("select sha256 from capture order by captured_at").await;
        assert_eq!(kept, [ARTICLE, OTHER].map(|text| Sha256Hex::of(text.as_bytes()).to_string()));
        let later = site.later(&day(9).to_rfc3339_opts(SecondsFormat::Secs, true), |state| state);
        let pledge = example_record(now().date_naive()).unwrap().pledges[0].id.clone();
        let copy = format!("/sources/{source}/copies/{}", Sha256Hex::of(ARTICLE.as_bytes()));
        later.get(&format!("/pledges/{pledge}")).await.assert_ok().assert_has("Something else is at this address").assert_has(&copy);
    }

    async fn an_archive_is_offered_first_where_the_original_is_gone(engine) {
        let site = Site::with_time(engine).await;
        let source = "latamreports-2024-trilateral";
        let moment = domain::Moment::now(now());
        let url = site.test.store.source(&source.parse().unwrap(), moment).await.unwrap().unwrap().source.url;
        site.test.store.watch_links(now()).await.unwrap();
        let gone = format!("update source_link set state = 'gone', since = '2026-11-20 00:00:00+00:00' where url = '{url}'");
        site.test.sql(&gone).await.unwrap();
        let archive = "https://web.archive.org/web/2024/https://example.org/?a=1&b=2";

        let mut contributor = site.signed_in(DeskRole::Contributor).await;
        let field = format!("archive_url.{source}");
        contributor.post_form("/desk/links", &[(field.as_str(), archive)]).await.assert_status(403);
        let mut editor = site.signed_in(DeskRole::Editor).await;
        editor.get("/desk/links").await.assert_ok().assert_has(&format!("name=\"{field}\""));
        let wrong = editor.post_form("/desk/links", &[(field.as_str(), "javascript:alert(1)")]).await.assert_status(422);
        wrong.assert_has(&format!("href=\"#f-archive_url-{source}\"")).assert_has("value=\"javascript:alert(1)\"");
        editor.post_form("/es/desk/links", &[(field.as_str(), archive)]).await.assert_status(303);
        editor.get("/es/desk/links?done=archive-said").await.assert_ok().assert_has("dónde conserva la fuente un archivo");

        let href = "href=\"https://web.archive.org/web/2024/https://example.org/?a=1&amp;b=2\"";
        let page = site.get("/pledges/operational-cell").await.assert_ok().assert_has(href).assert_has("Read it in the archive");
        let badge = page.text().split("misleads").nth(1).unwrap();
        assert!(badge.split("</p>").next().unwrap().contains("web.archive.org"), "{badge}");
        let page = site.get(&format!("/es/sources/{source}")).await.assert_ok().assert_has("Leerlo en el archivo");
        let (archived, original) = (page.text().find("web.archive.org").unwrap(), page.text().find("Abrir").unwrap_or(usize::MAX));
        assert!(archived < original, "the archive comes first");
        let api: serde_json::Value = serde_json::from_str(site.get(&format!("/api/v1/sources/{source}")).await.assert_ok().text()).unwrap();
        assert_eq!(api["data"]["document"]["archive_address"], archive);
        site.get("/data/sources.csv").await.assert_ok().assert_has(archive);
        site.get("/data/pledges.json").await.assert_ok().assert_has(archive);
        site.get("/record").await.assert_ok().assert_has("where an archive keeps it");

        // On the page of its copies at the desk it can be taken back.
        let job = site.test.store.ask_for_capture(None, &SourceUrl::parse(&url).unwrap(), now()).await.unwrap();
        let page = format!("/desk/sources/{}", job.id);
        editor.get(&page).await.assert_ok().assert_has("web.archive.org");
        editor.post_form(&format!("{page}/archive"), &[(field.as_str(), "ftp://x")]).await.assert_status(422).assert_has("Kept by an archive at");
        editor.post_form(&format!("{page}/archive"), &[(field.as_str(), "")]).await.assert_status(303);
        site.get("/pledges/operational-cell").await.assert_ok().assert_lacks("web.archive.org");
        contributor.get(&page).await.assert_ok().assert_lacks(&field);
    }

    async fn no_two_servers_look_at_the_same_link(engine) {
        let host = Host::begin().await;
        let (site, ..) = site(engine, &host).await;
        let store = &site.test.store;
        assert!(store.claim_link(now()).await.unwrap().is_some());
        assert_eq!(store.claim_link(now()).await.unwrap(), None);
        // What a server that died had begun is begun again.
        assert!(store.claim_link(now() + TimeDelta::minutes(6)).await.unwrap().is_some());
    }
}
