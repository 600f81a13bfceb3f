//! A site with the example record, and what a visitor gets from it.

use std::convert::Infallible;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    response::Response,
};
use capture::{Archive, Reader};
use chrono::{DateTime, TimeDelta, Utc};
use domain::log::RecordKey;
use server::{Front, clock::Clock, commands::example_record, copies::Copies, state::AppState};
use store::{Engine, testing::TestStore};
use tower::{Service, ServiceExt};

/// The time at which all these tests take place.
pub fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A site whose clock stands still.
pub struct Site {
    pub test: TestStore,
    pub router: Front,
    /// Where copies of sources are kept.
    pub copies: Copies,
}

impl Site {
    pub async fn with_example(engine: Engine) -> Self {
        let site = Self::empty(engine).await;
        let record = example_record(now().date_naive()).unwrap_or_else(|errors| panic!("{errors}"));
        site.test.store.load(&record, now()).await.unwrap();
        site
    }

    /// The example, with a clock that goes on: what is published is seen by who comes later.
    pub async fn with_time(engine: Engine) -> Self {
        let site = Self::with_example(engine).await;
        let clock = Clock::ticking_from(now() + TimeDelta::seconds(1), TimeDelta::milliseconds(50));
        let state = AppState::new(site.test.store.clone(), clock, "https://pledges.example.org").with_copies(site.copies.clone());
        let router = Front::new(state.with_record_key(&RecordKey::from_seed([7; 32])));
        Self { test: site.test, router, copies: site.copies }
    }

    pub async fn empty(engine: Engine) -> Self {
        Self::at(engine, "https://pledges.example.org").await
    }

    pub async fn at(engine: Engine, address: &str) -> Self {
        let test = TestStore::empty(engine).await;
        let copies = Copies { archive: Archive::in_memory(), reader: Reader::Here };
        let state = AppState::new(test.store.clone(), Clock::stopped_at(now()), address).with_copies(copies.clone());
        Self { test, router: Front::new(state.with_record_key(&RecordKey::from_seed([7; 32]))), copies }
    }

    /// Drafts as the desk may leave them: a change of a public pledge, and a pledge with a party and a deadline. Both speak of
    /// a `draft-word`.
    pub async fn add_drafts(&self, engine: Engine) {
        let id = |number: u32| match engine {
            Engine::Sqlite => format!("x'{number:032x}'"),
            Engine::Postgres => format!("'{number:032x}'"),
        };
        let statements = [
            format!(
                "insert into status_change (id, pledge_id, position, status, effective_on, effective_last, rationale_en)
                 select {}, id, 99, 'stalled', '2026-11-01', '2026-11-01', 'draft-word' from pledge where slug = 'april-summit'",
                id(1)
            ),
            format!(
                "insert into pledge (id, slug, title_en, summary_en, made_on, due_on, due_last)
                 values ({}, 'draft-pledge', 'draft-word', 'draft-word', '2024', '2025', '2025-12-31')",
                id(2)
            ),
            format!(
                "insert into pledge_party (pledge_id, party_id, role, position)
                 select {}, id, 'lead', 0 from party where slug = 'guatemala'",
                id(2)
            ),
        ];
        for statement in statements {
            self.test.sql(&statement).await.unwrap();
        }
        self.test.refold(now()).await;
    }

    /// The same site at another time, with what else the server is told.
    pub fn later(self, now: &str, settled: impl Fn(AppState) -> AppState) -> Self {
        let clock = Clock::stopped_at(now.parse().unwrap());
        let state = AppState::new(self.test.store.clone(), clock, "https://pledges.example.org").with_copies(self.copies.clone());
        Self { test: self.test, router: Front::new(settled(state)), copies: self.copies }
    }

    /// A visit with one more header.
    pub async fn get_with(&self, name: &str, value: &str, path: &str) -> Answer {
        self.send(Request::get(path).header(name, value).body(Body::empty()).unwrap()).await
    }

    /// A plain visit without cookies.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// A visit of a browser that takes this encoding.
    pub async fn get_in(&self, encoding: &str, path: &str) -> Answer {
        self.send(Request::get(path).header(header::ACCEPT_ENCODING, encoding).body(Body::empty()).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        send(&self.router, request).await
    }
}

/// What answers requests: the whole site, or the router of another listener.
pub trait Serves: Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone {}

impl<S: Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone> Serves for S {}

/// Sends a request through what really answers it.
pub async fn send(router: &impl Serves, request: Request<Body>) -> Answer {
    let what = format!("{} {}", request.method(), request.uri());
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 10 << 20).await.unwrap().to_vec();
    Answer { what, status: parts.status, headers: parts.headers, bytes }
}

/// What came back.
#[derive(Clone)]
pub struct Answer {
    what: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("text")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{}: {}",
            self.what,
            String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(400)])
        );
        self
    }

    #[track_caller]
    pub fn assert_ok(self) -> Self {
        self.assert_status(200)
    }

    #[track_caller]
    pub fn assert_has(self, text: &str) -> Self {
        assert!(self.text().contains(text), "{} has no “{text}”:\n{}", self.what, self.text());
        self
    }

    #[track_caller]
    pub fn assert_lacks(self, text: &str) -> Self {
        assert!(!self.text().contains(text), "{} has “{text}”", self.what);
        self
    }

    #[track_caller]
    pub fn assert_header(self, name: &str, value: &str) -> Self {
        assert_eq!(self.header(name), value, "{}: {name}", self.what);
        self
    }

    /// Whether the page brings nothing that a browser would run: linked data stands in script elements too, and is none.
    #[track_caller]
    pub fn assert_runs_nothing(self) -> Self {
        let mut scripts = self.text().split("<script").skip(1);
        assert!(scripts.all(|script| script.starts_with(" type=\"application/ld+json\">{")), "{} has a script", self.what);
        self
    }

    /// The blocks of linked data on the page.
    pub fn json_ld(&self) -> Vec<serde_json::Value> {
        let blocks = self.text().split("<script type=\"application/ld+json\">").skip(1);
        blocks.map(|block| serde_json::from_str(block.split("</script>").next().unwrap()).unwrap()).collect()
    }

    /// The addresses that the page links to within the site.
    pub fn links(&self) -> Vec<String> {
        let links = self.text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.filter(|link| link.starts_with('/')).map(|link| link.replace("&amp;", "&")).collect()
    }
}
